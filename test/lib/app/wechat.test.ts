import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dump } from '../accounts/create-house.ts';
import { readPeopleCsv } from '../../../lib/people/people-csv.ts';
import { createVault } from '../../../lib/vault/vault.ts';
import { type SandboxApp, setUpWeChat, signInToX, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededOfficialAccount, seededWeChatApp, seededWeChatPeople } from '../../sandbox/wechat/seed.ts';

const hour = 3_600_000;
const day = 24 * hour;
const { appId, appSecret, callbackAddress } = seededWeChatApp;
const { li, wang, snapshot } = seededWeChatPeople;

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
  await setUpWeChat(house);
});
afterEach(() => house.close());

const signInAs = async (person: string | undefined) => {
  house.phone.person = person;
  return (await house.app.invoke('accounts.sign-in', { provider: 'wechat' })).account;
};
const health = async () => (await house.app.invoke('accounts.list', {})).accounts[0]?.health;
/** An ActionError of this code. */
const refused = (code: string): unknown =>
  expect.objectContaining({ refusal: expect.objectContaining({ code }) as unknown });
const calls = (path: string) => house.sandbox.requests.count({ host: 'api.weixin.qq.com', path });
const lookUp = async (account: string, lookup: string, params = {}) =>
  (await house.app.invoke('lookup.run', { account, lookup, params })).rows;

describe('signing in to WeChat', () => {
  it('redeems the code once, and says honestly how long it lasts', async () => {
    const account = await signInAs('li');
    expect(account).toMatchObject({ name: '小蜜蜂 🐝', service: 'WeChat', scopes: ['snsapi_login'] });
    expect(house.sandbox.wechat.redeemedCodes).toBe(1);
    expect(calls('/sns/oauth2/access_token')).toBe(1);
    const now = house.clock.now();
    expect(account.health.state).toBe('fresh');
    if (account.health.state !== 'fresh') return;
    expect(Math.abs((account.health.until ?? 0) - now - 2 * hour)).toBeLessThan(10_000);
    expect(Math.abs((account.health.signInBy ?? 0) - now - 30 * day)).toBeLessThan(10_000);
  });

  it('cleans a nickname of what no one can read', async () => {
    expect((await signInAs('wang')).name).toBe(wang.confirm.replace('Confirm as ', ''));
  });

  it('is known by the openid where WeChat does not tell the name', async () => {
    house.sandbox.wechat.nextError(-1, { path: '/sns/userinfo' });
    expect((await signInAs('li')).name).toMatch(/^o[\w-]{27}$/);
  });

  it('keeps nothing of a snapshot visitor', async () => {
    await expect(signInAs(snapshot.id)).rejects.toThrow(refused('snapshot_user'));
    expect((await house.app.invoke('accounts.list', {})).accounts).toEqual([]);
  });

  it('leaves no token, secret or code in the vault in the clear', async () => {
    await signInAs('li');
    const text = await dump(createVault(house.ports));
    const { wechat } = house.sandbox;
    for (const secret of [appSecret, ...wechat.validAccessTokens(), ...wechat.validRefreshTokens()])
      expect(text).not.toContain(secret);
  });

  it.each([
    ['state-only', 'wechat_declined'],
    ['authdeny', 'wechat_declined'],
  ] as const)('a refusal that comes as %s', async (refusal, code) => {
    house.sandbox.wechat.refusal = refusal;
    await expect(signInAs(undefined)).rejects.toThrow(refused(code));
    expect(calls('/sns/oauth2/access_token')).toBe(0);
  });

  it('a refusal that never comes back is waited for until the person cancels, and the next sign-in works', async () => {
    const waiting = signInAs(undefined);
    waiting.catch(() => undefined);
    await house.sandbox.requests.next({ path: '/connect/phone' });
    const { running } = await house.app.invoke('accounts.find-sign-in', {});
    expect(running).toMatchObject({ provider: 'wechat', service: 'WeChat' });
    expect((running?.endsAt ?? 0) - house.clock.now()).toBeGreaterThan(4 * 60_000);
    await expect(house.app.invoke('accounts.sign-in', { provider: 'wechat' })).rejects.toThrow(
      refused('sign_in_running'),
    );
    await house.app.invoke('accounts.cancel-sign-in', {});
    await expect(waiting).rejects.toThrow(refused('cancelled'));
    expect((await house.app.invoke('accounts.find-sign-in', {})).running).toBeUndefined();
    expect((await signInAs('li')).name).toBe('小蜜蜂 🐝');
  });

  it('an AppID of the in-WeChat kind ends at an error page, and the sentence says so', async () => {
    await house.app.invoke('services.save', {
      provider: 'wechat',
      clientId: seededOfficialAccount.appId,
      clientSecret: seededOfficialAccount.appSecret,
      authBase: '',
      apiBase: '',
    });
    await expect(signInAs('li')).rejects.toThrow(/10005/);
  });

  it('another person is refused when one is expected', async () => {
    const account = await signInAs('li');
    house.phone.person = 'wang';
    await expect(
      house.app.invoke('accounts.sign-in', { provider: 'wechat', account: account.id }),
    ).rejects.toThrow(refused('wrong_person'));
  });
});

