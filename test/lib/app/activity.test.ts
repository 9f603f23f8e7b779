import { beforeEach, describe, expect, it } from 'vitest';
import type { ActionContext } from '../../../lib/actions/context.ts';
import { createActivity } from '../../../lib/app/activity.ts';
import { createJournal, markOpen, type JournalFilter } from '../../../lib/journal/journal.ts';
import type { JournalRecord } from '../../../lib/vault/schema.ts';
import { askEveryPiece } from '../../../lib/bus/ask-every-piece.ts';
import { createApp } from '../../../lib/app/create-app.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const done: JournalRecord = {
  request: 'r1',
  at: Date.UTC(2026, 10, 20, 12, 30),
  action: 'vote.cast',
  provider: 'steemlogin',
  account: 'account-bob',
  name: 'bob',
  chain: 'steem',
  author: 'alice',
  permlink: 'post',
  weight: -12.34,
  target: 'vote:bob:steem:alice/post',
  outcome: 'done',
  transactionId: 'abc',
  isReviewed: false,
};
const failed: JournalRecord = {
  ...done,
  request: 'r2',
  outcome: 'failed',
  code: 'vote_too_soon',
  message: '=HYPERLINK("https://evil.example")',
  details: 'line one\nline, two',
};

let activity: ActionContext['journal'];
let vault: Vault;
beforeEach(async () => {
  const ports = createFakePorts();
  vault = createVault(ports);
  activity = createActivity(createJournal(vault, ports.shell), ports.clock);
  await write([done, failed, { ...done, request: 'r3', provider: 'gone', name: 'carol' }]);
});

async function write(records: readonly JournalRecord[], into = vault): Promise<void> {
  await into.write(['journal'], async (transaction) => {
    await Promise.all(records.map((record) => transaction.objectStore('journal').add(markOpen(record))));
  });
}

type Format = 'csv' | 'json';
async function exportWhole(format: Format, filter: JournalFilter = {}) {
  const pieces = await askEveryPiece((before) => activity.export({ format, filter, ...before }));
  return { name: pieces[0]?.name, text: pieces.map(({ text }) => text).join(''), count: pieces.length };
}
const long = (request: string) => ({ ...done, request, details: 'x'.repeat(3_000_000) });
const readTitles = (text: string) =>
  (JSON.parse(text) as { readonly title?: string }[]).map(({ title }) => title);

describe('the list', () => {
  it('shows entries, how many are open, and the names that occur', async () => {
    const { entries, next, openCount, accounts } = await activity.list({});
    expect(entries.map(({ id }) => id)).toEqual([3, 2, 1]);
    expect(next).toBeUndefined();
    expect(openCount).toBe(1);
    expect(accounts).toEqual(['bob', 'carol']);
    expect(entries[1]).toMatchObject({
      service: 'SteemLogin',
      account: 'bob',
      weight: -12.34,
      code: 'vote_too_soon',
      canTryAgain: true,
    });
    expect(entries[2]).toMatchObject({ canTryAgain: false });
    expect(entries[2]?.transactionUrl).toMatch(/\/abc$/);
    // A service that is no more keeps its id as its name.
    expect(entries[0]).toMatchObject({ service: 'gone' });
  });

  it('pages and filters', async () => {
    const first = await activity.list({ limit: 2 });
    expect(first).toMatchObject({ entries: [{ id: 3 }, { id: 2 }], next: 2 });
    expect((await activity.list({ limit: 2, before: 2 })).entries).toMatchObject([{ id: 1 }]);
    expect((await activity.list({ filter: { isOpen: true } })).entries).toMatchObject([{ id: 2 }]);
  });

  it('counts no more what was reviewed, and is empty when cleared', async () => {
    await activity.review(2, true);
    expect(await activity.list({})).toMatchObject({ openCount: 0 });
    await activity.clear();
    expect(await activity.list({})).toMatchObject({ entries: [], accounts: [] });
  });
});

