/** /sns/auth and /sns/userinfo: what an access token is good for. */
import { WeChatRefusal } from './error-codes.ts';
import type { Grant } from './grants.ts';
import { getParameter } from './query.ts';
import type { LimitedPath, WeChatService } from './service.ts';

type Body = Readonly<Record<string, unknown>>;

/** The only answer of these whose success has an `errcode`. */
export function checkToken(service: WeChatService, query: URLSearchParams): Body {
  getGrant(service, query, '/sns/auth');
  return { errcode: 0, errmsg: 'ok' };
}

/** Sex and region are dummies since October 2021, in every language. */
export function readPerson(service: WeChatService, query: URLSearchParams): Body {
  const { app, person, openId, scope } = getGrant(service, query, '/sns/userinfo');
  if (!/snsapi_(login|userinfo)/.test(scope)) throw new WeChatRefusal(48001);
  return {
    openid: openId,
    nickname: person.nickname,
    sex: 0,
    province: '',
    city: '',
    country: '',
    headimgurl: person.headImageUrl,
    privilege: person.privilege,
    ...(app.hasOpenPlatform && person.unionId !== undefined && { unionid: person.unionId }),
  };
}

function getGrant(service: WeChatService, query: URLSearchParams, path: LimitedPath): Grant {
  const text = getParameter(query, 'access_token', 41001);
  const openId = getParameter(query, 'openid', 41009);
  const token = service.grants.find(text);
  if (token?.kind !== 'access') throw new WeChatRefusal(40014);
  service.countCall(path, token.grant.app);
  if (token.state === 'password-changed') throw new WeChatRefusal(42007);
  if (token.state === 'revoked') throw new WeChatRefusal(40001);
  if (service.grants.isExpired(token)) throw new WeChatRefusal(42001);
  if (token.grant.openId !== openId) throw new WeChatRefusal(40003);
  return token.grant;
}
