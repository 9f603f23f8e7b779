/**
 * Kills the background again and again, at moments that a seed chooses, while accounts are renewed, votes cast and tweets
 * posted; then looks what the services hold. The same seed chooses the same moments; how far the background has come by
 * then is up to the machine.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ActionError } from '../../lib/bus/client.ts';
import type { BrowserName } from '../e2e/browsers.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { type Chance, createChance } from './chance.ts';
import { type Stage, setStage, type ProviderId, providers, singleUse, tokenEndpoints } from './stage.ts';
import type { RequestFilter, SandboxRequest } from '../sandbox/index.ts';

export interface KillReport {
  readonly browser: BrowserName;
  readonly version: string;
  readonly seed: number;
  readonly kills: number;
  /** Calls that renew. */
  readonly refreshes: number;
  readonly refreshesOf: Readonly<Record<ProviderId, number>>;
  readonly actions: number;
  /** Ends as the Activity tells them. */
  readonly done: number;
  readonly failed: number;
  readonly unknown: number;
  /** Of the unknown, those that the service holds. */
  readonly unknownButHeld: number;
  /** Sign-ins that are gone though the service left us a way to keep them. */
  readonly tokensLost: number;
  /** Killed with the answer of a service on the way that takes a refresh token once: told as "Sign in again". */
  readonly endedBySingleUse: number;
  readonly actionsDoubled: number;
  /** Told as done and not there, or as failed and there. */
  readonly actionsMisreported: number;
  /** How often each reason was told for an action that failed or is unknown. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** What was wrong, in words. */
  readonly faults: readonly string[];
}

interface Action {
  readonly request: string;
  readonly provider: 'steemlogin' | 'hivesigner' | 'x';
  /** The permlink, or the tweet's text. */
  readonly subject: string;
}

const author = 'alice';
const weight = 3;
const actionEndpoints: Partial<Record<ProviderId, RequestFilter>> = {
  steemlogin: { host: 'api.steemlogin.com', path: '/api/broadcast' },
  hivesigner: { host: 'hivesigner.com', path: '/api/broadcast' },
  x: { host: 'api.x.com', method: 'POST', path: '/2/tweets' },
};
/** A token with so little left is renewed before it is used. */
const shortLifeSeconds = 60;
/** A kill so long after a renewal was asked for may have hit its answer; later it is no excuse. */
const flightMs = 3000;

class KillRun {
  readonly #stage: Stage;
  readonly #chance: Chance;
  readonly #actions: Action[] = [];
  readonly #faults: string[] = [];
  readonly #killedAt: number[] = [];
  /** Access tokens of an earlier round: no service ends one that it is just giving. */
  readonly #known = new Set<string>();
  /** Refresh tokens whose loss has been accounted for. */
  readonly #excused = new Set<string>();
  readonly #reasons: Record<string, number> = {};
  #endedBySingleUse = 0;
  readonly #lost: string[] = [];

  constructor(stage: Stage, chance: Chance) {
    this.#stage = stage;
    this.#chance = chance;
  }

  get kills(): number {
    return this.#killedAt.length;
  }

  get actions(): readonly Action[] {
    return this.#actions;
  }

  get faults(): readonly string[] {
    return [...this.#lost, ...this.#faults];
  }

  get losses() {
    return { tokensLost: this.#lost.length, endedBySingleUse: this.#endedBySingleUse };
  }

  #services() {
    const { auth, allegro, x, oidc } = this.#stage.journey.sandbox;
    return { steemlogin: auth.steemlogin, hivesigner: auth.hivesigner, allegro, x, oidc };
  }

  /** Sends one vote or tweet; asked again with the same request, it is the same one. */
  async perform({ request, provider, subject }: Action): Promise<void> {
    const { ask, accounts } = this.#stage;
    if (provider === 'x') await ask('tweet.post', { request, account: accounts.x, parts: [subject] });
    else
      await ask('vote.cast', { request, account: accounts[provider], post: `${author}/${subject}`, weight });
  }

  #renew(provider: ProviderId): Promise<unknown> {
    const { ask, accounts } = this.#stage;
    return ask('accounts.refresh', { account: accounts[provider] });
  }

