/** The tokens of an account, sealed on the way in and opened on the way out. */
import type { Ports } from '../ports.ts';
import type { DpopKey } from '../oauth/dpop.ts';
import type { Tokens } from '../oauth/token-endpoint.ts';
import type { KeyState } from '../vault/data-key.ts';
import type { Account, Grant } from '../vault/schema.ts';
import type { PreparedSeal } from '../vault/encryption.ts';
import { type GrantField, grantFields, identityOf } from '../vault/sealed-places.ts';
import type { Vault } from '../vault/vault.ts';
import { findBinding, readBindings } from './binding.ts';
import { clampTime, dueAt, never, wasClockSetBack } from './timing.ts';

/** Tokens with their end as a point in time, UTC ms. */
export interface TimedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  /** OAuth 1.0a only. */
  readonly tokenSecret?: string;
  /** OpenID Connect only. */
  readonly idToken?: string;
  readonly dpopKey?: DpopKey;
  /** Server and client that they are of; see binding.ts. */
  readonly boundTo?: string;
  readonly expiresAt: number;
  readonly renewableUntil?: number;
  /** True where it is renewed without the person and without a refresh token. */
  readonly renewsItself?: boolean;
  /** When to renew it, where the service has a rule of its own. */
  readonly renewAt?: number;
}

/** What acts for an account, opened. Lives in memory only. */
export interface Credentials {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** OAuth 1.0a only; empty in the first step of its handshake. */
  readonly tokenSecret?: string | undefined;
  readonly idToken?: string | undefined;
  readonly dpopKey?: DpopKey | undefined;
  /** Server and client that the tokens are of; undefined in grants of before they said so. */
  readonly boundTo?: string | undefined;
  /** The service's own id of the person; undefined before the service has told. */
  readonly subject?: string | undefined;
  /** UTC ms. */
  readonly signedInAt?: number | undefined;
}

/** False for an account that was restored without its sign-in: there is nothing to renew, and nothing to take back. */
export const holdsToken = ({ accessToken, refreshToken }: Credentials): boolean =>
  accessToken !== '' || refreshToken !== undefined;

export interface Grants {
  /** As it is with the key and the registration that the vault has now: see `judge`. */
  find(account: string): Promise<Grant | undefined>;
  list(): Promise<Grant[]>;
  openAccessToken(grant: Grant): Promise<string>;
  /**
   * To be called after the client was read that the tokens are for, so that none can become another in between.
   * @param subject of the account.
   */
  open(grant: Grant, subject: string): Promise<Credentials>;
  /**
   * Keeps an account and its new tokens as one; a generation is added, so older answers can't overwrite it.
   * @param seal made before the sign-in began, where the vault may have been locked since.
   */
  saveSignIn(account: Account, tokens: TimedTokens, seal?: PreparedSeal): Promise<void>;
  /**
   * Replaces a grant unless a newer sign-in, newer tokens or a sign-out came first. Tokens that do not change stay as they lie
   * there: they may have been sealed anew.
   * @param seal that new tokens were sealed with.
   * @returns what is in the vault now; undefined when nothing was written.
   */
  replace(before: Grant, after: Grant, seal?: PreparedSeal): Promise<Grant | undefined>;
  /** What a renewal without the person changes of a grant; not saved yet. */
  renew(before: Grant, tokens: TimedTokens, seal: PreparedSeal): Promise<Partial<Grant>>;
}

const optionalFields = ['refreshToken', 'tokenSecret', 'idToken'] as const;
type OptionalField = (typeof optionalFields)[number];

/** @param receivedAt UTC ms; a life of no length known is the provider's usual one. */
export function timeTokens(tokens: Tokens, receivedAt: number, usualSeconds: number): TimedTokens {
  return {
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    expiresAt: receivedAt + (tokens.expiresInSeconds ?? usualSeconds) * 1000,
  };
}

