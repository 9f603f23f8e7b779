/** The accounts: sign in, keep fresh, hand out access tokens to those who act, sign out. */
import { AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { Http, Ports } from '../ports.ts';
import { type Feature, features, type Provider, type Subject } from '../providers/provider.ts';
import type { PreparedSeal } from '../vault/encryption.ts';
import type { Account, Grant } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';
import { createEngines, type Engines, type SignedIn } from './engines/index.ts';
import { createGrants, holdsToken } from './grants.ts';
import { type Health, readHealth } from './health.ts';
import { createRefresher } from './refresh.ts';
import { findProvider } from '../providers/index.ts';
import {
  getProvider,
  listAddresses,
  type RegisteredClient,
  type Registrations,
  withoutSecrets,
} from './registrations.ts';
import { runFairly } from './run-fairly.ts';
import { beginSignIn, type RunningSignIn } from './running-sign-in.ts';
import { isUnnamed, nameNobody } from './unnamed.ts';
import { walkSignIn } from './sign-in.ts';
import { never, refreshTakesAtMost, useMargin } from './timing.ts';

type AccountPorts = Pick<
  Ports,
  | 'http'
  | 'crypto'
  | 'clock'
  | 'random'
  | 'randomBytes'
  | 'identity'
  | 'locks'
  | 'shell'
  | 'alarms'
  | 'log'
  | 'permissions'
  | 'translate'
>;

/** Troubles of a silent renewal that a sign-in page in front of the person may end. */
const curedByPerson: ReadonlySet<ErrorCode> = new Set([
  'allegro_unauthorized',
  'app_not_authorised',
  'needs_sign_in',
  'password_changed',
  'scope_missing',
  'service_changed',
  'vault_key_missing',
  'wrong_person',
]);

const unreachable: ReadonlySet<ErrorCode> = new Set(['network', 'timeout']);

/** An alarm is set so long before it rings at least, in ms. */
const soonest = 1000;

/** So many renewals at a time: a thousand accounts may be due together, and no service must feel it. */
const renewalLimits = { atOnce: 8, perGroup: 3 };

/** The one alarm for renewals; it rings for the account that is due first. */
export const refreshAlarm = 'refresh';

export interface AccountState {
  readonly account: Account;
  readonly provider: Provider;
  readonly health: Health;
  /** Where the app's right is really taken away, for services that revoke nothing. */
  readonly revokePage: string | undefined;
}

export interface SignInOptions {
  /** The account that the same person must come back to. */
  readonly renew?: string | undefined;
  /** Rights beyond those of every sign-in. */
  readonly allow?: readonly Feature[] | undefined;
  /** What the person typed where the service has no sign-in page. Never kept. */
  readonly typed?: Readonly<Record<string, string>> | undefined;
}

/** What acts with an account gets: its name, its service, and an access token with two minutes or more left. */
export interface Access {
  readonly account: Account;
  readonly provider: Provider;
  /** As the person registered it; no secrets. */
  readonly registration: RegisteredClient;
  readonly accessToken: string;
  /** Sends with the token on the request, the way the service's protocol wants it. */
  readonly http: Http;
  /** Where the service says that it answers, by name; empty where its addresses are known. @throws AppError */
  readonly findEndpoints: () => Promise<Readonly<Record<string, string>>>;
}

/** What ended badly while nobody was looking: a renewal that was refused for good, a sign-in whose worker died. */
export interface Trouble {
  readonly action: 'accounts.refresh' | 'accounts.sign-in';
  readonly provider: string;
  /** Undefined for the first sign-in of an account. */
  readonly account: Account | undefined;
  readonly error: AppError;
}

export interface SignedOut {
  /** There was no token to take back: the account came from a backup without one. */
  readonly wasEmpty?: true;
  readonly revoked: boolean;
  readonly revokePage: string | undefined;
}

export interface Accounts {
  list(): Promise<AccountState[]>;
  find(id: string): Promise<Account | undefined>;
  /** @throws AppError; see `walkSignIn`. */
  signIn(provider: string, options?: SignInOptions): Promise<AccountState>;
  /** The sign-in that is under way in this worker. */
  findRunning(): Pick<RunningSignIn, 'provider' | 'endsAt'> | undefined;
  /** Ends the wait for a sign-in page; nothing happens where none is open. */
  cancelSignIn(): void;
  /** Keeps what a sign-in that needed no window brought. @param seal made before its tokens were asked for. */
  adopt(provider: string, signedIn: SignedIn, seal: PreparedSeal): Promise<AccountState>;
  /** Renews without the person where that works, else with them. */
  refreshNow(id: string): Promise<AccountState>;
  /** Revokes where that works, then deletes here whatever the service said, then ends the session at the service. */
  signOut(id: string): Promise<SignedOut>;
  setDefault(id: string, action: string): Promise<void>;
  /** @throws AppError `unknown_account`, `needs_sign_in`, or what stood in the way of a renewal. */
  access(id: string): Promise<Access>;
  /** A new access token after the service refused `accessToken`. Ask once for a call, never in a loop. */
  accessAfterRejection(id: string, accessToken: string): Promise<Access>;
  update(
    id: string,
    changes: Partial<Pick<Account, 'lastVoteAt' | 'postWeight' | 'commentWeight'>>,
  ): Promise<void>;
  /** Sets alarm and badge by what the vault holds, after something else wrote there. Renews nothing, and never rejects. */
  follow(): Promise<void>;
  /** Renews all that is due, then sets the alarm for the next. */
  onAlarm(): Promise<void>;
  /**
   * Sets the alarm when it is missing or would ring too late, sets the badge, forgets a sign-in whose worker died, and
   * ends the renewals of dead workers. Called at each start of the worker.
   */
  start(): Promise<void>;
}

interface KeepOptions {
  /** The account that the person signed in to anew. */
  readonly renewed?: Account | undefined;
  /** Made before the sign-in began. */
  readonly seal?: PreparedSeal;
}

interface Renewable {
  readonly account: Account;
  /** UTC ms. */
  readonly dueAt: number;
  /** A renewal is under way, or its context died. */
  readonly isMarked: boolean;
}

export function createAccounts(
  ports: AccountPorts,
  vault: Vault,
  registrations: Registrations,
  {
    tell = () => Promise.resolve(),
    engines = createEngines(ports),
  }: {
    readonly tell?: (trouble: Trouble) => Promise<void>;
    readonly engines?: Engines;
  } = {},
): Accounts {
  const { clock, locks, shell, alarms, translate } = ports;
  const grants = createGrants(ports, vault);
  const refresher = createRefresher(ports, vault, {
    grants,
    registrations,
    engines,
    onRefused: (account, error) =>
      tell({ action: 'accounts.refresh', provider: account.provider, account, error }),
    stayAwake: ringSoon,
    // Whoever was told that they were not saved is told that they are.
    onSaved: () => changing(() => Promise.resolve()),
  });
  /** Should this worker die on its way, another is woken to find what it left. */
  async function ringSoon(): Promise<void> {
    await alarms.set(refreshAlarm, clock.now() + refreshTakesAtMost);
  }
  /** The grant in force, which may be in memory alone. */
  const findGrant = async (id: string) => refresher.findUnsaved(id) ?? (await grants.find(id));

  let running: RunningSignIn | undefined;
  /** The round of renewals that is under way in this worker. */
  let renewals: Promise<unknown> | undefined;

  async function getAccount(id: string): Promise<Account> {
    const account = await vault.store.accounts.find(id);
    if (account === undefined) throw new AppError('unknown_account');
    return account;
  }

  async function revokePageOf(provider: Provider): Promise<string | undefined> {
    const { clientId, bases } = await registrations
      .find(provider)
      .catch(() => ({ clientId: '', bases: provider.bases }));
    return provider.revokePage?.(bases, clientId);
  }

  /** @param listed those that are described together: each service is looked up once. */
  async function describe(listed: readonly (readonly [Account, Grant | undefined])[]) {
    const isLocked = (await vault.key.state()) === 'locked';
    const ids = [...new Set(listed.map(([{ provider }]) => provider))].map(getProvider);
    const pages = new Map(
      await Promise.all(
        ids.map(async (provider) => {
          const revokePage = provider.revokes ? undefined : await revokePageOf(provider);
          return [provider.id, { provider, revokePage }] as const;
        }),
      ),
    );
    return listed.flatMap(([account, grant]): AccountState[] => {
      const service = pages.get(account.provider);
      const isUnsaved = refresher.findUnsaved(account.id) !== undefined;
      const health = isUnsaved
        ? ({ state: 'try_later', at: clock.now() + useMargin, trouble: 'tokens_unsaved' } as const)
        : readHealth(grant, clock.now(), isLocked);
      return service === undefined ? [] : [{ account, health, ...service }];
    });
  }

  async function state(id: string): Promise<AccountState> {
    const account = await getAccount(id);
    const [described] = await describe([[account, await grants.find(id).catch(() => undefined)]]);
    if (described === undefined) throw new AppError('unknown_account');
    return described;
  }

  async function list(): Promise<AccountState[]> {
    const [accounts, all] = await Promise.all([vault.store.accounts.list(), grants.list()]);
    const byAccount = new Map(all.map((grant) => [grant.account, grant]));
    accounts.sort((a, b) => a.createdAt - b.createdAt);
    // A backup of a newer Latchkey may hold accounts of services that this one does not know.
    const known = accounts.filter(({ provider }) => findProvider(provider) !== undefined);
    return describe(known.map((account) => [account, byAccount.get(account.id)]));
  }

  async function showBadge(): Promise<void> {
    const healths = (await list()).map(({ health }) => health);
    const count = healths.filter(({ state }) => state === 'needs_sign_in').length;
    if (healths.some((health) => 'trouble' in health && health.trouble === 'tokens_unsaved'))
      await shell.setBadge('!', translate('error_tokens_unsaved'));
    else if (count > 0) await shell.setBadge('!', translate('badge_needs_sign_in', { count }));
    else await shell.setBadge('', translate('badge_title'));
  }

  /**
   * What can be renewed, by the time at which it is due. A grant whose account is gone or damaged can't, and would ring the
   * alarm for ever.
   */
  async function listRenewable(): Promise<Renewable[]> {
    const [accounts, all] = await Promise.all([vault.store.accounts.list(), grants.list()]);
    const byId = new Map(accounts.map((account) => [account.id, account]));
    return all
      .flatMap(({ account: id, state, dueAt }) => {
        const account = byId.get(id);
        const isMarked = state === 'refreshing';
        return account === undefined || state === 'needs_sign_in' ? [] : [{ account, dueAt, isMarked }];
      })
      .sort((one, other) => one.dueAt - other.dueAt);
  }

  /** @param overdueWait how long what is due by then can wait, in ms. */
  const renewEach = (due: readonly Renewable[], overdueWait?: number) =>
    changing(
      () =>
        runFairly(
          due,
          ({ account }) => account.provider,
          renewalLimits,
          ({ account }) => refresher.refresh(account.id, { kind: 'due' }),
        ),
      overdueWait,
    );

  /** Renews all that is due, the longest due first. */
  async function renewAll(): Promise<unknown> {
    // The alarm that rang is spent.
    await ringSoon();
    // It may ring a moment before a mark falls due, and then not again for too long.
    return renewEach(
      (await listRenewable()).filter(({ dueAt, isMarked }) => isMarked || dueAt <= clock.now()),
      // What is due after that could not even be noted, e.g. for want of room, and can't be a moment later.
      refreshTakesAtMost,
    );
  }

  /** Ends what a dead context began, at once: the refresh token may be good for a minute only. Waits for a living one. */
  async function endMarked(): Promise<void> {
    const marked = (await listRenewable()).filter(({ isMarked }) => isMarked);
    if (marked.length > 0) await renewEach(marked);
  }

  /** Renewals wait while the tokens can't be read, and are caught up on when they can. */
  async function mustWait(): Promise<boolean> {
    return ['locked', 'missing'].includes(await vault.key.state());
  }

  /**
   * When the alarm must ring: for the earliest renewal, or for the mark of one whose context may have died.
   * @param overdueWait how long what is due already can wait, in ms.
   */
  async function nextRing(overdueWait = soonest): Promise<number | undefined> {
    if (await mustWait()) return undefined;
    const now = clock.now();
    const due = (await listRenewable())
      .map(({ dueAt }) => (dueAt <= now ? now + overdueWait : dueAt))
      .filter((at) => at < never);
    return due.length === 0 ? undefined : Math.max(now + soonest, Math.min(...due));
  }

  async function setAlarm(overdueWait?: number): Promise<void> {
    const next = await nextRing(overdueWait);
    if (next === undefined) await alarms.clear(refreshAlarm);
    else await alarms.set(refreshAlarm, next);
  }

  /**
   * Runs what changes accounts; alarm, badge and open views follow, whether it went well or not.
   * @param overdueWait how long what is due by then can wait, in ms.
   */
  async function changing<T>(work: () => Promise<T>, overdueWait?: number): Promise<T> {
    try {
      return await work();
    } finally {
      await Promise.all([setAlarm(overdueWait), showBadge()]).catch((failure: unknown) => {
        ports.log.warn('alarm or badge not set', { code: toAppError(failure).code });
      });
      shell.announce('accounts');
    }
  }

  /** A stand-in for a person whom the service would not name yet. */
  const stranger = (provider: Provider): Subject => ({
    id: nameNobody(ports.random.id()),
    name: provider.title,
  });

  /** Resolves with the account's id. Tokens that can't be kept are taken back. */
  async function keep(providerId: string, signedIn: SignedIn, options: KeepOptions = {}): Promise<string> {
    try {
      return await keepTokens(providerId, signedIn, options);
    } catch (failure) {
      await revokeUnkept(getProvider(providerId), signedIn).catch(() => undefined);
      throw failure;
    }
  }

  /** What nobody here knows of would live on at the service, unseen. An account of before keeps its tokens. */
  async function revokeUnkept(provider: Provider, { subject, tokens }: SignedIn): Promise<void> {
    if (!provider.revokes) return;
    const accounts = await vault.store.accounts.list();
    const isKnown = accounts.some(
      (account) =>
        account.provider === provider.id && (subject === undefined || account.subject === subject.id),
    );
    const client = await registrations.client(provider);
    const engine = engines(client);
    if (!isKnown || engine.canRevokeFormer === true)
      await engine.revoke(client, { ...tokens, subject: subject?.id });
  }

  async function keepTokens(
    providerId: string,
    signedIn: SignedIn,
    { renewed, seal }: KeepOptions,
  ): Promise<string> {
    const provider = getProvider(providerId);
    const all = await vault.store.accounts.list();
    const subject: Subject =
      signedIn.subject ?? (renewed && { id: renewed.subject, name: renewed.name }) ?? stranger(provider);
    const known =
      all.find((account) => account.provider === providerId && account.subject === subject.id) ??
      // One that was not named when it was kept gets its name now.
      (renewed !== undefined && isUnnamed(renewed) ? renewed : undefined);
    const hasDefault = all.some(
      ({ defaultFor, ...account }) =>
        defaultFor.includes(provider.actsFor) && findProvider(account.provider)?.chain === provider.chain,
    );
    const account: Account = {
      id: ports.random.id(),
      provider: providerId,
      createdAt: clock.now(),
      defaultFor: hasDefault ? [] : [provider.actsFor],
      postWeight: 100,
      commentWeight: 100,
      ...known,
      subject: subject.id,
      name: subject.name,
      scopes: [...signedIn.scopes],
      ...(subject.app === undefined ? {} : { app: subject.app }),
      ...(subject.unionId === undefined ? {} : { unionId: subject.unionId }),
    };
    // Under the lock of renewals, so that one under way ends before the newer sign-in is written.
    const former = await locks.run(`grant:${account.id}`, async () => {
      const before = await grants.find(account.id).catch(() => undefined);
      await grants.saveSignIn(account, signedIn.tokens, seal);
      refresher.forgetUnsaved(account.id);
      return before;
    });
    // The tokens of before would live on at the service, unseen.
    if (former !== undefined) revokeFormer(account, former).catch(() => undefined);
    return account.id;
  }

  /** Rights that an account has already: signing in again must not take them away. */
  function allowedBefore(account: Account | undefined): Feature[] {
    const scopeOf = account && getProvider(account.provider).scopeOf;
    return features.filter((feature) => {
      const scope = scopeOf?.[feature];
      return scope !== undefined && account?.scopes.includes(scope);
    });
  }

  async function signInOnce(
    providerId: string,
    { renew, allow = [], typed = {} }: SignInOptions,
    signal: AbortSignal,
  ): Promise<AccountState> {
    // Before the person goes through the service's page for nothing.
    const seal = await vault.prepareSeal();
    const client = await registrations.client(getProvider(providerId));
    for (const address of listAddresses(client))
      if (!(await ports.permissions.mayReach(address)))
        throw new AppError('permission_missing', { params: { host: new URL(address).host } });
    const account = renew === undefined ? undefined : await getAccount(renew);
    if (account !== undefined && account.provider !== providerId)
      throw new AppError('bad_input', { field: 'account' });
    const signedIn = await walkSignIn(ports, vault, engines, {
      client,
      isInteractive: true,
      typed,
      signal,
      allow: [...new Set([...allow, ...allowedBefore(account)])],
      ...(account === undefined || isUnnamed(account)
        ? {}
        : { expected: { account: account.id, subject: account.subject } }),
    });
    return state(await keep(providerId, signedIn, { renewed: account, seal }));
  }

  async function signIn(providerId: string, options: SignInOptions = {}): Promise<AccountState> {
    if (running !== undefined) throw new AppError('sign_in_running');
    const begun = beginSignIn(clock, getProvider(providerId));
    running = begun;
    shell.announce('accounts');
    try {
      return await changing(() => signInOnce(providerId, options, begun.signal));
    } finally {
      begun.end();
      running = undefined;
      shell.announce('accounts');
    }
  }

  async function toAccess(id: string, grant: Grant): Promise<Access> {
    const account = await getAccount(id);
    const provider = getProvider(account.provider);
    const client = await registrations.client(provider);
    const credentials = await grants.open(grant, account.subject);
    return {
      account,
      provider,
      registration: withoutSecrets(client),
      accessToken: credentials.accessToken,
      http: engines(client).authorize(client, credentials),
      findEndpoints: async () => (await engines(client).findEndpoints?.(client)) ?? {},
    };
  }

  const isUsable = (grant: Grant) => !grant.isRejected && grant.expiresAt > clock.now();
  const isFresh = (grant: Grant) => isUsable(grant) && grant.expiresAt - clock.now() >= useMargin;

  /** Asks once more for the name that the service would not tell at the sign-in. */
  async function nameStranger({ account, provider }: Access, grant: Grant): Promise<void> {
    if (!isUnnamed(account)) return;
    const client = await registrations.client(provider);
    const subject = await engines(client).identify?.(client, await grants.open(grant, account.subject));
    if (subject === undefined) return;
    const all = await vault.store.accounts.list();
    // The same person may have signed in once more meanwhile: that account is the one to keep.
    if (all.some((other) => other.provider === provider.id && other.subject === subject.id)) return;
    await update(account.id, { subject: subject.id, name: subject.name });
  }

  async function update(id: string, changes: Partial<Account>): Promise<void> {
    await vault.write(['accounts'], async (transaction) => {
      const accounts = transaction.objectStore('accounts');
      const account = await accounts.get(id);
      if (account !== undefined) await accounts.put({ ...account, ...changes });
    });
  }

  async function access(id: string): Promise<Access> {
    await getAccount(id);
    const grant = await findGrant(id);
    if (grant === undefined) throw new AppError('needs_sign_in');
    if (isFresh(grant)) return toAccess(id, grant);
    if (grant.state === 'needs_sign_in') {
      // What only the person can mend is not tried again at each use.
      if (!isUsable(grant)) throw new AppError(grant.trouble ?? 'needs_sign_in');
      return toAccess(id, grant);
    }
    try {
      const renewed = await changing(() => refresher.refresh(id, { kind: 'use' }));
      const fresh = await toAccess(id, renewed);
      await nameStranger(fresh, renewed);
      return fresh;
    } catch (failure) {
      // A renewal that failed does not take away a token that still works.
      const current = await findGrant(id);
      if (current === undefined || !isUsable(current)) throw failure;
      return toAccess(id, current);
    }
  }

  async function revoke(account: Account, grant: Grant | undefined): Promise<boolean> {
    const provider = getProvider(account.provider);
    if (!provider.revokes || grant === undefined) return false;
    const client = await registrations.client(provider);
    const credentials = await grants.open(grant, account.subject);
    if (!holdsToken(credentials)) return false;
    await engines(client).revoke(client, credentials);
    return true;
  }

  /** False also where that can't be told. */
  const isEmpty = async (account: Account, grant: Grant | undefined) =>
    grant !== undefined &&
    grants.open(grant, account.subject).then(
      (credentials) => !holdsToken(credentials),
      () => false,
    );

  async function revokeFormer(account: Account, former: Grant): Promise<void> {
    const client = await registrations.client(getProvider(account.provider));
    if (engines(client).canRevokeFormer === true) await revoke(account, former);
  }

  /** What ends the session at the server, to be called when all is deleted here. */
  async function prepareLeave(account: Account, grant: Grant | undefined): Promise<() => Promise<void>> {
    const client = await registrations.client(getProvider(account.provider));
    const engine = engines(client);
    if (grant === undefined || engine.endSession === undefined) return () => Promise.resolve();
    const credentials = await grants.open(grant, account.subject);
    return async () => engine.endSession?.(client, credentials);
  }

  return {
    list,
    find: (id) => vault.store.accounts.find(id),
    signIn,
    findRunning: () => running,
    cancelSignIn: () => running?.cancel(),
    adopt: (provider, signedIn, seal) =>
      changing(async () => state(await keep(provider, signedIn, { seal }))),

    async refreshNow(id) {
      const account = await getAccount(id);
      const grant = await grants.find(id).catch(() => undefined);
      try {
        if (grant === undefined) throw new AppError('needs_sign_in');
        await changing(() => refresher.refresh(id, { kind: 'now' }));
      } catch (failure) {
        // The person is here and asked for it, so they may be asked in turn.
        if (!curedByPerson.has(toAppError(failure).code)) throw failure;
        return signIn(account.provider, { renew: id });
      }
      return state(id);
    },

    async signOut(id) {
      const account = await getAccount(id);
      let leave = () => Promise.resolve();
      const result = await changing(() =>
        locks.run(`grant:${id}`, async () => {
          const grant = await findGrant(id).catch(() => undefined);
          leave = await prepareLeave(account, grant).catch(() => leave);
          const wasEmpty = await isEmpty(account, grant);
          const revoked = await revoke(account, grant).catch((failure: unknown) => {
            // Nobody is asked to look at the page of a server that can't be reached.
            if (unreachable.has(toAppError(failure).code)) leave = () => Promise.resolve();
            return false;
          });
          await vault.write(['accounts', 'grants'], async (transaction) => {
            await transaction.objectStore('accounts').delete(id);
            await transaction.objectStore('grants').delete(id);
          });
          refresher.forgetUnsaved(id);
          if (wasEmpty) return { wasEmpty, revoked, revokePage: undefined };
          const revokePage = revoked ? undefined : await revokePageOf(getProvider(account.provider));
          return { revoked, revokePage };
        }),
      );
      await leave().catch(() => undefined);
      return result;
    },

    async setDefault(id, action) {
      // One default an action and chain: a page of one chain has no use for an account of the other.
      const { chain } = getProvider((await getAccount(id)).provider);
      const ids = (await vault.store.accounts.list())
        .filter((account) => findProvider(account.provider)?.chain === chain)
        .map((account) => account.id);
      await vault.write(['accounts'], async (transaction) => {
        const accounts = transaction.objectStore('accounts');
        for (const account of await Promise.all(ids.map((known) => accounts.get(known)))) {
          if (account === undefined) continue;
          const others = account.defaultFor.filter((name) => name !== action);
          await accounts.put({ ...account, defaultFor: account.id === id ? [...others, action] : others });
        }
      });
      shell.announce('accounts');
    },

    access,

    async accessAfterRejection(id, accessToken) {
      return toAccess(id, await changing(() => refresher.refresh(id, { kind: 'rejected', accessToken })));
    },

    update,

    follow: () => changing(() => Promise.resolve()),

    async onAlarm() {
      if (await mustWait()) return;
      renewals ??= renewAll().finally(() => (renewals = undefined));
      await renewals;
    },

    async start() {
      const [next, rings = Infinity] = await Promise.all([nextRing(), alarms.find(refreshAlarm)]);
      if (next !== undefined && next < rings) await alarms.set(refreshAlarm, next);
      if (running === undefined)
        for (const { provider, account, device } of await vault.store.signIns.list()) {
          // No window waits for a code: it is good as long as the service says.
          if (device !== undefined) continue;
          await vault.store.signIns.remove(provider);
          const renewed = account === undefined ? undefined : await vault.store.accounts.find(account);
          await tell({
            action: 'accounts.sign-in',
            provider,
            account: renewed,
            error: new AppError('interrupted'),
          });
        }
      await showBadge();
      if (next !== undefined) await endMarked();
    },
  };
}
