/**
 * The background killed at every step that it takes outside itself (a transaction, an alarm, a lock, a request), one run for
 * each: whatever lies in the outbox by then, an alarm is set that brings the next background, and that one ends the work.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../../lib/app/create-app.ts';
import { secret, type SandboxApp, signInAs, signInToX, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededPassword, seededPool } from '../../sandbox/authing/seed.ts';

const minute = 60_000;
const hour = 60 * minute;
const passphrase = 'correct horse battery';

let house: SandboxApp;
let app: App;
beforeEach(async () => {
  house = await startSandboxApp();
  ({ app } = house);
});
afterEach(async () => {
  vi.restoreAllMocks();
  house.steps.onStep = () => undefined;
  await house.close();
});

/** Connections to the vault of the background that lives, and of those that were killed. */
let connections: Set<IDBDatabase>;
let cut: Set<IDBDatabase>;
beforeEach(() => {
  connections = new Set();
  cut = new Set();
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its database below
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...given: Parameters<IDBDatabase['transaction']>
  ) {
    if (!cut.has(this)) {
      connections.add(this);
      house.steps.onStep();
    }
    if (cut.has(this)) throw new Error('A dead worker reads and writes nothing.');
    return transaction.apply(this, given);
  });
});

/** Lets the background take `count` steps and then kills it. @returns the next one. */
function killAfter(count: number): Promise<App> {
  return new Promise((resolve) => {
    let left = count;
    house.steps.onStep = () => {
      left -= 1;
      if (left >= 0) return;
      house.steps.onStep = () => undefined;
      for (const connection of connections) cut.add(connection);
      connections.clear();
      resolve(house.restart({ inSameBrowser: true }));
    };
  });
}

const entries = async (of: App) => (await of.invoke('outbox.list', {})).entries;

/** What the person has to do something about. */
const areTheirs = ['missed', 'paused', 'locked'];

/** Nobody opens anything: all that comes is the alarm, if it is set. */
async function liveByAlarms(): Promise<void> {
  for (let rings = 0; rings < 20; rings += 1) {
    const at = house.ports.alarmTimes.get('outbox');
    if (at === undefined) {
      const waiting = (await entries(app)).map(({ waitsFor }) => waitsFor);
      // Nothing wakes anybody: so nothing may be left that could go.
      expect(waiting.filter((waitsFor) => !areTheirs.includes(waitsFor))).toEqual([]);
      return;
    }
    house.ports.alarmTimes.delete('outbox');
    house.clock.advance(Math.max(0, at - house.clock.now()));
    // As the background does when an alarm starts it.
    await app.start();
    await app.onAlarm('outbox');
  }
}

interface Act {
  /** Makes everything ready. @returns what the person does then, and how often it was carried out at the end. */
  readonly prepare: (run: number) => Promise<{
    readonly act: (app: App) => Promise<unknown>;
    readonly count: () => number;
    /** As many as there are of it; 1 where nothing is said. */
    readonly all?: number;
  }>;
}

/**
 * Walks an act with a death after 0, 1, 2, ... steps, until one run needs fewer.
 * @param stride leaves steps out where a run is slow.
 * @returns how many steps there were.
 */
async function dieEverywhere({ prepare }: Act, stride = 1): Promise<number> {
  for (let deaths = 0; ; deaths += stride) {
    const { act, count, all = 1 } = await prepare(deaths);
    const death = killAfter(deaths);
    const answer = { isThere: false };
    const acted = act(app).then(
      () => (answer.isThere = true),
      () => undefined,
    );
    const next = await Promise.race([death, acted.then(() => app.onAlarm('outbox'))]);
    house.steps.onStep = () => undefined;
    app = next ?? app;
    const isKept =
      answer.isThere || (await entries(app)).some(({ waitsFor }) => !areTheirs.includes(waitsFor));
    await liveByAlarms();
    for (const { request } of await entries(app)) await app.invoke('outbox.cancel', { request });
    expect(count(), `after ${String(deaths)} steps`).toBeLessThanOrEqual(all);
    const journal = (await app.invoke('journal.list', {})).entries;
    const isUnknown = journal.some(({ outcome, isReviewed }) => outcome === 'unknown' && !isReviewed);
    if (isKept && !isUnknown) expect(count(), `after ${String(deaths)} steps`).toBe(all);
    for (const { id } of journal) await app.invoke('journal.review', { id, isReviewed: true });
    if (next === undefined) return deaths;
  }
}

