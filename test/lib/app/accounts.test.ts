import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientId, secret, type SandboxApp, signInAs, startSandboxApp } from '../../headless/sandbox-app.ts';

const day = 24 * 60 * 60_000;
let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const only = async () => {
  const [account] = (await house.app.invoke('accounts.list', {})).accounts;
  if (account === undefined) throw new Error('no account');
  return account;
};
/** Rings the alarm at its time, as a browser does, for so many days. */
async function live(days: number): Promise<number> {
  let rings = 0;
  for (const end = house.clock.now() + days * day; ; rings += 1) {
    const next = house.ports.alarmTimes.get('refresh') ?? Infinity;
    if (next > end) {
      house.clock.advance(end - house.clock.now());
      return rings;
    }
    house.clock.advance(Math.max(0, next - house.clock.now()));
    house.ports.alarmTimes.delete('refresh');
    await house.app.onAlarm('refresh');
  }
}

describe('a month later', () => {
  it('is still signed in and votes, with a client secret', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    const first = house.sandbox.auth.steemlogin.validRefreshTokens('bob');
    expect(await live(30)).toBeGreaterThanOrEqual(4);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
    const result = await house.app.invoke('vote.cast', {
      request: crypto.randomUUID(),
      account,
      post: 'alice/zhongwen-biaoti',
      weight: 10,
    });
    expect(result).toMatchObject({ state: 'done' });
    expect(house.sandbox.auth.steemlogin.validRefreshTokens('bob').length).toBeGreaterThan(first.length);
  });

  it('is still signed in without a secret where the service asks nothing', async () => {
    await signInAs(house, 'hivesigner', 'bob');
    expect((await only()).health).toMatchObject({ state: 'ends' });
    await live(30);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
  });

  it('says "Sign in again" where the person is needed, and uses the token to its end', async () => {
    const account = await signInAs(house, 'hivesigner', 'bob');
    house.sandbox.auth.hivesigner.autoConsent(clientId, undefined);
    await live(6.5);
    expect((await only()).health).toMatchObject({ state: 'needs_sign_in' });
    expect(house.ports.seen).toMatchObject({ badge: '!' });
    await house.app.invoke('vote.cast', {
      request: crypto.randomUUID(),
      account,
      post: 'alice/zhongwen-biaoti',
      weight: 10,
    });
    await live(1);
    await expect(
      house.app.invoke('vote.cast', {
        request: crypto.randomUUID(),
        account,
        post: 'alice/zhongwen-biaoti',
        weight: 20,
      }),
    ).rejects.toMatchObject({ refusal: { code: 'needs_sign_in' } });
    house.sandbox.auth.hivesigner.autoConsent(clientId, 'bob');
    await house.app.invoke('accounts.sign-in', { provider: 'hivesigner', account });
    expect((await only()).id).toBe(account);
    expect(house.ports.seen).toMatchObject({ badge: '' });
  });
});

describe('a refresh', () => {
  it.each([
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '3600' } }],
    [
      '503 with HTML',
      { kind: 'status', status: 503, body: '<html>', headers: { 'content-type': 'text/html' } },
    ],
    ['200 with HTML', 'html'],
    ['an empty answer', 'empty'],
    ['a dropped connection', 'drop-after'],
  ] as const)('that meets %s is tried later and loses nothing', async (_name, how) => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    house.sandbox.misbehave({ path: '/api/oauth2/token', how });
    await live(6.2);
    house.sandbox.behave();
    await live(0.8);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
    expect(house.sandbox.requests.count({ path: '/api/oauth2/token' })).toBeGreaterThanOrEqual(3);
  });

  it('waits as long as the service says', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const headers = { 'retry-after': '7200' };
    house.sandbox.misbehave({ path: '/api/oauth2/token', how: { kind: 'status', status: 429, headers } });
    const { id } = await only();
    await expect(house.app.invoke('accounts.refresh', { account: id })).rejects.toMatchObject({
      refusal: { code: 'too_many_requests' },
    });
    expect((await only()).health).toMatchObject({ state: 'try_later' });
    expect(house.ports.alarmTimes.get('refresh')).toBeGreaterThanOrEqual(house.clock.now() + 7_190_000);
  });

  it('that is refused for good asks the person, keeps the account, and says so on the toolbar', async () => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const service = house.sandbox.auth.steemlogin;
    for (const token of service.validRefreshTokens('bob')) service.revoke(token);
    await live(7);
    expect((await only()).health).toMatchObject({ state: 'needs_sign_in' });
    expect(house.ports.seen.badge).toBe('!');
    const { entries } = await house.app.invoke('journal.list', { filter: { isOpen: true } });
    expect(entries).toMatchObject([{ action: 'accounts.refresh', account: 'bob', code: 'needs_sign_in' }]);
  });

  it('happens once when two starts of the worker want it at the same time', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', secret);
    house.sandbox.requests.clear();
    const other = house.startBeside();
    await Promise.all([
      house.app.invoke('accounts.refresh', { account }),
      house.app.onAlarm('refresh'),
      other.onAlarm('refresh'),
    ]);
    expect(house.sandbox.requests.count({ path: '/api/oauth2/token' })).toBe(1);
  });

  it.each(['before', 'after'] as const)('that dies %s the service acted is found again', async (when) => {
    await signInAs(house, 'steemlogin', 'bob', secret);
    const rule = house.sandbox.misbehave({ path: '/api/oauth2/token', how: { kind: 'hold', when } });
    house.clock.advance(6.5 * day);
    void house.app.onAlarm('refresh');
    await rule.hit;
    const next = house.restart();
    rule.release();
    await next.start();
    house.clock.advance(day);
    await next.onAlarm('refresh');
    expect((await next.invoke('accounts.list', {})).accounts).toMatchObject([{ health: { state: 'fresh' } }]);
  });
});

