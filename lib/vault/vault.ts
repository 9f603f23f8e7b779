/** The vault: typed stores over IndexedDB. What is read back is parsed; one bad record never hides the others. */
import type * as z from 'zod/mini';
import type { StoreNames } from 'idb';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { createDataKey, type DataKey, type KeyPorts } from './data-key.ts';
import { createSealer, type Sealer } from './encryption.ts';
import { createDatabaseHandle, type DatabaseHandle } from './open-database.ts';
import * as schema from './schema.ts';
import type { VaultSchema } from './schema.ts';

/** Stores with a text key and a schema of their own. */
export const stores = {
  registrations: schema.registration,
  signIns: schema.pendingSignIn,
  accounts: schema.account,
  grants: schema.grant,
  outbox: schema.outboxEntry,
  settings: schema.setting,
  people: schema.person,
  batches: schema.batch,
} satisfies Partial<Record<StoreNames<VaultSchema>, z.ZodMiniType>>;

export type StoreName = keyof typeof stores;
type Value<Name extends StoreName> = z.output<(typeof stores)[Name]>;

export interface Store<Name extends StoreName> {
  /** @throws AppError `vault_record_broken` when it is there and damaged. */
  find(key: string): Promise<Value<Name> | undefined>;
  /** All that can be read; damaged ones are left where they are and logged. */
  list(): Promise<Value<Name>[]>;
  put(value: Value<Name>): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface Vault extends Sealer {
  readonly database: DatabaseHandle;
  readonly key: DataKey;
  readonly store: { readonly [Name in StoreName]: Store<Name> };
  readonly write: DatabaseHandle['write'];
}

export function createVault(ports: KeyPorts & Pick<Ports, 'database' | 'log'>): Vault {
  const database = createDatabaseHandle(ports.database, ports.log);
  const key = createDataKey(database, ports);

  function read<Name extends StoreName>(name: Name, raw: unknown): Value<Name> {
    const parsed = stores[name].safeParse(raw);
    if (!parsed.success) throw new AppError('vault_record_broken', { cause: parsed.error });
    return parsed.data as Value<Name>; // TypeScript does not follow `stores[name]` back to Name.
  }

  const write: DatabaseHandle['write'] = (names, work) => database.write(names, work);

  function createStore<Name extends StoreName>(name: Name): Store<Name> {
    return {
      async find(key) {
        const raw: unknown = await database.use((handle) => handle.get(name, key));
        return raw === undefined ? undefined : read(name, raw);
      },
      async list() {
        const rows: unknown[] = await database.use((handle) => handle.getAll(name));
        return rows.flatMap((raw) => {
          try {
            return [read(name, raw)];
          } catch {
            ports.log.warn('vault record set aside', { store: name });
            return [];
          }
        });
      },
      put: (value) =>
        write([name], async (transaction) => {
          await transaction.objectStore(name).put(value);
        }),
      remove: (key) =>
        write([name], async (transaction) => {
          await transaction.objectStore(name).delete(key);
        }),
    };
  }

  return {
    ...createSealer(key, ports),
    database,
    key,
    write,
    store: {
      registrations: createStore('registrations'),
      signIns: createStore('signIns'),
      accounts: createStore('accounts'),
      grants: createStore('grants'),
      outbox: createStore('outbox'),
      settings: createStore('settings'),
      people: createStore('people'),
      batches: createStore('batches'),
    },
  };
}
