import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxApp, startSandboxApp } from '../../headless/sandbox-app.ts';
import { createSandboxHttp } from '../../headless/sandbox-http.ts';
import {
  seededAllegroDeviceApp,
  seededAllegroSecretApp,
  seededAllegroUsers,
} from '../../sandbox/allegro/seed.ts';
import { textAnswer } from '../../sandbox/index.ts';

const provider = 'allegro';
const { seller } = seededAllegroUsers;

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const save = (registration: object = seededAllegroDeviceApp) =>
  house.app.invoke('services.save', {
    provider,
    clientId: '',
    authBase: '',
    apiBase: '',
    settings: { kind: 'device' },
    ...registration,
  });
const begin = async () => {
  await save();
  return house.app.invoke('accounts.begin-device', { provider });
};
const check = (app = house.app) => app.invoke('accounts.check-device', { provider });
/** Waits as long as it is told to, and asks. */
const checkWhenDue = async (pollAt: number) => {
  house.clock.advance(Math.max(0, pollAt - house.clock.now()));
  return check();
};
const press = (userCode: string, answer: Record<string, string>) =>
  createSandboxHttp(house.sandbox.port)(
    new Request('https://allegro.pl/skojarz-aplikacje', {
      method: 'POST',
      body: new URLSearchParams({ code: userCode, ...answer }),
    }),
  );
const polls = () => house.sandbox.requests.count({ path: '/auth/oauth/token' });
const refuses = (code: string) => ({ refusal: { code } });
const listAccounts = async (app = house.app) => (await app.invoke('accounts.list', {})).accounts;

