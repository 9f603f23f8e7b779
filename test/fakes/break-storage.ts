/**
 * Makes the stand-in for IndexedDB fail as a browser's does: a write that finds no room, at its request or when all of it is
 * to be kept, a connection that is closed under us, and a connection that lets no upgrade through.
 */
import {
  forceCloseDatabase,
  IDBDatabase as FDBDatabase,
  IDBObjectStore as ObjectStore,
} from 'fake-indexeddb';
import { unwrap } from 'idb';
import { onTestFinished } from 'vitest';
import type { Vault } from '../../lib/vault/vault.ts';

/** What the stand-in keeps to itself, as far as it is needed here. */
interface InnerTransaction {
  readonly mode: IDBTransactionMode;
  readonly error: DOMException | null;
  _abort(name: string): void;
  _markFinished?: () => void;
  _execRequestAsync(request: { source: unknown; operation: () => never }): IDBRequest;
}

type Method = (this: unknown, ...values: unknown[]) => unknown;

/** A method as a value, to be put back later. */
function valueOf(prototype: object, name: string): Method {
  return Reflect.get(prototype, name) as Method; // Each is called with the object it belongs to.
}

export interface Breakage {
  /** The store whose writes fail; all where it is undefined. */
  readonly store?: string;
  /** `request`: the write itself fails. `commit`: all went well until it was to be kept. */
  readonly at?: 'request' | 'commit';
  /** Name of the DOMException. */
  readonly name?: string;
  /** Which writes fail, by their record; all where it is undefined. */
  readonly when?: (record: unknown) => boolean;
}

export interface Broken {
  /** How many writes have failed. */
  count(): number;
  mend(): void;
}

/** The disk is full from now on, for writes that fit, until it is mended or the test ends. */
export function breakWrites({
  store,
  at = 'commit',
  name = 'QuotaExceededError',
  when = () => true,
}: Breakage = {}): Broken {
  const { prototype } = ObjectStore;
  const originals = { put: valueOf(prototype, 'put'), add: valueOf(prototype, 'add') };
  let count = 0;

  const failing = (original: Method) =>
    function (this: IDBObjectStore, value: unknown, key?: IDBValidKey): IDBRequest {
      const write = () =>
        (key === undefined ? original.call(this, value) : original.call(this, value, key)) as IDBRequest;
      const transaction = this.transaction as unknown as InnerTransaction;
      const isMeant = transaction.mode === 'readwrite' && (store === undefined || store === this.name);
      if (!isMeant || !when(value)) return write();
      count += 1;
      if (at === 'request')
        return transaction._execRequestAsync({
          source: this,
          operation: () => {
            throw new DOMException('No room.', name);
          },
        });
      transaction._markFinished = () => {
        delete transaction._markFinished;
        transaction._abort(name);
      };
      return write();
    };

  Object.assign(prototype, { put: failing(originals.put), add: failing(originals.add) });
  const mend = () => void Object.assign(prototype, originals);
  onTestFinished(mend);
  return { count: () => count, mend };
}

/** The disk gives nothing back from this store. */
export function breakReads(store: string): Pick<Broken, 'mend'> {
  const original = valueOf(FDBDatabase.prototype, 'transaction');
  Object.assign(FDBDatabase.prototype, {
    transaction(this: IDBDatabase, ...rest: unknown[]) {
      // Upgrades are the stand-in's own affair.
      if (rest[1] !== 'versionchange' && [rest[0]].flat().includes(store))
        throw new DOMException('Can’t read.', 'UnknownError');
      return original.apply(this, rest);
    },
  });
  const mend = () => void Object.assign(FDBDatabase.prototype, { transaction: original });
  onTestFinished(mend);
  return { mend };
}

/** The browser closes the database, as it does when the person clears site data or the disk fails. */
export async function closeUnder(vault: Vault): Promise<void> {
  forceCloseDatabase(unwrap(await vault.database.get()) as never); // The stand-in's own class, behind idb's wrapper.
}

/** A window of an older version that lets nobody through. Closes when the test ends, or before. */
export async function holdOpen(name: string, version: number): Promise<IDBDatabase> {
  const held = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(request.error?.message));
  });
  onTestFinished(() => held.close());
  return held;
}
