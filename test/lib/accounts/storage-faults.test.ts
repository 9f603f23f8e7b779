/** Accounts over a storage that fails: a full disk, a key that is gone, a clock that jumps, a thousand of them due at once. */
import { beforeEach, describe, expect, it } from 'vitest';
import { refreshAlarm } from '../../../lib/accounts/accounts.ts';
import { refreshTakesAtMost } from '../../../lib/accounts/timing.ts';
import { AppError } from '../../../lib/errors.ts';
import { createPassphrase } from '../../../lib/vault/passphrase.ts';
import { breakWrites } from '../../fakes/break-storage.ts';
import {
  createHouse,
  day,
  dump,
  type House,
  invalidGrant,
  routes,
  signInAtSteemconnect,
} from './create-house.ts';

const week = 7 * day;
let house: House;
let id: string;
const health = async () => (await house.accounts.list()).find(({ account }) => account.id === id)?.health;
const isGrant = (state: string) => (record: unknown) =>
  typeof record === 'object' && record !== null && Reflect.get(record, 'state') === state;
/** Lets what goes on in the background go on. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

beforeEach(async () => {
  house = await createHouse();
  id = await house.signIn();
});

describe('a full disk', () => {
  it('stops a renewal before the service is asked, so that no token is spent', async () => {
    house.ports.clock.advance(week);
    const before = house.tokenCalls();
    const broken = breakWrites();
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'storage_full' });
    expect(house.tokenCalls()).toBe(before);
    broken.mend();
    expect(await house.accessToken(id)).toMatch(/^PLANTED-ACCESS/);
    expect(house.tokenCalls()).toBe(before + 1);
  });

  it.each(['request', 'commit'] as const)(
    'at the moment a new pair is to be kept (%s): it is used from memory, told, and kept when there is room',
    async (at) => {
      house.ports.clock.advance(week);
      const broken = breakWrites({ at, store: 'grants', when: isGrant('live') });
      const token = await house.accessToken(id);
      const spent = house.tokenCalls();
      // The mark stays, for whoever comes after this worker.
      expect(await house.grant(id)).toMatchObject({ state: 'refreshing' });
      expect(await health()).toMatchObject({ state: 'try_later', trouble: 'tokens_unsaved' });
      expect(house.ports.seen).toMatchObject({ badge: '!', title: 'error_tokens_unsaved' });
      expect(house.ports.alarmTimes.get(refreshAlarm)).toBeLessThanOrEqual(house.ports.clock.now() + 60_000);
      // Asked again, by whatever road, the service is not: the pair in memory is the one in force.
      expect(await house.accessToken(id)).toBe(token);
      house.ports.clock.advance(refreshTakesAtMost);
      await house.accounts.onAlarm();
      expect(house.tokenCalls()).toBe(spent);
      expect(broken.count()).toBeGreaterThan(1);

      house.ports.seen.announced.length = 0;
      broken.mend();
      await settle();
      house.ports.clock.advance(20_000);
      await settle();
      expect(await house.grant(id)).toMatchObject({ state: 'live' });
      expect((await health())?.state).toBe('fresh');
      expect(house.tokenCalls()).toBe(spent);
      // Views and toolbar button hear of it.
      expect(house.ports.seen).toMatchObject({ badge: '', title: 'badge_title' });
      expect(house.ports.seen.announced).toContain('accounts');
      // On disk, for the next worker.
      expect((await house.startBeside().access(id)).accessToken).toBe(token);
    },
  );

  it.each([
    ['nothing can be written', {}],
    ['a new pair can’t be kept', { store: 'grants', when: isGrant('live') }],
  ])('lasts: %s, and the alarm rings every now and then, not every second', async (_name, breakage) => {
    house.ports.clock.advance(week);
    breakWrites(breakage);
    await house.accounts.onAlarm();
    const { alarmTimes, clock } = house.ports;
    const end = clock.now() + 600_000;
    let rings = 0;
    for (let at = alarmTimes.get(refreshAlarm) ?? end; at < end; at = alarmTimes.get(refreshAlarm) ?? end) {
      alarmTimes.delete(refreshAlarm);
      clock.advance(Math.max(0, at - clock.now()));
      await house.accounts.onAlarm();
      rings += 1;
    }
    expect(rings).toBeGreaterThan(5);
    expect(rings).toBeLessThan(30);
  });

  it('and a worker that dies meanwhile: the next finds the mark and says honestly how it ends', async () => {
    house.ports.clock.advance(week);
    breakWrites({ store: 'grants', when: isGrant('live') });
    await house.accessToken(id);
    const other = house.startBeside();
    house.ports.script.http[routes.token] = invalidGrant;
    await expect(other.access(id)).rejects.toMatchObject({ code: 'needs_sign_in' });
    expect((await other.list())[0]?.health).toMatchObject({ state: 'needs_sign_in' });
  });

  it('lets nothing be renewed with a pair that is in memory alone, so that no later word on it is lost', async () => {
    house.ports.clock.advance(week);
    const broken = breakWrites({ store: 'grants', when: isGrant('live') });
    const token = await house.accessToken(id);
    const spent = house.tokenCalls();
    house.ports.script.http[routes.token] = invalidGrant;
    const afterRejection = () => house.accounts.accessAfterRejection(id, token);
    await expect(afterRejection()).rejects.toMatchObject({ code: 'tokens_unsaved' });
    expect(house.tokenCalls()).toBe(spent);

    broken.mend();
    await expect(afterRejection()).rejects.toMatchObject({ code: 'needs_sign_in' });
    await settle();
    house.ports.clock.advance(20_000);
    await settle();
    expect(await house.grant(id)).toMatchObject({ state: 'needs_sign_in' });
    expect(await health()).toMatchObject({ state: 'needs_sign_in' });
  });

  it('and a sign-in while the new pair is in memory alone: the sign-in is in force at once', async () => {
    house.ports.clock.advance(week);
    const broken = breakWrites({ store: 'grants', when: isGrant('live') });
    const remembered = await house.accessToken(id);
    broken.mend();
    expect(await house.signIn()).toBe(id);
    expect(await house.accessToken(id)).not.toBe(remembered);
    expect((await health())?.state).toBe('fresh');
  });

  it('and another context that renewed meanwhile: its pair, which is newer, stays', async () => {
    house.ports.clock.advance(week);
    const broken = breakWrites({ store: 'grants', when: isGrant('live') });
    await house.accessToken(id);
    broken.mend();
    const { accessToken } = await house.startBeside().access(id);
    house.ports.clock.advance(20_000);
    await settle();
    expect(await house.accessToken(id)).toBe(accessToken);
    expect(await house.grant(id)).toMatchObject({ state: 'live', renewals: 1 });
  });

  it('and another context that was refused the older pair: the newer one is kept all the same', async () => {
    house.ports.clock.advance(week);
    const broken = breakWrites({ store: 'grants', when: isGrant('live') });
    const remembered = await house.accessToken(id);
    house.ports.script.http[routes.token] = invalidGrant;
    await expect(house.startBeside().access(id)).rejects.toMatchObject({ code: 'needs_sign_in' });
    broken.mend();
    house.ports.clock.advance(20_000);
    await settle();
    expect((await house.startBeside().access(id)).accessToken).toBe(remembered);
  });

  it('a sign-out while the new pair is in memory alone: it never comes back', async () => {
    house.ports.clock.advance(week);
    const broken = breakWrites({ store: 'grants', when: isGrant('live') });
    await house.accessToken(id);
    await house.accounts.signOut(id);
    broken.mend();
    await settle();
    house.ports.clock.advance(20_000);
    await settle();
    expect(await house.accounts.list()).toEqual([]);
    expect(await dump(house.vault)).not.toContain(id);
  });

  it('stops a sign-in before its page opens, and leaves the account as it was', async () => {
    const before = await house.grant(id);
    const pages = house.ports.seen.signInPages.length;
    const broken = breakWrites();
    await expect(house.accounts.signIn('steemlogin')).rejects.toMatchObject({ code: 'storage_full' });
    expect(house.ports.seen.signInPages).toHaveLength(pages);
    broken.mend();
    expect(await house.grant(id)).toEqual(before);
    expect(await house.signIn()).toBe(id);
  });

  it('when the tokens of a sign-in are to be kept: told, nothing half kept, and the next sign-in works', async () => {
    house.person = 'carol';
    const broken = breakWrites({ store: 'grants' });
    await expect(house.accounts.signIn('steemlogin')).rejects.toMatchObject({ code: 'storage_full' });
    broken.mend();
    expect((await house.accounts.list()).map(({ account }) => account.name)).toEqual(['bob']);
    expect(await house.vault.store.signIns.list()).toEqual([]);
    house.ports.clock.advance(1000);
    await house.signIn();
    expect((await house.accounts.list()).map(({ account }) => account.name).sort()).toEqual(['bob', 'carol']);
  });
});

describe('tokens of a sign-in for which there is no room', () => {
  const revoked = () =>
    house.ports.seen.requests
      .filter(({ route }) => route === routes.revocation)
      .map(({ headers }) => headers.get('authorization'));
  beforeEach(() => {
    house.ports.script.http[routes.revocation] = () => Response.json({ success: true });
  });

  it('are taken back at the service, where it does that', async () => {
    breakWrites({ store: 'grants' });
    await expect(signInAtSteemconnect(house)).rejects.toMatchObject({ code: 'storage_full' });
    expect(revoked()).toEqual(['PLANTED-V2']);
  });

  it('are told all the same where the service can’t be reached', async () => {
    house.ports.script.http[routes.revocation] = () => Promise.reject(new AppError('network'));
    breakWrites({ store: 'grants' });
    await expect(signInAtSteemconnect(house)).rejects.toMatchObject({ code: 'storage_full' });
  });

  it('are taken back alone: those of the account of before stay', async () => {
    const known = await signInAtSteemconnect(house);
    house.ports.script.http['POST https://steemconnect.com/api/oauth2/token'] = () =>
      Response.json({ access_token: 'PLANTED-V3', refresh_token: 'PLANTED-R3', expires_in: 604800 });
    breakWrites({ store: 'grants' });
    await expect(house.accounts.signIn('steemconnect')).rejects.toMatchObject({ code: 'storage_full' });
    expect(revoked()).toEqual(['PLANTED-V3']);
    expect(await house.accessToken(known)).toBe('PLANTED-V2');
  });
});

describe('a vault that is locked while', () => {
  const lockLater = async () => {
    const passphrase = createPassphrase(house.ports, house.vault, house.vault.key);
    await passphrase.set('a long enough phrase');
    return passphrase;
  };

  it('a renewal is on its way keeps the new pair all the same', async () => {
    const passphrase = await lockLater();
    house.ports.clock.advance(week);
    const usual = house.ports.script.http[routes.token];
    house.ports.script.http[routes.token] = async (request) => {
      await passphrase.lock();
      return usual?.(request) ?? Response.error();
    };
    const spent = house.tokenCalls();
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'vault_locked' });
    expect(house.tokenCalls()).toBe(spent + 1);
    expect(await house.grant(id)).toMatchObject({ state: 'live' });
    await passphrase.unlock('a long enough phrase');
    expect(await house.accessToken(id)).toMatch(/^PLANTED-ACCESS/);
    expect(house.tokenCalls()).toBe(spent + 1);
  });

  it('the person is at the sign-in page keeps what comes back', async () => {
    const passphrase = await lockLater();
    const usual = house.ports.script.http[routes.me];
    house.ports.script.http[routes.me] = async (request) => {
      await passphrase.lock();
      return usual?.(request) ?? Response.error();
    };
    expect(await house.signIn()).toBe(id);
    await passphrase.unlock('a long enough phrase');
    expect(await house.grant(id)).toMatchObject({ generation: 2, state: 'live' });
    expect(await house.accessToken(id)).toMatch(/^PLANTED-ACCESS/);
  });

  it('a token ended says that it waits for the person to unlock', async () => {
    const passphrase = await lockLater();
    await passphrase.lock();
    house.ports.clock.advance(week);
    expect(await health()).toEqual({ state: 'locked' });
    await house.accounts.onAlarm();
    expect(house.ports.alarmTimes.has(refreshAlarm)).toBe(true);
    await house.accounts.refreshNow(id).catch(() => undefined);
    expect(house.ports.alarmTimes.has(refreshAlarm)).toBe(false);
  });
});

describe('a profile copied without its key', () => {
  const keyOf = async () => (await house.vault.database.get()).get('keys', 'data');
  const dropKey = async () => (await house.vault.database.get()).delete('keys', 'data');

  it('asks for each account once more and changes nothing; with its key back all is as before', async () => {
    house.person = 'carol';
    await house.signIn();
    const key = await keyOf();
    if (key === undefined) throw new Error('no key');
    const before = await dump(house.vault);
    await dropKey();
    const lost = await dump(house.vault);

    const moved = house.startBeside();
    house.ports.alarmTimes.clear();
    house.ports.clock.advance(week);
    await moved.start();
    await moved.onAlarm();
    for (const { health } of await moved.list())
      expect(health).toEqual({ state: 'needs_sign_in', trouble: 'vault_key_missing' });
    expect(await dump(house.vault)).toBe(lost);
    // Nothing rings for what nobody can renew.
    expect(house.ports.alarmTimes.has(refreshAlarm)).toBe(false);

    await (await house.vault.database.get()).put('keys', key);
    expect(await dump(house.vault)).toBe(before);
    const spent = house.tokenCalls();
    await house.startBeside().onAlarm();
    expect(house.tokenCalls()).toBe(spent + 2);
    expect((await house.accounts.list()).map(({ health }) => health.state)).toEqual(['fresh', 'fresh']);
  });

  it('has the secret of the person’s app asked for again, and each sign-in alone heals its account', async () => {
    house.person = 'carol';
    const carol = await house.signIn();
    await dropKey();
    const [service] = (await house.registrations.list()).filter(({ provider }) => provider === 'steemlogin');
    expect(service).toMatchObject({ isSetUp: true, hasSecret: false });
    await expect(house.accounts.signIn('steemlogin')).rejects.toMatchObject({
      code: 'vault_secret_lost',
      field: 'clientSecret',
    });
    const typed = {
      provider: 'steemlogin',
      clientId: 'latchkey.app',
      authBase: 'https://steemlogin.com',
      apiBase: 'https://api.steemlogin.com',
    };
    // Without the secret there is nothing to go on with.
    await expect(house.registrations.save(typed)).rejects.toMatchObject({ code: 'vault_secret_lost' });
    await house.registrations.save({ ...typed, clientSecret: 'PLANTED-SECRET' });
    expect(await house.signIn()).toBe(carol);
    const states = async () =>
      Object.fromEntries(
        (await house.accounts.list()).map(({ account, health }) => [account.name, health.state]),
      );
    expect(await states()).toEqual({ bob: 'needs_sign_in', carol: 'fresh' });
    // What can't be opened is not tried again and again.
    const spent = house.tokenCalls();
    house.ports.clock.advance(week);
    await house.accounts.onAlarm();
    expect(house.tokenCalls()).toBe(spent + 1);
    house.person = 'bob';
    expect(await house.signIn()).toBe(id);
    expect(await states()).toEqual({ bob: 'fresh', carol: 'fresh' });
  });

  it('a new profile, with an app that has no secret, has lost nothing', async () => {
    const fresh = await createHouse('');
    expect(await fresh.vault.key.state()).toBe('whole');
    await fresh.signIn();
    expect(await fresh.vault.key.state()).toBe('whole');
  });
});

describe('a clock that is set', () => {
  it('back by a day: what would come a day late is renewed now, once', async () => {
    house.ports.clock.advance(-day);
    await house.accounts.start();
    expect(house.ports.alarmTimes.get(refreshAlarm)).toBeLessThanOrEqual(house.ports.clock.now() + 60_000);
    house.ports.clock.advance(1000);
    const spent = house.tokenCalls();
    await house.accounts.onAlarm();
    await house.accounts.onAlarm();
    expect(house.tokenCalls()).toBe(spent + 1);
    expect(await health()).toEqual({ state: 'fresh', until: house.ports.clock.now() + week });
    expect(house.ports.alarmTimes.get(refreshAlarm)).toBe((await house.grant(id)).dueAt);
  });

  it('forward by a year and right again: every account stays signed in', async () => {
    house.ports.clock.advance(365 * day);
    await house.accounts.start();
    await house.accounts.onAlarm();
    expect((await health())?.state).toBe('fresh');
    house.ports.clock.advance(-365 * day);
    await house.accounts.start();
    house.ports.clock.advance(1000);
    await house.accounts.onAlarm();
    expect(await health()).toEqual({ state: 'fresh', until: house.ports.clock.now() + week });
    expect(await house.accessToken(id)).toMatch(/^PLANTED-ACCESS/);
  });

  it('back while a failed renewal waits for its next try: that is made now', async () => {
    house.ports.clock.advance(week);
    const usual = house.ports.script.http[routes.token];
    house.ports.script.http[routes.token] = () => new Response('', { status: 503 });
    await house.accounts.onAlarm();
    expect((await health())?.state).toBe('try_later');
    house.ports.clock.advance(-day);
    if (usual !== undefined) house.ports.script.http[routes.token] = usual;
    await house.accounts.onAlarm();
    expect((await health())?.state).toBe('fresh');
  });

  it('right after a year ahead in which a silent walk failed: that is made now', async () => {
    const tokenFlow = await createHouse('');
    const account = await tokenFlow.signIn();
    const usual = tokenFlow.ports.script.authorize;
    tokenFlow.ports.clock.advance(365 * day);
    tokenFlow.ports.script.authorize = () => Promise.reject(new AppError('network'));
    await tokenFlow.accounts.onAlarm();
    expect(await tokenFlow.grant(account)).toMatchObject({ state: 'try_later' });
    tokenFlow.ports.clock.advance(-365 * day);
    tokenFlow.ports.script.authorize = usual;
    await tokenFlow.accounts.onAlarm();
    expect(await tokenFlow.grant(account)).toMatchObject({ state: 'live' });
  });

  it('by a little, as time servers do, changes nothing', async () => {
    const spent = house.tokenCalls();
    house.ports.clock.advance(-30_000);
    await house.accounts.start();
    await house.accounts.onAlarm();
    expect(house.tokenCalls()).toBe(spent);
  });
});
