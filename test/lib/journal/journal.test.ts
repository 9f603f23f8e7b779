import { beforeEach, describe, expect, it } from 'vitest';
import { createJournal, type Journal, type JournalFilter, markOpen } from '../../../lib/journal/journal.ts';
import type { JournalRecord } from '../../../lib/vault/schema.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import { breakReads } from '../../fakes/break-storage.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

let ports: FakePorts;
let vault: Vault;
let journal: Journal;
beforeEach(() => {
  ports = createFakePorts();
  vault = createVault(ports);
  journal = createJournal(vault, ports.shell);
});

let count = 0;
function recordOf(changes: Partial<JournalRecord> = {}): JournalRecord {
  count += 1;
  return {
    request: `request-${count}`,
    at: count,
    action: 'vote.cast',
    provider: 'steemlogin',
    account: 'account-bob',
    name: 'bob',
    target: 'vote:bob:steem:alice/post',
    outcome: 'done',
    isReviewed: false,
    ...changes,
  };
}

async function write(records: readonly JournalRecord[], into: Vault = vault): Promise<void> {
  await into.write(['journal'], async (transaction) => {
    const store = transaction.objectStore('journal');
    await Promise.all(records.map((record) => store.add(markOpen(record))));
  });
}

const ids = async (filter: JournalFilter = {}, limit = 100, before?: number) =>
  (await journal.page(filter, limit, before)).entries.map(({ id }) => id);

describe('a page', () => {
  it('is empty in an empty journal', async () => {
    expect(await journal.page({}, 10)).toEqual({ entries: [], next: undefined });
  });

  it('begins with the newest, and the pages together are everything once', async () => {
    await write(Array.from({ length: 1234 }, () => recordOf()));
    const seen: number[] = [];
    let before: number | undefined;
    do {
      const page = await journal.page({}, 100, before);
      seen.push(...page.entries.map(({ id }) => id));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toEqual(Array.from({ length: 1234 }, (_, index) => 1234 - index));
  });

  it('says that there is no more when it ends with the last entry', async () => {
    await write([recordOf(), recordOf()]);
    expect((await journal.page({}, 2)).next).toBeUndefined();
    expect((await journal.page({}, 1)).next).toBe(2);
    expect(await ids({}, 1, 2)).toEqual([1]);
    expect(await ids({}, 1, 1)).toEqual([]);
  });

  it('finds entries after the journal was cleared', async () => {
    await write(Array.from({ length: 600 }, () => recordOf()));
    await journal.clear();
    await write([recordOf(), recordOf()]);
    expect(await ids()).toEqual([602, 601]);
  });

  it('sets a damaged entry aside', async () => {
    await write([recordOf(), recordOf()]);
    await (await vault.database.get()).put('journal', { id: 3, request: 'damaged' } as never);
    expect(await ids()).toEqual([2, 1]);
  });
});

describe('a filter', () => {
  beforeEach(() =>
    write([
      recordOf({ author: 'alice', permlink: 'First-Post' }),
      recordOf({ outcome: 'failed', message: 'The voting power is empty.' }),
      recordOf({ provider: 'hivesigner', name: 'carol', account: 'account-carol' }),
      recordOf({ provider: 'hivesigner', name: 'carol', account: 'account-carol', outcome: 'unknown' }),
      recordOf({ outcome: 'failed', isReviewed: true, transactionId: 'ABCDEF0123' }),
    ]),
  );

  it.each([
    [{}, [5, 4, 3, 2, 1]],
    [{ provider: 'steemlogin' }, [5, 2, 1]],
    [{ provider: 'hivesigner' }, [4, 3]],
    [{ provider: 'steemconnect' }, []],
    [{ account: 'carol' }, [4, 3]],
    [{ outcome: 'done' }, [3, 1]],
    [{ outcome: 'failed' }, [5, 2]],
    [{ outcome: 'unknown' }, [4]],
    [{ isOpen: true }, [4, 2]],
    [{ isOpen: false }, [5, 4, 3, 2, 1]],
    [{ isOpen: true, provider: 'steemlogin' }, [2]],
    [{ isOpen: true, outcome: 'unknown', account: 'carol' }, [4]],
    [{ outcome: 'failed', account: 'carol' }, []],
    [{ provider: 'steemlogin', outcome: 'done' }, [1]],
    [{ text: 'first-post' }, [1]],
    [{ text: 'ALICE' }, [1]],
    [{ text: 'carol' }, [4, 3]],
    [{ text: 'power is empty' }, [2]],
    [{ text: 'abcdef' }, [5]],
    [{ text: 'abcdef', outcome: 'done' }, []],
    [{ text: '' }, [5, 4, 3, 2, 1]],
  ] satisfies [JournalFilter, number[]][])('%j finds %j', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected);
    // By single pages too, and for an export.
    expect(await ids(filter, 1)).toEqual(expected.slice(0, 1));
    const all = [];
    for await (const { id } of journal.all(filter)) all.push(id);
    expect(all).toEqual(expected);
  });

  it('pages over an index as over the whole', async () => {
    const { next } = await journal.page({ account: 'bob' }, 2);
    expect(next).toBe(2);
    expect(await ids({ account: 'bob' }, 2, next)).toEqual([1]);
  });
});

