import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createDatabaseHandle } from '../../../lib/vault/open-database.ts';
import { upgrades } from '../../../lib/vault/upgrades/index.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';
import { loadSample } from './sample.ts';

const versions = upgrades.map((_step, index) => index + 1);

it('keeps one saved sample for each version', () => {
  const files = readdirSync(new URL('samples', import.meta.url)).sort();
  expect(files).toEqual(versions.map((version) => `${String(version).padStart(3, '0')}.json`));
});

it('brings an empty profile to the newest version with every store', async () => {
  const ports = createFakePorts();
  const database = await createDatabaseHandle(ports.database, ports.log).get();
  expect(database.version).toBe(upgrades.length);
  expect([...database.objectStoreNames]).toEqual(
    [
      'accounts',
      'batches',
      'grants',
      'journal',
      'keys',
      'outbox',
      'people',
      'registrations',
      'settings',
      'signIns',
    ].sort(),
  );
});

describe.each(versions)('a vault of version %i', (version) => {
  it('opens with today’s code: every record is read and every secret opens', async () => {
    const ports = createFakePorts();
    await loadSample(ports.database.name, version);
    const vault = createVault(ports);

    expect((await vault.store.accounts.list()).map(({ name }) => name)).toEqual(['bob', 'carol']);
    expect(await vault.store.accounts.find('account-1')).toMatchObject({
      provider: 'steemlogin',
      defaultFor: ['vote'],
      postWeight: 75,
    });
    const [bob, carol] = await vault.store.grants.list();
    if (bob?.refreshToken === undefined || carol === undefined) throw new Error('grants are missing');
    expect(await vault.open(bob.accessToken, 'grants/account-1/accessToken')).toBe('sample-access-1');
    expect(await vault.open(bob.refreshToken, 'grants/account-1/refreshToken')).toBe('sample-refresh-1');
    expect(await vault.open(carol.accessToken, 'grants/account-2/accessToken')).toBe('sample-access-2');
    const registration = await vault.store.registrations.find('steemlogin');
    if (registration?.clientSecret === undefined) throw new Error('the secret is missing');
    expect(await vault.open(registration.clientSecret, 'registrations/steemlogin/clientSecret')).toBe(
      'sample-secret',
    );
    expect(await vault.store.signIns.find('hivesigner')).toBeDefined();
    expect(await vault.store.outbox.find('request-3')).toMatchObject({ state: 'sending', weight: 100 });
    // What an older version left has an order too.
    for (const { position } of await vault.store.outbox.list()) expect(position).toBeGreaterThan(0);
    expect(await vault.store.settings.find('settings')).toMatchObject({ value: { undoSecondsPage: 10 } });

    const journal = createJournal(vault, ports.shell);
    const { entries } = await journal.page({}, 10);
    expect(entries.map(({ request }) => request)).toEqual(['request-2', 'request-1']);
    expect(await journal.openCount()).toBe(1);
    expect(ports.seen.warnings).toEqual([]);
  });
});
