/** The journal: every action and how it ended, newest first, paged so that 100,000 entries stay quick. */
import type { Shell } from '../ports.ts';
import { journalRecord, type JournalRecord } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';

/** A record as it lies in the vault, with its key. */
export type JournalEntry = JournalRecord & { readonly id: number };

export interface JournalFilter {
  readonly provider?: string | undefined;
  /** The account's name. */
  readonly account?: string | undefined;
  readonly outcome?: JournalRecord['outcome'] | undefined;
  /** Failed or unknown, and not reviewed. */
  readonly isOpen?: boolean | undefined;
  /** Found in name, author, permlink, message or transaction id, in any case. */
  readonly text?: string | undefined;
}

export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  /** Hand it in as `before` for the next page; undefined on the last. */
  readonly next: number | undefined;
}

export interface Journal {
  page(filter: JournalFilter, limit: number, before?: number): Promise<JournalPage>;
  /** All entries of a filter, newest first, for an export. */
  all(filter: JournalFilter): AsyncGenerator<JournalEntry>;
  find(id: number): Promise<JournalEntry | undefined>;
  findRequest(request: string): Promise<JournalEntry | undefined>;
  /** How often this very thing was done, e.g. how often a vote was changed by us. */
  countDone(target: string): Promise<number>;
  openCount(): Promise<number>;
  /** Names that occur, for the filter's choices. */
  names(): Promise<string[]>;
  add(record: JournalRecord): Promise<void>;
  review(id: number, isReviewed: boolean): Promise<void>;
  clear(): Promise<void>;
}

/** Ids looked at in one go. */
const batch = 500;

function parse(raw: unknown): JournalEntry[] {
  const parsed = journalRecord.safeParse(raw);
  return parsed.success && parsed.data.id !== undefined ? [{ ...parsed.data, id: parsed.data.id }] : [];
}

function matches(entry: JournalEntry, filter: JournalFilter): boolean {
  const { provider, account, outcome, isOpen, text = '' } = filter;
  if (provider !== undefined && entry.provider !== provider) return false;
  if (account !== undefined && entry.name !== account) return false;
  if (outcome !== undefined && entry.outcome !== outcome) return false;
  if (isOpen === true && entry.open === undefined) return false;
  const fields = [entry.name, entry.author, entry.permlink, entry.message, entry.transactionId];
  return text === '' || fields.some((field) => field?.toLowerCase().includes(text.toLowerCase()) === true);
}

/** The mark by which the sparse index knows what a person should look at. */
export function markOpen(record: JournalRecord): JournalRecord {
  const { open: _open, ...rest } = record;
  return record.outcome === 'done' || record.isReviewed ? rest : { ...rest, open: 1 };
}

export function createJournal(vault: Vault, { announce }: Pick<Shell, 'announce'>): Journal {
  /** Ids of the narrowest index that fits the filter, ascending; undefined where only the whole store fits. */
  async function indexedIds(filter: JournalFilter): Promise<number[] | undefined> {
    const database = await vault.database.get();
    if (filter.isOpen === true) return database.getAllKeysFromIndex('journal', 'open', 1);
    if (filter.account !== undefined) return database.getAllKeysFromIndex('journal', 'name', filter.account);
    if (filter.outcome !== undefined && filter.outcome !== 'done')
      return database.getAllKeysFromIndex('journal', 'outcome', filter.outcome);
    return undefined;
  }

  /** Batches of entries from new to old, `ids` or all. */
  async function* batches(filter: JournalFilter, before: number): AsyncGenerator<JournalEntry[]> {
    const database = await vault.database.get();
    const ids = await indexedIds(filter);
    if (ids !== undefined) {
      const older = ids.filter((id) => id < before);
      for (let end = older.length; end > 0; end -= batch) {
        const { store } = database.transaction('journal');
        const rows = await Promise.all(older.slice(Math.max(0, end - batch), end).map((id) => store.get(id)));
        yield rows.flatMap(parse).reverse();
      }
      return;
    }
    const lowest = (await database.transaction('journal').store.openKeyCursor())?.key ?? Infinity;
    const highest = (await database.transaction('journal').store.openKeyCursor(null, 'prev'))?.key ?? 0;
    for (let end = Math.min(before, highest + 1); end > lowest; end -= batch) {
      const rows = await database.getAll('journal', IDBKeyRange.bound(end - batch, end, false, true));
      yield rows.flatMap(parse).reverse();
    }
  }

  async function* all(filter: JournalFilter, before = Infinity): AsyncGenerator<JournalEntry> {
    for await (const entries of batches(filter, before))
      yield* entries.filter((entry) => matches(entry, filter));
  }

  return {
    all,

    async page(filter, limit, before) {
      const entries: JournalEntry[] = [];
      for await (const entry of all(filter, before)) {
        if (entries.length === limit) return { entries, next: entries.at(-1)?.id };
        entries.push(entry);
      }
      return { entries, next: undefined };
    },

    async find(id) {
      const database = await vault.database.get();
      return parse(await database.get('journal', id))[0];
    },

    async findRequest(request) {
      const database = await vault.database.get();
      return parse(await database.getFromIndex('journal', 'request', request))[0];
    },

    async countDone(target) {
      const database = await vault.database.get();
      const rows = await database.getAllFromIndex('journal', 'target', target);
      return rows.flatMap(parse).filter(({ outcome, wasThere }) => outcome === 'done' && wasThere !== true)
        .length;
    },

    async openCount() {
      const database = await vault.database.get();
      return database.countFromIndex('journal', 'open', 1);
    },

    async names() {
      const database = await vault.database.get();
      const names: string[] = [];
      let cursor = await database
        .transaction('journal')
        .store.index('name')
        .openKeyCursor(null, 'nextunique');
      for (; cursor !== null; cursor = await cursor.continue()) names.push(cursor.key);
      return names;
    },

    async add(record) {
      await vault.write(['journal'], async (transaction) => {
        await transaction.objectStore('journal').add(markOpen(record));
      });
      announce('journal');
    },

    async review(id, isReviewed) {
      await vault.write(['journal'], async (transaction) => {
        const journal = transaction.objectStore('journal');
        const [entry] = parse(await journal.get(id));
        if (entry !== undefined) await journal.put(markOpen({ ...entry, isReviewed }));
      });
      announce('journal');
    },

    async clear() {
      await vault.write(['journal'], async (transaction) => {
        await transaction.objectStore('journal').clear();
      });
      announce('journal');
    },
  };
}
