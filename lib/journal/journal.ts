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
  readonly batch?: string | undefined;
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
  /** All entries of a filter, newest first, or those that are older than the id `before`. */
  all(filter: JournalFilter, before?: number): AsyncGenerator<JournalEntry>;
  find(id: number): Promise<JournalEntry | undefined>;
  findRequest(request: string): Promise<JournalEntry | undefined>;
  /** All that was tried with this very target, oldest first. */
  findTarget(target: string): Promise<JournalEntry[]>;
  /** How often this very thing was done, e.g. how often a vote was changed by us. */
  countDone(target: string): Promise<number>;
  /** Those of `targets` that were done at least once, looked up in one transaction. */
  listDone(targets: readonly string[]): Promise<Set<string>>;
  openCount(): Promise<number>;
  /** Names that occur, for the filter's choices. */
  names(): Promise<string[]>;
  add(record: JournalRecord): Promise<void>;
  review(id: number, isReviewed: boolean): Promise<void>;
  /** Puts what `change` makes of an entry in its place; nothing where there is none. */
  update(id: number, change: (entry: JournalRecord) => JournalRecord): Promise<void>;
  clear(): Promise<void>;
}

/** Ids looked at in one go. */
const batch = 500;
/** Where an index holds more than this of a value, the newest entries are looked through sooner than its keys are read. */
const narrow = 2000;

/** The entry that a record is; none where it is damaged. */
export function parseJournal(raw: unknown): JournalEntry[] {
  const parsed = journalRecord.safeParse(raw);
  return parsed.success && parsed.data.id !== undefined ? [{ ...parsed.data, id: parsed.data.id }] : [];
}

function matches(entry: JournalEntry, filter: JournalFilter): boolean {
  const { provider, account, outcome, isOpen, batch: id, text = '' } = filter;
  if (provider !== undefined && entry.provider !== provider) return false;
  if (account !== undefined && entry.name !== account) return false;
  if (outcome !== undefined && entry.outcome !== outcome) return false;
  if (id !== undefined && entry.batch !== id) return false;
  if (isOpen === true && entry.open === undefined) return false;
  const fields = [entry.name, entry.author, entry.permlink, entry.message, entry.transactionId];
  return text === '' || fields.some((field) => field?.toLowerCase().includes(text.toLowerCase()) === true);
}

/** Done by us, not found done. */
function wasDone({ outcome, wasThere }: JournalEntry): boolean {
  return outcome === 'done' && wasThere !== true;
}

/** The mark by which the sparse index knows what a person should look at. */
export function markOpen(record: JournalRecord): JournalRecord {
  const marked = { ...record };
  delete marked.open;
  if (record.outcome !== 'done' && !record.isReviewed) marked.open = 1;
  return marked;
}

export function createJournal(vault: Vault, { announce }: Pick<Shell, 'announce'>): Journal {
  const read: Vault['database']['use'] = (work) => vault.database.use(work);

  /** Ids of the narrowest index that fits the filter, ascending; undefined where none is narrow. */
  async function indexedIds(filter: JournalFilter): Promise<number[] | undefined> {
    const { isOpen, account, outcome, provider, batch: id } = filter;
    const candidates = [
      ['batch', id],
      ['open', isOpen === true ? 1 : undefined],
      ['name', account],
      ['outcome', outcome],
      ['provider', provider],
    ] as const;
    const found = await read((database) => {
      const { store } = database.transaction('journal');
      return Promise.all(
        candidates.flatMap(([name, value]) =>
          value === undefined ? [] : [store.index(name).getAllKeys(value, narrow + 1)],
        ),
      );
    });
    const [ids] = found.sort((one, other) => one.length - other.length);
    return ids !== undefined && ids.length <= narrow ? ids : undefined;
  }

  /** Batches of entries from new to old, `ids` or all. */
  async function* batches(filter: JournalFilter, before: number): AsyncGenerator<JournalEntry[]> {
    const ids = await indexedIds(filter);
    if (ids !== undefined) {
      const older = ids.filter((id) => id < before);
      for (let end = older.length; end > 0; end -= batch) {
        const slice = older.slice(Math.max(0, end - batch), end);
        const rows = await read((database) => {
          const { store } = database.transaction('journal');
          return Promise.all(slice.map((id) => store.get(id)));
        });
        yield rows.flatMap(parseJournal).reverse();
      }
      return;
    }
    const edge = async (direction: 'next' | 'prev') =>
      (await read((database) => database.transaction('journal').store.openKeyCursor(null, direction)))?.key;
    const lowest = (await edge('next')) ?? Infinity;
    const highest = (await edge('prev')) ?? 0;
    for (let end = Math.min(before, highest + 1); end > lowest; end -= batch) {
      const range = IDBKeyRange.bound(end - batch, end, false, true);
      const rows = await read((database) => database.getAll('journal', range));
      yield rows.flatMap(parseJournal).reverse();
    }
  }

  async function* all(filter: JournalFilter, before = Infinity): AsyncGenerator<JournalEntry> {
    for await (const entries of batches(filter, before))
      yield* entries.filter((entry) => matches(entry, filter));
  }

  async function update(id: number, change: (entry: JournalRecord) => JournalRecord): Promise<void> {
    await vault.write(['journal'], async (transaction) => {
      const journal = transaction.objectStore('journal');
      const [entry] = parseJournal(await journal.get(id));
      if (entry !== undefined) await journal.put(markOpen({ ...change(entry), id }));
    });
    announce('journal');
  }

  async function findTargets(targets: readonly string[]): Promise<JournalEntry[][]> {
    const found = await read((database) => {
      const index = database.transaction('journal').store.index('target');
      return Promise.all(targets.map((target) => index.getAll(target)));
    });
    return found.map((rows) => rows.flatMap(parseJournal));
  }

  async function findTarget(target: string): Promise<JournalEntry[]> {
    return (await findTargets([target])).flat();
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
      return parseJournal(await read((database) => database.get('journal', id)))[0];
    },

    async findRequest(request) {
      return parseJournal(await read((database) => database.getFromIndex('journal', 'request', request)))[0];
    },

    findTarget,

    async countDone(target) {
      return (await findTarget(target)).filter(wasDone).length;
    },

    async listDone(targets) {
      if (targets.length === 0) return new Set();
      const entries = (await findTargets(targets)).flat();
      return new Set(entries.filter(wasDone).map(({ target }) => target));
    },

    openCount: () => read((database) => database.countFromIndex('journal', 'open', 1)),

    names: () =>
      read(async (database) => {
        const names: string[] = [];
        const { store } = database.transaction('journal');
        let cursor = await store.index('name').openKeyCursor(null, 'nextunique');
        for (; cursor !== null; cursor = await cursor.continue()) names.push(cursor.key);
        return names;
      }),

    async add(record) {
      await vault.write(['journal'], async (transaction) => {
        await transaction.objectStore('journal').add(markOpen(record));
      });
      announce('journal');
    },

    update,

    review: (id, isReviewed) => update(id, (entry) => ({ ...entry, isReviewed })),

    async clear() {
      await vault.write(['journal'], async (transaction) => {
        await transaction.objectStore('journal').clear();
      });
      announce('journal');
    },
  };
}
