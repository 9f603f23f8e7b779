import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActionError } from '../../../lib/bus/client.ts';
import { envelope } from '../../../lib/bus/envelope.ts';
import { waitAfter } from '../../../lib/app/lock.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { secret, type SandboxApp, signInAs, startSandboxApp } from '../../headless/sandbox-app.ts';

const passphrase = 'correct horse battery';
const day = 24 * 60 * 60_000;
let house: SandboxApp;
let account: string;
let vaults: ReturnType<typeof createVault>[];
beforeEach(async () => {
  vaults = [];
  house = await startSandboxApp();
  account = await signInAs(house, 'steemlogin', 'bob', secret);
});
afterEach(async () => {
  await Promise.all(vaults.map((vault) => vault.database.close()));
  await house.close();
});

const vote = (app = house.app) =>
  app.invoke('vote.cast', {
    request: crypto.randomUUID(),
    account,
    post: 'alice/zhongwen-biaoti',
    weight: 10,
  });
const health = async (app = house.app) => (await app.invoke('accounts.list', {})).accounts[0]?.health;
/** The vault as it lies on the disk, by somebody who has the profile and not the passphrase. */
async function readKeys() {
  const vault = createVault(house.ports);
  vaults.push(vault);
  return (await vault.database.get()).getAll('keys');
}

