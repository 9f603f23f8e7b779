import { expect, it } from 'vitest';
import type { BackupContent } from '../../../lib/backup/content.ts';
import type { PersonalRecords } from '../../../lib/backup/holdings.ts';
import { createRestorer } from '../../../lib/backup/restore.ts';
import { createJournal } from '../../../lib/journal/journal.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const content: BackupContent = {
  madeAt: 1,
  hasSecrets: true,
  services: [],
  accounts: [],
  lookups: [],
  settings: {},
  people: [{ id: 'theirs', name: 'Li', telephone: '+48600100200', createdAt: 1 }],
  journal: [],
};
const nothing: PersonalRecords = {
  settings: { key: 'settings', parse: () => ({}) },
  lookups: { key: 'lookups', parse: () => [] },
};

it('plans anew when somebody else wrote between its looking and its writing', async () => {
  const ports = createFakePorts();
  const vault = createVault(ports);
  const journal = createJournal(vault, ports.shell);
  let looks = 0;
  const meanwhile: Pick<typeof journal, 'all'> = {
    // The last thing that is read for a plan; then somebody adds the very person that it would add.
    async *all(filter) {
      looks += 1;
      yield* journal.all(filter);
      if (looks === 1)
        await vault.store.people.put({ id: 'mine', name: 'Li', telephone: '+48600100200', createdAt: 2 });
    },
  };
  const restorer = createRestorer(ports, vault, meanwhile, nothing);
  const { kinds } = await restorer.restore(content, { leaveOut: [], take: [] });
  expect(looks).toBe(2);
  expect(kinds.people).toEqual({ added: 0, changed: 0 });
  expect((await vault.store.people.list()).map(({ id }) => id)).toEqual(['mine']);
  await vault.database.close();
});

it('gives up where others write each time, says that they do, and changes nothing', async () => {
  const ports = createFakePorts();
  const vault = createVault(ports);
  const journal = createJournal(vault, ports.shell);
  let looks = 0;
  const meanwhile: Pick<typeof journal, 'all'> = {
    async *all(filter) {
      looks += 1;
      yield* journal.all(filter);
      await vault.store.settings.put({ key: 'another', value: looks });
    },
  };
  const restorer = createRestorer(ports, vault, meanwhile, nothing);
  await expect(restorer.restore(content, { leaveOut: [], take: [] })).rejects.toMatchObject({
    code: 'vault_busy',
  });
  expect(looks).toBe(10);
  expect(await vault.store.people.list()).toEqual([]);
  await vault.database.close();
});

it('replaces a damaged account of the same person, which nobody could read or sign out', async () => {
  const ports = createFakePorts();
  const vault = createVault(ports);
  const database = await vault.database.get();
  const account = {
    id: 'theirs',
    provider: 'steemlogin',
    subject: 'bob',
    name: 'bob',
    createdAt: 1,
    scopes: [],
    defaultFor: [],
    postWeight: 100,
    commentWeight: 100,
  };
  await database.put('accounts', { id: 'damaged', provider: 'steemlogin', subject: 'bob' } as never);
  const restorer = createRestorer(ports, vault, createJournal(vault, ports.shell), nothing);
  await restorer.restore({ ...content, accounts: [account] }, { leaveOut: [], take: [] });
  expect((await database.getAll('accounts')).map(({ id }) => id)).toEqual(['theirs']);
  await vault.database.close();
});
