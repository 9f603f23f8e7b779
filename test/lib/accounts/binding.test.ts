/** Tokens stay with the server and the app that they were given for, whatever is saved in Options afterwards. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bindingOf } from '../../../lib/accounts/binding.ts';
import { refreshAlarm } from '../../../lib/accounts/accounts.ts';
import { findProvider } from '../../../lib/providers/index.ts';
import { createHouse, day, type House, routes } from './create-house.ts';

let house: House;
let id: string;
beforeEach(async () => {
  house = await createHouse();
  id = await house.signIn();
});
afterEach(() => house.vault.database.close());

const usual = {
  provider: 'steemlogin',
  clientId: 'latchkey.app',
  authBase: 'https://steemlogin.com',
  apiBase: 'https://api.steemlogin.com',
};
type Saved = typeof usual & { clientSecret?: string };
const save = (changes: Partial<Saved> = {}) => house.registrations.save({ ...usual, ...changes });
const changes: Partial<typeof usual>[] = [
  { apiBase: 'https://evil.example' },
  { authBase: 'https://evil.example' },
  { clientId: 'other.app' },
];
const health = async () => (await house.accounts.list())[0]?.health;
const needsSignIn = { state: 'needs_sign_in', trouble: 'service_changed' };

/** As one of before grants said what they are bound to. */
async function forgetBinding(): Promise<void> {
  const grant = { ...(await house.grant(id)) };
  delete grant.boundTo;
  await house.vault.store.grants.put(grant);
}

describe.each(changes)('a service saved with %o', (changed) => {
  it.each([false, true])('is shown no token of the one before (a grant of long ago: %s)', async (isOld) => {
    if (isOld) await forgetBinding();
    await save(changed);
    const { requests } = house.ports.seen;
    const before = requests.length;
    expect(await health()).toMatchObject(needsSignIn);
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'service_changed' });
    await expect(house.accounts.accessAfterRejection(id, 'another')).rejects.toMatchObject({
      code: 'service_changed',
    });
    house.ports.clock.advance(8 * day);
    await house.accounts.onAlarm();
    await house.accounts.signOut(id);
    expect(requests.slice(before)).toEqual([]);
  });

  it('takes the accounts as they were once it is as it was', async () => {
    const token = await house.accessToken(id);
    await save(changed);
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'service_changed' });
    await save();
    expect(await house.accessToken(id)).toBe(token);
    expect(await health()).toMatchObject({ state: 'fresh' });
  });
});

it('rings no alarm for accounts that wait for the person, and tells of them', async () => {
  await save({ apiBase: 'https://evil.example' });
  await house.accounts.follow();
  expect(house.ports.alarmTimes.get(refreshAlarm)).toBeUndefined();
  expect(house.ports.seen.badge).toBe('!');
});

it('keeps what a renewal brings that was under way, for the service that it came from', async () => {
  const answer = Promise.withResolvers<Response>();
  const asked = Promise.withResolvers<undefined>();
  house.ports.script.http[routes.token] = () => {
    asked.resolve(undefined);
    return answer.promise;
  };
  const renewal = house.accounts.refreshNow(id);
  await asked.promise;
  await save({ apiBase: 'https://evil.example' });
  answer.resolve(
    Response.json({ access_token: 'PLANTED-LATE', refresh_token: 'PLANTED-LATER', expires_in: 604800 }),
  );
  await renewal;
  expect(await health()).toMatchObject(needsSignIn);
  await save();
  expect(await house.accessToken(id)).toBe('PLANTED-LATE');
});

it('is told what it was bound to also while a renewal is under way that fails', async () => {
  await forgetBinding();
  const answer = Promise.withResolvers<Response>();
  const asked = Promise.withResolvers<undefined>();
  house.ports.script.http[routes.token] = () => {
    asked.resolve(undefined);
    return answer.promise;
  };
  const renewal = house.accounts.refreshNow(id);
  await asked.promise;
  await save({ apiBase: 'https://evil.example' });
  answer.resolve(new Response('', { status: 503 }));
  await renewal.catch(() => undefined);
  expect(await health()).toMatchObject(needsSignIn);
});

/** Somebody saves another service after a grant was read and before its client is. */
function saveInBetween(): void {
  const read = house.registrations.client.bind(house.registrations);
  house.registrations.client = async (provider) => {
    house.registrations.client = read;
    await save({ apiBase: 'https://evil.example' });
    return read(provider);
  };
}

it('that becomes another just before its tokens are used is shown none of them', async () => {
  await forgetBinding();
  const before = house.ports.seen.requests.length;
  saveInBetween();
  await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'service_changed' });
  expect(house.ports.seen.requests.slice(before)).toEqual([]);
});

it('that becomes another just before a renewal is shown no refresh token, and renews once it is as it was', async () => {
  const token = await house.accessToken(id);
  await forgetBinding();
  const before = house.ports.seen.requests.length;
  saveInBetween();
  await expect(house.accounts.accessAfterRejection(id, token)).rejects.toMatchObject({
    code: 'service_changed',
  });
  expect(house.ports.seen.requests.slice(before)).toEqual([]);
  expect(await health()).toMatchObject(needsSignIn);
  await save();
  await house.accounts.onAlarm();
  expect(await health()).toMatchObject({ state: 'fresh' });
});

it('is signed in anew at the service as it is now', async () => {
  await save({ clientId: 'other.app' });
  await house.accounts.signIn('steemlogin', { renew: id });
  expect(await health()).toMatchObject({ state: 'fresh' });
  expect((await house.grant(id)).boundTo).toContain('other.app');
});

it('takes a registration that is there and damaged for another', async () => {
  await forgetBinding();
  const database = await house.vault.database.get();
  await database.put('registrations', { provider: 'steemlogin' } as never);
  await save({ clientSecret: 'PLANTED-SECRET' });
  expect(await health()).toMatchObject(needsSignIn);
});

it('leaves the address out where nobody can type another, so that a newer Latchkey may know a better one', () => {
  const provider = findProvider('x');
  if (provider === undefined) throw new Error('no X');
  const client = {
    provider,
    clientId: 'mine',
    bases: { auth: 'https://one', api: 'https://two' },
    settings: {},
  };
  expect(bindingOf(client)).toBe('mine');
});
