/** What storage can do to us, one test each: no room, closed under us. Nothing half written, and the right word for it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import { breakWrites, closeUnder } from '../../fakes/break-storage.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const setting = (key: string, value: unknown = 1) => ({ key, value });
const keys = async ({ store }: Vault) => (await store.settings.list()).map(({ key }) => key).sort();

describe.each(['request', 'commit'] as const)('no room at the %s', (at) => {
  it('is told as such, and nothing of the write stays', async () => {
    const vault = createVault(createFakePorts());
    await vault.store.settings.put(setting('before'));
    const broken = breakWrites({ at, store: 'settings' });
    await expect(vault.store.settings.put(setting('after'))).rejects.toMatchObject({ code: 'storage_full' });
    const both = vault.write(['settings', 'outbox'], async (transaction) => {
      await transaction.objectStore('outbox').delete('none');
      await transaction.objectStore('settings').put(setting('after'));
    });
    await expect(both).rejects.toMatchObject({ code: 'storage_full' });
    expect(await keys(vault)).toEqual(['before']);
    broken.mend();
    await vault.store.settings.put(setting('after'));
    expect(await keys(vault)).toEqual(['after', 'before']);
  });

  it('keeps no key that could not be written: nothing is sealed with it', async () => {
    const ports = createFakePorts();
    const vault = createVault(ports);
    const broken = breakWrites({ at, store: 'keys' });
    await expect(vault.seal('text', 'identity')).rejects.toMatchObject({ code: 'storage_full' });
    broken.mend();
    const sealed = await vault.seal('text', 'identity');
    expect(await createVault(ports).open(sealed, 'identity')).toBe('text');
  });
});

it('any other failure of storage is a broken vault', async () => {
  const vault = createVault(createFakePorts());
  breakWrites({ name: 'UnknownError' });
  await expect(vault.store.settings.put(setting('one'))).rejects.toMatchObject({ code: 'vault_broken' });
});

describe('a database that the browser closed', () => {
  it('is opened anew for whatever comes next', async () => {
    const ports = createFakePorts();
    const vault = createVault(ports);
    const uses: Record<string, () => Promise<unknown>> = {
      put: () => vault.store.settings.put(setting('one')),
      find: () => vault.store.settings.find('one'),
      list: () => vault.store.settings.list(),
      seal: () => vault.seal('text', 'identity'),
      remove: () => vault.store.settings.remove('two'),
    };
    for (const [name, use] of Object.entries(uses)) {
      await closeUnder(vault);
      await expect(use(), name).resolves.not.toThrow();
    }
    expect(await keys(vault)).toEqual(['one']);
  });

  it('is opened anew where nobody told us that it was closed', async () => {
    const vault = createVault(createFakePorts());
    await vault.store.settings.put(setting('one'));
    (await vault.database.get()).close();
    expect(await keys(vault)).toEqual(['one']);
    (await vault.database.get()).close();
    await vault.store.settings.put(setting('two'));
    expect(await keys(vault)).toEqual(['one', 'two']);
  });

  it('in the middle of a write: the write is made anew as a whole', async () => {
    const vault = createVault(createFakePorts());
    let tries = 0;
    await vault.write(['settings'], async (transaction) => {
      tries += 1;
      await transaction.objectStore('settings').put(setting('one'));
      if (tries === 1) transaction.abort();
      await transaction.objectStore('settings').put(setting('two'));
    });
    expect(tries).toBe(2);
    expect(await keys(vault)).toEqual(['one', 'two']);
  });

  it('again and again is told, not tried for ever', async () => {
    const vault = createVault(createFakePorts());
    let tries = 0;
    const write = vault.write(['settings'], (transaction) => {
      tries += 1;
      transaction.abort();
      return Promise.resolve();
    });
    await expect(write).rejects.toMatchObject({ code: 'vault_broken' });
    expect(tries).toBe(2);
  });

  it('does not bring a write back that we gave up ourselves', async () => {
    const vault = createVault(createFakePorts());
    let tries = 0;
    const write = vault.write(['settings'], async (transaction) => {
      tries += 1;
      await transaction.objectStore('settings').put(setting('one'));
      throw new AppError('bad_input');
    });
    await expect(write).rejects.toMatchObject({ code: 'bad_input' });
    expect(tries).toBe(1);
  });
});

it('under any run of faults a vault holds exactly the writes that were told to be kept', async () => {
  const step = fc.record({
    key: fc.constantFrom('a', 'b', 'c'),
    value: fc.nat(),
    fault: fc.constantFrom('none', 'request', 'commit', 'closed', 'closed quietly'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const ports = createFakePorts();
      const vault = createVault(ports);
      const model = new Map<string, number>();
      for (const { key, value, fault } of steps) {
        if (fault === 'closed') await closeUnder(vault);
        if (fault === 'closed quietly') (await vault.database.get()).close();
        const broken = fault === 'request' || fault === 'commit' ? breakWrites({ at: fault }) : undefined;
        const isKept = await vault.store.settings.put(setting(key, value)).then(
          () => true,
          () => false,
        );
        broken?.mend();
        expect(isKept).toBe(broken === undefined);
        if (isKept) model.set(key, value);
      }
      const found = (await createVault(ports).store.settings.list()).map(({ key, value }) => [key, value]);
      expect(new Map(found as [string, number][])).toEqual(model);
    }),
    { numRuns: 100 },
  );
});
