import { expect, it } from 'vitest';
import {
  formatAmount,
  formatBytes,
  formatDay,
  formatMoment,
  formatNumber,
  formatTimeLeft,
} from '../../../lib/ui/format.ts';

const hour = 3_600_000;

it('writes amounts with three decimals, as the language does', () => {
  expect(formatAmount('en', 0.012784, 'SBD')).toBe('0.013 SBD');
  expect(formatAmount('ru', -1234.5, 'HBD').replace(/\s/g, ' ')).toBe('-1 234,500 HBD');
});

it('tells the time left in the largest unit that fits', () => {
  expect(formatTimeLeft('en', 5.9 * 24 * hour)).toBe('in 5 days');
  expect(formatTimeLeft('en', 3.5 * hour)).toBe('in 3 hours');
  expect(formatTimeLeft('pl', 12 * 60_000)).toBe('za 12 minut');
  expect(formatTimeLeft('en', 10)).toBe('in 1 minute');
});

it('writes days, moments and numbers', () => {
  const noon = new Date(2026, 10, 28, 12, 5).getTime();
  expect(formatDay('en', noon)).toBe('Nov 28, 2026');
  expect(formatMoment('en', noon)).toMatch(/^Nov 28, 2026, 12:05\sPM$/);
  expect(formatNumber('pl', 69.834)).toBe('69,83');
});

it.each([
  [0, '0 kB'],
  [293, '0.3 kB'],
  [999_949, '999.9 kB'],
  [42_000_000, '42 MB'],
  [1_500_000_000, '1.5 GB'],
  [9_000_000_000_000_000, '9,000 TB'],
])('writes a size of %i bytes in the unit that fits', (bytes, text) => {
  expect(formatBytes('en', bytes)).toBe(text);
});
