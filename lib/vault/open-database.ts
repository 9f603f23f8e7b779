/** Opens the vault's IndexedDB, brings it up to date, and opens it anew when the browser or another context closed it. */
import { type IDBPDatabase, openDB } from 'idb';
import { AppError } from '../errors.ts';
import type { Database, Log } from '../ports.ts';
import type { VaultSchema } from './schema.ts';
import { upgrades as allUpgrades } from './upgrades/index.ts';
import type { Upgrade } from './upgrades/upgrade.ts';

export type VaultDatabase = IDBPDatabase<VaultSchema>;

export interface DatabaseHandle {
  /**
   * The open database.
   * @throws AppError `vault_newer` (made by a newer Latchkey; nothing is touched), `vault_blocked` (an older Latchkey
   *   page keeps it open), `vault_broken` (an upgrade step failed, or the disk did).
   */
  get(): Promise<VaultDatabase>;
  /** Reads from it; what storage throws meanwhile is `vault_broken`. */
  read<T>(work: (database: VaultDatabase) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

function toVaultError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const isNewer = thrown instanceof DOMException && thrown.name === 'VersionError';
  return new AppError(isNewer ? 'vault_newer' : 'vault_broken', { cause: thrown });
}

/** Storage failures (quota, closed database, disk) as the one error the person can be told. */
export async function guardStorage<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    throw failure instanceof AppError ? failure : new AppError('vault_broken', { cause: failure });
  }
}

/** Takes a transaction back, also one that the browser has taken back already. */
export function abort(transaction: { readonly done: Promise<void>; abort(): void }): void {
  transaction.done.catch(() => undefined);
  try {
    transaction.abort();
  } catch {
    // It was over.
  }
}

/** Runs the steps in order; a step that throws takes the whole version change back. */
async function runUpgrades(
  steps: readonly Upgrade[],
  database: Parameters<Upgrade>[0],
  transaction: Parameters<Upgrade>[1],
): Promise<void> {
  try {
    for (const step of steps) await step(database, transaction);
  } catch (failure) {
    // idb does not wait for an upgrade's promise: without this the half-made version would be committed.
    abort(transaction);
    throw failure;
  }
}

export function createDatabaseHandle(
  { name }: Database,
  log: Log,
  upgrades: readonly Upgrade[] = allUpgrades,
): DatabaseHandle {
  let opened: Promise<VaultDatabase> | undefined;
  const forget = () => (opened = undefined);

  async function open(): Promise<VaultDatabase> {
    const { promise: refused, reject: refuse } = Promise.withResolvers<never>();
    refused.catch(() => undefined);
    const opening = openDB<VaultSchema>(name, upgrades.length, {
      upgrade: (raw, oldVersion, _newVersion, transaction) => {
        // A step sees the schema of its own time, not today's.
        runUpgrades(upgrades.slice(oldVersion), raw as never, transaction as never).catch((cause: unknown) =>
          refuse(new AppError('vault_broken', { cause })),
        );
      },
      blocked: () => refuse(new AppError('vault_blocked')),
      blocking: (_current, _wanted, event) => {
        // A newer Latchkey waits for us: let it through, and find out at the next use.
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: () => {
        log.warn('vault closed by the browser');
        forget();
      },
    });
    try {
      return await Promise.race([refused, opening]);
    } catch (failure) {
      // It may still open later, when whoever blocked it is gone; nobody waits for it then.
      opening.then(
        (late) => late.close(),
        () => undefined,
      );
      throw toVaultError(failure);
    }
  }

  function get(): Promise<VaultDatabase> {
    opened ??= open().catch((failure: unknown) => {
      forget();
      throw failure;
    });
    return opened;
  }

  return {
    get,
    read: async (work) => {
      const database = await get();
      return guardStorage(() => work(database));
    },
    close: async () => {
      const database = await opened?.catch(() => undefined);
      database?.close();
      forget();
    },
  };
}
