/**
 * The outbox: what is still to be done. An entry is written before its request leaves and leaves in the same write that
 * journals how it ended, so a request is never lost between the two and never done twice by us.
 */
import type { Shell } from '../ports.ts';
import { markOpen } from '../journal/journal.ts';
import type { JournalRecord, OutboxEntry } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';

export interface Outbox {
  find(request: string): Promise<OutboxEntry | undefined>;
  list(): Promise<OutboxEntry[]>;
  put(entry: OutboxEntry): Promise<void>;
  /** Takes the entry out and journals its end, as one. */
  finish(entry: OutboxEntry, end: JournalRecord): Promise<void>;
}

export function createOutbox(vault: Vault, { announce }: Pick<Shell, 'announce'>): Outbox {
  return {
    find: (request) => vault.store.outbox.find(request),
    list: () => vault.store.outbox.list(),
    put: (entry) => vault.store.outbox.put(entry),
    async finish(entry, end) {
      await vault.write(['outbox', 'journal'], async (transaction) => {
        await transaction.objectStore('outbox').delete(entry.request);
        await transaction.objectStore('journal').add(markOpen(end));
      });
      announce('journal');
    },
  };
}
