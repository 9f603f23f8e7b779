/**
 * The outbox: what is still to be done. An entry is written before its request leaves and leaves in the same write that
 * journals how it ended, so a request is never lost between the two and never done twice by us.
 */
import { AppError } from '../errors.ts';
import type { Shell } from '../ports.ts';
import { markOpen } from '../journal/journal.ts';
import {
  type Batch,
  type JournalRecord,
  journalRecord,
  outboxEntry,
  type OutboxEntry,
} from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';
import { isPutOffSince, type LineEntry } from './line.ts';
import type { OutboxAlarm } from './outbox-alarm.ts';

/** `Omit` of each member of a union. */
type Without<Entry, Key extends PropertyKey> = Entry extends unknown ? Omit<Entry, Key> : never;
/** An entry before the outbox has given it its place. */
export type NewEntry = Without<OutboxEntry, 'position'>;

export interface Outbox {
  find(request: string): Promise<OutboxEntry | undefined>;
  /** In the order of acceptance. */
  list(): Promise<OutboxEntry[]>;
  /**
   * Puts entries at the end, all or none, with the batch that they are. A request that is known, done or not, is left as it
   * is; so is a batch that is known, with all of its entries. The alarm is set before.
   */
  add(entries: readonly NewEntry[], batch?: Batch): Promise<void>;
  /**
   * Puts what `change` makes of an entry in its place, as one step.
   * @returns the entry as it is then; undefined where it is gone or `change` left it.
   */
  change<Entry extends OutboxEntry>(
    entry: Entry,
    change: (current: Entry) => Entry | undefined,
  ): Promise<Entry | undefined>;
  /** Moves an entry whose time has come behind the others. */
  join(entry: OutboxEntry, joinedAt: number): Promise<void>;
  /** Marks an entry before its request leaves; undefined where it was taken back or put off meanwhile, or has left. */
  begin<Entry extends LineEntry>(entry: Entry): Promise<Entry | undefined>;
  /** How an entry ended that is gone; undefined where it is still there. */
  findEnd(entry: OutboxEntry): Promise<JournalRecord | undefined>;
  /**
   * Takes the entry out and journals its end, as one.
   * @param describe makes the end of the entry as it is by then; undefined leaves it.
   * @returns how it ended, here or before; undefined where it was left.
   */
  finish<Entry extends OutboxEntry>(
    entry: Entry,
    describe: (current: Entry) => JournalRecord | undefined,
  ): Promise<JournalRecord | undefined>;
}

/** An entry as it lies there. One request stays of one kind. */
function parse<Entry extends OutboxEntry>(raw: unknown, { action }: Entry): Entry | undefined {
  const parsed = outboxEntry.safeParse(raw);
  return parsed.success && parsed.data.action === action ? (parsed.data as Entry) : undefined;
}

function markSending<Entry extends LineEntry>({ hold: _over, ...entry }: Entry): Entry {
  return { ...entry, state: 'sending' } as Entry; // `hold` is optional in each kind; of a generic TypeScript does not know.
}

export function createOutbox(
  vault: Vault,
  { announce }: Pick<Shell, 'announce'>,
  alarm: Pick<OutboxAlarm, 'guard'>,
): Outbox {
  async function lastPosition(): Promise<number> {
    const entries = await vault.store.outbox.list();
    return Math.max(0, ...entries.map(({ position }) => position));
  }

  const change: Outbox['change'] = async (entry, make) => {
    let after: typeof entry | undefined;
    await vault.write(['outbox'], async (transaction) => {
      const outbox = transaction.objectStore('outbox');
      const current = parse(await outbox.get(entry.request), entry);
      after = current && make(current);
      if (after !== undefined) await outbox.put(after);
    });
    announce('outbox');
    return after;
  };

  const finish: Outbox['finish'] = async (entry, describe) => {
    let end: JournalRecord | undefined;
    await vault.write(['outbox', 'journal'], async (transaction) => {
      const outbox = transaction.objectStore('outbox');
      const journal = transaction.objectStore('journal');
      const current = parse(await outbox.get(entry.request), entry);
      if (current === undefined) {
        const ended = journalRecord.safeParse(await journal.index('request').get(entry.request));
        if (!ended.success) throw new AppError('internal');
        end = ended.data;
        return;
      }
      const described = describe(current);
      if (described === undefined) return;
      end = markOpen(described);
      await outbox.delete(entry.request);
      await journal.add(end);
    });
    announce('outbox');
    announce('journal');
    return end;
  };

  return {
    find: (request) => vault.store.outbox.find(request),

    async list() {
      const entries = await vault.store.outbox.list();
      return entries.sort((one, other) => one.position - other.position);
    },

    async add(entries, batch) {
      await alarm.guard(() =>
        vault.write(['outbox', 'journal', 'batches'], async (transaction) => {
          const batches = transaction.objectStore('batches');
          if (batch !== undefined) {
            if ((await batches.getKey(batch.id)) !== undefined) return;
            await batches.put(batch);
          }
          const outbox = transaction.objectStore('outbox');
          const ended = transaction.objectStore('journal').index('request');
          const last = await outbox.index('position').openKeyCursor(null, 'prev');
          let position = last?.key ?? 0;
          for (const entry of entries) {
            const known = await Promise.all([outbox.getKey(entry.request), ended.getKey(entry.request)]);
            if (known.some((key) => key !== undefined)) continue;
            position += 1;
            await outbox.put({ ...entry, position });
          }
        }),
      );
      announce('outbox');
    },

    change,

    async join(entry, joinedAt) {
      const position = (await lastPosition()) + 1;
      await change(entry, ({ hold: _over, ...current }) => ({ ...current, joinedAt, position }));
    },

    begin: (entry) =>
      change(entry, (current) =>
        current.state === 'queued' && !isPutOffSince(entry, current) ? markSending(current) : undefined,
      ),

    findEnd: (entry) => finish(entry, () => undefined),

    finish,
  };
}