  /** Renews an account, or acts with it. */
  #begin(provider: ProviderId): Promise<unknown> {
    // The next vote has to wait for 3 s, so most of the time those accounts are renewed alone.
    const isVoter = provider === 'steemlogin' || provider === 'hivesigner';
    return isVoter && this.#chance.below(3) > 0 ? this.#renew(provider) : this.#act(provider);
  }

  #act(provider: ProviderId): Promise<unknown> {
    const { ask, accounts, journey } = this.#stage;
    if (provider === 'allegro' || provider === 'wechat') return this.#renew(provider);
    if (provider === 'oidc')
      return ask('lookup.run', { account: accounts.oidc, lookup: 'userinfo', params: {} });
    const subject = `killed-${this.#actions.length}-${this.#chance.below(1e9)}`;
    const action: Action = { request: randomUUID(), provider, subject };
    if (provider !== 'x')
      journey.sandbox[provider === 'steemlogin' ? 'steem' : 'hive'].addPost({
        author,
        permlink: subject,
        title: subject,
        body: subject,
        tags: ['faults'],
      });
    this.#actions.push(action);
    return this.perform(action);
  }

  /** Next time most accounts renew before they act, and some when they are refused. */
  #endTokens(): void {
    const { allegro, ...others } = this.#services();
    allegro.accessTokenSeconds = shortLifeSeconds;
    for (const service of Object.values(others)) {
      service.accessTokenSeconds = this.#chance.pick([shortLifeSeconds, shortLifeSeconds, 7200]);
      const tokens = service.validAccessTokens();
      if (this.#chance.below(2) === 0)
        for (const token of tokens) if (this.#known.has(token)) service.expire(token);
      for (const token of tokens) this.#known.add(token);
    }
  }

  /** Some things at once, and the end of the background in the middle of them. */
  async round(): Promise<void> {
    const { sandbox, browser } = this.#stage.journey;
    const [first = 'allegro', ...others] = providers.filter(() => this.#chance.below(3) > 0);
    this.#endTokens();
    const aim = this.#chance.pick([first, ...others]);
    const isAtToken = this.#chance.below(2) === 0;
    const when = this.#chance.pick(['before', 'after'] as const);
    const [waitMs, restMs] = [this.#chance.below(this.#chance.pick([20, 600])), this.#chance.below(150)];
    const filter = (isAtToken ? undefined : actionEndpoints[aim]) ?? tokenEndpoints[aim];
    const isAtRequest = this.#chance.below(3) > 0;
    const held = isAtRequest ? sandbox.misbehave({ ...filter, how: { kind: 'hold', when } }) : undefined;

    const answers = [first, ...others].map((provider) => this.#begin(provider));
    for (const answer of answers) answer.catch(() => undefined); // A death answers nobody.
    if (held !== undefined) await Promise.race([held.hit, delay(2500)]);
    await delay(waitMs);
    if (await browser.stopWorker()) this.#killedAt.push(Date.now());
    await delay(restMs);
    sandbox.behave();
  }

  /**
   * A service that takes a refresh token once, and whose answer died with the background, leaves nothing to be saved: the
   * next one could but show the spent token again. Each such token excuses one lost sign-in.
   */
  #isEndedBySingleUse(provider: ProviderId): boolean {
    if (!singleUse.has(provider)) return false;
    const renewals = this.#stage.journey.sandbox.requests
      .find(tokenEndpoints[provider])
      .flatMap(({ at, body }) => {
        const token = new URLSearchParams(body).get('refresh_token');
        return token === null || this.#excused.has(token) ? [] : [{ at, token }];
      });
    const spent = renewals.find(({ at, token }, index) => {
      const isShownAgain = renewals.slice(index + 1).some((later) => later.token === token);
      return isShownAgain && this.#killedAt.some((killed) => killed >= at && killed - at < flightMs);
    });
    if (spent !== undefined) this.#excused.add(spent.token);
    return spent !== undefined;
  }

  /** Signs in again where an account says that it has to be, and judges why. */
  async repair(): Promise<void> {
    const { ask } = this.#stage;
    const { accounts } = await ask('accounts.list', {});
    for (const { id, provider, health } of accounts) {
      if (health.state !== 'needs_sign_in') continue;
      const known = provider as ProviderId; // There are no accounts but those of the stage.
      if (this.#isEndedBySingleUse(known)) this.#endedBySingleUse += 1;
      else this.#lost.push(`${provider} has lost its sign-in: ${JSON.stringify(health)}`);
      await ask('accounts.sign-in', { provider, account: id });
    }
  }

  /** Goes on asking for each action until it has ended, as a view does. */
  async finish(): Promise<void> {
    const { ask, journey } = this.#stage;
    journey.sandbox.behave();
    for (const service of Object.values(this.#services())) service.accessTokenSeconds = 7200;
    await this.repair();
    for (const action of this.#actions) await this.#performAgain(action);
    await waitUntil(
      'the outbox to be empty',
      async () => {
        const { entries } = await ask('outbox.list', {});
        const late = entries.filter(({ waitsFor }) => waitsFor !== 'turn' && waitsFor !== 'answer');
        for (const { request } of late) await ask('outbox.send-now', { request });
        await delay(500);
        return entries.length === 0;
      },
      15 * 60_000,
    );
    await this.repair();
  }

  /** How it ended is in the Activity. */
  async #performAgain(action: Action): Promise<void> {
    await this.perform(action).catch((failure: unknown) => {
      if (!(failure instanceof ActionError)) throw failure;
    });
  }

  /** Every account renews and acts once more. */
  async proveUsable(): Promise<void> {
    const { ask, accounts, journey } = this.#stage;
    for (const provider of providers) {
      const { account } = await ask('accounts.refresh', { account: accounts[provider] });
      if (account.health.state !== 'fresh')
        this.#faults.push(`${provider} can not be renewed: ${JSON.stringify(account.health)}`);
      const last = this.#actions.length;
      await this.#act(provider);
      for (const action of this.#actions.slice(last))
        await waitUntil(
          `the last action of ${provider}`,
          async () => {
            await this.#performAgain(action);
            return this.count(action).held === 1;
          },
          60_000,
        );
    }
    journey.sandbox.behave();
  }

  /** What the service holds of an action. */
  count({ provider, subject }: Action): { readonly held: number; readonly changes: number } {
    const { sandbox } = this.#stage.journey;
    if (provider === 'x')
      return {
        held: sandbox.x.tweetsOf('bob_on_x').filter(({ text }) => text === subject).length,
        changes: 0,
      };
    const chain = provider === 'steemlogin' ? sandbox.steem : sandbox.hive;
    const votes = chain.votesOn(author, subject).filter(({ voter }) => voter === 'bob');
    return { held: votes.length, changes: votes.reduce((sum, { changes }) => sum + changes, 0) };
  }

  /**
   * A chain takes the same vote once and refuses it after, so it must be asked how often it was sent: on Hive a token that
   * was refused is the one reason for a second time, with another token.
   */
  #wasSentAgain({ provider, subject }: Action): boolean {
    if (provider !== 'hivesigner') return false;
    const { requests } = this.#stage.journey.sandbox;
    const where = ({ body }: { readonly body: string }) => body.includes(subject);
    const sent = requests.find({ host: 'hivesigner.com', path: '/api/broadcast', where });
    return new Set(sent.map(({ headers }) => headers['authorization'])).size < sent.length;
  }

  async #readEnds(): Promise<ReadonlyMap<string, string>> {
    const ends = new Map<string, string>();
    let before: number | undefined;
    do {
      const page = await this.#stage.ask('journal.list', {
        limit: 200,
        ...(before === undefined ? {} : { before }),
      });
      for (const { action, permlink, parts, outcome, code = 'none', provider } of page.entries) {
        if (action === 'accounts.refresh') this.#noteRefusal(provider, code);
        const subject = permlink ?? parts?.[0];
        if (subject === undefined || ends.has(subject)) continue;
        ends.set(subject, outcome);
        if (outcome !== 'done')
          this.#reasons[`${provider} ${code}`] = (this.#reasons[`${provider} ${code}`] ?? 0) + 1;
      }
      before = page.next;
    } while (before !== undefined);
    return ends;
  }

  /**
   * The Activity tells of each renewal that only the person could mend. Renewing by hand signs in again at once, which would
   * hide it.
   */
  #noteRefusal(provider: string, code: string): void {
    if (singleUse.has(provider as ProviderId)) return; // `repair` judges those.
    const words = `${provider} was told to sign in again: ${code}`;
    if (!this.#lost.some((loss) => loss.startsWith(provider))) this.#lost.push(words);
  }

  async judge() {
    const ends = await this.#readEnds();
    const counts = {
      done: 0,
      failed: 0,
      unknown: 0,
      unknownButHeld: 0,
      actionsDoubled: 0,
      actionsMisreported: 0,
    };
    for (const action of this.#actions) {
      const { held, changes } = this.count(action);
      const end = ends.get(action.subject);
      if (end === 'done' || end === 'failed' || end === 'unknown') counts[end] += 1;
      if (end === 'unknown' && held > 0) counts.unknownButHeld += 1;
      const isDoubled = held > 1 || changes > 0 || this.#wasSentAgain(action);
      const isMisreported =
        end === undefined || (end === 'done' && held === 0) || (end === 'failed' && held > 0);
      if (isDoubled) counts.actionsDoubled += 1;
      if (isMisreported) counts.actionsMisreported += 1;
      if (isDoubled || isMisreported)
        this.#faults.push(
          `${action.provider} ${action.subject}: told ${end}, held ${held}, changed ${changes}`,
        );
    }
    return { ...counts, reasons: this.#reasons };
  }
}

/** With a refresh token, or by walking the sign-in page. */
const isRenewal = ({ body, query, path }: SandboxRequest) =>
  body.includes('refresh_token') ||
  [...query.values()].includes('refresh_token') ||
  path === tokenEndpoints.hivesigner.path;

/** @param kills of a background that ran. */
export async function runKills(
  name: BrowserName,
  {
    seed,
    kills,
    onKill = () => undefined,
  }: { seed: number; kills: number; onKill?: (kills: number) => void },
): Promise<KillReport> {
  const begun = performance.now();
  await using stage = await setStage(name);
  const { sandbox, browser } = stage.journey;
  const run = new KillRun(stage, createChance(seed));
  while (run.kills < kills) {
    await run.round();
    onKill(run.kills);
    if (run.kills % 10 === 9) await run.repair();
  }
  await run.finish();
  await run.proveUsable();
  const counts = await run.judge();
  const countRenewals = (provider: ProviderId) =>
    sandbox.requests.find(tokenEndpoints[provider]).filter(isRenewal).length;
  const refreshesOf = {
    steemlogin: countRenewals('steemlogin'),
    hivesigner: countRenewals('hivesigner'),
    allegro: countRenewals('allegro'),
    x: countRenewals('x'),
    oidc: countRenewals('oidc'),
    wechat: countRenewals('wechat'),
  };
  return {
    browser: name,
    version: await browser.version(),
    seed,
    kills: run.kills,
    refreshes: Object.values(refreshesOf).reduce((sum, count) => sum + count, 0),
    refreshesOf,
    actions: run.actions.length,
    ...counts,
    ...run.losses,
    seconds: Math.round((performance.now() - begun) / 1000),
    faults: run.faults,
  };
}
