/** Opens the vault's IndexedDB, brings it up to date, and opens it anew when the browser or another context closed it. */
import { type IDBPDatabase, openDB, type StoreNames } from 'idb';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Database, Log } from '../ports.ts';
import type { VaultSchema } from './schema.ts';
import { upgrades as allUpgrades } from './upgrades/index.ts';
import type { Upgrade } from './upgrades/upgrade.ts';

export type VaultDatabase = IDBPDatabase<VaultSchema>;

function openWrite<Names extends StoreNames<VaultSchema>[]>(database: VaultDatabase, names: Names) {
  return database.transaction(names, 'readwrite', { durability: 'strict' });
}
export type WriteTransaction<Names extends StoreNames<VaultSchema>[]> = ReturnType<typeof openWrite<Names>>;

export interface DatabaseHandle {
  /**
   * The open database.
   * @throws AppError `vault_newer` (made by a newer Latchkey; nothing is touched), `vault_blocked` (an older Latchkey
   *   page keeps it open), `storage_full`, `vault_broken` (an upgrade step failed, or the disk did).
   */
  get(): Promise<VaultDatabase>;
  /**
   * Does something with it. Where the browser closed it meanwhile, it is opened anew and `work` called once more: a
   * transaction that was cut off has changed nothing.
   * @throws AppError as `get`, for what storage throws meanwhile.
   */
  use<T>(work: (database: VaultDatabase) => Promise<T>): Promise<T>;
  /**
   * Runs a set of writes as one, on disk when it resolves (`durability: 'strict'`). Await nothing in it but the
   * transaction's own requests: the browser closes it otherwise. `work` is called once more where the browser closed the
   * database meanwhile.
   * @throws AppError that `work` threw, `storage_full`, or as `get`; nothing is written then.
   */
  write<Names extends StoreNames<VaultSchema>[]>(
    names: Names,
    work: (transaction: WriteTransaction<Names>) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}

/** Storage failures by the names that the IndexedDB specification gives them. What is not here is `vault_broken`. */
const codes: Readonly<Record<string, ErrorCode>> = {
  QuotaExceededError: 'storage_full',
  VersionError: 'vault_newer',
};

function toVaultError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = thrown instanceof DOMException ? codes[thrown.name] : undefined;
  return new AppError(code ?? 'vault_broken', { cause: thrown });
}

/** True of what a connection throws that the browser closed: at a new transaction, and in one that was under way. */
function isClosed(thrown: unknown): boolean {
  return thrown instanceof DOMException && ['InvalidStateError', 'AbortError'].includes(thrown.name);
}

/** Takes a transaction back, also one that the browser has taken back already. */
function abort(transaction: { readonly done: Promise<void>; abort(): void }): void {
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

  /** `opening` is the request, `soon` ends with an error at once where that has to wait for somebody. */
  function open(): { readonly opening: Promise<VaultDatabase>; readonly soon: Promise<VaultDatabase> } {
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
    return { opening, soon: Promise.race([refused, opening]) };
  }

  function get(): Promise<VaultDatabase> {
    if (opened !== undefined) return opened;
    const { opening, soon } = open();
    const connection = soon.catch(async (failure: unknown) => {
      const error = toVaultError(failure);
      // A request that is blocked goes on waiting, and others would wait behind it unheard: its error stands until then.
      if (error.code === 'vault_blocked') void opening.then(adopt, forget);
      else {
        await opening.then(
          (late) => late.close(),
          () => undefined,
        );
        if (opened === connection) forget();
      }
      throw error;
    });
    /** It opened after all, when whoever blocked it was gone. */
    const adopt = (late: VaultDatabase) => {
      if (opened === connection) opened = Promise.resolve(late);
      else late.close();
    };
    opened = connection;
    return connection;
  }

  async function use<T>(work: (database: VaultDatabase) => Promise<T>): Promise<T> {
    const connection = get();
    try {
      return await work(await connection);
    } catch (failure) {
      if (!isClosed(failure)) throw toVaultError(failure);
    }
    if (opened === connection) forget();
    (await connection).close();
    const again = await get();
    return work(again).catch((failure: unknown) => {
      throw toVaultError(failure);
    });
  }

  return {
    get,
    use,
    write: (names, work) =>
      use(async (database) => {
        const transaction = openWrite(database, names);
        try {
          await work(transaction);
          await transaction.done;
        } catch (failure) {
          // A request of a transaction that ran out of room says only that it was cut off.
          const reason = transaction.error ?? failure;
          abort(transaction);
          throw failure instanceof AppError ? failure : reason;
        }
      }),
    close: async () => {
      const database = await opened?.catch(() => undefined);
      database?.close();
      forget();
    },
  };
}
