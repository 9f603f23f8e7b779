import { describe, expect, it } from 'vitest';
import {
  authorizeCall,
  buildExchange,
  buildRefresh,
  readPerson,
  readTokens,
} from '../../../lib/wechat/api.ts';

const api = 'https://api.weixin.qq.com';

it('writes the calls as the documents do: GET, in this order', () => {
  const calls = [
    buildExchange(api, { appId: 'wx1', appSecret: 's&', code: 'c' }),
    buildRefresh(api, { appId: 'wx1', refreshToken: 'r+' }),
    authorizeCall(new Request(`${api}/sns/userinfo?lang=en`), { accessToken: 't', openId: 'o' }),
  ];
  expect(calls.map(({ method, url }) => `${method} ${url.slice(api.length)}`)).toEqual([
    'GET /sns/oauth2/access_token?appid=wx1&secret=s%26&code=c&grant_type=authorization_code',
    'GET /sns/oauth2/refresh_token?appid=wx1&grant_type=refresh_token&refresh_token=r%2B',
    'GET /sns/userinfo?access_token=t&openid=o&lang=en',
  ]);
});

describe('a token answer', () => {
  const least = { access_token: 'a', openid: 'o' };

  it('is read with all that it may have', () => {
    const more = {
      expires_in: '7200',
      refresh_token: 'r',
      scope: 'snsapi_login,snsapi_userinfo',
      unionid: 'u',
      is_snapshotuser: '1',
    };
    expect(readTokens({ ...least, ...more })).toEqual({
      accessToken: 'a',
      refreshToken: 'r',
      expiresInSeconds: 7200,
      openId: 'o',
      unionId: 'u',
      scopes: ['snsapi_login', 'snsapi_userinfo'],
      isSnapshotUser: true,
    });
  });

  it('is read with the least', () => {
    expect(readTokens(least)).toMatchObject({ unionId: undefined, scopes: [], isSnapshotUser: false });
    expect(readTokens({ ...least, unionid: '' }).unionId).toBeUndefined();
  });

  it.each([null, {}, { access_token: 'a' }, { ...least, openid: '' }, { ...least, expires_in: 'soon' }])(
    '%j is none',
    (body) => {
      expect(() => readTokens(body)).toThrow(expect.objectContaining({ code: 'bad_answer' }));
    },
  );
});

it('reads a person without what says nothing any more', () => {
  const body = { openid: 'o', nickname: 'Li\u0007', sex: 1, headimgurl: 'http://thirdwx.qlogo.cn/132' };
  expect(readPerson(body)).toEqual({
    openId: 'o',
    nickname: 'Li',
    unionId: undefined,
    avatar: 'https://thirdwx.qlogo.cn/132',
    privilege: [],
  });
  expect(() => readPerson({ nickname: 'Li' })).toThrow(expect.objectContaining({ code: 'bad_answer' }));
});
