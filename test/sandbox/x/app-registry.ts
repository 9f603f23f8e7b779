/** Apps of X's developer console: one app has both kinds of keys, a price plan and a level of access. */

/** `native` and `spa` are public clients, `web` has to prove itself with its secret. */
export type XAppType = 'native' | 'spa' | 'web';
export type XPermission = 'read' | 'read-write';

export interface XAppOptions {
  /** What the consent page calls the app; `Latchkey` when left out. */
  readonly name?: string;
  /** OAuth 2.0 client id; not the API key. */
  readonly clientId: string;
  readonly type: XAppType;
  /** Needed for `web`, refused for the others. */
  readonly clientSecret?: string;
  /** OAuth 2.0 redirect addresses, compared to the letter. */
  readonly redirectUris: readonly string[];
  /** OAuth 1.0a consumer key and secret. */
  readonly apiKey: string;
  readonly apiKeySecret: string;
  /** OAuth 1.0a callback addresses, compared to the letter; without one only `oob` is taken. */
  readonly callbackUrls: readonly string[];
  /** What OAuth 1.0a tokens may do; each token keeps the level it was made with. */
  readonly permission: XPermission;
  /** Reads of this person's own lists are cheap. */
  readonly ownerUserId?: string;
  /** USD left; without end when left out. */
  readonly credits?: number;
  /** `self-serve` when left out: no quotes, and replies only where summoned. */
  readonly accessLevel?: 'self-serve' | 'enterprise';
  /** Allows /oauth/authenticate; true when left out. */
  readonly signInWithX?: boolean;
}

export interface XApp {
  readonly name: string;
  readonly clientId: string;
  readonly type: XAppType;
  readonly clientSecret: string | undefined;
  readonly redirectUris: readonly string[];
  readonly apiKey: string;
  readonly apiKeySecret: string;
  readonly callbackUrls: readonly string[];
  permission: XPermission;
  ownerUserId: string | undefined;
  /** USD. */
  credits: number;
  accessLevel: 'self-serve' | 'enterprise';
  signInWithX: boolean;
  /** False: the app is in no package, and every v2 call is refused. */
  enrolled: boolean;
  /** Switched off by X: code 416. */
  suspended: boolean;
}

/** Throws on what the console would refuse. */
export function buildXApp(options: XAppOptions): XApp {
  const { clientId, type, clientSecret } = options;
  if ((type === 'web') !== (clientSecret !== undefined))
    throw new Error('A web app has a client secret, the other types have none');
  return {
    name: options.name ?? 'Latchkey',
    clientId,
    type,
    clientSecret,
    redirectUris: options.redirectUris,
    apiKey: options.apiKey,
    apiKeySecret: options.apiKeySecret,
    callbackUrls: options.callbackUrls,
    permission: options.permission,
    ownerUserId: options.ownerUserId,
    credits: options.credits ?? Infinity,
    accessLevel: options.accessLevel ?? 'self-serve',
    signInWithX: options.signInWithX ?? true,
    enrolled: true,
    suspended: false,
  };
}
