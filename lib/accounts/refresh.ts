/**
 * Renewing tokens. One renewal at a time for an account, whoever asks and from whichever context; a durable mark before
 * the call and the new pair in one write after it, so that a killed worker loses nothing.
 */
import { AppError, type ErrorCode, isTryLater, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Account, Grant } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';
import { moveGrant } from './grant-moves.ts';
import type { Engines } from './engines/index.ts';
import { type Grants, holdsToken, type TimedTokens } from './grants.ts';
import { getProvider, type Registrations } from './registrations.ts';
import { walkSignIn } from './sign-in.ts';
import { createUnsavedGrants } from './unsaved-grants.ts';
import { backoff, refreshTakesAtMost, useMargin } from './timing.ts';

type RefreshPorts = Pick<Ports, 'clock' | 'random' | 'locks' | 'shell' | 'log'>;

/** Why a renewal is asked for; each has its own test of whether somebody else has done it meanwhile. */
export type RefreshReason =
  | { readonly kind: 'due' }
  | { readonly kind: 'use' }
  /** The person pressed the button. */
  | { readonly kind: 'now' }
  /** The service refused this access token. */
  | { readonly kind: 'rejected'; readonly accessToken: string };

/** Failures after which only the person can help. All others are tried again. */
const definite: ReadonlySet<ErrorCode> = new Set([
  'allegro_unauthorized',
  'app_not_authorised',
  'app_settings',
  'client_refused',
  'id_token_encrypted',
  'id_token_refused',
  'id_token_symmetric',
  'needs_set_up',
  'needs_sign_in',
  'no_permission',
  'password_changed',
  'person_locked',
  'person_not_found',
  'scope_missing',
  'service_changed',
  'sign_in_refused',
  'user_pool_refused',
  'vault_key_missing',
  'vault_secret_lost',
  'wechat_app_id',
  'wrong_person',
]);

export interface Refresher {
  /**
   * Renews the account's tokens unless that has been done since. Resolves with the grant in force.
   * @throws AppError what stood in the way; the vault says so too by then.
   */
  refresh(account: string, reason: RefreshReason): Promise<Grant>;
  /** The grant in force of an account whose newest tokens could not be saved yet. */
  findUnsaved(account: string): Grant | undefined;
  /** To be called where a newer sign-in or a sign-out was written. */
  forgetUnsaved(account: string): void;
}

