import { assertAppId } from '../wechat/app-id.ts';
import { authorizeCall, buildExchange, buildRefresh, readPerson, readTokens } from '../wechat/api.ts';
import { parseCallbackAddress } from '../wechat/callback-address.ts';
import { parseWeChatJson } from '../wechat/parse.ts';
import { buildQrPageUrl, readWayBack } from '../wechat/qr-page.ts';
import { findWeChatRefusal } from '../wechat/read-error.ts';
import { wechatLookups } from './lookups/wechat-lookups.ts';
import { defineProvider } from './provider.ts';

/**
 * WeChat by the QR code of a website app. Only the app's own domain may be in the redirect address, so the way back is
 * caught in the browser. A sign-in lasts 30 days; it says who somebody is, and gives no other right.
 * Source: developers.weixin.qq.com/doc/oplatform/developers/dev/auth/web.
 */
export const wechat = defineProvider({
  protocol: 'qr-connect',
  id: 'wechat',
  title: 'WeChat',
  guide: 'wechat',
  fields: 'wechat-app',
  actsFor: 'lookup',
  bases: { auth: 'https://open.weixin.qq.com', api: 'https://api.weixin.qq.com' },
  addresses: 'fixed',
  // People report both a new one and the same.
  refreshTokens: 'unknown',
  isSecretRequired: true,
  assertClientId: assertAppId,
  callbackSetting: 'callback',
  settings: [
    {
      id: 'callback',
      kind: 'address',
      titleKey: 'setting_wechat_callback',
      hintKey: 'setting_wechat_callback_hint',
      isRequired: true,
      initial: '',
      asksForHost: true,
      parse: parseCallbackAddress,
    },
  ],
  consoleUrl: 'https://open.weixin.qq.com',
  // Taken away in the app on the phone only; no web page does it.
  revokes: false,
  // The QR code shows "expired" by itself, and a refusal on the phone never comes back.
  signInLimitMs: 5 * 60_000,
  lookups: wechatLookups,
  parse: parseWeChatJson,
  findRefusal: (body) => findWeChatRefusal(body),
  buildPageUrl: ({ auth }, { clientId, callback, state }) =>
    buildQrPageUrl(auth, { appId: clientId, callback, state }),
  readWayBack,
  buildExchange: ({ api }, { clientId, clientSecret, code }) =>
    buildExchange(api, { appId: clientId, appSecret: clientSecret, code }),
  findExchangeRefusal: (body) => findWeChatRefusal(body, 'exchange'),
  buildRefresh: ({ api }, { clientId, refreshToken }) => buildRefresh(api, { appId: clientId, refreshToken }),
  readTokens,
  buildIdentityRequest: ({ api }) => new Request(`${api}/sns/userinfo?lang=zh_CN`),
  readIdentity(body) {
    const { nickname, unionId } = readPerson(body);
    return { name: nickname, unionId };
  },
  authorize: authorizeCall,
  accessTokenSeconds: 2 * 60 * 60,
  signInSeconds: 30 * 24 * 60 * 60,
  closedPage: 'wechat_page_closed',
});
