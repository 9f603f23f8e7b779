/** What is the same for every vote on a chain: its clock, its voting rules, the reward fund and the price. */
import * as z from 'zod/mini';
import { amount, integer, utcTime } from './chain-values.ts';
import type { ChainAnswer, ChainCall } from './json-rpc.ts';
import { readResult } from './read-result.ts';

export interface ChainRules {
  /** The chain's clock, UTC ms: a person's own may be wrong. */
  readonly now: number;
  readonly votePowerReserveRate: number;
  /** Size of the downvote pool as a share of the full mana, 0 to 1. */
  readonly downvotePool: number;
}

export interface RewardFund {
  /** In the chain's token. */
  readonly balance: number;
  readonly recentClaims: number;
}

export const rulesCall: ChainCall = { method: 'condenser_api.get_dynamic_global_properties', params: [] };
export const rewardFundCall: ChainCall = { method: 'condenser_api.get_reward_fund', params: ['post'] };
export const priceCall: ChainCall = {
  method: 'condenser_api.get_current_median_history_price',
  params: [],
};

const properties = z.object({
  time: utcTime,
  vote_power_reserve_rate: integer,
  downvote_pool_percent: z._default(integer, 0),
});
const fund = z.object({ reward_balance: amount, recent_claims: integer });
const price = z.object({ base: amount, quote: amount });

/** @throws AppError as `readResult`. */
export function readRules(answer: ChainAnswer): ChainRules {
  const rules = readResult(answer, properties, 'service_error');
  return {
    now: rules.time,
    votePowerReserveRate: rules.vote_power_reserve_rate,
    downvotePool: rules.downvote_pool_percent / 10_000,
  };
}

/** @throws AppError as `readResult`. */
export function readRewardFund(answer: ChainAnswer): RewardFund {
  const found = readResult(answer, fund, 'service_error');
  return { balance: found.reward_balance, recentClaims: found.recent_claims };
}

/** One token in the chain's dollar. @throws AppError as `readResult`. */
export function readPrice(answer: ChainAnswer): number {
  const { base, quote } = readResult(answer, price, 'service_error');
  return quote > 0 ? base / quote : 0;
}