describe('the export', () => {
  it('as CSV has one line an entry and no formula', async () => {
    const { name, text } = await exportWhole('csv', { account: 'bob' });
    expect(name).toBe('latchkey-activity-2026-11-21.csv');
    expect(text).toBe(
      [
        'time,action,title,service,account,chain,author,permlink,weight,outcome,code,message,details,transactionId,text,tweets,isReviewed',
        `2026-11-20T12:30:00.000Z,vote.cast,,SteemLogin,bob,steem,alice,post,-12.34,failed,vote_too_soon,"'=HYPERLINK(""https://evil.example"")","line one\nline, two",abc,,,false`,
        '2026-11-20T12:30:00.000Z,vote.cast,,SteemLogin,bob,steem,alice,post,-12.34,done,,,,abc,,,false',
        '',
      ].join('\r\n'),
    );
  });

  it('as JSON reads back', async () => {
    const { name, text } = await exportWhole('json');
    expect(name).toBe('latchkey-activity-2026-11-21.json');
    expect(JSON.parse(text)).toMatchObject([
      { account: 'carol' },
      { code: 'vote_too_soon', message: failed.message, details: failed.details },
      { time: '2026-11-20T12:30:00.000Z', transactionId: 'abc', isReviewed: false },
    ]);
  });

  it('of nothing is a header, or an empty list', async () => {
    await activity.clear();
    expect((await exportWhole('csv')).text.split('\r\n')).toHaveLength(2);
    expect(JSON.parse((await exportWhole('json')).text)).toEqual([]);
  });

  it('is the same file in several pieces as in one', async () => {
    await activity.clear();
    await write([long('r1'), long('r2'), long('r3')]);
    const json = await exportWhole('json');
    expect(json.count).toBe(2);
    const rows = JSON.parse(json.text) as unknown[];
    expect(rows).toHaveLength(3);
    expect(json.text).toBe(`${JSON.stringify(rows, undefined, 2)}\n`);
    const csv = await exportWhole('csv');
    expect(csv.count).toBe(2);
    expect(csv.text.split('\r\n')).toHaveLength(5);
    expect(csv.text.match(/time,action/g)).toHaveLength(1);
  });

  it.each(['csv', 'json'] as const)('as %s ends well where it is cleared meanwhile', async (format) => {
    await write([long('r4'), long('r5'), long('r6')]);
    const first = await activity.export({ format });
    await activity.clear();
    const { text, next } = await activity.export({ format, before: first.next });
    expect(next).toBeUndefined();
    const whole = first.text + text;
    expect(format === 'csv' ? whole.split('\r\n').length : readTitles(whole).length).toBe(
      format === 'csv' ? 4 : 2,
    );
  });
});

it('says of every tweet on a page whether it was deleted', async () => {
  const tweet: JournalRecord = { ...done, action: 'tweet.post', target: 'tweet:a', posted: ['1', '2'] };
  const deletion = { ...done, action: 'tweet.delete' };
  await write([
    { ...tweet, request: 'r4' },
    { ...tweet, request: 'r5', posted: ['3'] },
    { ...deletion, request: 'r6', target: 'tweet.delete:2', posted: ['2'] },
    { ...deletion, request: 'r7', target: 'tweet.delete:3', posted: ['3'], outcome: 'failed' },
  ]);
  const { entries } = await activity.list({});
  const seen = entries.flatMap(({ posted = [] }) => posted.map(({ id, isDeleted }) => [id, isDeleted]));
  expect(seen).toEqual([
    ['3', false],
    ['1', false],
    ['2', true],
  ]);
});

describe('100,000 entries by the headless road', () => {
  const total = 100_000;
  /** Chromium ends a message at 64 MiB, and a character may take three bytes. */
  const most = 16 * 1024 * 1024;
  const details = 'The service answered at length. '.repeat(22);
  const numbered = (index: number): JournalRecord => ({
    ...done,
    request: `n${String(index)}`,
    title: `Entry ${String(index)}`,
    details,
  });
  const titles = Array.from({ length: total }, (_, index) => `Entry ${String(total - 1 - index)}`);

  it(
    'come in pieces that fit into a message, none lost or doubled while more are added',
    { timeout: 120_000 },
    async () => {
      const ports = createFakePorts();
      const app = createApp(ports);
      const large = createVault(ports);
      for (let start = 0; start < total; start += 10_000)
        await write(
          Array.from({ length: 10_000 }, (_, index) => numbered(start + index)),
          large,
        );

      const read = async (format: Format) => {
        const pieces = await askEveryPiece(async (before) => {
          const piece = await app.invoke('journal.export', { format, ...before });
          // Newer than all that is asked for: not of this export.
          await write([{ ...done, request: crypto.randomUUID(), title: 'New', provider: format }], large);
          return piece;
        });
        const sizes = pieces.map((piece) => new TextEncoder().encode(JSON.stringify(piece)).length);
        expect(Math.max(...sizes)).toBeLessThan(most);
        expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(64 * 1024 * 1024);
        return { text: pieces.map(({ text }) => text).join(''), count: pieces.length };
      };
      const json = await read('json');
      expect(json.count).toBeGreaterThan(10);
      expect(readTitles(json.text)).toEqual(titles);
      const csv = await read('csv');
      const newRows = Array.from({ length: json.count }, () => 'New');
      const lines = csv.text.split('\r\n').slice(1, -1);
      expect(lines.map((line) => line.split(',')[2])).toEqual([...newRows, ...titles]);
    },
  );
});
