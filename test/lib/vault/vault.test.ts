import { describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import type { Account } from '../../../lib/vault/schema.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const accountOf = (id: string): Account => ({
  id,
  provider: 'steemlogin',
  subject: id,
  name: id,
  createdAt: 1,
  scopes: [],
  defaultFor: [],
  postWeight: 100,
  commentWeight: 100,
});

describe('a store', () => {
  it('puts, finds, lists and removes', async () => {
    const { store } = createVault(createFakePorts());
    await store.accounts.put(accountOf('bob'));
    await store.accounts.put(accountOf('carol'));
    await store.accounts.put({ ...accountOf('bob'), postWeight: 5 });
    expect(await store.accounts.find('bob')).toMatchObject({ postWeight: 5 });
    expect(await store.accounts.list()).toHaveLength(2);
    await store.accounts.remove('bob');
    expect(await store.accounts.find('bob')).toBeUndefined();
  });

  it('sets a damaged record aside: the others are read, it stays where it is and is logged without its content', async () => {
    const ports = createFakePorts();
    const vault = createVault(ports);
    await vault.store.accounts.put(accountOf('bob'));
    const damaged = { id: 'damaged', name: 'PLANTED' };
    await (await vault.database.get()).put('accounts', damaged as never);
    expect((await vault.store.accounts.list()).map(({ id }) => id)).toEqual(['bob']);
    await expect(vault.store.accounts.find('damaged')).rejects.toMatchObject({ code: 'vault_record_broken' });
    expect(await (await vault.database.get()).get('accounts', 'damaged')).toEqual(damaged);
    expect(ports.seen.warnings).toEqual(['vault record set aside {"store":"accounts"}']);
  });
});

describe('a write', () => {
  it('keeps all or nothing', async () => {
    const vault = createVault(createFakePorts());
    const failing = vault.write(['accounts', 'outbox'], async (transaction) => {
      await transaction.objectStore('accounts').put(accountOf('bob'));
      throw new AppError('bad_input');
    });
    await expect(failing).rejects.toMatchObject({ code: 'bad_input' });
    expect(await vault.store.accounts.list()).toEqual([]);
  });

  it('whose transaction the browser aborts (quota, disk) is a broken vault and writes nothing', async () => {
    const vault = createVault(createFakePorts());
    const aborted = vault.write(['accounts'], async (transaction) => {
      await transaction.objectStore('accounts').put(accountOf('bob'));
      transaction.abort();
    });
    await expect(aborted).rejects.toMatchObject({ code: 'vault_broken' });
    expect(await vault.store.accounts.list()).toEqual([]);
  });

  it('whose request fails is a broken vault and writes nothing', async () => {
    const vault = createVault(createFakePorts());
    const clashing = vault.write(['accounts'], async (transaction) => {
      await transaction.objectStore('accounts').add(accountOf('bob'));
      await transaction.objectStore('accounts').add(accountOf('bob'));
    });
    await expect(clashing).rejects.toMatchObject({ code: 'vault_broken' });
    expect(await vault.store.accounts.list()).toEqual([]);
  });

  it('keeps our own error when the browser aborted first', async () => {
    const vault = createVault(createFakePorts());
    const failing = vault.write(['accounts'], async (transaction) => {
      const put = transaction.objectStore('accounts').put(accountOf('bob'));
      transaction.abort();
      await put.catch(() => undefined);
      throw new AppError('bad_input');
    });
    await expect(failing).rejects.toMatchObject({ code: 'bad_input' });
  });

  it('is on disk before it resolves', async () => {
    const vault = createVault(createFakePorts());
    let durability: unknown;
    await vault.write(['accounts'], (transaction) => {
      durability = transaction.durability;
      return Promise.resolve();
    });
    expect(durability).toBe('strict');
  });
});
