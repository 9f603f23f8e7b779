import { describe, expect, it } from 'vitest';
import type { Sealed } from '../../../lib/vault/schema.ts';
import { createPassphrase } from '../../../lib/vault/passphrase.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { breakReads } from '../../fakes/break-storage.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const identity = 'grants/1/accessToken';

describe('sealing', () => {
  it('gives back what was sealed, also after a restart', async () => {
    const ports = createFakePorts();
    const text = 'tökén 🔑 '.repeat(100);
    const sealed = await createVault(ports).seal(text, identity);
    expect(await createVault(ports).open(sealed, identity)).toBe(text);
  });

  it('uses a fresh IV each time', async () => {
    const vault = createVault(createFakePorts());
    const all = await Promise.all(Array.from({ length: 50 }, () => vault.seal('same', identity)));
    expect(new Set(all.map(({ iv }) => Buffer.from(iv).toString('hex'))).size).toBe(50);
    expect(new Set(all.map(({ data }) => Buffer.from(data).toString('hex'))).size).toBe(50);
    expect(all.every(({ iv }) => iv.length === 12)).toBe(true);
  });

  it.each([
    ['moved to another record', (sealed) => [sealed, 'grants/2/accessToken']],
    ['moved to another field', (sealed) => [sealed, 'grants/1/refreshToken']],
    [
      'with a changed byte',
      (sealed) => [{ ...sealed, data: sealed.data.with(0, ~(sealed.data[0] ?? 0)) }, identity],
    ],
    ['cut short', (sealed) => [{ ...sealed, data: sealed.data.slice(0, 4) }, identity]],
    ['with another IV', (sealed) => [{ ...sealed, iv: new Uint8Array(12) }, identity]],
  ] satisfies [string, (sealed: Sealed) => [Sealed, string]][])(
    'does not open a token %s',
    async (_name, change) => {
      const vault = createVault(createFakePorts());
      const [sealed, place] = change(await vault.seal('secret', identity));
      await expect(vault.open(sealed, place)).rejects.toMatchObject({ code: 'vault_key_missing' });
    },
  );
});

describe('the key', () => {
  it('can be used and stored, but not taken out', async () => {
    const vault = createVault(createFakePorts());
    await vault.seal('secret', identity);
    const record = await (await vault.database.get()).get('keys', 'data');
    if (record === undefined || !('key' in record)) throw new Error('no key');
    expect(record.key).toMatchObject({ extractable: false, algorithm: { name: 'AES-GCM', length: 256 } });
    await expect(crypto.subtle.exportKey('raw', record.key)).rejects.toThrow();
  });

  it('is one and the same for contexts that make it at the same time', async () => {
    const ports = createFakePorts();
    const [one, two] = [createVault(ports), createVault(ports)];
    const [first, second] = await Promise.all([one.seal('one', identity), two.seal('two', identity)]);
    expect(await two.open(first, identity)).toBe('one');
    expect(await one.open(second, identity)).toBe('two');
    expect(await createVault(ports).open(first, identity)).toBe('one');
  });

  it('that is missing is told, since a profile may be copied without it', async () => {
    const ports = createFakePorts();
    const vault = createVault(ports);
    const sealed = await vault.seal('secret', identity);
    await (await vault.database.get()).clear('keys');
    await expect(createVault(ports).open(sealed, identity)).rejects.toMatchObject({
      code: 'vault_key_missing',
    });
  });

  it('that the browser threw away under us is made anew, so that nothing is sealed with a lost one', async () => {
    const ports = createFakePorts();
    const vault = createVault(ports);
    await vault.seal('before', identity);
    await (await vault.database.get()).clear('keys');
    const sealed = await vault.seal('after', identity);
    expect(await createVault(ports).open(sealed, identity)).toBe('after');
  });

  it.each([false, true])(
    'that the browser threw away comes back with tokens that were on their way (passphrase: %s)',
    async (hasPassphrase) => {
      const ports = createFakePorts();
      const vault = createVault(ports);
      const before = await vault.seal('before', identity);
      if (hasPassphrase) await createPassphrase(ports, vault, vault.key).set('correct horse battery');
      const prepared = await vault.prepareSeal();
      await (await vault.database.get()).clear('keys');
      await vault.write(['keys'], async (transaction) => {
        await prepared.keepKey(transaction.objectStore('keys'));
      });
      const database = await vault.database.get();
      const [record] = await database.getAll('keys');
      // Under a passphrase it is kept for what it sealed, and what is sealed later has a key of its own.
      expect(record?.id.split(':')[0]).toBe(hasPassphrase ? 'former' : 'data');
      const late = await prepared.seal('late', identity);
      await vault.seal('later', identity);
      expect(await createVault(ports).open(late, identity)).toBe('late');
      if (!hasPassphrase) expect(await createVault(ports).open(before, identity)).toBe('before');
    },
  );

  it('that can’t be read just now is no missing key', async () => {
    const ports = createFakePorts();
    const vault = createVault(ports);
    const sealed = await vault.seal('secret', identity);
    const broken = breakReads('keys');
    await expect(vault.open(sealed, identity)).rejects.toMatchObject({ code: 'vault_broken' });
    broken.mend();
    expect(await vault.open(sealed, identity)).toBe('secret');
  });
});
