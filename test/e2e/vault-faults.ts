/** What can happen to the vault of a real browser, done to it from a page of the extension. */
import type { JSHandle, Page } from 'puppeteer-core';

/** Puts a record into a store as it is, however damaged. */
export function putRecord(page: Page, store: string, record: object): Promise<void> {
  return page.evaluate(
    (storeName, value) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('latchkey');
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction(storeName, 'readwrite');
          transaction.objectStore(storeName).put(value);
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
          transaction.onabort = () => reject(new Error(transaction.error?.message));
        };
      }),
    store,
    record,
  );
}

/** Takes the vault's key away, as where a profile is copied without it. The handle gives it back with `returnKey`. */
export function takeKey(page: Page): Promise<JSHandle> {
  return page.evaluateHandle(
    () =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('latchkey');
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction('keys', 'readwrite');
          const keys = transaction.objectStore('keys');
          const reading = keys.get('data');
          keys.delete('data');
          transaction.oncomplete = () => {
            database.close();
            resolve(reading.result);
          };
          transaction.onabort = () => reject(new Error(transaction.error?.message));
        };
      }),
  );
}

export function returnKey(page: Page, key: JSHandle): Promise<void> {
  return page.evaluate(
    (record) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('latchkey');
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const database = opening.result;
          const transaction = database.transaction('keys', 'readwrite');
          transaction.objectStore('keys').put(record);
          transaction.oncomplete = () => {
            database.close();
            resolve();
          };
          transaction.onabort = () => reject(new Error(transaction.error?.message));
        };
      }),
    key,
  );
}

/** How many records each store holds. */
export function countRecords(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('latchkey');
        opening.onerror = () => reject(new Error(opening.error?.message));
        opening.onsuccess = () => {
          const database = opening.result;
          const names = [...database.objectStoreNames];
          const transaction = database.transaction(names);
          const counts = names.map((name) => [name, transaction.objectStore(name).count()] as const);
          transaction.oncomplete = () => {
            database.close();
            resolve(Object.fromEntries(counts.map(([name, request]) => [name, request.result])));
          };
        };
      }),
  );
}

/**
 * Puts a vault of the first version in the place of the one that is there, and keeps it open without letting an upgrade
 * through, as a window of that version would that hangs. It goes with the page.
 */
export function holdOldVault(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const deleting = indexedDB.deleteDatabase('latchkey');
        deleting.onerror = () => reject(new Error(deleting.error?.message));
        // At once, so that the background does not come in between.
        const opening = indexedDB.open('latchkey', 1);
        opening.onupgradeneeded = () => {
          const database = opening.result;
          const stores = {
            registrations: 'provider',
            signIns: 'provider',
            grants: 'account',
            outbox: 'request',
            settings: 'key',
            keys: 'id',
          };
          for (const [name, keyPath] of Object.entries(stores)) database.createObjectStore(name, { keyPath });
          const accounts = database.createObjectStore('accounts', { keyPath: 'id' });
          accounts.createIndex('subject', ['provider', 'subject'], { unique: true });
          const journal = database.createObjectStore('journal', { keyPath: 'id', autoIncrement: true });
          journal.createIndex('request', 'request', { unique: true });
          for (const name of ['provider', 'name', 'outcome', 'open', 'target'])
            journal.createIndex(name, name);
        };
        opening.onsuccess = () => resolve();
        opening.onerror = () => reject(new Error(opening.error?.message));
      }),
  );
}
