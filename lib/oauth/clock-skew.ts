/**
 * How far a service's clock is ahead of ours, in milliseconds (negative: behind), by the Date header of its answer
 * (RFC 9110 section 6.6.1). Undefined where there is none, or no date in it.
 */
export function findClockSkew(dateHeader: string | null, now: number): number | undefined {
  const told = Date.parse(dateHeader ?? '');
  return Number.isNaN(told) ? undefined : told - now;
}
