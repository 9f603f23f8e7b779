import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { requestSandbox } from './request.ts';
import { callbackHost } from './wechat/callback-page.ts';
import { seededWeChatApp, seededWeChatPeople, seedWeChat } from './wechat/seed.ts';
import * as client from './wechat/test-client.ts';

const { appId } = seededWeChatApp;
const otherApp = { appId: 'wxaaaaaaaaaaaaaaaa', appSecret: 'b'.repeat(32), callbackHost };
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedWeChat(sandbox.wechat);
  sandbox.wechat.registerApp(otherApp);
});
afterEach(() => sandbox.close());

const takeCode = (person = 'li') => sandbox.wechat.issueCode(appId, person);

describe('every call', () => {
  test('is answered 200 as plain text without CORS headers, also when it is refused', async () => {
    for (const answer of [
      await client.exchange(sandbox, takeCode()),
      await client.exchange(sandbox, 'nonsense'),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('text/plain');
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  test.each(['POST', 'OPTIONS', 'HEAD'])(
    '%s instead of GET is refused and spends nothing',
    async (method) => {
      const code = takeCode();
      const url = `https://api.weixin.qq.com/sns/oauth2/access_token?appid=${appId}&secret=${seededWeChatApp.appSecret}&code=${code}&grant_type=authorization_code`;
      const answer = await requestSandbox(sandbox, url, { method });
      expect(answer.status).toBe(200);
      if (method !== 'HEAD') expect(client.readErrorCode(answer)).toBe(43001);
      expect(sandbox.wechat.redeemedCodes).toBe(0);
    },
  );

  test('an error has a number, and a text that is different each time', async () => {
    const [one, two] = [await client.exchange(sandbox, 'x'), await client.exchange(sandbox, 'x')];
    const pattern = /^\{"errcode":40029,"errmsg":"invalid code, rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}"\}$/;
    expect(one.text).toMatch(pattern);
    expect(two.text).toMatch(pattern);
    expect(one.text).not.toBe(two.text);
    sandbox.wechat.writesErrorCodeAsText = true;
    expect(client.readErrorCode(await client.exchange(sandbox, 'x'))).toBe('40029');
  });

  test('nextError comes once, before anything is done', async () => {
    sandbox.wechat.nextError(-1, { path: '/sns/oauth2/access_token' });
    sandbox.wechat.nextError({ status: 502, headers: {}, body: 'Bad Gateway' });
    const code = takeCode();
    expect((await client.refresh(sandbox, 'x')).status).toBe(502);
    expect(client.readErrorCode(await client.exchange(sandbox, code))).toBe(-1);
    expect(client.readErrorCode(await client.exchange(sandbox, code))).toBeUndefined();
  });

  test('an address that does not exist is no call', async () => {
    expect((await client.call(sandbox, '/sns/oauth2/token', {})).status).toBe(404);
  });
});

describe('a code', () => {
  test('becomes tokens, with the openid', async () => {
    const body = client.parse(await client.exchange(sandbox, takeCode()));
    expect(body).toEqual({
      access_token: sandbox.wechat.validAccessTokens('li')[0],
      expires_in: 7200,
      refresh_token: sandbox.wechat.validRefreshTokens('li')[0],
      openid: sandbox.wechat.getOpenId(appId, 'li'),
      scope: 'snsapi_login',
      unionid: seededWeChatPeople.li.unionId,
    });
    expect(body.openid).toMatch(/^o[\w-]{27}$/);
    expect(sandbox.wechat.redeemedCodes).toBe(1);
  });

  test('brings no unionid to an app that is bound to no Open Platform account, and another openid', async () => {
    const code = sandbox.wechat.issueCode(otherApp.appId, 'li');
    const changes = { appid: otherApp.appId, secret: otherApp.appSecret };
    const body = client.parse(await client.exchange(sandbox, code, changes));
    expect(body.openid).not.toBe(sandbox.wechat.getOpenId(appId, 'li'));
    expect(body).not.toHaveProperty('unionid');
    expect(client.parse(await client.exchange(sandbox, takeCode('wang')))).not.toHaveProperty('unionid');
  });

  test('says of a snapshot visitor, and only there, that it is one', async () => {
    expect(client.parse(await client.exchange(sandbox, takeCode('snapshot')))).toMatchObject({
      is_snapshotuser: 1,
    });
    expect(client.parse(await client.exchange(sandbox, takeCode()))).not.toHaveProperty('is_snapshotuser');
    sandbox.wechat.getPerson('snapshot').isSnapshotUser = false;
    expect(client.parse(await client.exchange(sandbox, takeCode('snapshot')))).not.toHaveProperty(
      'is_snapshotuser',
    );
  });

  test('works once', async () => {
    const code = takeCode();
    await client.exchange(sandbox, code);
    expect(client.readErrorCode(await client.exchange(sandbox, code))).toBe(40163);
    expect(sandbox.wechat.redeemedCodes).toBe(1);
  });

  test.each([
    [10 * minute - 2000, undefined],
    [10 * minute, 42003],
  ])('after %d ms: %s', async (ms, code) => {
    const text = takeCode();
    sandbox.clockOffsetMs = ms;
    expect(client.readErrorCode(await client.exchange(sandbox, text))).toBe(code);
  });

  test('that is too old may also be called invalid', async () => {
    sandbox.wechat.expiredCodeError = 40029;
    const code = takeCode();
    sandbox.wechat.expire(code);
    expect(client.readErrorCode(await client.exchange(sandbox, code))).toBe(40029);
  });

  test.each([
    [{ appid: '' }, 41002],
    [{ appid: 'wx0000000000000000' }, 40013],
    [{ appid: otherApp.appId, secret: otherApp.appSecret }, 40029],
    [{ secret: '' }, 41004],
    [{ secret: 'f'.repeat(32) }, 40125],
    [{ code: '' }, 41008],
    [{ code: 'authdeny' }, 40029],
    [{ grant_type: '' }, 40002],
    [{ grant_type: 'refresh_token' }, 40002],
  ])('with %j: %d, and the code is not spent', async (changes, errcode) => {
    const code = takeCode();
    expect(client.readErrorCode(await client.exchange(sandbox, code, changes))).toBe(errcode);
    expect(client.readErrorCode(await client.exchange(sandbox, code))).toBeUndefined();
  });

  test('a wrong secret may also be called an invalid credential', async () => {
    sandbox.wechat.wrongSecretError = 40001;
    const answer = await client.exchange(sandbox, takeCode(), { secret: 'f'.repeat(32) });
    expect(client.readErrorCode(answer)).toBe(40001);
  });

  test('a parameter given twice counts for nothing', async () => {
    const code = takeCode();
    const url = `https://api.weixin.qq.com/sns/oauth2/access_token?appid=${appId}&secret=${seededWeChatApp.appSecret}&code=${code}&code=${code}&grant_type=authorization_code`;
    expect(client.readErrorCode(await requestSandbox(sandbox, url))).toBe(41008);
  });
});

describe('a refresh', () => {
  test('keeps an access token that is still good, with two hours again', async () => {
    const { access, refresh } = sandbox.wechat.issueTokens(appId, 'li');
    sandbox.clockOffsetMs = 1.9 * hour;
    expect(client.parse(await client.refresh(sandbox, refresh))).toEqual({
      access_token: access,
      expires_in: 7200,
      refresh_token: refresh,
      openid: sandbox.wechat.getOpenId(appId, 'li'),
      scope: 'snsapi_login',
    });
    sandbox.clockOffsetMs = 3.8 * hour;
    expect(sandbox.wechat.validAccessTokens()).toEqual([access]);
    sandbox.clockOffsetMs = 4 * hour;
    expect(sandbox.wechat.validAccessTokens()).toEqual([]);
  });

  test('brings a new access token when the old one has ended', async () => {
    const { access, refresh } = sandbox.wechat.issueTokens(appId, 'li');
    sandbox.wechat.expire(access);
    const body = client.parse(await client.refresh(sandbox, refresh));
    expect(body.access_token).not.toBe(access);
    expect(sandbox.wechat.validAccessTokens()).toEqual([body.access_token]);
  });

  test('does not touch the tokens of another login', async () => {
    const first = sandbox.wechat.issueTokens(appId, 'li');
    const second = sandbox.wechat.issueTokens(appId, 'li');
    expect(client.parse(await client.refresh(sandbox, first.refresh)).access_token).toBe(first.access);
    expect(client.parse(await client.refresh(sandbox, second.refresh)).access_token).toBe(second.access);
  });

  test('is possible for 30 days from the login, however often it is done', async () => {
    const { refresh } = sandbox.wechat.issueTokens(appId, 'li');
    sandbox.clockOffsetMs = 29 * day;
    expect(client.readErrorCode(await client.refresh(sandbox, refresh))).toBeUndefined();
    sandbox.clockOffsetMs = 30 * day;
    expect(client.readErrorCode(await client.refresh(sandbox, refresh))).toBe(42002);
  });

  test('may bring a new refresh token, which ends no later, and the old one is dead', async () => {
    sandbox.wechat.rotatesRefreshTokens = true;
    const { refresh } = sandbox.wechat.issueTokens(appId, 'li');
    sandbox.clockOffsetMs = 29 * day;
    const next = String(client.parse(await client.refresh(sandbox, refresh)).refresh_token);
    expect(next).not.toBe(refresh);
    expect(client.readErrorCode(await client.refresh(sandbox, refresh))).toBe(40030);
    expect(sandbox.wechat.validRefreshTokens()).toEqual([next]);
    sandbox.clockOffsetMs = 30 * day;
    expect(client.readErrorCode(await client.refresh(sandbox, next))).toBe(42002);
  });

  test.each([
    [{ appid: '' }, 41002],
    [{ appid: 'wx0000000000000000' }, 40013],
    [{ appid: otherApp.appId }, 40030],
    [{ refresh_token: '' }, 41003],
    [{ refresh_token: 'nonsense' }, 40030],
    [{ grant_type: '' }, 40002],
    [{ grant_type: 'authorization_code' }, 40002],
  ])('with %j: %d', async (changes, errcode) => {
    const { refresh } = sandbox.wechat.issueTokens(appId, 'li');
    expect(client.readErrorCode(await client.refresh(sandbox, refresh, changes))).toBe(errcode);
  });

  test('does not take an access token, nor a token that was revoked', async () => {
    const { access, refresh } = sandbox.wechat.issueTokens(appId, 'li');
    expect(client.readErrorCode(await client.refresh(sandbox, access))).toBe(40030);
    sandbox.wechat.revoke(refresh);
    expect(client.readErrorCode(await client.refresh(sandbox, refresh))).toBe(40030);
  });

  test('is over when the person has changed the password, for this person alone', async () => {
    const { refresh } = sandbox.wechat.issueTokens(appId, 'li');
    const { refresh: other } = sandbox.wechat.issueTokens(appId, 'wang');
    sandbox.wechat.changePassword(sandbox.wechat.getOpenId(appId, 'li'));
    expect(client.readErrorCode(await client.refresh(sandbox, refresh))).toBe(42007);
    expect(client.readErrorCode(await client.refresh(sandbox, other))).toBeUndefined();
    expect(client.readErrorCode(await client.exchange(sandbox, takeCode()))).toBeUndefined();
  });
});

test('an app may make so many calls of one kind in a minute', async () => {
  sandbox.wechat.minuteLimits.set('/sns/oauth2/refresh_token', 2);
  const { refresh } = sandbox.wechat.issueTokens(appId, 'li');
  const codes = async () => client.readErrorCode(await client.refresh(sandbox, refresh));
  expect([await codes(), await codes(), await codes()]).toEqual([undefined, undefined, 45011]);
  expect(client.readErrorCode(await client.exchange(sandbox, takeCode()))).toBeUndefined();
  sandbox.clockOffsetMs = minute;
  expect(await codes()).toBeUndefined();
});

test('what was never issued can neither be ended nor revoked', () => {
  expect(() => sandbox.wechat.expire('nonsense')).toThrow();
  expect(() => sandbox.wechat.revoke('nonsense')).toThrow();
  expect(() => sandbox.wechat.changePassword('nonsense')).toThrow();
});
