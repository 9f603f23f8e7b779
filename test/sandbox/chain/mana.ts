/** Mana bars: what is left and how it comes back. Amounts in millionths of VESTS. */
import { chainFigures } from './rules.ts';

export interface Manabar {
  readonly current: bigint;
  /** UTC seconds of the last change. */
  readonly updatedAt: number;
}

/** Mana at `atSeconds`, grown evenly to `max` over five days. Source: steem libraries/chain/util/manabar.hpp. */
export function regenerateMana(bar: Manabar, max: bigint, atSeconds: number): bigint {
  if (max <= 0n) return 0n;
  const elapsed = BigInt(Math.max(0, Math.floor(atSeconds) - bar.updatedAt));
  const grown = bar.current + (elapsed * max) / chainFigures.regenerationSeconds;
  return grown < max ? grown : max;
}

/** What a vote of this weight (-10000..10000) takes from `base`: a fiftieth at full weight, rounded up. */
export function computeVoteCost(base: bigint, weight: number): bigint {
  const share = (base * BigInt(Math.abs(weight)) * 86_400n) / 10_000n;
  const denominator = chainFigures.votePowerReserveRate * chainFigures.regenerationSeconds;
  return (share + denominator - 1n) / denominator;
}
