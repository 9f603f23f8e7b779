/**
 * What a service is to Latchkey: one record of data, with optional pure hooks for its quirks. The engines in `lib/oauth`
 * read these records and know no service by name; the manifest's hosts are derived from them.
 */
import type { AppError } from '../errors.ts';
import type { Lookup } from './lookup.ts';

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
  /** What was granted; undefined where the identity answer does not say. */
  readonly scopes?: readonly string[];
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
  /** The body as it came, for services whose errors are not those of the RFC. */
  readonly text: string;
}

/** Rights beyond those every sign-in asks for, by what needs them. */
export const features = ['post', 'follows'] as const;
export type Feature = (typeof features)[number];

interface ProviderCommon {
  readonly id: string;
  readonly title: string;
  /** Which set-up steps Options shows. */
  readonly guide: 'steem' | 'x' | 'twitter';
  /** How the service calls what is pasted. */
  readonly fields: 'client' | 'api-key';
  /** The chain its accounts vote on. */
  readonly chain?: 'steem' | 'hive';
  /** The action its accounts are for: an account is chosen first for this one. */
  readonly actsFor: 'vote' | 'tweet';
  readonly bases: Bases;
  readonly areBasesFixed: boolean;
  readonly isSecretRequired: boolean;
  /** Where a person registers an app. */
  readonly consoleUrl: string;
  /** The chain account that an app must authorise before it can act. */
  readonly broadcaster?: string;
  /** False where the endpoint answers success and revokes nothing. */
  readonly revokes: boolean;
  /** Where a person can take an app's right away for good. */
  readonly revokePage: (bases: Bases, clientId: string) => string;
  /** The scope that a right beyond every sign-in's stands for; undefined where there are no scopes. */
  readonly scopeOf?: Readonly<Record<Feature, string>>;
  /** How much of the service's limit is left, by the headers of an answer; the time is UTC ms. */
  readonly findLimit?: (
    headers: Headers,
  ) => { readonly remaining: number; readonly resetsAt: number } | undefined;
  /** What its accounts can look up. */
  readonly lookups?: readonly Lookup[];
  /** The service's own meaning of a failure; undefined leaves it to the engine. */
  readonly readFailure?: (failure: Failure) => AppError | undefined;
  /** Milliseconds to wait by the service's own headers, where it does not use Retry-After. @param now UTC ms. */
  readonly findWait?: (headers: Headers, now: number) => number | undefined;
}

/** OAuth 2.0 (RFC 6749) with what real services make of it. */
export interface OAuth2Provider extends ProviderCommon {
  readonly protocol: 'oauth2';
  readonly endpoints: (bases: Bases) => Endpoints;
  /** What is asked for where the person has no client secret: a token (section 4.2), or a code with PKCE (RFC 7636). */
  readonly publicResponseType: 'token' | 'code';
  readonly hasPkce: boolean;
  /** How the secret travels (section 2.3.1), where there is one. */
  readonly clientAuthentication: 'body' | 'basic';
  readonly scope: (request: {
    readonly responseType: 'token' | 'code';
    readonly allow: readonly Feature[];
  }) => string;
  /** Seconds an access token lives where the answer does not say. */
  readonly accessTokenSeconds: number;
  /** The value of the Authorization header of an API call. */
  readonly authorization: (accessToken: string) => string;
  /** Asks whose token it is; to be authorised. */
  readonly buildIdentityRequest: (bases: Bases) => Request;
  /** @throws AppError `bad_answer` when the body is none of this service's. */
  readonly readIdentity: (body: unknown) => Subject;
  /**
   * True where the question is paid for or limited, so that it can fail after a good sign-in: the account is kept then,
   * under a name of its own until the service tells.
   */
  readonly canIdentityFail?: boolean;
  /** Takes tokens back, one request after the other, each with all that the service wants to see. */
  readonly buildRevocationRequests: (
    bases: Bases,
    clientId: string,
    tokens: { readonly accessToken: string; readonly refreshToken: string | undefined },
  ) => readonly Request[];
  /** Makes a token answer conform to RFC 6749 section 5.1 before it is validated. */
  readonly conformToken?: (body: unknown) => unknown;
  /** The client id inside a token, where tokens can be read: a token made for another app is refused. */
  readonly findTokenClient?: (accessToken: string) => string | undefined;
}

/** OAuth 1.0a (RFC 5849) in three legs; its tokens do not end by time. */
export interface OAuth1Provider extends ProviderCommon {
  readonly protocol: 'oauth1';
  readonly endpoints: (bases: Bases) => {
    readonly requestToken: string;
    readonly authorization: string;
    readonly accessToken: string;
    /** Takes the access token back, signed with it. */
    readonly invalidation: string;
  };
  /** What a refusal of the handshake means; its replies are of any form. */
  readonly explain: (reply: { readonly status: number; readonly text: string }) => AppError;
}

export type Provider = OAuth2Provider | OAuth1Provider;

export function defineProvider<const P extends Provider>(provider: P): P {
  return provider;
}