describe('what is typed', () => {
  const save = (changes: object) =>
    house.app.invoke('services.save', {
      ...{ provider: 'wechat', clientId: appId, authBase: '', apiBase: '' },
      ...changes,
    });

  it.each([
    [{ clientId: 'latchkey.app' }, 'bad_app_id', 'clientId'],
    [{ settings: { callback: `${callbackAddress}#/in` } }, 'bad_callback_address', 'callback'],
    [{ settings: { callback: 'login.bees.example' } }, 'bad_callback_address', 'callback'],
    [{ settings: { callback: 'http://login.bees.example/' } }, 'bad_address_not_https', 'callback'],
    [{ settings: { callback: ' ' } }, 'empty', 'callback'],
    [{ clientSecret: '' }, 'empty', 'clientSecret'],
  ])('%j is refused at its field', async (changes, code, field) => {
    await expect(save(changes)).rejects.toMatchObject({ refusal: { code, field } });
  });

  it('a wrong secret is told at its field, by either of its numbers, and never shown', async () => {
    await save({ clientSecret: 'f'.repeat(32) });
    for (const number of [40125, 40001] as const) {
      house.sandbox.wechat.wrongSecretError = number;
      const failure = await signInAs('li').catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ refusal: { code: 'wechat_app_secret', field: 'clientSecret' } });
      expect(JSON.stringify(failure)).not.toContain('f'.repeat(32));
    }
  });

  it('the host of the callback must be allowed', async () => {
    house.ports.permissions.mayReach = (url) => Promise.resolve(!url.includes('login.bees.example'));
    await expect(signInAs('li')).rejects.toThrow(refused('permission_missing'));
  });
});

