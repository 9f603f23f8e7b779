/** Tokens of an OpenID Connect server: for a code, and for a refresh token; the ID token is checked in both. */
import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { askOpenId, authenticate, type OpenIdCaller, optionsOf, registrationOf } from './openid-call.ts';
import type { Answer } from './read-answer.ts';
import type { Tokens } from './token-endpoint.ts';

export interface OpenIdTokens extends Tokens {
  readonly idToken: string | undefined;
  /** What the ID token says, checked; undefined where there is none. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  /** The tokens are bound to the key of the proofs. */
  readonly isBound: boolean;
}

/** An answer without these is none; what is wrong beyond is the ID token's fault. */
const tokenAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  token_type: z.string(),
  id_token: z.optional(z.string()),
});
const joseHeader = z.object({ alg: z.string() });

function decodeBase64Url(text: string): string | undefined {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}

/** Undefined for what is no header. */
function findAlgorithm(idToken: string): string | undefined {
  try {
    const header: unknown = JSON.parse(decodeBase64Url(idToken.split('.')[0] ?? '') ?? '');
    const parsed = joseHeader.safeParse(header);
    return parsed.success ? parsed.data.alg : undefined;
  } catch {
    return undefined;
  }
}

/** Tells apart what only a switch at the server's console can mend. The library refuses all the rest. */
function assertCheckable(idToken: string): void {
  if (idToken.split('.').length === 5) throw new AppError('id_token_encrypted', { field: 'clientId' });
  if (findAlgorithm(idToken)?.startsWith('HS') === true)
    throw new AppError('id_token_symmetric', { field: 'clientId' });
}

/** The library's words are of its own making and quote nothing. */
function toTokenError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const isItsOwn = cause instanceof oauth.OperationProcessingError;
  return new AppError('id_token_refused', { cause, ...(isItsOwn ? { details: cause.message } : {}) });
}

function readTokens(response: oauth.TokenEndpointResponse): OpenIdTokens {
  const { access_token, refresh_token, expires_in, scope, id_token, token_type } = response;
  return {
    accessToken: access_token,
    refreshToken: refresh_token,
    expiresInSeconds: expires_in,
    ...(scope === undefined ? {} : { scopes: scope.split(' ') }),
    idToken: id_token,
    claims: oauth.getValidatedIdTokenClaims(response),
    isBound: token_type === 'dpop',
  };
}

/** @throws AppError `bad_answer` for what is no token answer, `id_token_...` for an ID token that can't be taken. */
async function checkTokens(
  answer: Answer,
  isIdTokenRequired: boolean,
  check: (response: Response) => Promise<oauth.TokenEndpointResponse>,
): Promise<OpenIdTokens> {
  const parsed = tokenAnswer.safeParse(answer.body);
  if (!parsed.success) throw new AppError('bad_answer', { cause: parsed.error });
  const { id_token: idToken } = parsed.data;
  if (idToken !== undefined) assertCheckable(idToken);
  else if (isIdTokenRequired) throw new AppError('id_token_refused');
  try {
    return readTokens(await check(Response.json(answer.body)));
  } catch (cause) {
    throw toTokenError(cause);
  }
}

export interface CodeExchange {
  /** The address that came back, checked by `readCallback`; the library wants to see it once more. */
  readonly url: string;
  readonly redirectUrl: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The library has looked at the parameters once more: state, `iss`, nothing twice. */
function readParameters(caller: OpenIdCaller, { url, state }: CodeExchange): URLSearchParams {
  try {
    return oauth.validateAuthResponse(caller.server.metadata, registrationOf(caller), new URL(url), state);
  } catch (cause) {
    throw new AppError('answer_not_ours', { cause });
  }
}

/**
 * OpenID Connect Core section 3.1.3. The ID token's issuer, audience, times, nonce and signature are checked, the last one
 * by the keys that the server publishes.
 * @throws AppError
 */
export async function exchangeOpenIdCode(
  caller: OpenIdCaller,
  exchange: CodeExchange,
): Promise<OpenIdTokens> {
  const { metadata } = caller.server;
  const registration = registrationOf(caller);
  const parameters = readParameters(caller, exchange);
  const secrets = [parameters.get('code') ?? '', exchange.codeVerifier];
  const answer = await askOpenId(caller, secrets, () =>
    oauth.authorizationCodeGrantRequest(
      metadata,
      registration,
      authenticate(caller),
      parameters,
      exchange.redirectUrl,
      exchange.codeVerifier,
      optionsOf(caller),
    ),
  );
  return checkTokens(answer, true, async (response) => {
    const tokens = await oauth.processAuthorizationCodeResponse(metadata, registration, response, {
      expectedNonce: exchange.nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(metadata, response, optionsOf(caller));
    return tokens;
  });
}

/**
 * OpenID Connect Core section 12. An ID token is checked but for its signature, which section 3.1.3.7 (6) leaves to TLS:
 * keys that can't be fetched right now must not cost the new refresh token.
 * @throws AppError; `needs_sign_in` when the refresh token is no longer good.
 */
export async function refreshOpenIdTokens(caller: OpenIdCaller, refreshToken: string): Promise<OpenIdTokens> {
  const { metadata } = caller.server;
  const registration = registrationOf(caller);
  const answer = await askOpenId(caller, [refreshToken], () =>
    oauth.refreshTokenGrantRequest(
      metadata,
      registration,
      authenticate(caller),
      refreshToken,
      optionsOf(caller),
    ),
  );
  return checkTokens(answer, false, (response) =>
    oauth.processRefreshTokenResponse(metadata, registration, response),
  );
}
