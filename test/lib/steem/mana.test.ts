import { describe, expect, test } from 'vitest';
import { msToFill, readMana, readManaPercent, readMaxMana } from '../../../lib/steem/mana.ts';

const stake = { vestingShares: 1000, receivedShares: 0, delegatedShares: 0, leavingShares: 0 };
const bar = { mana: 500_000_000, updatedAt: 1_533_088_677 };

describe('mana', () => {
  test('the vector: half full, 70 % a day later, full after five', () => {
    const max = readMaxMana(stake);
    expect(max).toBe(1_000_000_000);
    expect(readMana(bar, max, bar.updatedAt + 86_400)).toBe(700_000_000);
    expect(readManaPercent(700_000_000, max)).toBe(70);
    expect(readMana(bar, max, bar.updatedAt + 432_000)).toBe(max);
  });

  test('received stake counts, delegated and leaving stake does not', () => {
    expect(
      readMaxMana({ vestingShares: 10, receivedShares: 5, delegatedShares: 3, leavingShares: 1.5 }),
    ).toBe(10_500_000);
    expect(readMaxMana({ ...stake, delegatedShares: 2000 })).toBe(0);
  });

  test('a clock behind the chain takes no mana away', () => {
    expect(readMana(bar, 1_000_000_000, bar.updatedAt - 3600)).toBe(500_000_000);
  });

  test('no stake is no percent', () => {
    expect(readManaPercent(readMana(bar, 0, bar.updatedAt), 0)).toBe(0);
  });

  test('takes five days to fill, and no time where it is full enough', () => {
    expect(msToFill(0, 100)).toBe(5 * 24 * 60 * 60_000);
    expect(msToFill(70, 80)).toBe(12 * 60 * 60_000);
    expect(msToFill(80, 70)).toBe(0);
  });
});
