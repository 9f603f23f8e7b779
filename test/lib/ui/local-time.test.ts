import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLocalTime, nameZone, suggestTime, writeLocalTime } from '../../../lib/ui/local-time.ts';

const warsaw = 'Europe/Warsaw';
const hour = 3_600_000;

describe('a time on the wall', () => {
  it.each([
    ['2026-11-28T15:00', warsaw, Date.UTC(2026, 10, 28, 14)],
    ['2026-07-28T15:00', warsaw, Date.UTC(2026, 6, 28, 13)],
    ['2026-11-28T15:00:07', warsaw, Date.UTC(2026, 10, 28, 14, 0, 7)],
    ['2026-11-28T00:00', 'Asia/Kathmandu', Date.UTC(2026, 10, 27, 18, 15)],
    ['2026-11-28T00:00', 'UTC', Date.UTC(2026, 10, 28)],
    ['2026-12-31T23:59', 'America/St_Johns', Date.UTC(2027, 0, 1, 3, 29)],
  ])('%s in %s', (text, timeZone, at) => {
    expect(findLocalTime(text, timeZone)).toEqual({ at });
  });

  it.each([
    // In Warsaw the clocks go from 2:00 to 3:00.
    ['2026-03-29T02:30', warsaw, Date.UTC(2026, 2, 29, 1, 30), '2026-03-29T03:30'],
    // On Lord Howe Island by half an hour only.
    ['2026-10-04T02:15', 'Australia/Lord_Howe', Date.UTC(2026, 9, 3, 15, 45), '2026-10-04T02:45'],
  ])('%s in %s is skipped, and becomes a later one', (text, timeZone, at, becomes) => {
    expect(findLocalTime(text, timeZone)).toEqual({ at, oddity: 'skipped' });
    expect(writeLocalTime(at, timeZone)).toBe(becomes);
  });

  it('comes twice when clocks go back, and is taken for the first', () => {
    const at = Date.UTC(2026, 9, 25, 0, 30);
    expect(findLocalTime('2026-10-25T02:30', warsaw)).toEqual({ at, oddity: 'repeated' });
    expect(writeLocalTime(at + hour, warsaw)).toBe('2026-10-25T02:30');
    // The hours around it come once.
    expect(findLocalTime('2026-10-25T03:00', warsaw)).toEqual({ at: Date.UTC(2026, 9, 25, 2) });
    expect(findLocalTime('2026-10-25T01:59', warsaw)).toEqual({ at: Date.UTC(2026, 9, 24, 23, 59) });
  });

  it.each(['', 'soon', '2026-13-01T10:00', '2026-11-28', '2026-11-28T25:00', '12026-11-28T10:00'])(
    'is none in "%s"',
    (text) => {
      expect(findLocalTime(text, warsaw)).toBeUndefined();
    },
  );

  it('stays the same when it is written and read again, save the hour that is shown twice', () => {
    const zones = fc.constantFrom(
      warsaw,
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'UTC',
    );
    const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });
    fc.assert(
      fc.property(zones, minutes, (timeZone, minute) => {
        const at = minute * 60_000;
        const found = findLocalTime(writeLocalTime(at, timeZone), timeZone);
        if (found?.oddity === 'repeated') expect([0, hour, hour / 2]).toContain(at - found.at);
        else expect(found).toEqual({ at });
      }),
    );
  });
});

it.each([
  [warsaw, Date.UTC(2026, 10, 28), 'Europe/Warsaw, UTC+1'],
  [warsaw, Date.UTC(2026, 6, 28), 'Europe/Warsaw, UTC+2'],
  ['America/New_York', Date.UTC(2026, 10, 28), 'America/New York, UTC−5'],
  ['America/St_Johns', Date.UTC(2026, 10, 28), 'America/St Johns, UTC−3:30'],
  ['Asia/Kathmandu', Date.UTC(2026, 10, 28), 'Asia/Kathmandu, UTC+5:45'],
  ['Africa/Abidjan', Date.UTC(2026, 10, 28), 'Africa/Abidjan, UTC'],
  ['UTC', Date.UTC(2026, 10, 28), 'UTC'],
])('names %s with how its clocks stand', (timeZone, at, name) => {
  expect(nameZone(at, timeZone)).toBe(name);
});

it('suggests the next full hour that is not too near', () => {
  expect(suggestTime(Date.UTC(2026, 10, 28, 14, 10))).toBe(Date.UTC(2026, 10, 28, 15));
  expect(suggestTime(Date.UTC(2026, 10, 28, 14, 40))).toBe(Date.UTC(2026, 10, 28, 16));
});
