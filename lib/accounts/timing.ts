/** When tokens are renewed and how long a failed try waits. All times in milliseconds. */

const minute = 60_000;
const hour = 60 * minute;

/** An access token with less than this left is renewed before it is used. */
export const useMargin = 2 * minute;

/**
 * A renewal that has been under way for longer than this died with its context (requests end after 20 s). Some services
 * take a used refresh token once more for a minute, which a second try must not miss.
 */
export const refreshTakesAtMost = 40_000;

/** Chromium rings no alarm sooner; a token that lives shorter is renewed when it is used. */
const soonest = minute / 2;
const longestMargin = 24 * hour;
const firstBackoff = 30_000;
const longestBackoff = 6 * hour;

/** The end of a token that does not end by time: the last moment a Date can hold, UTC ms. */
export const never = 8_640_000_000_000_000;

/** The nearest moment that a Date can hold, UTC ms: services reckon lives of any length, and the vault refuses Infinity. */
export function clampTime(ms: number): number {
  return Math.max(-never, Math.min(never, ms));
}

/**
 * When to renew: a seventh of the life before the end, at most a day, at least {@link useMargin}; up to a tenth of that
 * earlier by chance, so that accounts made together are not renewed together. Never sooner than in 30 s, so that a service
 * whose tokens hardly live is not asked without end.
 * @param fraction chance in [0, 1).
 */
export function dueAt(now: number, expiresAt: number, fraction: number): number {
  if (expiresAt === never) return never;
  const margin = Math.min(longestMargin, Math.max(useMargin, (expiresAt - now) / 7));
  return Math.max(now + soonest, expiresAt - margin * (1 + fraction / 10));
}

/**
 * The wait before the next try: doubling from 30 s to 6 h, half of it by chance ("equal jitter"), and never sooner than
 * the service said (Retry-After, at most a day).
 * @param attempts failures in a row, 1 or more.
 */
export function backoff(attempts: number, fraction: number, retryAfterMs = 0): number {
  const full = Math.min(longestBackoff, firstBackoff * 2 ** Math.min(attempts - 1, 20));
  return Math.max(full / 2 + (full / 2) * fraction, Math.min(retryAfterMs, 24 * hour));
}

/** Clocks that a time server corrects move by less. */
const clockStep = 60_000;

/** True where the clock was set back since something was written, so that its times say nothing. */
export function wasClockSetBack(writtenAt: number, now: number): boolean {
  return writtenAt > now + clockStep;
}
