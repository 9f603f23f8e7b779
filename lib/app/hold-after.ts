import type { AppError } from '../errors.ts';
import { isTryLater } from '../errors.ts';
import { holdAgain, isByItself } from '../outbox/line.ts';
import type { Hold, OutboxEntry } from '../vault/schema.ts';

/**
 * What an entry has to wait for after a failure before its request left; undefined where waiting does not help, or where
 * somebody is there who can press again.
 * @param now UTC ms.
 */
export function holdAfter(error: AppError, entry: OutboxEntry, now: number): Hold | undefined {
  if (error.code === 'network') return holdAgain('network', entry, now);
  if (error.code === 'vault_locked') return { reason: 'locked' };
  return isByItself(entry) && isTryLater(error)
    ? holdAgain('try_later', entry, now, error.retryAfterMs)
    : undefined;
}
