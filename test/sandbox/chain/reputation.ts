/** The readable reputation score. Source: hivemind hive/utils/normalize.py, rep_log10. */

/** From the chain's raw number to a score with two decimals; 25 for 0. */
export function computeReputationScore(raw: bigint): number {
  if (raw === 0n) return 25;
  const digits = String(raw < 0n ? -raw : raw);
  const lead = Math.log10(Number(digits.slice(0, 4)));
  const logarithm = digits.length - 1 + ((lead + 0.000_000_01) % 1);
  const score = Math.max(logarithm - 9, 0) * (raw < 0n ? -1 : 1) * 9 + 25;
  return Math.round(score * 100) / 100;
}
