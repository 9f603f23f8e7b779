import type { Upgrade } from './upgrade.ts';

interface Waiting {
  readonly createdAt: number;
}

/** Batches, and an order of acceptance for what waits in the outbox. */
export const queue: Upgrade = async (database, transaction) => {
  database.createObjectStore('batches', { keyPath: 'id' });
  transaction.objectStore('journal').createIndex('batch', 'batch');
  const outbox = transaction.objectStore('outbox');
  outbox.createIndex('batch', 'batch');
  outbox.createIndex('position', 'position');
  // Until now the time of acceptance was the only order there was.
  const entries = (await outbox.getAll()) as Waiting[];
  entries.sort((one, other) => one.createdAt - other.createdAt);
  await Promise.all(entries.map((entry, index) => outbox.put({ ...entry, position: index + 1 })));
};