export function createRefresher(
  ports: RefreshPorts,
  vault: Vault,
  {
    grants,
    registrations,
    engines,
    onRefused,
    stayAwake,
    onSaved,
  }: {
    readonly grants: Grants;
    readonly engines: Engines;
    readonly registrations: Registrations;
    /** Hears of a renewal that only the person can mend. */
    readonly onRefused: (account: Account, error: AppError) => Promise<void>;
    /** Keeps this context alive, or wakes another, while tokens are on their way or not saved. */
    readonly stayAwake: () => Promise<void>;
    /** Hears that tokens which storage would not take are saved after all. */
    readonly onSaved: () => Promise<void>;
  },
): Refresher {
  const { clock, random, locks, shell } = ports;
  const unsaved = createUnsavedGrants(ports, grants, stayAwake, onSaved);

  /** @param asked the grant as it was when the renewal was asked for, before the wait for the lock. */
  async function isDone(grant: Grant, asked: Grant, reason: RefreshReason): Promise<boolean> {
    if (grant.state === 'refreshing') return false; // We hold the lock: whoever began it is dead.
    if (reason.kind === 'rejected') return (await grants.openAccessToken(grant)) !== reason.accessToken;
    if (reason.kind === 'use') return !grant.isRejected && grant.expiresAt - clock.now() >= useMargin;
    // Two windows, one press in each: the second finds the work of the first.
    if (reason.kind === 'now') return grant.state === 'live' && grant.expiresAt !== asked.expiresAt;
    return grant.state === 'needs_sign_in' || grant.dueAt > clock.now();
  }

  async function fetchTokens(account: Account, grant: Grant): Promise<TimedTokens> {
    const client = await registrations.client(getProvider(account.provider));
    const held = await grants.open(grant, account.subject);
    const expected = { account: account.id, subject: account.subject };
    return (
      (holdsToken(held) ? await engines(client).renew(client, held) : undefined) ??
      (await walkSignIn(ports, vault, engines, { client, isInteractive: false, expected })).tokens
    );
  }

  /** @returns false when a newer sign-in or a sign-out came first, so that the failure is of no interest. */
  async function noteFailure(grant: Grant, error: AppError): Promise<boolean> {
    const attempts = grant.attempts + 1;
    const isAnswered = definite.has(error.code) || error.code === 'too_many_requests';
    // An answer that is missing may be that of a spent refresh token, which some services take again for a minute.
    const isRepeat = !isAnswered && !grant.isRepeat;
    const wait = backoff(isRepeat ? 1 : attempts, random.fraction(), error.retryAfterMs);
    const changes = { attempts, trouble: error.code, isRepeat };
    const after = definite.has(error.code)
      ? moveGrant(grant, 'needs_sign_in', changes)
      : moveGrant(grant, 'try_later', { ...changes, dueAt: clock.now() + wait });
    if (!definite.has(error.code) && !isTryLater(error))
      ports.log.warn('renewal failed', { code: error.code });
    return (await grants.replace(grant, after)) !== undefined;
  }

  async function getGrant(account: string): Promise<Grant> {
    const grant = await grants.find(account);
    if (grant === undefined) throw new AppError('unknown_account');
    return grant;
  }

  async function renew(accountId: string, before: Grant): Promise<Grant> {
    const account = await vault.store.accounts.find(accountId);
    if (account === undefined) throw new AppError('unknown_account');
    // The vault may be locked while the answer is on its way.
    const seal = await vault.prepareSeal();
    const since = clock.now();
    // The mark falls due itself: should this context die, the alarm wakes another that finds it.
    const mark = moveGrant(before, 'refreshing', {
      refreshingSince: since,
      dueAt: since + refreshTakesAtMost,
    });
    await stayAwake();
    const marked = await grants.replace(before, mark);
    if (marked === undefined) return getGrant(accountId);
    shell.announce('accounts');
    let tokens: TimedTokens;
    try {
      tokens = await fetchTokens(account, marked);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!(await noteFailure(marked, error))) return getGrant(accountId);
      if (definite.has(error.code)) await onRefused(account, error);
      throw error;
    }
    // RFC 6749 section 6: where no new refresh token came, the old one stays, as all that a move does not change.
    const after = moveGrant(marked, 'live', await grants.renew(marked, tokens, seal));
    const saved = await unsaved.save({ before: marked, after, seal });
    // A sign-out or a newer sign-in came first: what we got is not kept.
    return saved === 'superseded' ? getGrant(accountId) : saved;
  }

  return {
    findUnsaved: (account) => unsaved.find(account),
    forgetUnsaved: (account) => unsaved.forget(account),
    refresh: async (account, reason) => {
      // Nothing is marked while the tokens can't be read.
      await vault.key.get();
      const asked = await getGrant(account);
      return locks.run(`grant:${account}`, async () => {
        const held = await unsaved.saveAgain(account);
        const grant = held === undefined || held === 'superseded' ? await getGrant(account) : held;
        if (await isDone(grant, asked, reason)) return grant;
        // The mark would lie over tokens that are older.
        if (unsaved.find(account) !== undefined) throw new AppError('tokens_unsaved');
        // Nothing is sent that is not for this server.
        if (grant.trouble === 'service_changed') throw new AppError('service_changed');
        try {
          const rejected = reason.kind === 'rejected' ? { ...grant, isRejected: true } : grant;
          return await renew(account, rejected);
        } finally {
          shell.announce('accounts');
        }
      });
    },
  };
}
