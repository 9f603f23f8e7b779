/** /sns/oauth2/access_token and /sns/oauth2/refresh_token. */
import { WeChatRefusal } from './error-codes.ts';
import type { WeChatApp } from './apps.ts';
import type { TokenPair } from './grants.ts';
import { accessTokenSeconds } from './grants.ts';
import { getParameter } from './query.ts';
import type { WeChatService } from './service.ts';

type Body = Readonly<Record<string, unknown>>;

/** A code for tokens. The secret is looked at before the code, which a refused call therefore does not spend. */
export function exchangeCode(service: WeChatService, query: URLSearchParams): Body {
  const appId = getParameter(query, 'appid', 41002);
  const secret = getParameter(query, 'secret', 41004);
  const text = getParameter(query, 'code', 41008);
  if (getParameter(query, 'grant_type', 40002) !== 'authorization_code') throw new WeChatRefusal(40002);
  const app = getApp(service, appId);
  service.countCall('/sns/oauth2/access_token', app);
  if (app.appSecret !== secret) throw new WeChatRefusal(service.wrongSecretError);
  const { person } = service.takeCode(app, text);
  const pair = service.grants.start({ app, person, scope: 'snsapi_login' });
  return {
    ...writePair(pair),
    ...(person.isSnapshotUser && { is_snapshotuser: 1 }),
    ...(app.hasOpenPlatform && person.unionId !== undefined && { unionid: person.unionId }),
  };
}

/** No secret is asked for, and no unionid comes back. */
export function refreshToken(service: WeChatService, query: URLSearchParams): Body {
  const appId = getParameter(query, 'appid', 41002);
  const text = getParameter(query, 'refresh_token', 41003);
  if (getParameter(query, 'grant_type', 40002) !== 'refresh_token') throw new WeChatRefusal(40002);
  const app = getApp(service, appId);
  service.countCall('/sns/oauth2/refresh_token', app);
  const token = service.grants.find(text);
  if (token?.kind !== 'refresh' || token.grant.app !== app) throw new WeChatRefusal(40030);
  if (token.state === 'password-changed') throw new WeChatRefusal(42007);
  if (token.state === 'revoked') throw new WeChatRefusal(40030);
  if (service.grants.isExpired(token)) throw new WeChatRefusal(42002);
  return writePair(service.grants.refresh(token, { rotates: service.rotatesRefreshTokens }));
}

function getApp(service: WeChatService, appId: string): WeChatApp {
  const app = service.findApp(appId);
  if (app === undefined) throw new WeChatRefusal(40013);
  return app;
}

function writePair({ access, refresh }: TokenPair): Body {
  return {
    access_token: access.text,
    expires_in: accessTokenSeconds,
    refresh_token: refresh.text,
    openid: access.grant.openId,
    scope: access.grant.scope,
  };
}
