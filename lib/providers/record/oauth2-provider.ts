import type { AppError, ErrorCode } from '../../errors.ts';
import type { Bases, Failure, Feature, ProviderCommon, Subject } from './provider-common.ts';

export interface Endpoints {
  readonly authorization: string;
  readonly token: string;
}

/** RFC 8628, for apps that sign people in by a code. */
export interface DeviceFlow {
  /** True where the person's app is of this kind. */
  readonly isChosen: (settings: Readonly<Record<string, string>>) => boolean;
  readonly endpoint: (bases: Bases) => string;
  /** What the service says beside the errors of the RFC. */
  readonly errors?: Readonly<Record<string, ErrorCode>>;
}

/** OAuth 2.0 (RFC 6749) with what real services make of it. */
export interface OAuth2Provider extends ProviderCommon {
  readonly protocol: 'oauth2';
  readonly endpoints: (bases: Bases) => Endpoints;
  /** What is asked for where the person has no client secret: a token (section 4.2), or a code with PKCE (RFC 7636). */
  readonly publicResponseType: 'token' | 'code';
  readonly hasPkce: boolean;
  readonly device?: DeviceFlow;
  /** How the secret travels (section 2.3.1), where there is one; not every service undoes the encoding of `basic`. */
  readonly clientAuthentication: 'body' | 'basic' | 'basic-unencoded';
  readonly scope: (request: {
    readonly responseType: 'token' | 'code';
    readonly allow: readonly Feature[];
  }) => string;
  /** Seconds an access token lives where the answer does not say. */
  readonly accessTokenSeconds: number;
  /** Further parameters of the sign-in page's address. */
  readonly authorizationParameters?: (request: {
    /** The person is to come back as the one they were. */
    readonly isRenewal: boolean;
    readonly isInteractive: boolean;
  }) => Readonly<Record<string, string>>;
  /** True where a refresh token is of no use to a public client: it is not kept, and a new one is fetched silently. */
  readonly needsSecretToRefresh?: boolean;
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
  /** The token endpoint's meaning of a failure, where it is not that of the API. */
  readonly readTokenFailure?: (failure: Failure) => AppError | undefined;
  /** The client id inside a token, where tokens can be read: a token made for another app is refused. */
  readonly findTokenClient?: (accessToken: string) => string | undefined;
}
