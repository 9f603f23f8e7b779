import { expect, test } from 'vitest';
import { findClockSkew } from '../../../lib/oauth/clock-skew.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);

test.each([
  ['Sat, 21 Nov 2026 12:05:00 GMT', 300_000],
  ['Sat, 21 Nov 2026 11:59:00 GMT', -60_000],
  ['soon', undefined],
  [null, undefined],
])('%s', (header, skew) => {
  expect(findClockSkew(header, now)).toBe(skew);
});
