import { expect, it } from 'vitest';
import { createPassphrase } from '../../../lib/vault/passphrase.ts';
import { sealWith } from '../../../lib/vault/encryption.ts';
import { identityOf } from '../../../lib/vault/sealed-places.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { unwrapKey, wrapKey } from '../../../lib/vault/wrapped-key.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const typed = 'correct horse battery';

const registration = {
  provider: 'authing',
  clientId: 'a',
  authBase: 'https://a.example',
  apiBase: 'https://a.example',
  settings: {},
  secrets: {},
};
const grant = {
  account: 'one',
  generation: 1,
  signedInAt: 0,
  renewsSilently: true,
  expiresAt: 1,
  dueAt: 1,
  attempts: 0,
  isRepeat: false,
  isRejected: false,
};

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
    ...registration,
    clientSecret: await vault.seal('new', identityOf.registration('authing', 'clientSecret')),
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

it('keeps what was sealed before the passphrase was set, taken away and set again', async () => {
  const { ports, vault, passphrase, keyIds } = open();
  const late = identityOf.registration('authing', 'poolSecret');
  await vault.seal('to have a key', late);
  const first = await vault.key.get();
  await passphrase.set(typed);
  await vault.store.registrations.put({
    ...registration,
    secrets: { poolSecret: await sealWith(ports, first, 'late', late) },
  });
  await passphrase.remove(typed);
  await passphrase.set(typed);
  const read = async () => {
    const sealed = (await vault.store.registrations.find('authing'))?.secrets['poolSecret'];
    return sealed && vault.open(sealed, late);
  };
  expect(await read()).toBe('late');
  await passphrase.tidy();
  expect(await keyIds()).toEqual(['data']);
  expect(await read()).toBe('late');
});

it('opens what an older version left with its one former key, and seals it anew', async () => {
  const { ports, vault, passphrase, keyIds } = open();
  const late = identityOf.registration('authing', 'poolSecret');
  await vault.seal('to have a key', late);
  const first = await vault.key.get();
  await passphrase.set(typed);
  await vault.store.registrations.put({
    ...registration,
    secrets: { poolSecret: await sealWith(ports, first, 'late', late) },
  });
  // That version gave keys no names.
  const wrapped = await vault.key.findWrapped();
  const database = await vault.database.get();
  for (const id of await keyIds()) await database.delete('keys', id);
  await database.put('keys', { id: 'former', key: first });
  await database.put('keys', { id: 'data', wrapped } as never);
  const read = async () => {
    const sealed = (await vault.store.registrations.find('authing'))?.secrets['poolSecret'];
    return sealed && vault.open(sealed, late);
  };
  expect(await read()).toBe('late');
  await passphrase.tidy();
  expect(await keyIds()).toEqual(['data']);
  expect(await read()).toBe('late');
});

it('keeps a key that is gone by the time that what it sealed is written', async () => {
  const { vault, passphrase, keyIds } = open();
  const late = identityOf.registration('authing', 'poolSecret');
  const prepared = await vault.prepareSeal();
  await passphrase.set(typed);
  await passphrase.tidy();
  expect(await keyIds()).toEqual(['data']);
  const secrets = { poolSecret: await prepared.seal('late', late) };
  await vault.write(['registrations', 'keys'], async (transaction) => {
    await prepared.keepKey(transaction.objectStore('keys'));
    await transaction.objectStore('registrations').put({ ...registration, secrets });
  });
  expect(await vault.open(secrets.poolSecret, late)).toBe('late');
  await passphrase.tidy();
  expect(await keyIds()).toEqual(['data']);
  const kept = (await vault.store.registrations.find('authing'))?.secrets['poolSecret'];
  expect(kept && (await vault.open(kept, late))).toBe('late');
});

it('keeps the former key as long as a renewal under way may need it', async () => {
  const { vault, passphrase, keyIds } = open();
  const accessToken = await vault.seal('token', identityOf.grant('one', 'accessToken'));
  await vault.store.grants.put({ ...grant, accessToken, state: 'refreshing', refreshingSince: 1 });
  await passphrase.set(typed);
  await passphrase.tidy();
  expect(await keyIds()).toHaveLength(2);
  expect(await vault.open(accessToken, identityOf.grant('one', 'accessToken'))).toBe('token');
});

it('is set by one of two who set it at once, and nothing is lost', async () => {
  const { vault, passphrase } = open();
  const identity = identityOf.registration('authing', 'clientSecret');
  const clientSecret = await vault.seal('secret', identity);
  await vault.store.registrations.put({ ...registration, clientSecret });
  const ends = await Promise.allSettled([passphrase.set(typed), passphrase.set('another long phrase')]);
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  await passphrase.lock();
  await passphrase.unlock(typed);
  const kept = (await vault.store.registrations.find('authing'))?.clientSecret;
  expect(kept && (await vault.open(kept, identity))).toBe('secret');
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
  await (await vault.database.get()).put('keys', { id: 'data', name: '', wrapped: old });
  await passphrase.lock();
  await passphrase.unlock(typed);
  expect((await vault.key.findWrapped())?.iterations).toBe(600_000);
  await passphrase.lock();
  await passphrase.unlock(typed);
});
