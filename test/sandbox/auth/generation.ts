/** What sets one sign-in service apart from another, as data. Facts of each: its own file. */
import type { TokenFormat } from './tokens.ts';

/** What an authorize request asks for, once the service has read it its own way. */
export interface Consent {
  readonly scope: readonly string[];
  readonly responseType: 'code' | 'token';
}

export type ScopeReading = Consent | { readonly unknownScopes: readonly string[] };

export interface Generation {
  readonly title: string;
  readonly webHost: string;
  /** May be the web host itself. */
  readonly apiHosts: readonly string[];
  /** The account whose key signs what apps broadcast. */
  readonly broadcaster: string;
  readonly operations: readonly string[];
  readonly tokenFormat: TokenFormat;
  readonly readScope: (scope: string, responseType: string) => ScopeReading;
  /** Seconds a code lives; undefined where the server never looks at its time. */
  readonly codeSeconds: number | undefined;
  /** True where the server refuses an access token past its end; false where only the client counts. */
  readonly enforcesExpiry: boolean;
  /** True where the token endpoint gives a refresh token even without the scope `offline`. */
  readonly alwaysRefreshes: boolean;
  /** True where revoking an access token ends it; the others answer success and do nothing. */
  readonly revokes: boolean;
  /** The callback names the user beside a code too, and has v3's order of parameters; v2 sorts them. */
  readonly alwaysNamesUser: boolean;
  /** A mismatch of client_id and redirect_uri: a redirect to the site's own 404, or a page with this text. */
  readonly mismatch: { readonly redirect: string } | { readonly text: string };
  /** http loopback addresses match whatever their port. */
  readonly anyLoopbackPort: boolean;
  /** What /api/me says when the chain can't be read. */
  readonly nodeTrouble: { readonly text: string } | { readonly description: string };
  /** `private`: each app stores its own object; `null`: always null; `posting`: the account's public profile. */
  readonly userMetadata: 'private' | 'null' | 'posting';
  /** Whole transaction, or little more than its id. */
  readonly broadcastResult: 'transaction' | 'id';
  /** Adds the node's raw error to a refused broadcast. */
  readonly hasRawResponse: boolean;
  /** A token request without client_secret is never answered: the server dies on hashing nothing. */
  readonly hangsWithoutSecret: boolean;
}
