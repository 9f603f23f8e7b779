/**
 * What a service is to Latchkey: one record of data, with optional pure hooks for its quirks. The engines read these
 * records and know no service by name; the manifest's hosts are derived from them.
 */
import type { OAuth1Provider } from './record/oauth1-provider.ts';
import type { OAuth2Provider } from './record/oauth2-provider.ts';
import type { OidcProvider } from './record/oidc-provider.ts';
import type { QrConnectProvider } from './record/qr-connect-provider.ts';
import type { UserApiProvider } from './record/user-api-provider.ts';

export type { OAuth1Provider } from './record/oauth1-provider.ts';
export type { DeviceFlow, OAuth2Provider } from './record/oauth2-provider.ts';
export type { OidcProvider } from './record/oidc-provider.ts';
export type { QrConnectProvider } from './record/qr-connect-provider.ts';
export type { TypedForm } from './record/typed-form.ts';
export type { ApiCall, ApiClient, ApiTokens, UserApiProvider } from './record/user-api-provider.ts';
export { features } from './record/provider-common.ts';
export type { Bases, Failure, Feature, Subject } from './record/provider-common.ts';

export type Provider = OAuth2Provider | OAuth1Provider | OidcProvider | QrConnectProvider | UserApiProvider;

export function defineProvider<const P extends Provider>(provider: P): P {
  return provider;
}