describe('a passphrase', () => {
  it('is none at first, and nothing is ever locked', async () => {
    expect(await house.app.invoke('lock.state', {})).toEqual({ state: 'none', minutes: 0 });
    expect(await house.app.invoke('lock.now', {})).toMatchObject({ state: 'none' });
    expect(await vote()).toMatchObject({ state: 'done' });
  });

  it('takes the key out of the vault and leaves everything usable', async () => {
    expect(await house.app.invoke('lock.set', { passphrase })).toMatchObject({ state: 'unlocked' });
    expect(await vote()).toMatchObject({ state: 'done' });
    await house.app.invoke('accounts.refresh', { account });
    // What was on its way when the passphrase was set is looked for at the next start.
    await house.app.start();
    expect(await readKeys()).toEqual([
      {
        id: 'data',
        name: expect.any(String) as unknown,
        wrapped: expect.objectContaining({ version: 1, iterations: 600_000 }) as unknown,
      },
    ]);
  });

  it('is asked for after a restart: nothing is readable, nothing is sent, nothing is lost', async () => {
    await house.app.invoke('lock.set', { passphrase });
    const app = house.restart();
    await app.start();
    const before = house.sandbox.requests.count({ host: 'api.steemlogin.com' });
    expect(await app.invoke('lock.state', {})).toMatchObject({ state: 'locked' });
    await expect(vote(app)).rejects.toMatchObject({ refusal: { code: 'vault_locked' } });
    await expect(app.invoke('accounts.refresh', { account })).rejects.toMatchObject({
      refusal: { code: 'vault_locked' },
    });
    await expect(app.invoke('accounts.sign-in', { provider: 'steemlogin' })).rejects.toMatchObject({
      refusal: { code: 'vault_locked' },
    });
    expect(await health(app)).toMatchObject({ state: 'fresh' });
    expect(house.sandbox.requests.count({ host: 'api.steemlogin.com' })).toBe(before);
    await app.invoke('lock.unlock', { passphrase });
    expect(await vote(app)).toMatchObject({ state: 'done' });
  });

  it('lets renewals wait while it is locked, and catches up on them', async () => {
    await house.app.invoke('lock.set', { passphrase });
    const app = house.restart();
    house.clock.advance(8 * day);
    await app.start();
    const asked = { path: '/api/oauth2/token' };
    const before = house.sandbox.requests.count(asked);
    await app.onAlarm('refresh');
    expect(house.sandbox.requests.count(asked)).toBe(before);
    await app.invoke('lock.unlock', { passphrase });
    expect(house.sandbox.requests.count(asked)).toBe(before + 1);
    expect(await health(app)).toMatchObject({ state: 'fresh' });
  });

  it('keeps a renewal that came in while it was being set', async () => {
    const [renewed] = await Promise.all([
      house.app.invoke('accounts.refresh', { account }),
      house.app.invoke('lock.set', { passphrase }),
    ]);
    expect(renewed.account.health).toMatchObject({ state: 'fresh' });
    expect(await vote()).toMatchObject({ state: 'done' });
    await house.app.start();
    expect((await readKeys()).map(({ id }) => id)).toEqual(['data']);
    await house.app.invoke('accounts.refresh', { account });
  });

  it('set, taken away and set again keeps a renewal that was under way all the time', async () => {
    const held = house.sandbox.misbehave({
      path: '/api/oauth2/token',
      how: { kind: 'hold', when: 'after' },
    });
    const renewing = house.app.invoke('accounts.refresh', { account });
    await held.hit;
    await house.app.invoke('lock.set', { passphrase });
    await house.app.invoke('lock.remove', { passphrase });
    await house.app.invoke('lock.set', { passphrase });
    house.sandbox.behave();
    expect((await renewing).account.health).toMatchObject({ state: 'fresh' });
    expect(await vote()).toMatchObject({ state: 'done' });
    await house.app.start();
    expect((await readKeys()).map(({ id }) => id)).toEqual(['data']);
    await house.app.invoke('accounts.refresh', { account });
  });

  it('can be changed and taken away, by those who know it', async () => {
    await house.app.invoke('lock.set', { passphrase });
    await expect(
      house.app.invoke('lock.change', { passphrase: 'something else', next: 'another one' }),
    ).rejects.toMatchObject({ refusal: { code: 'wrong_passphrase', field: 'passphrase' } });
    await house.app.invoke('lock.change', { passphrase, next: 'another one' });
    let app = house.restart();
    await expect(app.invoke('lock.unlock', { passphrase })).rejects.toMatchObject({
      refusal: { code: 'wrong_passphrase' },
    });
    await app.invoke('lock.unlock', { passphrase: 'another one' });
    await expect(app.invoke('lock.remove', { passphrase })).rejects.toMatchObject({
      refusal: { code: 'wrong_passphrase' },
    });
    expect(await app.invoke('lock.remove', { passphrase: 'another one' })).toMatchObject({ state: 'none' });
    app = house.restart();
    expect(await vote(app)).toMatchObject({ state: 'done' });
    expect((await readKeys()).find(({ id }) => id === 'data')).toMatchObject({ key: { extractable: false } });
  });

  it.each([
    ['lock.set', { passphrase: 'short' }, 'passphrase_too_short', 'passphrase'],
    ['lock.unlock', { passphrase }, 'bad_input', 'passphrase'],
    ['lock.remove', { passphrase }, 'bad_input', 'passphrase'],
    ['lock.after', { minutes: 7 }, 'bad_input', 'minutes'],
  ] as const)('refuses %s %j', async (action, input, code, field) => {
    await expect(house.app.invoke(action, input as never)).rejects.toMatchObject({
      refusal: { code, field },
    });
  });

  it('is the same however the keyboard writes its letters', async () => {
    await house.app.invoke('lock.set', { passphrase: 'zażółć gęślą'.normalize('NFC') });
    const app = house.restart();
    await app.invoke('lock.unlock', { passphrase: 'zażółć gęślą'.normalize('NFD') });
    expect(await vote(app)).toMatchObject({ state: 'done' });
  });
});

