import { describe, expect, test } from 'vitest';
import { computeVoteCost, regenerateMana } from './chain/mana.ts';
import { computeReputationScore } from './chain/reputation.ts';

describe('regenerateMana', () => {
  const bar = { current: 500_000_000n, updatedAt: 1_533_088_677 };
  const max = 1_000_000_000n;

  test.each([
    ['a day later', 86_400, 700_000_000n],
    ['five days later', 432_000, max],
    ['long after', 9_999_999, max],
    ['before it was written', -60, 500_000_000n],
  ])('%s', (_when, seconds, expected) => {
    expect(regenerateMana(bar, max, bar.updatedAt + seconds)).toBe(expected);
  });

  test('nothing where there is no stake', () => {
    expect(regenerateMana({ current: 0n, updatedAt: 0 }, 0n, 1000)).toBe(0n);
  });
});

test('a full vote costs a fiftieth, a smaller one its share, rounded up', () => {
  expect(computeVoteCost(2_000_000_000_000n, 10_000)).toBe(40_000_000_000n);
  expect(computeVoteCost(2_000_000_000_000n, -2500)).toBe(10_000_000_000n);
  expect(computeVoteCost(1n, 1)).toBe(1n);
  expect(computeVoteCost(1_000_000n, 0)).toBe(0n);
});

test.each([
  [0n, 25],
  [1_000_000_000n, 25],
  [10_000_000_000n, 34],
  [95_832_978_796_820n, 69.83],
  [252_421_000_000_000n, 73.62],
  [-1_000_000_000_000n, -2],
])('reputation %s reads %s', (raw, score) => {
  expect(computeReputationScore(raw)).toBe(score);
});
