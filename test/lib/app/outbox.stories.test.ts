/**
 * Never lost, never doubled: random stories of votes and tweets, networks that come and go, killed workers, lost answers,
 * second thoughts, locks and turned clocks, against the sandbox's chain and its X. A failure prints its seed and path. More
 * stories, or one of them again: `OUTBOX_RUNS=500 OUTBOX_SEED=7 npm run unit -- test/lib/app/outbox.stories.test.ts`.
 */
import { env } from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { App } from '../../../lib/app/create-app.ts';
import { ActionError } from '../../../lib/bus/client.ts';
import { type SandboxApp, secret, signInAs, signInToX, startSandboxApp } from '../../headless/sandbox-app.ts';
import type { SandboxRequest } from '../../sandbox/messages.ts';
import type { Misbehaviour } from '../../sandbox/misbehaviour.ts';

const runs = Number(env['OUTBOX_RUNS'] ?? 25);
const seed = Number(env['OUTBOX_SEED'] ?? 5);

const minute = 60_000;
const hour = 60 * minute;
const passphrase = 'correct horse battery';
const author = 'alice';

type Step =
  | { readonly kind: 'vote' | 'tweet'; readonly inMinutes: number }
  | { readonly kind: 'thread' }
  /** The machine notices, or only the requests do. */
  | { readonly kind: 'offline'; readonly isNoticed: boolean }
  | { readonly kind: 'online' | 'restart' | 'ring' | 'lock' | 'unlock' }
  | { readonly kind: 'advance'; readonly minutes: number }
  | { readonly kind: 'pause'; readonly turns: number }
  | { readonly kind: 'cancel' | 'send-now' | 'ask-again'; readonly index: number }
  | { readonly kind: 'drop'; readonly what: 'vote' | 'tweet'; readonly when: 'before' | 'after' };

const index = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('vote', 'tweet'),
      inMinutes: fc.constantFrom(0, 0, 0, 1, 30),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'thread' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('offline' as const), isNoticed: fc.boolean() }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom('online', 'restart', 'restart', 'ring') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('lock', 'unlock') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      minutes: fc.constantFrom(-1440, 1, 40, 200),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pause' as const), turns: fc.nat({ max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'send-now', 'ask-again'), index }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('drop' as const),
      what: fc.constantFrom('vote', 'tweet'),
      when: fc.constantFrom('before', 'after'),
    }),
  },
);

interface Asked {
  readonly request: string;
  /** Whom to ask, again too. */
  readonly ask: (app: App) => Promise<{ readonly state: string }>;
  /** How often the service took each of its parts, and how often it was sent with one token. */
  readonly count: () => { readonly taken: number; readonly sent: number }[];
  /** Somebody was told that it is accepted. */
  isAccepted: boolean;
  wasRefused: boolean;
}

/** A token that ended on the way is refused unread, and what went with it goes once more with the next. */
function mostOfOneToken(requests: readonly SandboxRequest[]): number {
  const tokens = Object.groupBy(requests, ({ headers }) => headers['authorization'] ?? '');
  return Math.max(0, ...Object.values(tokens).map((sent) => sent?.length ?? 0));
}

/** One story's house, with what was asked of it. */
class Story {
  readonly #house: SandboxApp;
  readonly #accounts: { readonly bob: string; readonly x: string };
  readonly #asked: Asked[] = [];
  #app: App;
  #offline: Misbehaviour | undefined;

  private constructor(house: SandboxApp, accounts: { readonly bob: string; readonly x: string }) {
    this.#house = house;
    this.#accounts = accounts;
    this.#app = house.app;
  }

  static async begin(hasPassphrase: boolean): Promise<Story> {
    const house = await startSandboxApp();
    const accounts = { bob: await signInAs(house, 'steemlogin', 'bob', secret), x: await signInToX(house) };
    await house.app.invoke('settings.save', { missed: 'send' });
    if (hasPassphrase) await house.app.invoke('lock.set', { passphrase });
    return new Story(house, accounts);
  }