describe('a wrong passphrase', () => {
  it('waits longer each time, over restarts too, and a right one ends that', async () => {
    await house.app.invoke('lock.set', { passphrase });
    const guess = (app = house.app) => app.invoke('lock.unlock', { passphrase: 'wrong one' });
    for (let tries = 0; tries < 3; tries += 1)
      await expect(guess()).rejects.toMatchObject({ refusal: { code: 'wrong_passphrase' } });
    const app = house.restart();
    await expect(guess(app)).rejects.toMatchObject({ refusal: { code: 'passphrase_wait' } });
    await expect(app.invoke('lock.unlock', { passphrase })).rejects.toMatchObject({
      refusal: { code: 'passphrase_wait' },
    });
    house.clock.advance(waitAfter(3));
    await app.invoke('lock.unlock', { passphrase });
    await expect(app.invoke('lock.remove', { passphrase: 'wrong one' })).rejects.toMatchObject({
      refusal: { code: 'wrong_passphrase' },
    });
  });

  it('is one of three free ones, also where many are tried at once', async () => {
    await house.app.invoke('lock.set', { passphrase });
    await house.app.invoke('lock.now', {});
    const tries = Array.from({ length: 6 }, () =>
      house.app.invoke('lock.unlock', { passphrase: 'wrong one' }),
    );
    const codes = (await Promise.allSettled(tries)).map(
      (end) => end.status === 'rejected' && end.reason instanceof ActionError && end.reason.refusal.code,
    );
    expect(codes.filter((code) => code === 'wrong_passphrase')).toHaveLength(3);
    expect(codes.filter((code) => code === 'passphrase_wait')).toHaveLength(3);
  });

  it('never makes anybody wait more than five minutes', () => {
    expect([0, 2, 3, 4, 5, 100].map(waitAfter)).toEqual([0, 0, 5000, 10_000, 20_000, 300_000]);
  });
});

describe('locking by itself', () => {
  const open = (app = house.app) =>
    app.dispatch({ protocol: 'latchkey/1', action: 'lock.state', input: {} }, { kind: 'popup' });

  it('comes after the minutes without use that the person chose', async () => {
    await house.app.invoke('lock.set', { passphrase });
    expect(house.ports.alarmTimes.get('lock')).toBeUndefined();
    await house.app.invoke('lock.after', { minutes: 5 });
    const first = house.ports.alarmTimes.get('lock') ?? 0;
    expect(Math.abs(first - house.clock.now() - 5 * 60_000)).toBeLessThan(60_000);
    house.clock.advance(60_000);
    await open();
    expect((house.ports.alarmTimes.get('lock') ?? 0) - first).toBeGreaterThanOrEqual(60_000);
    await house.app.onAlarm('lock');
    expect(await house.app.invoke('lock.state', {})).toEqual({ state: 'locked', minutes: 5 });
    await expect(vote()).rejects.toMatchObject({ refusal: { code: 'vault_locked' } });
  });
});

describe('a clock that is set back', () => {
  const options = { kind: 'options' } as const;
  /** A person at a view asks something. */
  const ask = () => house.app.dispatch(envelope('lock.state', {}), options);
  beforeEach(async () => {
    await house.app.invoke('lock.set', { passphrase });
    await house.app.invoke('lock.after', { minutes: 15 });
  });

  it('keeps no vault open for a day more: it is locked at the next use or start', async () => {
    await ask();
    house.clock.advance(-day);
    expect(await ask()).toMatchObject({ value: { state: 'locked' } });
    await house.app.invoke('lock.unlock', { passphrase });
    house.clock.advance(-day);
    await house.app.start();
    expect(await house.app.invoke('lock.state', {})).toMatchObject({ state: 'locked' });
  });

  it('or forward by a year locks too, by a minute neither way', async () => {
    await ask();
    house.clock.advance(-50_000);
    expect(await ask()).toMatchObject({ value: { state: 'unlocked' } });
    house.clock.advance(365 * day);
    expect(await ask()).toMatchObject({ value: { state: 'locked' } });
  });

  it('spares nobody the wait after wrong passphrases, and makes none longer than it would have been', async () => {
    await house.app.invoke('lock.now', {});
    for (let tries = 0; tries < 5; tries += 1) {
      house.clock.advance(waitAfter(tries));
      await expect(house.app.invoke('lock.unlock', { passphrase: 'not the one' })).rejects.toMatchObject({
        refusal: { code: 'wrong_passphrase' },
      });
    }
    house.clock.advance(-day);
    await expect(house.app.invoke('lock.unlock', { passphrase })).rejects.toMatchObject({
      refusal: { code: 'passphrase_wait' },
    });
    house.clock.advance(waitAfter(5));
    expect(await house.app.invoke('lock.unlock', { passphrase })).toMatchObject({ state: 'unlocked' });
  });
});
