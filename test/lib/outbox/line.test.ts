import { describe, expect, it } from 'vitest';
import {
  holdAgain,
  isByItself,
  isHeldAt,
  isMissed,
  isSameHold,
  type LineEntry,
  nextRing,
  readWait,
  sortLine,
} from '../../../lib/outbox/line.ts';
import type { Hold } from '../../../lib/vault/schema.ts';

const minute = 60_000;
const now = 1_795_219_200_000;
const schedule = { at: now + 10 * minute, timeZone: 'UTC' };

const entry = (more: Partial<LineEntry> = {}): LineEntry => ({
  request: 'request',
  action: 'vote.cast',
  account: 'bob',
  chain: 'steem',
  author: 'alice',
  permlink: 'post',
  weight: 1,
  createdAt: now,
  position: 1,
  state: 'queued',
  ...(more as object),
});

describe('what an entry waits for', () => {
  it.each([
    [{}, { waitsFor: 'turn' }],
    [{ state: 'sending', hold: { reason: 'network' } }, { waitsFor: 'answer' }],
    [{ schedule }, { waitsFor: 'schedule', until: schedule.at }],
    [{ schedule, joinedAt: now }, { waitsFor: 'turn' }],
    [{ schedule, hold: { reason: 'missed' } }, { waitsFor: 'missed' }],
    [{ hold: { reason: 'mana', until: 5 } }, { waitsFor: 'mana', until: 5 }],
  ] as const)('%j', (more, wait) => {
    expect(readWait(entry(more))).toEqual(wait);
  });
});

it('lets a person who votes now go before a batch, and otherwise keeps the order of acceptance', () => {
  const line = [
    entry({ request: 'batch', position: 1, batch: 'b' }),
    entry({ request: 'second', position: 3 }),
    entry({ request: 'now', position: 4, batch: 'b', isByHand: true }),
    entry({ request: 'first', position: 2 }),
  ];
  expect(sortLine(line).map(({ request }) => request)).toEqual(['first', 'second', 'now', 'batch']);
});

it.each([
  [{}, false],
  [{ schedule }, true],
  [{ batch: 'b' }, true],
  [{ hold: { reason: 'network' } }, true],
  [{ schedule, isByHand: true }, false],
] as const)('knows what Latchkey sends by itself: %j', (more, is) => {
  expect(isByItself(entry(more))).toBe(is);
});

it('takes a time as missed when it is found more than five minutes late', () => {
  expect(isMissed(now - 5 * minute, now)).toBe(false);
  expect(isMissed(now - 5 * minute - 1, now)).toBe(true);
  expect(isMissed(now + 1, now)).toBe(false);
});

describe('a hold', () => {
  it('is looked at again after 1, 2, 4, ... 30 minutes', () => {
    let hold: Hold | undefined;
    const waits = [];
    for (let tries = 0; tries < 7; tries += 1) {
      hold = holdAgain('network', { hold }, now);
      waits.push(((hold.until ?? 0) - now) / minute);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
    expect(holdAgain('try_later', { hold }, now)).toMatchObject({ until: now + minute, tries: 1 });
  });

  it('is looked at again when the service says, and within a day whatever it says', () => {
    expect(holdAgain('try_later', {}, now, 7 * minute).until).toBe(now + 7 * minute);
    expect(holdAgain('try_later', {}, now, 1e12).until).toBe(now + 1440 * minute);
  });

  it('of a clock that was set back since is none', () => {
    expect(isHeldAt({ reason: 'network', until: now + 30 * minute }, now)).toBe(true);
    expect(isHeldAt({ reason: 'network', until: now + 31 * minute }, now)).toBe(false);
    expect(isHeldAt({ reason: 'mana', until: now + 5 * 1440 * minute }, now)).toBe(true);
    expect(isHeldAt({ reason: 'mana', until: now + 366 * 1440 * minute }, now)).toBe(false);
    expect(isHeldAt({ reason: 'missed' }, now)).toBe(false);
  });

  it('is the same to about a minute', () => {
    const hold: Hold = { reason: 'mana', until: now };
    expect(isSameHold({ reason: 'mana', until: now + 1 }, hold)).toBe(true);
    expect(isSameHold({ reason: 'mana', until: now + minute }, hold)).toBe(false);
    expect(isSameHold({ reason: 'paused' }, hold)).toBe(false);
    expect(isSameHold(hold, undefined)).toBe(false);
  });
});

describe('the alarm', () => {
  const until = now + 3 * minute;
  it.each([
    ['nothing', [], undefined],
    ['a time', [{ schedule }], schedule.at],
    ['a worker that may die', [{}], now + minute],
    ['an answer', [{ state: 'sending' }], now + minute],
    ['a hold', [{ hold: { reason: 'mana', until } }, { schedule }], until],
    ['those behind the network with the first', [{ hold: { reason: 'network', until } }, {}], until],
    [
      'other accounts on their own',
      [{ hold: { reason: 'network', until } }, { account: 'carol' }],
      now + minute,
    ],
    ['no person', [{ hold: { reason: 'missed' } }, { hold: { reason: 'paused' } }], undefined],
    ['what is due', [{ schedule: { ...schedule, at: now - 1 } }], now + 1000],
    ['a hold from a clock set back', [{ hold: { reason: 'network', until: now + 1e9 } }], now + 1000],
  ] as const)('rings for %s', (_name, entries, at) => {
    expect(
      nextRing(
        entries.map((more) => entry(more)),
        now,
      ),
    ).toBe(at);
  });
});
