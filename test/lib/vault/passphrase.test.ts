import { expect, it } from 'vitest';
import { createPassphrase } from '../../../lib/vault/passphrase.ts';
import { sealWith } from '../../../lib/vault/encryption.ts';
import { identityOf } from '../../../lib/vault/sealed-places.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { unwrapKey, wrapKey } from '../../../lib/vault/wrapped-key.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const typed = 'correct horse battery';

function open() {
  const ports = createFakePorts();
  const vault = createVault(ports);
  const passphrase = createPassphrase(ports, vault, vault.key);
  const keyIds = async () => (await (await vault.database.get()).getAll('keys')).map(({ id }) => id);
  return { ports, vault, passphrase, keyIds };
}

it('keeps a secret that was sealed with the former key and written after the passphrase was set', async () => {
  const { ports, vault, passphrase, keyIds } = open();
  const late = identityOf.registration('authing', 'poolSecret');
  await vault.seal('to have a key', late);
  const former = await vault.key.get();
  await passphrase.set(typed);
  await vault.store.registrations.put({
    provider: 'authing',
    clientId: 'a',
    clientSecret: await vault.seal('new', identityOf.registration('authing', 'clientSecret')),
    authBase: 'https://a.example',
    apiBase: 'https://a.example',
    settings: {},
    secrets: { poolSecret: await sealWith(ports, former, 'late', late) },
  });
  const read = async () => {
    const kept = await vault.store.registrations.find('authing');
    if (kept?.clientSecret === undefined || kept.secrets['poolSecret'] === undefined) throw new Error('gone');
    return [
      await vault.open(kept.clientSecret, identityOf.registration('authing', 'clientSecret')),
      await vault.open(kept.secrets['poolSecret'], late),
    ];
  };
  expect(await read()).toEqual(['new', 'late']);
  await passphrase.tidy();
  expect(await keyIds()).toEqual(['data']);
  expect(await read()).toEqual(['new', 'late']);
});

it.each([
  ['by redirect', identityOf.signIn, {}],
  ['by a device code', identityOf.deviceSignIn, { device: { expiresAt: 1, pollAt: 1, intervalMs: 1 } }],
] as const)('keeps a sign-in under way %s', async (_name, identity, more) => {
  const { vault, passphrase } = open();
  const state = await vault.seal('state', identity('allegro'));
  await vault.store.signIns.put({ provider: 'allegro', startedAt: 1, state, ...more });
  await passphrase.set(typed);
  await passphrase.tidy();
  const kept = await vault.store.signIns.find('allegro');
  if (kept === undefined) throw new Error('gone');
  expect(await vault.open(kept.state, identity('allegro'))).toBe('state');
});

it('raises the work of a wrap of long ago when it is next opened', async () => {
  const { ports, vault, passphrase } = open();
  await passphrase.set(typed);
  const wrapped = await vault.key.findWrapped();
  if (wrapped === undefined) throw new Error('no wrap');
  const raw = await unwrapKey(ports.crypto, wrapped, typed);
  const old = await wrapKey(ports, raw, typed, 1000);
  await (await vault.database.get()).put('keys', { id: 'data', wrapped: old });
  await passphrase.lock();
  await passphrase.unlock(typed);
  expect((await vault.key.findWrapped())?.iterations).toBe(600_000);
  await passphrase.lock();
  await passphrase.unlock(typed);
});
