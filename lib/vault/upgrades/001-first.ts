import type { Upgrade } from './upgrade.ts';

/** The first version: every store there is. */
export const first: Upgrade = (database) => {
  database.createObjectStore('registrations', { keyPath: 'provider' });
  database.createObjectStore('signIns', { keyPath: 'provider' });
  database.createObjectStore('accounts', { keyPath: 'id' }).createIndex('subject', ['provider', 'subject'], {
    unique: true,
  });
  database.createObjectStore('grants', { keyPath: 'account' });
  const journal = database.createObjectStore('journal', { keyPath: 'id', autoIncrement: true });
  journal.createIndex('request', 'request', { unique: true });
  for (const name of ['provider', 'name', 'outcome', 'open', 'target']) journal.createIndex(name, name);
  database.createObjectStore('outbox', { keyPath: 'request' });
  database.createObjectStore('settings', { keyPath: 'key' });
  database.createObjectStore('keys', { keyPath: 'id' });
};
