/** Apps of WeChat's consoles: website apps of the Open Platform, and official accounts that only work inside WeChat. */

export interface WeChatAppOptions {
  /** `wx` and 16 hexadecimal digits. */
  readonly appId: string;
  /** 32 hexadecimal digits. */
  readonly appSecret: string;
  /** The one host people may be sent back to: bare, without scheme, port and path. */
  readonly callbackHost: string;
  /** `website` when left out. */
  readonly kind?: 'website' | 'official-account';
  /** What the QR page calls the app; `Latchkey` when left out. */
  readonly name?: string;
  /** Bound to an Open Platform account: tokens come with a unionid. False when left out. */
  readonly hasOpenPlatform?: boolean;
}

export type WeChatApp = Required<WeChatAppOptions>;

/** Throws on what the consoles would refuse. */
export function buildWeChatApp(options: WeChatAppOptions): WeChatApp {
  const { appId, appSecret, callbackHost } = options;
  if (!/^wx[0-9a-f]{16}$/.test(appId)) throw new Error(`${appId} is no AppID`);
  if (!/^[0-9a-f]{32}$/.test(appSecret)) throw new Error('An AppSecret has 32 hexadecimal digits');
  if (!/^([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(callbackHost))
    throw new Error(`${callbackHost} is no bare host`);
  return { kind: 'website', name: 'Latchkey', hasOpenPlatform: false, ...options };
}
