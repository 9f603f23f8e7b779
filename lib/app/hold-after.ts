import { type AppError, isTryLater } from '../errors.ts';
import { holdAgain, isByItself } from '../outbox/line.ts';
import type { Hold, JournalRecord, OutboxEntry } from '../vault/schema.ts';
import type { Sent } from './outbox-runner.ts';

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

/** What became of an entry that the outbox did not let go. @param end undefined where it is still there, put off. */
export function readStopped(end: JournalRecord | undefined): Sent {
  return end === undefined ? { hold: undefined } : { record: end };
}

/** A refusal without a look at what was sent: it did not happen, and will another time. */
export function isToldToWait(error: AppError | undefined): error is AppError {
  return error?.code === 'too_many_requests';
}
