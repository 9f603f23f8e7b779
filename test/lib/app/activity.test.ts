import { beforeEach, describe, expect, it } from 'vitest';
import type { ActionContext } from '../../../lib/actions/context.ts';
import { createActivity } from '../../../lib/app/activity.ts';
import { createJournal, markOpen } from '../../../lib/journal/journal.ts';
import type { JournalRecord } from '../../../lib/vault/schema.ts';
import { createVault } from '../../../lib/vault/vault.ts';
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
beforeEach(async () => {
  const ports = createFakePorts();
  const vault = createVault(ports);
  activity = createActivity(createJournal(vault, ports.shell), ports.clock);
  await vault.write(['journal'], async (transaction) => {
    for (const record of [done, failed, { ...done, request: 'r3', provider: 'gone', name: 'carol' }])
      await transaction.objectStore('journal').add(markOpen(record));
  });
});

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
    const { name, text } = await activity.export('csv', { account: 'bob' });
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
    const { name, text } = await activity.export('json');
    expect(name).toBe('latchkey-activity-2026-11-21.json');
    expect(JSON.parse(text)).toMatchObject([
      { account: 'carol' },
      { code: 'vote_too_soon', message: failed.message, details: failed.details },
      { time: '2026-11-20T12:30:00.000Z', transactionId: 'abc', isReviewed: false },
    ]);
  });

  it('of nothing is a header, or an empty list', async () => {
    await activity.clear();
    expect((await activity.export('csv')).text.split('\r\n')).toHaveLength(2);
    expect(JSON.parse((await activity.export('json')).text)).toEqual([]);
  });
});
