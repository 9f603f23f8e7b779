import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackupEntry } from '../../../lib/backup/content.ts';
import { planJournal } from '../../../lib/backup/plan/plan-journal.ts';

const entry = (at: number, request = `theirs ${at}`): BackupEntry => ({
  request,
  at,
  action: 'vote.cast',
  provider: 'steemlogin',
  account: 'a',
  name: 'bob',
  target: '',
  outcome: 'done',
  isReviewed: false,
});

describe('the Activity of a backup', () => {
  it('is put among the entries that are here, in the order of time', () => {
    const mine = [
      { id: 1, at: 100, request: 'one' },
      { id: 2, at: 200, request: 'two' },
    ];
    const { added, same } = planJournal(mine, [
      entry(250),
      entry(150),
      entry(120),
      entry(50),
      entry(200, 'two'),
    ]);
    expect(same).toBe(1);
    expect(added.map(({ at, id }) => [at, id])).toEqual([
      [50, 0],
      [120, 1 + 1 / 3],
      [150, 1 + 2 / 3],
      // Newer than all: the next number.
      [250, undefined],
    ]);
  });

  it('never takes the place of another entry, however often it is restored', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.array(fc.array(fc.nat(50)), { maxLength: 4 }), (first, rounds) => {
        let mine = first.sort((a, b) => a - b).map((at, id) => ({ id: id + 1, at, request: `mine ${id}` }));
        rounds.forEach((times, round) => {
          const { added } = planJournal(
            mine,
            times.map((at, index) => entry(at, `${round} ${index}`)),
          );
          const highest = mine.at(-1)?.id ?? 0;
          const placed = added.map((one, index) => ({ ...one, id: one.id ?? highest + index + 1 }));
          mine = [...mine, ...placed].sort((a, b) => a.id - b.id);
          expect(new Set(mine.map(({ id }) => id)).size).toBe(mine.length);
          expect(mine.map(({ at }) => at)).toEqual(mine.map(({ at }) => at).sort((a, b) => a - b));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('lies as far apart as any other where it is older than all that is here, so that a page needs no more', () => {
    const theirs = Array.from({ length: 1000 }, (_, index) => entry(index));
    const { added } = planJournal([{ id: 1, at: 2000, request: 'mine' }], theirs);
    const ids = added.map(({ id = NaN }) => id);
    expect(ids.slice(1).every((id, index) => id - (ids[index] ?? NaN) >= 1)).toBe(true);
    expect(ids.at(-1)).toBeLessThan(1);
  });

  it('is planned quickly for a hundred thousand entries', () => {
    const theirs = Array.from({ length: 100_000 }, (_, index) => entry(index));
    const mine = [{ id: 1, at: 200_000, request: 'mine' }];
    expect(new Set(planJournal(mine, theirs).added.map(({ id }) => id)).size).toBe(100_000);
  });
});
