import { describe, expect, test } from 'vitest';
import type { VoteBasis } from '../../../lib/actions/vote.ts';
import { estimateVoteValue } from '../../../lib/steem/vote-value.ts';

/** 2,000,000 VESTS with full mana, as in the vector. */
const steem: VoteBasis = {
  chain: 'steem',
  mana: 2e12,
  maxMana: 2e12,
  downvoteMana: 5e11,
  maxDownvoteMana: 5e11,
  votePowerReserveRate: 10,
  rewardBalance: 800_000,
  recentClaims: 5e17,
  price: 0.2,
  secondsToPayout: 604_800,
  currency: 'SBD',
};
const hive: VoteBasis = { ...steem, chain: 'hive', currency: 'HBD' };

describe('estimateVoteValue', () => {
  test('the vector: 0.012784 SBD', () => {
    expect(estimateVoteValue(steem, 100)).toBeCloseTo(0.012784, 10);
  });

  test('on Steem half the mana costs and gives half, on Hive the cost is of the full mana', () => {
    const halfUsed = 20_000_000_000 - 50_000_000;
    expect(estimateVoteValue({ ...steem, mana: 1e12 }, 100)).toBeCloseTo((halfUsed / 5e17) * 160_000, 12);
    expect(estimateVoteValue({ ...hive, mana: 1e12 }, 100)).toBeCloseTo(0.012784, 10);
  });

  test('on Hive a vote that the mana does not carry is worth nothing', () => {
    expect(estimateVoteValue({ ...hive, mana: 3.9e10 }, 100)).toBe(0);
    expect(estimateVoteValue({ ...hive, mana: 3.9e10 }, 50)).toBeGreaterThan(0);
  });

  test('weight counts in a straight line, less the dust', () => {
    expect(estimateVoteValue(steem, 1)).toBeCloseTo(((4e8 - 5e7) / 5e17) * 160_000, 12);
  });

  test('a vote at or under the dust threshold is worth nothing', () => {
    expect(estimateVoteValue({ ...steem, mana: 2.5e9, maxMana: 2.5e9 }, 100)).toBe(0);
    expect(estimateVoteValue({ ...steem, mana: 2.6e9, maxMana: 2.6e9 }, 100)).toBeGreaterThan(0);
  });

  test('falls in a straight line over the last 12 hours', () => {
    expect(estimateVoteValue({ ...steem, secondsToPayout: 43_200 }, 100)).toBeCloseTo(0.012784, 10);
    expect(estimateVoteValue({ ...steem, secondsToPayout: 10_800 }, 100)).toBeCloseTo(0.012784 / 4, 10);
  });

  test('nothing when paid out, at weight 0, without claims or without stake', () => {
    expect(estimateVoteValue({ ...steem, secondsToPayout: 0 }, 100)).toBe(0);
    expect(estimateVoteValue(steem, 0)).toBe(0);
    expect(estimateVoteValue({ ...steem, recentClaims: 0 }, 100)).toBe(0);
    expect(
      estimateVoteValue({ ...steem, mana: 0, maxMana: 0, downvoteMana: 0, maxDownvoteMana: 0 }, -100),
    ).toBe(0);
  });

  test('a downvote takes as much, drawn from the fuller pool', () => {
    expect(estimateVoteValue(steem, -100)).toBeCloseTo(-0.012784, 10);
    expect(estimateVoteValue({ ...steem, mana: 0 }, -100)).toBeCloseTo(-0.012784, 10);
    expect(estimateVoteValue({ ...steem, downvoteMana: 0 }, -100)).toBeCloseTo(-0.012784, 10);
    expect(estimateVoteValue({ ...steem, mana: 0, downvoteMana: 0 }, -100)).toBe(0);
    const halfUsed = 20_000_000_000 - 50_000_000;
    expect(estimateVoteValue({ ...steem, mana: 0, downvoteMana: 2.5e11 }, -100)).toBeCloseTo(
      -(halfUsed / 5e17) * 160_000,
      12,
    );
  });

  test('on Hive both pools together must carry a downvote', () => {
    const poor = { ...hive, mana: 2.1e10, downvoteMana: 2e10 };
    expect(estimateVoteValue(poor, -100)).toBeCloseTo(-0.012784, 10);
    expect(estimateVoteValue(poor, 100)).toBe(0);
    expect(estimateVoteValue({ ...poor, mana: 1e10 }, -100)).toBe(0);
  });
});
