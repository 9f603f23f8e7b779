/** What a batch does to an account's voting power, and how long it takes. */
import { chains, type ChainId } from '../steem/chain.ts';
import { readMana, readManaPercent, regenerationSeconds } from '../steem/mana.ts';
import { type ManaBasis, readVoteCost } from '../steem/vote-value.ts';

/** What one vote takes where the chain itself makes nobody wait, in milliseconds: a request and its answer. */
const requestMs = 1000;

export interface ManaForecast {
  /** Percent of full voting power, before and after; and the least in between. */
  readonly startPercent: number;
  readonly endPercent: number;
  readonly lowestPercent: number;
  /** From the first vote to the last, waits for the floor included. */
  readonly durationMs: number;
  /** How many votes go out before the first wait for the floor; undefined where there is none. */
  readonly votesBeforeWait: number | undefined;
  readonly waitMs: number;
  /** Votes that the chain would refuse for want of mana. */
  readonly refused: number;
}

/** Milliseconds from one vote of an account to its next. */
export function readPaceMs(chain: ChainId): number {
  return Math.max(requestMs, chains[chain].voteSpacingMs);
}

/**
 * Reckons votes one after the other, with what grows back in between. A downvote takes its own pool first. A vote waits
 * until the voting power has come back to the floor, as the outbox lets it.
 *
 * @param weights percent, in order.
 * @param floorPercent of full voting power; 0 for none.
 * Source: steemit/steem `hf20_vote_evaluator` and util/manabar.hpp; openhive-network/hive `hive_evaluator_social.cpp`.
 */
export function forecastMana(
  basis: ManaBasis,
  weights: readonly number[],
  floorPercent: number,
): ManaForecast {
  const paceMs = readPaceMs(basis.chain);
  const { maxMana } = basis;
  const percent = (now: ManaBasis) => readManaPercent(now.mana, maxMana);
  let now: ManaBasis = basis;
  let lowestPercent = percent(now);
  let durationMs = 0;
  let waitMs = 0;
  let refused = 0;
  let votesBeforeWait: number | undefined;
  const pass = (ms: number) => {
    now = regenerate(now, ms);
    durationMs += ms;
  };
  for (const [index, weight] of weights.entries()) {
    if (index > 0) pass(paceMs);
    const missing = Math.min(floorPercent, 100) - percent(now);
    if (missing > 0 && maxMana > 0) {
      votesBeforeWait ??= index;
      const ms = (missing / 100) * regenerationSeconds * 1000;
      waitMs += ms;
      pass(ms);
    }
    const after = spend(now, weight);
    if (after === undefined) refused += 1;
    else now = after;
    lowestPercent = Math.min(lowestPercent, percent(now));
  }
  return {
    startPercent: percent(basis),
    endPercent: percent(now),
    lowestPercent,
    durationMs,
    votesBeforeWait,
    waitMs,
    refused,
  };
}

function regenerate(basis: ManaBasis, ms: number): ManaBasis {
  const grow = (mana: number, maxMana: number) => readMana({ mana, updatedAt: 0 }, maxMana, ms / 1000);
  return {
    ...basis,
    mana: grow(basis.mana, basis.maxMana),
    downvoteMana: grow(basis.downvoteMana, basis.maxDownvoteMana),
  };
}

/** Undefined when there is too little. */
function spend(basis: ManaBasis, weight: number): ManaBasis | undefined {
  const cost = readVoteCost(basis, weight);
  const ofPool = weight < 0 ? Math.min(cost, basis.downvoteMana) : 0;
  return cost - ofPool > basis.mana
    ? undefined
    : { ...basis, mana: basis.mana - (cost - ofPool), downvoteMana: basis.downvoteMana - ofPool };
}
