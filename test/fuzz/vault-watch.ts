/** What a case does to the vault: every write is heard, and taken back afterwards. */
import { isDeepStrictEqual } from 'node:util';
import 'fake-indexeddb/auto';

interface Write {
  readonly store: string;
  readonly value: unknown;
}

const listeners = new Set<(write: Write) => void>();
const hear = (write: Write) => {
  for (const listener of listeners) listener(write);
};

/** Has each call of a method told before it is made; once for all, since prototypes are everybody's. */
function overhear(
  prototype: object,
  methods: readonly string[],
  tell: (target: object, given: unknown) => Write,
): void {
  for (const method of methods)
    Reflect.set(
      prototype,
      method,
      new Proxy(Reflect.get(prototype, method) as (...given: unknown[]) => unknown, {
        apply(write, target: object, given: unknown[]) {
          hear(tell(target, given[0]));
          return Reflect.apply(write, target, given);
        },
      }),
    );
}

overhear(IDBObjectStore.prototype, ['put', 'add'], (store, value) => ({
  store: (store as IDBObjectStore).name,
  value,
}));
overhear(IDBObjectStore.prototype, ['delete', 'clear'], (store) => ({
  store: (store as IDBObjectStore).name,
  value: undefined,
}));
overhear(IDBCursor.prototype, ['update', 'delete'], (cursor, value) => {
  const { source } = cursor as IDBCursor;
  return { store: 'objectStore' in source ? source.objectStore.name : source.name, value };
});

const ended = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });

/** The texts of a value, without sealed bytes. */
export const readClearText = (value: unknown) =>
  JSON.stringify([value], (_key, inner: unknown) => (inner instanceof Uint8Array ? '' : inner));

export interface VaultWatch {
  /** Values written since the last `restore`, in the clear. */
  readonly written: readonly Write[];
  /** The stores whose content is another now. */
  findChanges(): Promise<string[]>;
  /** As it was when the watch began. @param only these stores. */
  restore(only?: readonly string[]): Promise<void>;
  close(): void;
}

/** @param name of the database, which is there. What lies in it now is what `restore` brings back. */
export async function watchVault(name: string): Promise<VaultWatch> {
  const database = await ended(indexedDB.open(name));
  const names = [...database.objectStoreNames];
  const readStore = (store: string) =>
    ended<unknown[]>(database.transaction(store).objectStore(store).getAll());
  const before = new Map(
    await Promise.all(names.map(async (store) => [store, await readStore(store)] as const)),
  );
  const written: Write[] = [];
  let isRestoring = false;
  const listener = (write: Write) => {
    if (!isRestoring) written.push(write);
  };
  listeners.add(listener);
  const touched = () => [...new Set(written.map(({ store }) => store))];

  return {
    written,
    async findChanges() {
      const changed: string[] = [];
      for (const store of touched())
        if (!isDeepStrictEqual(await readStore(store), before.get(store))) changed.push(store);
      return changed;
    },
    async restore(only = names) {
      const stores = touched().filter((store) => only.includes(store));
      if (stores.length > 0) {
        isRestoring = true;
        const transaction = database.transaction(stores, 'readwrite');
        for (const store of stores) {
          const target = transaction.objectStore(store);
          target.clear();
          for (const value of before.get(store) ?? []) target.put(value);
        }
        isRestoring = false;
        await new Promise((resolve, reject) => {
          transaction.oncomplete = resolve;
          transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB'));
        });
      }
      written.length = 0;
    },
    close() {
      listeners.delete(listener);
      database.close();
    },
  };
}