describe('keeping it fresh', () => {
  const refresh = (account: string) => house.app.invoke('accounts.refresh', { account });
  const ring = () => house.app.onAlarm('refresh');

  it('an unchanged access token is no failure, with the refresh token rotating or not', async () => {
    const { id } = await signInAs('li');
    for (const rotates of [false, true]) {
      house.sandbox.wechat.rotatesRefreshTokens = rotates;
      house.clock.advance(hour / 2);
      expect((await refresh(id)).account.health.state).toBe('fresh');
      expect(house.sandbox.wechat.validAccessTokens('li')).toHaveLength(1);
    }
    expect(calls('/sns/oauth2/access_token')).toBe(1);
    expect(await lookUp(id, 'me')).toHaveLength(1);
  });

  it('sends no secret', async () => {
    const { id } = await signInAs('li');
    await refresh(id);
    const [request] = house.sandbox.requests.find({ path: '/sns/oauth2/refresh_token' });
    expect([...(request?.query.keys() ?? [])]).toEqual(['appid', 'grant_type', 'refresh_token']);
  });

  it('asks for a new login after 30 days, and not before', async () => {
    const { id } = await signInAs('li');
    for (let days = 0; days < 29; days += 1) {
      house.clock.advance(day);
      await ring();
      expect((await health())?.state).toBe('fresh');
    }
    house.clock.advance(day - 1.5 * hour);
    await ring();
    // It can't be renewed to a later end than the login's.
    expect((await health())?.state).toBe('ends');
    house.clock.advance(2 * hour);
    await ring();
    expect(await health()).toMatchObject({ state: 'needs_sign_in' });
    house.phone.person = 'li';
    expect((await refresh(id)).account.health.state).toBe('fresh');
  });

  it('is not taken from anybody whose clock went a year ahead for a while', async () => {
    await signInAs('li');
    house.clock.advance(365 * day);
    house.sandbox.clockOffsetMs = 0;
    await ring();
    house.clock.advance(-365 * day);
    house.sandbox.clockOffsetMs = 0;
    await ring();
    expect((await health())?.state).toBe('fresh');
  });

  it('a changed password ends it with a sentence of its own', async () => {
    const { id } = await signInAs('li');
    const [{ openId } = {}] = await lookUp(id, 'me');
    house.sandbox.wechat.changePassword(String(openId));
    house.clock.advance(2 * hour);
    await ring();
    expect(await health()).toMatchObject({
      state: 'needs_sign_in',
      message: expect.stringMatching(/password was changed/) as string,
    });
  });

  it.each([-1, 45009, 45011] as const)('%i is tried later and costs no token', async (number) => {
    await signInAs('li');
    house.sandbox.wechat.nextError(number, { path: '/sns/oauth2/refresh_token' });
    house.clock.advance(2 * hour);
    await ring();
    expect(await health()).toMatchObject({ state: 'try_later' });
    house.clock.advance(2 * hour);
    await ring();
    expect((await health())?.state).toBe('fresh');
  });

  it.each([40030, 42002, 50001] as const)('%i needs a new sign-in', async (number) => {
    await signInAs('li');
    house.sandbox.wechat.nextError(number, { path: '/sns/oauth2/refresh_token' });
    house.clock.advance(2 * hour);
    await ring();
    expect(await health()).toMatchObject({ state: 'needs_sign_in' });
  });
});

describe('looking up', () => {
  it('shows the person in the language asked for', async () => {
    const { id } = await signInAs('li');
    const [row] = await lookUp(id, 'me', { lang: 'zh_TW' });
    expect(row).toMatchObject({
      nickname: '小蜜蜂 🐝',
      unionId: li.unionId,
      avatar: 'https://thirdwx.qlogo.cn/mmopen/vi_32/li/132',
      privilege: 'chinaunicom',
    });
    const asked = house.sandbox.requests.find({ path: '/sns/userinfo' }).at(-1);
    expect([...(asked?.query.keys() ?? [])]).toEqual(['access_token', 'openid', 'lang']);
    expect(asked?.query.get('lang')).toBe('zh_TW');
  });

  it('checks a token, and renews one that WeChat does not take', async () => {
    const { id } = await signInAs('li');
    expect(await lookUp(id, 'check')).toMatchObject([{ answer: 'ok' }]);
    const [token = ''] = house.sandbox.wechat.validAccessTokens('li');
    house.sandbox.wechat.revoke(token);
    expect(await lookUp(id, 'check')).toMatchObject([{ answer: 'ok' }]);
    expect(calls('/sns/oauth2/refresh_token')).toBe(1);
  });

  it.each([
    [40003, 'wechat_unknown_person'],
    [43004, 'wechat_must_follow'],
    [48001, 'wechat_not_allowed'],
    [48004, 'wechat_app_banned'],
    [50002, 'wechat_restricted'],
    [50005, 'wechat_must_follow'],
    [45011, 'too_many_requests'],
  ] as const)('%i is told as %s', async (number, code) => {
    const { id } = await signInAs('li');
    const tokens = house.sandbox.wechat.validAccessTokens('li');
    house.sandbox.wechat.nextError(number, { path: '/sns/userinfo' });
    const failure = await lookUp(id, 'me').catch((thrown: unknown) => thrown);
    expect(failure).toEqual(refused(code));
    for (const token of tokens) expect(JSON.stringify(failure)).not.toContain(token);
  });
});

