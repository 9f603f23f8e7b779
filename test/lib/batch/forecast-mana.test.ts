import { describe, expect, it } from 'vitest';
import { forecastMana } from '../../../lib/batch/forecast-mana.ts';
import type { ManaBasis } from '../../../lib/steem/vote-value.ts';

const full: ManaBasis = {
  chain: 'steem',
  mana: 1e12,
  maxMana: 1e12,
  downvoteMana: 0.25e12,
  maxDownvoteMana: 0.25e12,
  votePowerReserveRate: 10,
};
const votes = (count: number, weight = 100) => Array.from({ length: count }, () => weight);
const day = 86_400_000;

describe('the mana of a batch', () => {
  it('falls on Steem by 2 % of what is there, and grows in the 3 s between', () => {
    const { startPercent, endPercent, durationMs, lowestPercent } = forecastMana(full, votes(3), 0);
    const grown = (3 / 432_000) * 100;
    expect(startPercent).toBe(100);
    expect(endPercent).toBeCloseTo(((100 * 0.98 + grown) * 0.98 + grown) * 0.98, 9);
    expect(lowestPercent).toBe(endPercent);
    expect(durationMs).toBe(6000);
  });

  it('falls on Hive by 2 % of the full mana, a vote a second, until the chain would refuse', () => {
    const hive = { ...full, chain: 'hive' as const };
    expect(forecastMana(hive, votes(10), 0).endPercent).toBeCloseTo(80 + (9 / 432_000) * 100, 9);
    expect(forecastMana(hive, votes(60), 0)).toMatchObject({ refused: 10 });
    expect(forecastMana(hive, votes(3), 0).durationMs).toBe(2000);
  });

  it('costs by weight, and a removal costs nothing', () => {
    expect(forecastMana(full, [50], 0).endPercent).toBeCloseTo(99, 9);
    expect(forecastMana(full, [0, 0], 0).endPercent).toBe(100);
  });

  it('takes a downvote from its own pool first', () => {
    expect(forecastMana(full, [-100], 0).endPercent).toBe(100);
    const spent = { ...full, downvoteMana: 0 };
    expect(forecastMana(spent, [-100], 0).endPercent).toBeCloseTo(98, 9);
  });

  it('waits for the floor, and tells after how many votes and how long', () => {
    const { votesBeforeWait, waitMs, lowestPercent, durationMs } = forecastMana(full, votes(10), 90);
    // 0.98 ** 6 is below 90 % for the first time.
    expect(votesBeforeWait).toBe(6);
    expect(lowestPercent).toBeGreaterThan(88);
    // Each vote from then on waits for about 1.8 % of five days.
    expect(waitMs / day).toBeCloseTo((3 * 1.8 + 90 - 0.98 ** 6 * 100) / 20, 1);
    expect(durationMs).toBeCloseTo(waitMs + 9 * 3000, 3);
  });

  it('is nothing where an account has no stake', () => {
    const none = { ...full, mana: 0, maxMana: 0, downvoteMana: 0, maxDownvoteMana: 0 };
    expect(forecastMana(none, votes(2), 50)).toMatchObject({ startPercent: 0, endPercent: 0, waitMs: 0 });
  });
});