describe('signing in', () => {
  it.each([
    ['a wrong state', { state: 'forged' }, 'answer_not_ours'],
    ['no state', { state: undefined }, 'answer_not_ours'],
    ['another user name', { username: 'alice' }, 'wrong_person'],
    ['an error', { error: 'server_error' }, 'sign_in_refused'],
  ] as const)('refuses a callback with %s and keeps nothing', async (_name, overrides, code) => {
    await signInAs(house, 'steemlogin', 'bob');
    await house.app.invoke('accounts.sign-out', { account: (await only()).id });
    house.sandbox.auth.steemlogin.nextCallback({ params: overrides });
    await expect(house.app.invoke('accounts.sign-in', { provider: 'steemlogin' })).rejects.toMatchObject({
      refusal: { code },
    });
    expect((await house.app.invoke('accounts.list', {})).accounts).toEqual([]);
  });

  it('refuses another person where an account is renewed', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    house.sandbox.auth.steemlogin.signedIn = ['carol'];
    house.sandbox.auth.steemlogin.autoConsent(clientId, 'carol');
    await expect(
      house.app.invoke('accounts.sign-in', { provider: 'steemlogin', account }),
    ).rejects.toMatchObject({ refusal: { code: 'wrong_person' } });
    expect((await only()).name).toBe('bob');
  });

  it('keeps several accounts, one default for voting', async () => {
    const bob = await signInAs(house, 'steemlogin', 'bob');
    const carol = await signInAs(house, 'steemlogin', 'carol');
    expect((await house.app.invoke('vote.start', {})).accounts.map(({ name }) => name)).toEqual([
      'bob',
      'carol',
    ]);
    await house.app.invoke('accounts.set-default', { account: carol, action: 'vote' });
    expect((await house.app.invoke('vote.start', {})).accounts.map(({ name }) => name)).toEqual([
      'carol',
      'bob',
    ]);
    expect(bob).not.toBe(carol);
  });

  it('keeps one default a chain', async () => {
    const steem = await signInAs(house, 'steemlogin', 'bob');
    const hive = await signInAs(house, 'hivesigner', 'bob');
    const other = await signInAs(house, 'hivesigner', 'carol');
    await house.app.invoke('accounts.set-default', { account: other, action: 'vote' });
    const { accounts } = await house.app.invoke('vote.start', {});
    expect(accounts.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([steem, other]);
    expect(accounts).toHaveLength(3);
    expect(hive).not.toBe(other);
  });

  it('says in the Activity when the worker died while the sign-in page was open', async () => {
    await signInAs(house, 'steemlogin', 'bob');
    const page = house.sandbox.misbehave({ path: '/oauth2/authorize', how: { kind: 'hold' } });
    void house.app.invoke('accounts.sign-in', { provider: 'steemlogin' });
    await page.hit;
    const next = house.restart();
    await next.start();
    const { entries } = await next.invoke('journal.list', {});
    expect(entries[0]).toMatchObject({ action: 'accounts.sign-in', outcome: 'failed', code: 'interrupted' });
  });

  it('revokes on sign-out where that works, says where else, and deletes here', async () => {
    const steemconnect = await signInAs(house, 'steemconnect', 'bob');
    const hivesigner = await signInAs(house, 'hivesigner', 'bob');
    expect(await house.app.invoke('accounts.sign-out', { account: steemconnect })).toEqual({ revoked: true });
    expect(house.sandbox.auth.steemconnect.validAccessTokens('bob')).toEqual([]);
    expect(await house.app.invoke('accounts.sign-out', { account: hivesigner })).toEqual({
      revoked: false,
      revokePage: `https://hivesigner.com/revoke/${clientId}`,
    });
    expect((await house.app.invoke('accounts.list', {})).accounts).toEqual([]);
  });

  it('takes a second press of sign-out for the first, and one of an account that is gone for done', async () => {
    const account = await signInAs(house, 'steemconnect', 'bob');
    const signOut = (app = house.app) => app.invoke('accounts.sign-out', { account });
    expect(await Promise.all([signOut(), signOut()])).toEqual([{ revoked: true }, { revoked: true }]);
    expect(await signOut()).toEqual({ revoked: true });
    expect(await signOut(house.restart())).toEqual({ revoked: false });
    const { entries } = await house.app.invoke('journal.list', {});
    expect(entries.filter(({ action }) => action === 'accounts.sign-out')).toHaveLength(1);
  });
});