describe('the register of people', () => {
  const telephone = '+48600100200';
  const find = (account: string) => house.app.invoke('people.find', { account });

  it('is asked after the sign-in: unknown, bound to the entry with the number, known from then on', async () => {
    await house.app.invoke('people.save', { telephone, name: 'Li Na' });
    const { id } = await signInAs('li');
    expect(await find(id)).toEqual({ canRegister: true });
    const { person } = await house.app.invoke('people.register', { account: id, telephone, name: '' });
    expect(person).toMatchObject({ name: 'Li Na', appId, unionId: li.unionId, nickname: '小蜜蜂 🐝' });
    // The next sign-in of the same person, even after signing out.
    await house.app.invoke('accounts.sign-out', { account: id });
    const again = await signInAs('li');
    expect((await find(again.id)).person).toMatchObject({ id: person.id, telephone });
  });

  it('makes a new entry for a number that it does not know', async () => {
    const { id } = await signInAs('wang');
    const { person } = await house.app.invoke('people.register', { account: id, telephone, name: 'Wang' });
    expect(person.unionId).toBeUndefined();
    expect((await house.app.invoke('people.list', { search: person.openId })).count).toBe(1);
  });

  it('has nobody to enter for an account that just went, which is no failure of a row that still asks', async () => {
    const { id } = await signInAs('li');
    await house.app.invoke('accounts.sign-out', { account: id });
    expect(await find(id)).toEqual({ canRegister: false });
    await expect(house.app.invoke('people.register', { account: id, telephone, name: 'Li' })).rejects.toThrow(
      refused('unknown_account'),
    );
  });

  it('refuses a number that belongs to another sign-in', async () => {
    const first = await signInAs('li');
    await house.app.invoke('people.register', { account: first.id, telephone, name: 'Li' });
    const second = await signInAs('wang');
    await expect(
      house.app.invoke('people.register', { account: second.id, telephone, name: 'Wang' }),
    ).rejects.toMatchObject({ refusal: { code: 'person_bound', field: 'telephone' } });
  });

  it('never hears of a snapshot visitor', async () => {
    await expect(signInAs(snapshot.id)).rejects.toThrow(refused('snapshot_user'));
    expect((await house.app.invoke('people.list', {})).people).toEqual([]);
  });

  it('is exported, and taken in again elsewhere', async () => {
    const { id } = await signInAs('li');
    await house.app.invoke('people.register', { account: id, telephone, name: 'Li' });
    const { name, text } = await house.app.invoke('people.export', {});
    expect(name).toMatch(/^latchkey-people-\d{4}-\d\d-\d\d\.csv$/);
    const before = (await house.app.invoke('people.list', {})).people;
    await house.app.invoke('people.remove', { id: before[0]?.id ?? '' });
    const result = await house.app.invoke('people.import', { people: readPeopleCsv(text) });
    expect(result).toEqual({ added: 1, changed: 0 });
    expect((await find(id)).person).toMatchObject({ telephone, name: 'Li' });
  });

  it('has nothing to do with accounts of services without an openid', async () => {
    const account = await signInToX(house);
    expect(await find(account)).toEqual({ canRegister: false });
    await expect(house.app.invoke('people.register', { account, telephone, name: 'Bob' })).rejects.toThrow(
      refused('bad_input'),
    );
  });
});
