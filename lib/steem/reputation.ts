/**
 * The readable score of a raw reputation, rounded to two decimals: 25 for a newcomer, 9 more for each tenfold.
 * Like the sites, it looks at the first four digits only. Not for bridge answers, which hold the score already.
 *
 * Source: steemit/condenser ParsersAndFormatters.js `repLog10`, steemit/hivemind `rep_log10`.
 */
export function readReputation(raw: number): number {
  if (raw === 0) return 25;
  const digits = BigInt(Math.ceil(Math.abs(raw))).toString();
  const magnitude = digits.length - 1 + ((Math.log10(Number(digits.slice(0, 4))) + 1e-8) % 1);
  const score = Math.max(magnitude - 9, 0) * Math.sign(raw) * 9 + 25;
  return Math.round(score * 100) / 100;
}