/** The tokens that a change leaves alone, as they lie in the vault now. */
function readUnchanged(current: Grant, before: Grant, after: Grant): Partial<Pick<Grant, GrantField>> {
  const kept: Partial<Pick<Grant, GrantField>> = {};
  for (const field of grantFields) {
    const sealed = current[field];
    if (sealed !== undefined && after[field] === before[field]) kept[field] = sealed;
  }
  return kept;
}

export function createGrants({ clock, random }: Pick<Ports, 'clock' | 'random'>, vault: Vault): Grants {
  async function build(
    account: string,
    tokens: TimedTokens,
    facts: Pick<Grant, 'generation' | 'renewals' | 'renewsSilently' | 'signedInAt'> & {
      readonly seal: PreparedSeal;
    },
  ) {
    const { seal: prepared, ...kept } = facts;
    const { seal } = prepared;
    const sealed: Pick<Grant, GrantField> = {
      accessToken: await seal(tokens.accessToken, identityOf.grant(account, 'accessToken')),
    };
    for (const field of optionalFields)
      if (tokens[field] !== undefined)
        sealed[field] = await seal(tokens[field], identityOf.grant(account, field));
    const expiresAt = clampTime(tokens.expiresAt);
    return {
      account,
      ...kept,
      ...sealed,
      ...(tokens.dpopKey === undefined ? {} : { dpopKey: tokens.dpopKey }),
      ...(tokens.boundTo === undefined ? {} : { boundTo: tokens.boundTo }),
      ...(tokens.renewableUntil === undefined ? {} : { renewableUntil: tokens.renewableUntil }),
      expiresAt,
      dueAt: clampTime(tokens.renewAt ?? dueAt(clock.now(), expiresAt, random.fraction())),
      state: 'live',
      attempts: 0,
      isRejected: false,
      isRepeat: false,
    } satisfies Grant;
  }

  const openAccessToken = (grant: Grant) =>
    vault.open(grant.accessToken, identityOf.grant(grant.account, 'accessToken'));

  /**
   * A grant of long ago is told what it is bound to as the registration beside it becomes another: whoever holds one of
   * before, and read the registration after, must not take it for bound to nothing.
   */
  async function readBoundTo({ account, boundTo }: Grant): Promise<string | undefined> {
    return boundTo ?? (await vault.store.grants.find(account).catch(() => undefined))?.boundTo;
  }

  async function openOptional(grant: Grant, field: OptionalField) {
    const sealed = grant[field];
    return sealed === undefined ? undefined : vault.open(sealed, identityOf.grant(grant.account, field));
  }

  const opens = (grant: Grant) =>
    openAccessToken(grant).then(
      () => true,
      () => false,
    );

  /**
   * A profile may be copied without its key, or its key made anew: what does not open waits for the person, whatever it says
   * of itself, and what opens again is tried again. Nothing is written, so a key that comes back mends all.
   */
  async function judgeKey(grant: Grant, key: KeyState): Promise<Grant> {
    const wasLost = grant.trouble === 'vault_key_missing';
    if (key === 'locked' || (key === 'whole' && !wasLost)) return grant;
    if (key === 'missing' || !(await opens(grant)))
      return { ...grant, state: 'needs_sign_in', trouble: 'vault_key_missing' };
    return wasLost ? { ...grant, state: 'try_later', dueAt: clock.now() } : grant;
  }

  /** It was noted as of another server or client, which is no longer so. */
  function comeBack({ trouble: _over, ...grant }: Grant): Grant {
    return { ...grant, state: 'try_later', dueAt: clock.now() };
  }

  /**
   * With the registration, the key and the clock that there are now. What is of another server or client waits for the
   * person, and is tried again when the former ones are typed again.
   * @param binding of the account's service; undefined where its registration is not there.
   */
  async function judge(stored: Grant, key: KeyState, binding: string | undefined): Promise<Grant> {
    const { boundTo = binding } = stored;
    if (binding !== undefined && boundTo !== binding)
      return { ...stored, state: 'needs_sign_in', trouble: 'service_changed', isRejected: true };
    const isBack = binding !== undefined && stored.trouble === 'service_changed';
    const grant = await judgeKey(isBack ? comeBack(stored) : stored, key);
    const { refreshToken, state, writtenAt = 0, dueAt } = grant;
    // Only where it costs nobody anything: a silent walk that comes too early may ask for the person. One that was begun was
    // due.
    const isEarlier =
      (refreshToken !== undefined || state !== 'live') && wasClockSetBack(writtenAt, clock.now());
    return isEarlier ? { ...grant, dueAt: Math.min(dueAt, clock.now()) } : grant;
  }

  return {
    async find(account) {
      const grant = await vault.store.grants.find(account);
      return grant && judge(grant, await vault.key.state(), await findBinding(vault, account));
    },
    async list() {
      const [all, key, accounts, bindings] = await Promise.all([
        vault.store.grants.list(),
        vault.key.state(),
        vault.store.accounts.list(),
        readBindings(vault),
      ]);
      const providerOf = new Map(accounts.map(({ id, provider }) => [id, provider]));
      return Promise.all(
        all.map((grant) => judge(grant, key, bindings.get(providerOf.get(grant.account) ?? ''))),
      );
    },
    openAccessToken,
    open: async (grant, subject) => ({
      accessToken: await openAccessToken(grant),
      refreshToken: await openOptional(grant, 'refreshToken'),
      tokenSecret: await openOptional(grant, 'tokenSecret'),
      idToken: await openOptional(grant, 'idToken'),
      dpopKey: grant.dpopKey,
      boundTo: await readBoundTo(grant),
      subject,
      signedInAt: grant.signedInAt,
    }),

    async saveSignIn(account, tokens, prepared) {
      const seal = prepared ?? (await vault.prepareSeal());
      const before = await vault.store.grants.find(account.id).catch(() => undefined);
      const grant = await build(account.id, tokens, {
        seal,
        generation: (before?.generation ?? 0) + 1,
        renewsSilently:
          tokens.renewsItself ?? (tokens.refreshToken !== undefined || tokens.expiresAt === never),
        signedInAt: clock.now(),
      });
      await vault.write(['accounts', 'grants', 'keys'], async (transaction) => {
        await seal.keepKey(transaction.objectStore('keys'));
        const accounts = transaction.objectStore('accounts');
        const grants = transaction.objectStore('grants');
        // A damaged record of the same person can't be read, and must not stand in the way of a new one.
        const former = await accounts.index('subject').getKey([account.provider, account.subject]);
        if (former !== undefined && former !== account.id) {
          await accounts.delete(former);
          await grants.delete(former);
        }
        // What another context noted of the account meanwhile, e.g. its last vote, stays.
        const noted = await accounts.get(account.id);
        const { defaultFor, postWeight, commentWeight, lastVoteAt } = noted ?? account;
        const kept = {
          defaultFor,
          postWeight,
          commentWeight,
          ...(lastVoteAt === undefined ? {} : { lastVoteAt }),
        };
        await accounts.put({ ...account, ...kept });
        await grants.put({ ...grant, writtenAt: clock.now() });
      });
    },

    async replace(before, after, seal) {
      const written: { grant?: Grant } = {};
      await vault.write(['grants', 'keys'], async (transaction) => {
        const grants = transaction.objectStore('grants');
        const current = await grants.get(before.account);
        if (current?.generation !== before.generation || current.renewals !== before.renewals) return;
        // It may have been told what it is bound to meanwhile.
        const { boundTo = current.boundTo } = after;
        const grant = {
          ...after,
          ...readUnchanged(current, before, after),
          ...(boundTo === undefined ? {} : { boundTo }),
          writtenAt: clock.now(),
        };
        await seal?.keepKey(transaction.objectStore('keys'));
        await grants.put(grant);
        written.grant = grant;
      });
      return written.grant;
    },

    renew: (before, tokens, seal) =>
      build(before.account, tokens, {
        seal,
        generation: before.generation,
        renewals: (before.renewals ?? 0) + 1,
        renewsSilently: true,
        signedInAt: before.signedInAt,
      }),
  };
}
