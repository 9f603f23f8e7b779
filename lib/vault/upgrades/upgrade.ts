import type { IDBPDatabase, IDBPTransaction } from 'idb';

/**
 * One step from version n-1 to n. Runs inside the browser's version-change transaction: when it throws, nothing of it
 * stays. It sees the database as that older version left it, hence the unknown schema.
 */
export type Upgrade = (
  database: IDBPDatabase,
  transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
) => void | Promise<void>;