describe('open entries', () => {
  it('are those that failed or may have, and were not reviewed', async () => {
    await write([recordOf(), recordOf({ outcome: 'failed' }), recordOf({ outcome: 'unknown' })]);
    expect(await journal.openCount()).toBe(2);
    await journal.review(2, true);
    expect(await journal.openCount()).toBe(1);
    expect(await journal.find(2)).toMatchObject({ isReviewed: true });
    await journal.review(2, false);
    expect(await journal.openCount()).toBe(2);
    await journal.review(1, true);
    await journal.review(99, true);
    expect(await journal.openCount()).toBe(2);
  });
});

it('finds an entry by its id and by its request', async () => {
  await write([recordOf({ request: 'one' }), recordOf({ request: 'two' })]);
  expect(await journal.find(1)).toMatchObject({ request: 'one' });
  expect(await journal.findRequest('two')).toMatchObject({ id: 2 });
  expect(await journal.find(3)).toBeUndefined();
  expect(await journal.findRequest('three')).toBeUndefined();
});

it('counts what was done to one thing by us', async () => {
  const target = 'vote:bob:steem:alice/counted';
  await write([
    recordOf({ target }),
    recordOf({ target, wasThere: true }),
    recordOf({ target, outcome: 'failed' }),
    recordOf({ target, wasThere: false }),
    recordOf({ target: `${target}-2` }),
  ]);
  expect(await journal.countDone(target)).toBe(2);
});

it('knows each name once', async () => {
  await write(['carol', 'bob', 'carol', 'alice'].map((name) => recordOf({ name })));
  expect(await journal.names()).toEqual(['alice', 'bob', 'carol']);
});

it('forgets everything when it is cleared, and says so', async () => {
  await write([recordOf(), recordOf({ outcome: 'failed' })]);
  await journal.clear();
  expect(await ids()).toEqual([]);
  expect(await journal.openCount()).toBe(0);
  expect(await journal.names()).toEqual([]);
  expect(ports.seen.announced).toContain('journal');
});

it('names a storage failure', async () => {
  breakReads('journal');
  await expect(journal.openCount()).rejects.toMatchObject({ code: 'vault_broken' });
  await expect(journal.page({}, 10)).rejects.toMatchObject({ code: 'vault_broken' });
});

it('shows the first page of 100,000 entries nearly as fast as of 1,000', { timeout: 120_000 }, async () => {
  const many = createFakePorts();
  const manyVault = createVault(many);
  const manyJournal = createJournal(manyVault, many.shell);
  const outcomeOf = (index: number) => (index % 1000 === 0 ? 'failed' : 'done');
  for (let start = 0; start < 100_000; start += 10_000)
    await write(
      Array.from({ length: 10_000 }, (_, index) =>
        recordOf({ outcome: outcomeOf(index), ...(index % 5000 === 0 ? { provider: 'hivesigner' } : {}) }),
      ),
      manyVault,
    );
  await write(Array.from({ length: 1000 }, (_, index) => recordOf({ outcome: outcomeOf(index) })));

  /** The best of five, ms: what the machine did besides counts for little. */
  async function time(asked: Journal, filter: JournalFilter): Promise<number> {
    let best = Infinity;
    for (let run = 0; run < 5; run += 1) {
      const begin = performance.now();
      await asked.page(filter, 30);
      best = Math.min(best, performance.now() - begin);
    }
    return best;
  }
  const small = await time(journal, {});
  for (const filter of [
    {},
    { isOpen: true },
    { outcome: 'failed' },
    { outcome: 'done' },
    { provider: 'hivesigner' },
    { provider: 'steemlogin' },
    { account: 'bob' },
    { account: 'bob', isOpen: true },
  ] satisfies JournalFilter[])
    expect(await time(manyJournal, filter), JSON.stringify(filter)).toBeLessThan(small * 8);
});
