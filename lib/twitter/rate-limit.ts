/** How much of X's limits is left, by the headers of an answer. */

export interface RateLimit {
  readonly limit: number;
  readonly remaining: number;
  /** UTC ms when the limit starts anew. */
  readonly resetsAt: number;
}

export interface RateLimits {
  /** Of the 15 minutes or whatever the endpoint counts by. */
  readonly window?: RateLimit;
  readonly userDay?: RateLimit;
  readonly appDay?: RateLimit;
}

const families = {
  window: 'x-rate-limit',
  userDay: 'x-user-limit-24hour',
  appDay: 'x-app-limit-24hour',
} as const;

/** The limits that the answer tells; real ones are often lower than the documented. X writes seconds, this is in ms. */
export function readRateLimits(headers: Headers): RateLimits {
  return Object.fromEntries(
    Object.entries(families).flatMap(([name, prefix]) => {
      const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((part) => {
        const text = headers.get(`${prefix}-${part}`);
        return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
      });
      if (limit === undefined || remaining === undefined || reset === undefined) return [];
      return [[name, { limit, remaining, resetsAt: reset * 1000 }]];
    }),
  );
}

/** Milliseconds from `now` until every used-up limit has started anew; undefined when none is used up. */
export function findWait(limits: RateLimits, now: number): number | undefined {
  const resets = Object.values<RateLimit>({ ...limits })
    .filter(({ remaining }) => remaining === 0)
    .map(({ resetsAt }) => resetsAt);
  return resets.length === 0 ? undefined : Math.max(0, Math.max(...resets) - now);
}
