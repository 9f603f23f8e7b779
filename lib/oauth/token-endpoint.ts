/**
 * The back half of a sign-in: a code for tokens (RFC 6749 section 4.1.3) and a refresh token for new ones (section 6),
 * through oauth4webapi. A provider's quirks are conformed before the library validates the answer.
 */
import * as oauth from 'oauth4webapi';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Bases, OAuth2Provider, Provider } from '../providers/provider.ts';
import { readAnswer, readFailure, toFailureError, withoutTokens } from './read-answer.ts';

/** What a token endpoint or a callback gave. Secret: lives in memory until it is sealed. */
export interface Tokens {
  readonly accessToken: string;
  /** Undefined where the service gave none. */
  readonly refreshToken: string | undefined;
  /** OAuth 1.0a only. */
  readonly tokenSecret?: string;
  /** Seconds from the answer; undefined where the service does not say. */
  readonly expiresInSeconds: number | undefined;
  /** What was granted; undefined where the answer does not say. */
  readonly scopes?: readonly string[];
}

/** A client as registered by the person. */
export interface Client<P extends Provider = Provider> {
  readonly provider: P;
  readonly bases: Bases;
  readonly clientId: string;
  /** Empty for a public client. */
  readonly clientSecret: string;
  /** What else the person set for the service, by field id. */
  readonly settings: Readonly<Record<string, string>>;
  /** Those of the settings that are sealed in the vault. */
  readonly secrets: Readonly<Record<string, string>>;
}

export type OAuth2Client = Client<OAuth2Provider>;

type Network = Pick<Ports, 'http' | 'clock'>;

export function serverOf({ provider, bases }: OAuth2Client): oauth.AuthorizationServer {
  const { authorization, token } = provider.endpoints(bases);
  return { issuer: new URL(bases.auth).origin, authorization_endpoint: authorization, token_endpoint: token };
}

/** Sends the library's request through our http, throws what the service meant, hands on conformed JSON only. */
function conformingFetch(
  { http, clock }: Network,
  { provider, clientSecret }: OAuth2Client,
  credential: string,
): typeof fetch {
  return async (input, init) => {
    const answer = await readAnswer(await http(new Request(input, init)), clock.now(), provider);
    const failure = () => {
      const read = readFailure(answer, [clientSecret, credential]);
      return { ...read, text: withoutTokens(read.text) };
    };
    const { readTokenFailure = provider.readFailure } = provider;
    if (answer.status !== 200) throw readTokenFailure?.(failure()) ?? toFailureError(failure());
    if (!answer.isJson) throw provider.readNoJson?.(failure()) ?? new AppError('bad_answer');
    return Response.json(provider.conformToken?.(answer.body) ?? answer.body);
  };
}

/** @param credential the code or refresh token that the call spends. */
function options(network: Network, client: OAuth2Client, credential: string) {
  return {
    [oauth.customFetch]: conformingFetch(network, client, credential),
    // Loopback bases are allowed for people who run a server of their own; others are refused when they are saved.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to go away
    [oauth.allowInsecureRequests]: new URL(client.bases.api).protocol === 'http:',
  };
}

/** RFC 7617 without the form encoding that RFC 6749 puts before it; the library would encode even a hyphen. */
function authenticateUnencoded(clientSecret: string): oauth.ClientAuth {
  return (_server, { client_id: clientId }, _body, headers) => {
    headers.set('authorization', `Basic ${btoa(`${clientId}:${clientSecret}`)}`);
  };
}

/** RFC 6749 section 2.3.1, or 2.1 for a public client, which only names itself. */
export function authenticate({ provider, clientSecret }: OAuth2Client): oauth.ClientAuth {
  if (clientSecret === '') return oauth.None();
  const authentications = {
    body: oauth.ClientSecretPost,
    basic: oauth.ClientSecretBasic,
    'basic-unencoded': authenticateUnencoded,
  };
  return authentications[provider.clientAuthentication](clientSecret);
}

/** The library's complaint about an answer that is not OAuth is `bad_answer`; its message could quote the answer. */
async function validated(read: () => Promise<oauth.TokenEndpointResponse>): Promise<Tokens> {
  try {
    const { access_token, refresh_token, expires_in, scope } = await read();
    return {
      accessToken: access_token,
      refreshToken: refresh_token,
      expiresInSeconds: expires_in,
      ...(scope === undefined ? {} : { scopes: scope.split(' ') }),
    };
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('bad_answer', { cause });
  }
}

/**
 * Exchanges an authorization code.
 * @param callbackUrl already checked by `readCallback`; the library wants to see `state` and code once more.
 * @throws AppError
 */
export function exchangeCode(
  network: Network,
  client: OAuth2Client,
  callback: {
    readonly url: string;
    readonly redirectUrl: string;
    readonly state: string;
    /** Where the provider has PKCE. */
    readonly codeVerifier: string | undefined;
  },
): Promise<Tokens> {
  const server = serverOf(client);
  const registration: oauth.Client = { client_id: client.clientId };
  return validated(async () => {
    const parameters = oauth.validateAuthResponse(
      server,
      registration,
      new URL(callback.url),
      callback.state,
    );
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      registration,
      authenticate(client),
      parameters,
      callback.redirectUrl,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to go away
      callback.codeVerifier ?? oauth.nopkce,
      options(network, client, parameters.get('code') ?? ''),
    );
    return oauth.processAuthorizationCodeResponse(server, registration, response);
  });
}

/** @throws AppError; `needs_sign_in` when the refresh token is no longer good. */
export function refreshTokens(network: Network, client: OAuth2Client, refreshToken: string): Promise<Tokens> {
  const server = serverOf(client);
  const registration: oauth.Client = { client_id: client.clientId };
  return validated(async () => {
    const response = await oauth.refreshTokenGrantRequest(
      server,
      registration,
      authenticate(client),
      refreshToken,
      options(network, client, refreshToken),
    );
    return oauth.processRefreshTokenResponse(server, registration, response);
  });
}
