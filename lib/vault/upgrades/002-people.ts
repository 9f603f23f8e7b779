import type { Upgrade } from './upgrade.ts';

/** The register of people. A number, and a person of an app, can belong to one entry only. */
export const people: Upgrade = (database) => {
  const store = database.createObjectStore('people', { keyPath: 'id' });
  // Entries without the field are left out of an index, so it may be missing in many.
  store.createIndex('telephone', 'telephone', { unique: true });
  store.createIndex('openId', ['appId', 'openId'], { unique: true });
  store.createIndex('unionId', 'unionId');
};
