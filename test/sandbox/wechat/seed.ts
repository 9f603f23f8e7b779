/** People on WeChat for `npm start` and the journeys, and the apps of somebody who registered them. */
import { callbackAddress, callbackHost } from './callback-page.ts';
import type { WeChatService } from './service.ts';

/** A website app of the Open Platform, with the address on the person's own domain. */
export const seededWeChatApp = {
  appId: 'wx4f1c0a9be27d5836',
  appSecret: '7d1b0c5e9a3f42868e0d6c1b5a9f3e27',
  callbackAddress,
} as const;

/** The AppID of the wrong kind: an official account, which signs in inside WeChat only. */
export const seededOfficialAccount = {
  appId: 'wx0b7e52d19c4a83f6',
  appSecret: 'e3a95c0f7b2d4186a4c8e1f60b3d7592',
} as const;

/** By what they have that others have not; see `seedWeChat`. */
export const seededWeChatPeople = {
  /** Has a unionid, an avatar and a privilege. */
  li: { id: 'li', confirm: 'Confirm as 小蜜蜂 🐝', unionId: 'oBees0000000000000000000Li01' },
  /** No unionid; the nickname holds raw control characters, a quote, a backslash and half an emoji. */
  wang: { id: 'wang', confirm: 'Confirm as Wang 👩‍🌾"\\' },
  /** Came by the snapshot page: never to be kept. */
  snapshot: { id: 'snapshot', confirm: 'Confirm as 微信用户' },
} as const;

/** Li, Wang and a snapshot visitor, a website app that is bound to an Open Platform account, and an official account. */
export function seedWeChat(wechat: WeChatService): void {
  const { appId, appSecret } = seededWeChatApp;
  wechat.registerApp({ appId, appSecret, callbackHost, hasOpenPlatform: true });
  wechat.registerApp({ ...seededOfficialAccount, callbackHost, kind: 'official-account' });
  const { li, wang, snapshot } = seededWeChatPeople;
  wechat.addPerson({
    id: li.id,
    nickname: '小蜜蜂 🐝',
    unionId: li.unionId,
    headImageUrl: 'https://thirdwx.qlogo.cn/mmopen/vi_32/li/132',
    privilege: ['chinaunicom'],
  });
  wechat.addPerson({ id: wang.id, nickname: '\u0007Wang\u0000\n 👩‍🌾"\\\t\ud83d' });
  wechat.addPerson({ id: snapshot.id, nickname: '微信用户', isSnapshotUser: true });
}
