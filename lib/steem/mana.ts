/** Mana grows from nothing to full in five days. */
export const regenerationSeconds = 432_000;

/** What an account's mana is worked out from. VESTS as whole tokens. */
export interface Stake {
  readonly vestingShares: number;
  readonly receivedShares: number;
  readonly delegatedShares: number;
  /** What the next step of a running power-down will take away; 0 when none runs. */
  readonly leavingShares: number;
}

export interface Manabar {
  /** Millionths of VESTS at `updatedAt`. */
  readonly mana: number;
  /** Unix seconds. */
  readonly updatedAt: number;
}

/**
 * Full voting mana in millionths of VESTS, never negative.
 * Source: steemit/steem and openhive-network/hive `get_effective_vesting_shares`, util/manabar.hpp.
 */
export function readMaxMana(stake: Stake): number {
  const shares = stake.vestingShares + stake.receivedShares - stake.delegatedShares - stake.leavingShares;
  return Math.max(0, Math.round(shares * 1e6));
}

/**
 * The mana of a bar at a time, in millionths of VESTS: it fills from nothing in five days, and the stored figure is
 * that of the last vote. A clock behind the chain's counts as no time passed.
 *
 * @param nowSeconds Unix seconds, by the chain's clock where known.
 */
export function readMana(bar: Manabar, maxMana: number, nowSeconds: number): number {
  const elapsed = Math.max(0, nowSeconds - bar.updatedAt);
  return Math.max(0, Math.min(maxMana, bar.mana + (elapsed * maxMana) / regenerationSeconds));
}

/** How long a bar takes to fill from one percentage to another, in ms; 0 where it is there. */
export function msToFill(fromPercent: number, toPercent: number): number {
  return Math.max(0, Math.ceil(((toPercent - fromPercent) / 100) * regenerationSeconds * 1000));
}

/** Percent of full, 0 when there is nothing to fill. */
export function readManaPercent(mana: number, maxMana: number): number {
  return maxMana <= 0 ? 0 : (mana / maxMana) * 100;
}
