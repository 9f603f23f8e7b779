import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { seedSandbox } from './seed.ts';
import { writeLaxJson } from './wechat/lax-json.ts';
import { seededWeChatApp, seededWeChatPeople } from './wechat/seed.ts';
import * as client from './wechat/test-client.ts';

const { appId } = seededWeChatApp;

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedSandbox(sandbox);
});
afterEach(() => sandbox.close());

/** What a call with a good token of this person needs. */
function signIn(person: string, scope?: string) {
  const { access } = sandbox.wechat.issueTokens(appId, person, scope);
  return { access_token: access, openid: sandbox.wechat.getOpenId(appId, person) };
}

describe.each(['/sns/auth', '/sns/userinfo'])('%s', (path) => {
  const call = async (fields: Readonly<Record<string, string>>) =>
    client.readErrorCode(await client.call(sandbox, path, fields));
  const success = path === '/sns/auth' ? 0 : undefined;

  test('takes a good token for two hours', async () => {
    const fields = signIn('li');
    sandbox.clockOffsetMs = 7_195_000;
    expect(await call(fields)).toBe(success);
    sandbox.clockOffsetMs = 7_200_000;
    expect(await call(fields)).toBe(42001);
  });

  test.each([
    [{ access_token: '' }, 41001],
    [{ access_token: 'nonsense' }, 40014],
    [{ openid: '' }, 41009],
    [{ openid: 'oNobody' }, 40003],
  ])('with %j: %d', async (changes, errcode) => {
    expect(await call({ ...signIn('li'), ...changes })).toBe(errcode);
  });

  test("refuses another person's openid, and a refresh token", async () => {
    const { openid } = signIn('wang');
    expect(await call({ ...signIn('li'), openid })).toBe(40003);
    const { refresh } = sandbox.wechat.issueTokens(appId, 'wang');
    expect(await call({ access_token: refresh, openid })).toBe(40014);
  });

  test('refuses what was revoked, and what a new password has made void', async () => {
    const fields = signIn('li');
    sandbox.wechat.revoke(fields.access_token);
    expect(await call(fields)).toBe(40001);
    const later = signIn('li');
    sandbox.wechat.changePassword(later.openid);
    expect(await call(later)).toBe(42007);
  });

  test('counts the calls of a minute', async () => {
    sandbox.wechat.minuteLimits.set('/sns/auth', 1).set('/sns/userinfo', 1);
    const fields = signIn('li');
    expect([await call(fields), await call(fields)]).toEqual([success, 45011]);
  });
});

test('/sns/auth says ok without the id of the request', async () => {
  const answer = await client.call(sandbox, '/sns/auth', signIn('li'));
  expect(answer.text).toBe('{"errcode":0,"errmsg":"ok"}');
});

describe('user info', () => {
  const read = (person: string, more: Readonly<Record<string, string>> = {}) =>
    client.call(sandbox, '/sns/userinfo', { ...signIn(person), ...more });

  test.each(['', 'zh_CN', 'zh_TW', 'en'])('lang %j: sex and region are dummies', async (lang) => {
    expect(client.parse(await read('li', { lang }))).toEqual({
      openid: sandbox.wechat.getOpenId(appId, 'li'),
      nickname: '小蜜蜂 🐝',
      sex: 0,
      province: '',
      city: '',
      country: '',
      headimgurl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/li/132',
      privilege: ['chinaunicom'],
      unionid: seededWeChatPeople.li.unionId,
    });
  });

  test('a nickname with control characters makes the answer no JSON', async () => {
    const { text, status, headers } = await read('wang');
    expect([status, headers['content-type']]).toEqual([200, 'text/plain']);
    expect(text).toContain('"nickname":"\u0007Wang\u0000\n 👩‍🌾\\"\\\\\t\ufffd\ufffd\ufffd"');
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    // eslint-disable-next-line no-control-regex
    expect(JSON.parse(text.replace(/[\u0000-\u001f]/g, ''))).not.toHaveProperty('unionid');
  });

  test('needs more than the silent scope', async () => {
    const answer = await client.call(sandbox, '/sns/userinfo', signIn('li', 'snsapi_base'));
    expect(client.readErrorCode(answer)).toBe(48001);
    const check = await client.call(sandbox, '/sns/auth', signIn('li', 'snsapi_base'));
    expect(client.readErrorCode(check)).toBe(0);
  });
});

test('lax JSON is JSON but for control characters and lone surrogates', () => {
  const plain = { text: 'a "quote", a \\u0007 that is text, \\n too, 🐝', list: [1, null, true] };
  expect(writeLaxJson(plain).toString()).toBe(JSON.stringify(plain));
  expect(writeLaxJson('\u0001\r\\\n').toString()).toBe('"\u0001\r\\\\\n"');
  expect([...writeLaxJson('\ud83d')]).toEqual([0x22, 0xed, 0xa0, 0xbd, 0x22]);
});
