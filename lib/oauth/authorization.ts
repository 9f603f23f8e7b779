/** The front half of a sign-in: the address that the person is sent to, and reading the one they come back on. */
import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { AppError } from '../errors.ts';

export interface AuthorizationRequest {
  readonly endpoint: string;
  readonly clientId: string;
  readonly redirectUrl: string;
  /** RFC 6749 section 4.1 or, where there is no client secret, 4.2. */
  readonly responseType: 'code' | 'token';
  readonly scope: string;
  readonly state: string;
  /** RFC 7636 section 4.3, method S256. */
  readonly codeChallenge?: string;
  /** The service's own. */
  readonly more?: Readonly<Record<string, string>>;
}

/** RFC 7636 section 4.2. @param codeVerifier 43 to 128 characters, unguessable. */
export function deriveCodeChallenge(codeVerifier: string): Promise<string> {
  return calculatePKCECodeChallenge(codeVerifier);
}

/** RFC 6749 section 4.1.1 and 4.2.1. */
export function buildAuthorizationUrl(request: AuthorizationRequest): string {
  const url = new URL(request.endpoint);
  url.searchParams.set('client_id', request.clientId);
  url.searchParams.set('redirect_uri', request.redirectUrl);
  url.searchParams.set('response_type', request.responseType);
  url.searchParams.set('scope', request.scope);
  url.searchParams.set('state', request.state);
  if (request.codeChallenge !== undefined) {
    url.searchParams.set('code_challenge', request.codeChallenge);
    url.searchParams.set('code_challenge_method', 'S256');
  }
  for (const [name, value] of Object.entries(request.more ?? {})) url.searchParams.set(name, value);
  // RFC 3986 section 2.1: not every service reads a plus sign as a space.
  return url.href.replaceAll('+', '%20');
}

export interface CallbackGrant {
  /** Exactly one of the two is there. */
  readonly code?: string;
  readonly accessToken?: string;
  readonly expiresInSeconds?: number;
  /** Unsigned and so never trusted, only compared. */
  readonly username?: string;
}

/** Parameters that decide something; a callback that has one of them twice was tampered with. */
const decisive = ['state', 'code', 'access_token', 'username', 'expires_in', 'error', 'iss'];

function parseOurs(callbackUrl: string, redirectUrl: string, state: string): URLSearchParams {
  const url = URL.canParse(callbackUrl) ? new URL(callbackUrl) : undefined;
  const expected = new URL(redirectUrl);
  const isOurs = url?.origin === expected.origin && url.pathname === expected.pathname;
  if (!isOurs) throw new AppError('answer_not_ours');
  const parameters = url.searchParams;
  const isDoubled = decisive.some((name) => parameters.getAll(name).length > 1);
  // RFC 6749 section 10.12: the services never check state, we do, and a missing one is a wrong one.
  const told = parameters.get('state');
  // SteemConnect's own breakdown comes without state; a refusal gives nothing away, whoever sent it.
  const isBareRefusal = told === null && parameters.has('error');
  if (isDoubled || (told !== state && !isBareRefusal)) throw new AppError('answer_not_ours');
  return parameters;
}

/** RFC 9207: who answers, where the server says so. */
export interface ExpectedIssuer {
  readonly issuer: string;
  /** The server promised to say it each time. */
  readonly isAlwaysTold: boolean;
}

/** Another server's answer is thrown away before anything in it is believed (RFC 9207 section 2.4). */
function assertIssuer(parameters: URLSearchParams, { issuer, isAlwaysTold }: ExpectedIssuer): void {
  const told = parameters.get('iss');
  if (told === null ? isAlwaysTold : told !== issuer) throw new AppError('answer_not_ours');
}

/** OpenID Connect Core section 3.1.2.6: the server would have to show a page. */
const personNeeded = new Set([
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'login_required',
]);

function toCallbackError(error: string, description: string): AppError {
  const details = [error, description].join(': ').slice(0, 300);
  if (personNeeded.has(error)) return new AppError('needs_sign_in', { details });
  return new AppError(error === 'access_denied' ? 'cancelled' : 'sign_in_refused', { details });
}

/**
 * Reads the address that the person came back on. Everything is in the query, for tokens too.
 * @param expected where the server has a name of its own; left out, `iss` is not looked at.
 * @throws AppError `answer_not_ours` (other address, wrong or missing state, another issuer, a doubled parameter),
 *   `cancelled`, `needs_sign_in` and `sign_in_refused` (the service says `error`), `bad_answer` (neither code nor token).
 */
export function readCallback(
  callbackUrl: string,
  redirectUrl: string,
  state: string,
  expected?: ExpectedIssuer,
): CallbackGrant {
  const parameters = parseOurs(callbackUrl, redirectUrl, state);
  if (expected !== undefined) assertIssuer(parameters, expected);
  const error = parameters.get('error');
  if (error !== null) throw toCallbackError(error, parameters.get('error_description') ?? '');
  const [code, accessToken, username] = ['code', 'access_token', 'username'].map(
    (name) => parameters.get(name) ?? '',
  );
  if (Boolean(code) === Boolean(accessToken)) throw new AppError('bad_answer');
  const seconds = Number(parameters.get('expires_in'));
  return {
    ...(code ? { code } : {}),
    ...(accessToken ? { accessToken } : {}),
    ...(Number.isFinite(seconds) && seconds > 0 ? { expiresInSeconds: seconds } : {}),
    ...(username ? { username } : {}),
  };
}
