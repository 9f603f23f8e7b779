import type { Bases, ProviderCommon } from './provider-common.ts';

type Settings = Readonly<Record<string, string>>;

/** OpenID Connect Core 1.0 by the code flow with PKCE; where everything lies, the server itself tells (Discovery 1.0). */
export interface OidcProvider extends ProviderCommon {
  readonly protocol: 'oidc';
  /** What discovery starts from, without a slash at its end. */
  readonly issuer: (bases: Bases) => string;
  /** What is asked for, with spaces between; begins with `openid`. */
  readonly scope: (settings: Settings) => string;
  /**
   * Id of the setting that lists further origins, with spaces between, on which the person lets the server's endpoints
   * lie. Without one all of them must lie on the issuer's own.
   */
  readonly otherHosts?: string;
  /** Seconds an access token lives where the answer does not say. */
  readonly accessTokenSeconds: number;
  /** Further parameters of the sign-in page's address. */
  readonly authorizationParameters?: (settings: Settings) => Readonly<Record<string, string>>;
  /** Headers that the service wants on each call of ours. */
  readonly headers?: (client: {
    readonly clientId: string;
    readonly settings: Settings;
  }) => Readonly<Record<string, string>>;
  /** Milliseconds to wait for an answer, where the person may choose. */
  readonly timeLimit?: (settings: Settings) => number;
}
