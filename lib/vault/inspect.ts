/** Looks through the whole vault: how much lies where, and which records are set aside because they can't be read. */
import type { StoreNames } from 'idb';
import type * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { DatabaseHandle } from './open-database.ts';
import { journalRecord, keyRecord, type VaultSchema } from './schema.ts';
import { stores } from './vault.ts';

type Name = StoreNames<VaultSchema>;

const schemas: Readonly<Record<Name, z.ZodMiniType>> = {
  ...stores,
  journal: journalRecord,
  keys: keyRecord,
};

export const storeNames = Object.keys(schemas) as readonly Name[]; // Of the record above, which is whole.

/** A record that can't be read; it stays where it is until the person takes it away. */
export interface SetAside {
  readonly store: Name;
  /** As JSON, since the journal's are numbers. */
  readonly key: string;
  /** As it lies there. */
  readonly value: unknown;
}

export interface StoreFacts {
  readonly store: Name;
  readonly count: number;
  /** About. */
  readonly bytes: number;
}

export interface Inspection {
  readonly stores: readonly StoreFacts[];
  /** The first hundred. */
  readonly setAside: readonly SetAside[];
  readonly setAsideCount: number;
}

/** Records looked at in one go. */
const batch = 500;
const shownAtMost = 100;

/** About what a value takes, in bytes. */
function measure(value: unknown): number {
  if (typeof value === 'string') return value.length * 2;
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.entries(value).reduce((sum, [name, inner]) => sum + name.length + measure(inner), 8);
}

/** All of a store with its keys, in batches. */
async function* readAll(database: DatabaseHandle, store: Name) {
  let after: IDBValidKey | undefined;
  for (;;) {
    const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
    const [keys, values] = await database.use((handle) => {
      const { store: records } = handle.transaction(store);
      return Promise.all([records.getAllKeys(range, batch), records.getAll(range, batch)]);
    });
    yield keys.map((key, index): [IDBValidKey, unknown] => [key, values[index]]);
    after = keys.at(-1);
    if (keys.length < batch) return;
  }
}

/** @throws AppError where the vault can't be read at all. */
export async function inspectVault(database: DatabaseHandle): Promise<Inspection> {
  const facts: StoreFacts[] = [];
  const setAside: SetAside[] = [];
  let setAsideCount = 0;
  for (const store of storeNames) {
    let [count, bytes] = [0, 0];
    for await (const rows of readAll(database, store))
      for (const [key, value] of rows) {
        count += 1;
        bytes += measure(value);
        if (schemas[store].safeParse(value).success) continue;
        setAsideCount += 1;
        if (setAside.length < shownAtMost) setAside.push({ store, key: JSON.stringify(key), value });
      }
    facts.push({ store, count, bytes });
  }
  return { stores: facts, setAside, setAsideCount };
}

/**
 * Deletes a record that is set aside.
 * @param key as JSON.
 * @throws AppError `bad_input` for one that can be read, or is not there.
 */
export async function removeSetAside(database: DatabaseHandle, store: string, key: string): Promise<void> {
  const name = storeNames.find((known) => known === store);
  if (name === undefined) throw new AppError('bad_input', { field: 'store' });
  await database.write([name], async (transaction) => {
    const records = transaction.objectStore(name);
    const parsed = parseKey(key);
    const value: unknown = await records.get(parsed);
    if (value === undefined || schemas[name].safeParse(value).success)
      throw new AppError('bad_input', { field: 'key' });
    await records.delete(parsed);
  });
}

function parseKey(text: string): string & number {
  try {
    return JSON.parse(text) as string & number; // Each store has the one or the other; a wrong one finds nothing.
  } catch (cause) {
    throw new AppError('bad_input', { field: 'key', cause });
  }
}
