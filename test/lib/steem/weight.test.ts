import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWeight, toPercent } from '../../../lib/steem/weight.ts';

describe('parseWeight', () => {
  test.each([
    [100, 10_000],
    [-100, -10_000],
    [1, 100],
    [0.01, 1],
    [-0.07, -7],
    [33.33, 3333],
    [0, 0],
    [-0, 0],
  ])('%d %% is %d', (percent, weight) => {
    expect(parseWeight(percent)).toBe(weight);
  });

  test.each([Number.NaN, Infinity, -Infinity, 100.01, -100.01, 1e9, 0.001, 12.345, -0.005])(
    '%d throws',
    (percent) => {
      expect(() => parseWeight(percent)).toThrow(
        expect.objectContaining({ code: 'bad_weight', field: 'weight' }),
      );
    },
  );

  test('every step there is goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000, max: 10_000 }), (weight) => {
        expect(parseWeight(toPercent(weight))).toBe(weight);
      }),
      { numRuns: 1000 },
    );
  });

  test('any number becomes an integer in range, or throws bad_weight', () => {
    fc.assert(
      fc.property(fc.double(), (percent) => {
        try {
          const weight = parseWeight(percent);
          expect(Number.isInteger(weight) && Math.abs(weight) <= 10_000).toBe(true);
        } catch (thrown) {
          expect(thrown).toHaveProperty('code', 'bad_weight');
        }
      }),
    );
  });
});