describe('a background that dies at any step loses and doubles nothing, and somebody comes back for it:', () => {
  const author = 'alice';
  let bob: string;
  let posts = 0;

  function addPost() {
    const permlink = `death-${String((posts += 1))}`;
    const { steem } = house.sandbox;
    steem.addPost({ author, permlink, title: permlink, body: '', tags: [], created: steem.now() });
    return { author, permlink };
  }
  const votesOn = ({ permlink }: { readonly permlink: string }) =>
    house.sandbox.requests
      .find({ path: '/api/broadcast' })
      .filter(({ body }) => JSON.stringify(body).includes(`${permlink}\\`)).length;
  const vote = (post: { readonly permlink: string }, inMs?: number) => ({
    ...{ request: crypto.randomUUID(), account: bob, post: `${author}/${post.permlink}`, weight: 1 },
    ...(inMs === undefined ? {} : { schedule: { at: house.clock.now() + inMs, timeZone: 'UTC' } }),
  });

  beforeEach(async () => {
    bob = await signInAs(house, 'steemlogin', 'bob', secret);
  });

  it.each([
    ['a vote', undefined],
    ['a vote for later', hour],
  ])('%s', { timeout: 60_000 }, async (_name, inMs) => {
    const deaths = await dieEverywhere({
      prepare: () => {
        const post = addPost();
        const input = vote(post, inMs);
        return Promise.resolve({
          act: (to) => to.invoke('vote.cast', input),
          count: () => votesOn(post),
        });
      },
    });
    expect(deaths).toBeGreaterThan(8);
  });

  it.each([
    ['a tweet', undefined],
    ['a tweet for later', hour],
  ])('%s', { timeout: 60_000 }, async (_name, inMs) => {
    const account = await signInToX(house);
    const deaths = await dieEverywhere({
      prepare: (run) => {
        const text = `Death number ${String(run)}`;
        const schedule =
          inMs === undefined ? {} : { schedule: { at: house.clock.now() + inMs, timeZone: 'UTC' } };
        const input = { request: crypto.randomUUID(), account, parts: [text], seen: 1, ...schedule };
        return Promise.resolve({
          act: (to) => to.invoke('tweet.post', input),
          count: () =>
            house.sandbox.requests
              .find({ host: 'api.x.com', path: '/2/tweets', method: 'POST' })
              .filter(({ body }) => body.includes(`"${text}"`)).length,
        });
      },
    });
    expect(deaths).toBeGreaterThan(8);
  });

  it('a batch', { timeout: 60_000 }, async () => {
    await dieEverywhere({
      prepare: () => {
        const own = [addPost(), addPost()];
        const votes = own.map((post) => ({ ...post, weight: 1 }));
        const batch = crypto.randomUUID();
        return Promise.resolve({
          act: (to) => to.invoke('batch.start', { batch, account: bob, votes }),
          count: () => own.reduce((sum, post) => sum + votesOn(post), 0),
          all: 2,
        });
      },
    });
  });

  it('a batch that is resumed', { timeout: 60_000 }, async () => {
    await dieEverywhere({
      prepare: async () => {
        const post = addPost();
        const batch = crypto.randomUUID();
        house.network.switch(false);
        await app.invoke('batch.start', { batch, account: bob, votes: [{ ...post, weight: 1 }] });
        await app.invoke('batch.pause', { batch });
        house.network.switch(true);
        await app.onAlarm('outbox');
        return {
          act: (to) => to.invoke('batch.resume', { batch }),
          count: () => votesOn(post),
        };
      },
    });
  });

  it.each(['send-now', 'reschedule'] as const)(
    'one that was missed: %s',
    { timeout: 60_000 },
    async (what) => {
      await dieEverywhere({
        prepare: async () => {
          const post = addPost();
          const input = vote(post, minute);
          const { request } = input;
          await app.invoke('vote.cast', input);
          house.clock.advance(hour);
          await app.onAlarm('outbox');
          const schedule = { at: house.clock.now() + hour, timeZone: 'UTC' };
          return {
            act: (to) =>
              what === 'send-now'
                ? to.invoke('outbox.send-now', { request })
                : to.invoke('outbox.reschedule', { request, schedule }),
            count: () => votesOn(post),
          };
        },
      });
    },
  );

  it('an unlock that something waited for', { timeout: 60_000 }, async () => {
    await app.invoke('lock.set', { passphrase });
    await dieEverywhere(
      {
        prepare: async () => {
          await app.invoke('lock.unlock', { passphrase }).catch(() => undefined);
          const post = addPost();
          await app.invoke('vote.cast', vote(post, minute));
          await app.invoke('lock.now', {});
          house.clock.advance(minute);
          await app.onAlarm('outbox');
          return {
            act: (to) => to.invoke('lock.unlock', { passphrase }),
            count: () => votesOn(post),
          };
        },
      },
      5,
    );
  });

  it('a change at a service', { timeout: 60_000 }, async () => {
    const { appId, userPoolId, secret: poolSecret } = seededPool;
    const { appHost } = house.sandbox.authing.brand;
    const settings = { poolId: userPoolId, poolSecret };
    await app.invoke('services.save', {
      ...{ provider: 'authing', clientId: appId, authBase: appHost, apiBase: '', settings },
    });
    const typed = { form: 'sign-in', method: 'username', login: 'bob', password: seededPassword };
    const { account } = await app.invoke('accounts.sign-in', { provider: 'authing-user', typed });
    await dieEverywhere({
      prepare: (run) => {
        const nickname = `Robert ${String(run)}`;
        const input = { account: account.id, lookup: 'update-profile', params: { nickname } };
        return Promise.resolve({
          act: (to) => to.invoke('lookup.run', { ...input, request: crypto.randomUUID() }),
          count: () =>
            house.sandbox.requests
              .find({ path: '/graphql/v2' })
              .filter(({ body }) => body.includes(`"${nickname}"`)).length,
        });
      },
    });
  });
});