describe('signing in by a code', () => {
  it('shows the code, asks by the interval, and keeps what comes with all rights', async () => {
    const wait = await begin();
    expect(wait).toMatchObject({
      state: 'waiting',
      page: 'https://allegro.pl/skojarz-aplikacje',
      pageWithCode: `https://allegro.pl/skojarz-aplikacje?code=${wait.userCode}`,
    });
    expect(wait.expiresAt - house.clock.now()).toBeGreaterThan(3_590_000);
    // Too early: nothing is asked.
    expect(await check()).toMatchObject({ state: 'waiting', userCode: wait.userCode });
    expect(polls()).toBe(0);
    const second = await checkWhenDue(wait.pollAt);
    expect(second).toMatchObject({ state: 'waiting' });
    await press(wait.userCode, { allow: seller });
    const end = await checkWhenDue(second.state === 'waiting' ? second.pollAt : 0);
    expect(end).toMatchObject({ state: 'signed_in', account: { name: seller, health: { state: 'fresh' } } });
    expect(polls()).toBe(2);
    expect((await listAccounts())[0]?.scopes).toHaveLength(4);
    expect(await check()).toEqual({ state: 'none' });
    expect((await house.app.invoke('journal.list', {})).entries).toMatchObject([
      { action: 'accounts.sign-in', outcome: 'done', account: seller },
    ]);
    const [{ id: account } = { id: '' }] = await listAccounts();
    await house.app.invoke('accounts.refresh', { account });
    const page = await house.app.invoke('lookup.run', { account, lookup: 'offers', params: {} });
    expect(page.rows).toHaveLength(20);
  });

  it.each([true, false])('reads numbers, as texts (%s) or not', async (asText) => {
    house.sandbox.allegro.writesDeviceNumbersAsText = asText;
    const { pollAt } = await begin();
    expect(pollAt - house.clock.now()).toBeGreaterThan(4000);
  });

  it('is done by the alarm when no view is open, whatever worker began it', async () => {
    const { userCode } = await begin();
    const next = house.restart();
    await next.start();
    expect(house.ports.alarmTimes.get('device-sign-in')).toBeGreaterThanOrEqual(house.clock.now() + 29_000);
    await press(userCode, { allow: seller });
    house.clock.advance(30_000);
    await next.onAlarm('device-sign-in');
    expect(await listAccounts(next)).toMatchObject([{ name: seller }]);
    expect(await check(next)).toEqual({ state: 'none' });
    expect((await next.invoke('journal.list', {})).entries).toMatchObject([{ outcome: 'done' }]);
  });

  it('is found again by a view that opens later', async () => {
    const { userCode } = await begin();
    const next = house.restart();
    await next.start();
    expect(await check(next)).toMatchObject({ state: 'waiting', userCode });
    expect((await next.invoke('journal.list', {})).entries).toEqual([]);
  });

  it('asks less often when Allegro says so', async () => {
    const { pollAt } = await begin();
    house.sandbox.allegro.nextError(
      { status: 400, headers: {}, body: '{"error":"slow_down"}' },
      { path: '/auth/oauth/token' },
    );
    const next = await checkWhenDue(pollAt);
    if (next.state !== 'waiting') throw new Error('not waiting');
    expect(next.pollAt - house.clock.now()).toBeGreaterThan(9000);
    const later = await checkWhenDue(next.pollAt);
    expect(later).toMatchObject({ state: 'waiting' });
    expect(later.state === 'waiting' && later.pollAt - house.clock.now()).toBeGreaterThan(9000);
  });

  it('waits longer and says why when Allegro can not be asked, and goes on', async () => {
    const { pollAt, userCode } = await begin();
    house.sandbox.allegro.nextError(textAnswer('Invalid CORS request', 403), { path: '/auth/oauth/token' });
    const next = await checkWhenDue(pollAt);
    if (next.state !== 'waiting') throw new Error('not waiting');
    expect(next.trouble).toMatch(/^Allegro took Latchkey for a web page/);
    expect(next.pollAt - house.clock.now()).toBeGreaterThan(9000);
    await press(userCode, { allow: seller });
    expect(await checkWhenDue(next.pollAt)).toMatchObject({ state: 'signed_in' });
  });

  it('says when the person refused', async () => {
    const { pollAt, userCode } = await begin();
    await press(userCode, { refuse: 'yes' });
    await expect(checkWhenDue(pollAt)).rejects.toMatchObject(refuses('device_refused'));
    expect(await check()).toEqual({ state: 'none' });
    expect((await house.app.invoke('journal.list', {})).entries).toMatchObject([{ code: 'device_refused' }]);
  });

  it('ends with the code, at our clock or at Allegro’s', async () => {
    const { expiresAt } = await begin();
    await expect(checkWhenDue(expiresAt)).rejects.toMatchObject(refuses('device_code_expired'));
    const again = await begin();
    const tooOld = { status: 400, headers: {}, body: '{"error":"expired_token"}' };
    house.sandbox.allegro.nextError(tooOld, { path: '/auth/oauth/token' });
    await expect(checkWhenDue(again.pollAt)).rejects.toMatchObject(refuses('device_code_expired'));
  });

  it('says that a code was used whose tokens never arrived', async () => {
    const { pollAt, userCode } = await begin();
    await press(userCode, { allow: seller });
    house.sandbox.misbehave({ path: '/auth/oauth/token', times: 1, how: 'drop-after' });
    const next = await checkWhenDue(pollAt);
    expect(next).toMatchObject({ state: 'waiting' });
    await expect(checkWhenDue(next.state === 'waiting' ? next.pollAt : 0)).rejects.toMatchObject(
      refuses('device_code_used'),
    );
  });

  it('keeps tokens that were on their way when the vault was locked', async () => {
    const { pollAt, userCode } = await begin();
    const passphrase = 'correct horse battery';
    await house.app.invoke('lock.set', { passphrase });
    await press(userCode, { allow: seller });
    const rule = house.sandbox.misbehave({
      ...{ path: '/auth/oauth/token', times: 1 },
      how: { kind: 'hold', when: 'after' },
    });
    const asking = checkWhenDue(pollAt);
    await rule.hit;
    await house.app.invoke('lock.now', {});
    rule.release();
    expect(await asking).toMatchObject({ state: 'signed_in', account: { name: seller } });
    await house.app.invoke('lock.unlock', { passphrase });
    const [account] = await listAccounts();
    expect(account).toMatchObject({ name: seller, health: { state: 'fresh' } });
    expect(await check()).toEqual({ state: 'none' });
  });

  it('forgets the code on cancel, also while Allegro is being asked', async () => {
    const { pollAt, userCode } = await begin();
    await press(userCode, { allow: seller });
    const rule = house.sandbox.misbehave({ path: '/auth/oauth/token', times: 1, how: { kind: 'hold' } });
    const asking = checkWhenDue(pollAt);
    await rule.hit;
    await house.app.invoke('accounts.cancel-device', { provider });
    rule.release();
    expect(await asking).toEqual({ state: 'none' });
    expect(await listAccounts()).toEqual([]);
    expect(house.ports.alarmTimes.has('device-sign-in')).toBe(false);
  });
});

describe('a key that does not fit', () => {
  it('says so for a browser key, and for a device key without its secret', async () => {
    await save(seededAllegroSecretApp);
    const asked = house.app.invoke('accounts.begin-device', { provider });
    await expect(asked).rejects.toMatchObject(refuses('allegro_wrong_app_type'));
    await save({ clientId: seededAllegroDeviceApp.clientId, clientSecret: '' });
    await expect(house.app.invoke('accounts.begin-device', { provider })).rejects.toMatchObject({
      refusal: { code: 'device_needs_secret', field: 'clientSecret' },
    });
  });

  it('shows Allegro’s error page for a device key on the sign-in page, and says what to do for a code', async () => {
    await save({ ...seededAllegroDeviceApp, settings: { kind: 'browser' } });
    house.person.allows = seller;
    await expect(house.app.invoke('accounts.sign-in', { provider })).rejects.toMatchObject(
      refuses('cancelled'),
    );
    await save();
    expect(
      (await house.app.invoke('services.list', {})).services.find((row) => row.provider === provider),
    ).toMatchObject({
      signInBy: 'code',
    });
    await expect(house.app.invoke('accounts.sign-in', { provider })).rejects.toMatchObject(
      refuses('sign_in_by_code'),
    );
  });

  it('is told from a wrong secret', async () => {
    await save({ ...seededAllegroDeviceApp, clientSecret: 'wrong' });
    await expect(house.app.invoke('accounts.begin-device', { provider })).rejects.toMatchObject(
      refuses('allegro_unauthorized'),
    );
  });
});
