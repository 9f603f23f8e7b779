/** Batches in the vault. A batch and what lies in the outbox of it always change together. */
import { markOpen, parseJournal, type JournalEntry } from '../journal/journal.ts';
import type { Shell } from '../ports.ts';
import {
  batch as batchSchema,
  type Batch,
  type JournalRecord,
  outboxEntry,
  type OutboxEntry,
} from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';

export interface BatchStore {
  find(id: string): Promise<Batch | undefined>;
  /** The newest first. */
  list(): Promise<Batch[]>;
  /**
   * Puts what `change` makes of a batch in its place, and marks its entries as paused or takes the mark off.
   * @returns the batch as it is then; undefined where there is none.
   */
  change(id: string, change: (batch: Batch) => Batch): Promise<Batch | undefined>;
  /**
   * Takes entries out and journals their ends, as one.
   * @param describe makes the end of an entry; undefined leaves it.
   */
  cancel(id: string, describe: (entry: OutboxEntry) => JournalRecord | undefined): Promise<void>;
  remove(id: string): Promise<void>;
  /** What is still in the outbox of it, in order. */
  entriesOf(id: string): Promise<OutboxEntry[]>;
  /** How the others ended, oldest first. */
  endsOf(id: string): Promise<JournalEntry[]>;
  /** Marks all failed votes of a batch as seen to. */
  reviewFailed(id: string): Promise<void>;
}

function parseEntry(raw: unknown): OutboxEntry[] {
  const parsed = outboxEntry.safeParse(raw);
  return parsed.success ? [parsed.data] : [];
}

/** The entry as the batch's state wants it. What has left, and what waits for an answer of the person, stays. */
function mark(entry: OutboxEntry, isPaused: boolean): OutboxEntry {
  if (entry.action === 'lookup.change' || entry.state !== 'queued') return entry;
  if (isPaused) return { ...entry, hold: { reason: 'paused' } };
  const { hold, ...rest } = entry;
  return hold?.reason === 'paused' ? rest : entry;
}

export function createBatchStore(vault: Vault, { announce }: Pick<Shell, 'announce'>): BatchStore {
  const tell = () => {
    announce('batches');
    announce('outbox');
  };

  return {
    find: (id) => vault.store.batches.find(id),

    async list() {
      const batches = await vault.store.batches.list();
      return batches.sort((one, other) => other.createdAt - one.createdAt);
    },

    async change(id, change) {
      let after: Batch | undefined;
      await vault.write(['batches', 'outbox'], async (transaction) => {
        const batches = transaction.objectStore('batches');
        const found = batchSchema.safeParse(await batches.get(id));
        if (!found.success) return;
        const changed = change(found.data);
        after = changed;
        await batches.put(changed);
        const outbox = transaction.objectStore('outbox');
        const rows: unknown[] = await outbox.index('batch').getAll(id);
        for (const entry of rows.flatMap(parseEntry)) {
          const marked = mark(entry, changed.isPaused);
          if (marked !== entry) await outbox.put(marked);
        }
      });
      tell();
      return after;
    },

    async cancel(id, describe) {
      await vault.write(['outbox', 'journal'], async (transaction) => {
        const outbox = transaction.objectStore('outbox');
        const journal = transaction.objectStore('journal');
        const rows: unknown[] = await outbox.index('batch').getAll(id);
        for (const entry of rows.flatMap(parseEntry)) {
          const end = describe(entry);
          if (end === undefined) continue;
          await outbox.delete(entry.request);
          await journal.add(markOpen(end));
        }
      });
      tell();
      announce('journal');
    },

    async remove(id) {
      await vault.store.batches.remove(id);
      announce('batches');
    },

    async entriesOf(id) {
      const rows: unknown[] = await vault.database.use((database) =>
        database.getAllFromIndex('outbox', 'batch', id),
      );
      return rows.flatMap(parseEntry).sort((one, other) => one.position - other.position);
    },

    async endsOf(id) {
      const rows: unknown[] = await vault.database.use((database) =>
        database.getAllFromIndex('journal', 'batch', id),
      );
      return rows.flatMap(parseJournal);
    },

    async reviewFailed(id) {
      await vault.write(['journal'], async (transaction) => {
        const journal = transaction.objectStore('journal');
        const rows: unknown[] = await journal.index('batch').getAll(id);
        for (const entry of rows.flatMap(parseJournal))
          if (entry.outcome === 'failed') await journal.put(markOpen({ ...entry, isReviewed: true }));
      });
      announce('journal');
    },
  };
}
