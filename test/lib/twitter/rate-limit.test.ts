import { expect, test } from 'vitest';
import { findWait, readRateLimits } from '../../../lib/twitter/rate-limit.ts';

const headers = new Headers({
  'x-rate-limit-limit': '100',
  'x-rate-limit-remaining': '0',
  'x-rate-limit-reset': '1763726400',
  'x-user-limit-24hour-limit': '17',
  'x-user-limit-24hour-remaining': '3',
  'x-user-limit-24hour-reset': '1763800000',
  'x-app-limit-24hour-limit': 'many',
});

test('limits are read, seconds turned into milliseconds', () => {
  expect(readRateLimits(headers)).toEqual({
    window: { limit: 100, remaining: 0, resetsAt: 1_763_726_400_000 },
    userDay: { limit: 17, remaining: 3, resetsAt: 1_763_800_000_000 },
  });
  expect(readRateLimits(new Headers())).toEqual({});
});

test('the wait is that of the limit that is used up', () => {
  const limits = readRateLimits(headers);
  expect(findWait(limits, 1_763_726_390_000)).toBe(10_000);
  expect(findWait(limits, 1_763_726_500_000)).toBe(0);
  expect(findWait({ window: { limit: 1, remaining: 1, resetsAt: 5 } }, 0)).toBeUndefined();
});
