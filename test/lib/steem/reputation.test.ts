import { expect, test } from 'vitest';
import { readReputation } from '../../../lib/steem/reputation.ts';

test.each([
  [0, 25],
  [500, 25],
  [1_000_000_000, 25],
  [10_000_000_000, 34],
  [95_832_978_796_820, 69.83],
  [252_421_000_000_000, 73.62],
  [-1_000_000_000_000, -2],
])('raw %d reads %d', (raw, score) => {
  expect(readReputation(raw)).toBe(score);
});
