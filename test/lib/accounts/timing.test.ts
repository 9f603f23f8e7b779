import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoff, dueAt, useMargin } from '../../../lib/accounts/timing.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('when a token is due', () => {
  it.each([
    ['a week', 7 * day, 0, 6 * day],
    ['a week, at worst chance', 7 * day, 0.999999, 6 * day - 2.4 * hour],
    ['a month', 30 * day, 0, 29 * day],
    ['seven hours', 7 * hour, 0, 6 * hour],
    ['ten minutes', 10 * minute, 0, 10 * minute - useMargin],
    ['two minutes', 2 * minute, 0, minute / 2],
    ['one second', 1000, 0, minute / 2],
    ['nothing', 0, 0, minute / 2],
    ['less than nothing', -hour, 0, minute / 2],
  ])('that lives for %s', (_name, life, chance, expected) => {
    expect(dueAt(1000, 1000 + life, chance)).toBeCloseTo(1000 + expected, -3);
  });

  it('is before the end where there is time for it, and never at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * day }), fraction, (life, chance) => {
        const due = dueAt(0, life, chance);
        expect(due).toBeGreaterThanOrEqual(minute / 2);
        if (life > 3 * minute) expect(life - due).toBeGreaterThanOrEqual(useMargin);
        expect(life - due).toBeLessThanOrEqual(day * 1.1);
      }),
    );
  });
});

describe('the wait after a failure', () => {
  it('doubles from 30 s to 6 h, half of it by chance', () => {
    const waits = Array.from({ length: 12 }, (_, index) => backoff(index + 1, 1));
    expect(waits.slice(0, 4)).toEqual([30_000, 60_000, 120_000, 240_000]);
    expect(waits.at(-1)).toBe(6 * hour);
    expect(backoff(1, 0)).toBe(15_000);
    expect(backoff(3, 0.5)).toBe(90_000);
  });

  it('is never sooner than the service said, and a service may say a day at most', () => {
    expect(backoff(1, 0, 10 * minute)).toBe(10 * minute);
    expect(backoff(12, 1, 1000)).toBe(6 * hour);
    expect(backoff(1, 0, 365 * day)).toBe(day);
    expect(backoff(1, 0, Infinity)).toBe(day);
  });

  it('stays within bounds however often it failed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fraction, (attempts, chance) => {
        const wait = backoff(attempts, chance);
        expect(wait).toBeGreaterThanOrEqual(15_000);
        expect(wait).toBeLessThanOrEqual(6 * hour);
      }),
    );
  });
});