  #ask(asked: Asked): void {
    asked.ask(this.#app).then(
      () => (asked.isAccepted = true),
      () => (asked.wasRefused = true),
    );
  }

  #add(asked: Omit<Asked, 'isAccepted' | 'wasRefused'>): void {
    const begun = { ...asked, isAccepted: false, wasRefused: false };
    this.#asked.push(begun);
    this.#ask(begun);
  }

  #scheduled(inMinutes: number) {
    const at = this.#house.clock.now() + inMinutes * minute;
    return inMinutes === 0 ? {} : { schedule: { at, timeZone: 'UTC' } };
  }

  #vote(inMinutes: number): void {
    const { sandbox } = this.#house;
    const permlink = `story-${this.#asked.length}`;
    sandbox.steem.addPost({
      author,
      permlink,
      title: permlink,
      body: '',
      tags: [],
      created: sandbox.steem.now(),
    });
    const request = crypto.randomUUID();
    const input = {
      request,
      account: this.#accounts.bob,
      post: `${author}/${permlink}`,
      weight: 10,
      ...this.#scheduled(inMinutes),
    };
    const isOf = ({ body }: SandboxRequest) => JSON.stringify(body).includes(`${permlink}\\`);
    this.#add({
      request,
      ask: (app) => app.invoke('vote.cast', input),
      count: () => [
        {
          taken: sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob').length,
          sent: mostOfOneToken(sandbox.requests.find({ path: '/api/broadcast', where: isOf })),
        },
      ],
    });
  }

  #tweet(parts: readonly string[], inMinutes: number): void {
    const { sandbox } = this.#house;
    const request = crypto.randomUUID();
    const { x: account } = this.#accounts;
    const input = { request, account, parts: [...parts], seen: parts.length, ...this.#scheduled(inMinutes) };
    this.#add({
      request,
      ask: (app) => app.invoke('tweet.post', input),
      count: () =>
        parts.map((part) => ({
          taken: sandbox.x.tweetsOf('bob_on_x').filter(({ text }) => text === part).length,
          sent: mostOfOneToken(
            sandbox.requests.find({
              path: '/2/tweets',
              method: 'POST',
              where: ({ body }) => body.includes(`"${part}"`),
            }),
          ),
        })),
    });
  }

  #goOnline(): void {
    this.#offline?.remove();
    this.#offline = undefined;
    this.#house.network.switch(true);
  }

  #one(index: number): Asked | undefined {
    return this.#asked[index % Math.max(1, this.#asked.length)];
  }

  async take(step: Step): Promise<void> {
    const number = this.#asked.length;
    switch (step.kind) {
      case 'vote':
        this.#vote(step.inMinutes);
        return;
      case 'tweet':
        this.#tweet([`Tweet ${number}.`], step.inMinutes);
        return;
      case 'thread':
        this.#tweet([`Thread ${number} (1/2)`, `Thread ${number} (2/2)`], 0);
        return;
      case 'offline':
        this.#goOnline();
        this.#offline = this.#house.sandbox.misbehave({ how: 'drop-before', times: Infinity });
        if (step.isNoticed) this.#house.network.switch(false);
        return;
      case 'online':
        this.#goOnline();
        return;
      case 'restart':
        this.#app = this.#house.restart();
        return this.#app.start();
      case 'ring':
        // What rings is not waited for: the next step comes in the middle of it.
        void this.#app.onAlarm('outbox').catch(() => undefined);
        return;
      case 'advance':
        // The services' clocks go on: it is the machine's that is set back.
        if (step.minutes < 0) this.#house.drift.ms -= step.minutes * minute;
        this.#house.clock.advance(step.minutes * minute);
        return;
      case 'pause':
        for (let turn = 0; turn < step.turns; turn += 1) await nextTurn();
        return;
      case 'lock':
        void this.#app.invoke('lock.now', {}).catch(() => undefined);
        return;
      case 'unlock':
        void this.#app.invoke('lock.unlock', { passphrase }).catch(() => undefined);
        return;
      case 'drop': {
        const path = step.what === 'vote' ? '/api/broadcast' : '/2/tweets';
        this.#house.sandbox.misbehave({ path, method: 'POST', how: `drop-${step.when}` });
        return;
      }
      case 'cancel':
      case 'send-now': {
        const request = this.#one(step.index)?.request ?? '';
        void this.#app.invoke(`outbox.${step.kind}`, { request }).catch(() => undefined);
        return;
      }
      case 'ask-again': {
        const asked = this.#one(step.index);
        if (asked !== undefined) this.#ask(asked);
      }
    }
  }

  /** Good times come back, and what was asked for is held against what the services have. */
  async end(): Promise<Set<string>> {
    this.#app = this.#house.restart();
    this.#goOnline();
    await this.#app.start();
    await this.#app.invoke('lock.unlock', { passphrase }).catch(() => undefined);
    for (let left = 1, days = 0; left > 0 && days < 20; days += 1) {
      this.#house.clock.advance(6 * hour);
      await this.#app.onAlarm('outbox');
      left = (await this.#app.invoke('outbox.list', {})).entries.length;
    }
    expect((await this.#app.invoke('outbox.list', {})).entries).toEqual([]);
    const ends = new Set<string>();
    for (const asked of this.#asked) ends.add(await this.#judge(asked));
    return ends;
  }

  async #judge(asked: Asked): Promise<string> {
    const counts = asked.count();
    for (const { taken, sent } of counts) {
      expect(taken).toBeLessThanOrEqual(1);
      expect(sent).toBeLessThanOrEqual(1);
    }
    const taken = counts.reduce((sum, count) => sum + count.taken, 0);
    // Asking once more does nothing any more for what was accepted, and tells how it ended.
    const isKnown = asked.isAccepted || counts.some(({ sent }) => sent > 0);
    if (!isKnown) return 'not accepted';
    const sentBefore = JSON.stringify(asked.count().map(({ sent }) => sent));
    const end = await asked.ask(this.#app).then(
      ({ state }) => state,
      (failure: unknown) => (failure instanceof ActionError ? failure.refusal.code : 'crash'),
    );
    expect(JSON.stringify(asked.count().map(({ sent }) => sent))).toBe(sentBefore);
    expect(['done', 'stopped', 'taken_back', 'vote_unknown', 'tweet_unknown']).toContain(end);
    if (end === 'done') expect(taken).toBe(counts.length);
    if (end === 'taken_back') expect(taken).toBe(0);
    return end;
  }

  close(): Promise<void> {
    return this.#house.close();
  }
}

it('loses no vote and no tweet, and doubles none', { timeout: 120_000 + runs * 8000 }, async () => {
  const ends = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 24, size: 'max' }),
      fc.nat({ max: 3 }),
      async (steps, dice) => {
        const story = await Story.begin(dice === 0);
        try {
          for (const step of steps) await story.take(step);
          for (const end of await story.end()) ends.add(end);
        } finally {
          await story.close();
        }
      },
    ),
    { numRuns: runs, seed },
  );
  if (runs >= 200)
    expect([...ends].sort()).toEqual(
      expect.arrayContaining(['done', 'taken_back', 'tweet_unknown', 'vote_unknown']),
    );
});
