/** Amounts and times as the chains write them. */

/** `1.234 SBD`. */
export function formatAmount(value: number, unit: string): string {
  return `${value.toFixed(3)} ${unit}`;
}

/** Millionths of VESTS as `1.000000 VESTS`. */
export function formatVests(micro: bigint): string {
  const sign = micro < 0n ? '-' : '';
  const digits = String(micro < 0n ? -micro : micro).padStart(7, '0');
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)} VESTS`;
}

/** UTC without a zone, to the second; the chains never write a `Z`. */
export function formatTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** What Steem and Hive write for "never" in cashout_time and last_payout. */
export const never = '1969-12-31T23:59:59';
export const epoch = '1970-01-01T00:00:00';
