/**
 * What a service is to Latchkey: one record of data, with optional pure hooks for its quirks. The engines in `lib/oauth`
 * read these records and know no service by name; the manifest's hosts are derived from them.
 */
import type { AppError } from '../errors.ts';

/** The two addresses a person may edit: where people sign in, and where the API answers. No slash at the end. */
export interface Bases {
  readonly auth: string;
  readonly api: string;
}

export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
}

/** Who a token belongs to, as the service itself says. */
export interface Subject {
  /** Unique at the service, the key of the account. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  readonly scopes: readonly string[];
}

/** An answer that is no success, read tolerantly: any status, JSON or not. */
export interface Failure {
  readonly status: number;
  /** RFC 6749 section 5.2 `error` and `error_description`, where the body has them as text. */
  readonly error: string | undefined;
  readonly description: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** True where the body was JSON; an HTML page of a gateway is not the service's word. */
  readonly isJson: boolean;
}

/** OAuth 2.0 (RFC 6749) with what real services make of it. */
export interface OAuth2Provider {
  readonly protocol: 'oauth2';
  readonly id: string;
  readonly title: string;
  /** The chain its accounts vote on. */
  readonly chain: 'steem' | 'hive';
  readonly bases: Bases;
  /** Where a person registers an app. */
  readonly consoleUrl: string;
  /** The chain account that an app must authorise before it can act. */
  readonly broadcaster: string;
  readonly endpoints: (bases: Bases) => Endpoints;
  /** The scope text by flow: `token` without a client secret (RFC 6749 section 4.2), `code` with one (4.1). */
  readonly scope: { readonly token: string; readonly code: string };
  /** Seconds an access token lives where the answer does not say. */
  readonly accessTokenSeconds: number;
  /** False where the endpoint answers success and revokes nothing. */
  readonly revokes: boolean;
  /** Where a person can take an app's right away for good. */
  readonly revokePage: (bases: Bases, clientId: string) => string;
  readonly buildIdentityRequest: (bases: Bases, accessToken: string) => Request;
  /** @throws AppError `bad_answer` when the body is none of this service's. */
  readonly readIdentity: (body: unknown) => Subject;
  readonly buildRevocationRequest: (bases: Bases, accessToken: string) => Request;
  /** Makes a token answer conform to RFC 6749 section 5.1 before it is validated. */
  readonly conformToken?: (body: unknown) => unknown;
  /** The service's own meaning of a failure; undefined leaves it to the engine. */
  readonly readFailure?: (failure: Failure) => AppError | undefined;
  /** The client id inside a token, where tokens can be read: a token made for another app is refused. */
  readonly findTokenClient?: (accessToken: string) => string | undefined;
}

export type Provider = OAuth2Provider;

export function defineProvider<const P extends Provider>(provider: P): P {
  return provider;
}
