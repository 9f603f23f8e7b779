import type { VoteBasis } from '../actions/vote.ts';

/** Below this many rshares a vote counts nothing; the chain takes it off every vote. */
const dustThreshold = 50_000_000;
const secondsPerDay = 86_400;
/** Mana grows from nothing to full in five days. */
const regenerationSeconds = 432_000;
/** In the last 12 hours before payout a vote's strength falls in a straight line to nothing. */
const falloffSeconds = 43_200;

/**
 * The estimated worth of a vote in the chain's dollar (SBD, HBD), all of it: author's and curators' half together.
 * Negative for a downvote; 0 once the post is paid out, when the vote is dust, or when the mana does not suffice.
 * The reward curve is taken as straight, which overstates votes on posts that earn very little.
 *
 * Runs in the content script: it imports types only.
 * Source: steemit/steem `hf20_vote_evaluator`, openhive-network/hive `hive_evaluator_social.cpp` (since hard fork 28 the
 * cost is a share of the full mana).
 *
 * @param weightPercent -100 to 100.
 */
export function estimateVoteValue(basis: VoteBasis, weightPercent: number): number {
  if (basis.secondsToPayout <= 0 || weightPercent === 0 || basis.recentClaims <= 0) return 0;
  const rshares = Math.max(0, readUsedMana(basis, weightPercent) - dustThreshold);
  if (rshares === 0) return 0;
  const strength = Math.min(1, basis.secondsToPayout / falloffSeconds);
  const value = ((rshares * strength) / basis.recentClaims) * basis.rewardBalance * basis.price;
  return Math.sign(weightPercent) * value;
}

/** Mana that the vote spends, in millionths of VESTS: 2 % of the mana at full weight; 0 when there is too little. */
function readUsedMana(basis: VoteBasis, weightPercent: number): number {
  const used = readVoteCost(basis, weightPercent);
  const available = weightPercent < 0 ? basis.mana + basis.downvoteMana : basis.mana;
  return used <= available ? used : 0;
}

/** What of an account's mana the cost of a vote is worked out from. */
export type ManaBasis = Pick<
  VoteBasis,
  'chain' | 'mana' | 'maxMana' | 'downvoteMana' | 'maxDownvoteMana' | 'votePowerReserveRate'
>;

/** Mana that the vote asks for, in millionths of VESTS, whether there is as much or not: 2 % at full weight. */
export function readVoteCost(basis: ManaBasis, weightPercent: number): number {
  const isDownvote = weightPercent < 0;
  const share =
    (Math.abs(weightPercent) / 100) * (secondsPerDay / (basis.votePowerReserveRate * regenerationSeconds));
  const current = isDownvote ? Math.max(basis.mana, readReserve(basis)) : basis.mana;
  return Math.ceil((basis.chain === 'hive' ? basis.maxMana : current) * share);
}

/** The downvote pool as if it were as large as the voting mana: a downvote is measured by the fuller of the two. */
function readReserve(basis: ManaBasis): number {
  return basis.maxDownvoteMana > 0 ? (basis.downvoteMana / basis.maxDownvoteMana) * basis.maxMana : 0;
}
