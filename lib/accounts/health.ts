/** How an account is doing, in the words that people see. */
import type { ErrorCode } from '../errors.ts';
import type { Grant } from '../vault/schema.ts';
import { never } from './timing.ts';

export type Health =
  /** `until` undefined: its token does not end by time. */
  | {
      readonly state: 'fresh';
      readonly until: number | undefined;
      /** When the service wants to see the person again, where it says. */
      readonly signInBy?: number;
    }
  | { readonly state: 'refreshing' }
  /** It can be renewed once the vault is unlocked. */
  | { readonly state: 'locked' }
  | { readonly state: 'try_later'; readonly at: number; readonly trouble: ErrorCode }
  | { readonly state: 'needs_sign_in'; readonly trouble: ErrorCode }
  | { readonly state: 'ends'; readonly until: number };

/** True where it is renewed now, or would be if the vault were not locked. */
function isRenewalDue({ state, expiresAt, dueAt }: Grant, now: number): boolean {
  return state === 'try_later' ? dueAt <= now : state === 'refreshing' || expiresAt <= now;
}

/** @param grant undefined where the record is gone or damaged. @param now UTC ms. @param isLocked of the vault. */
export function readHealth(grant: Grant | undefined, now: number, isLocked: boolean): Health {
  if (grant === undefined) return { state: 'needs_sign_in', trouble: 'vault_record_broken' };
  const { state, expiresAt, dueAt, renewsSilently, renewableUntil, trouble = 'needs_sign_in' } = grant;
  if (state === 'needs_sign_in') return { state, trouble };
  const isDue = isRenewalDue(grant, now);
  if (isLocked && isDue) return { state: 'locked' };
  if (state === 'try_later') return { state, at: dueAt, trouble };
  // A token that ended while the browser was closed: the alarm is about to renew it.
  if (isDue) return { state: 'refreshing' };
  // A silent renewal that never worked yet is no promise.
  if (expiresAt === never) return { state: 'fresh', until: undefined };
  const isRenewable = renewsSilently && (renewableUntil === undefined || renewableUntil > expiresAt);
  if (!isRenewable) return { state: 'ends', until: expiresAt };
  return {
    state: 'fresh',
    until: expiresAt,
    ...(renewableUntil === undefined ? {} : { signInBy: renewableUntil }),
  };
}
