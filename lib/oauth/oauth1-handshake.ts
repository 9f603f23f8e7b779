/**
 * The three-legged sign-in of OAuth 1.0a (RFC 5849 section 2): request token, the person's consent, access token. Every
 * step is built and read here; someone else sends the requests, signed.
 */
import { AppError } from '../errors.ts';
import { concealSecrets } from '../lookup/secrets.ts';
import { withoutTokens } from './read-answer.ts';
import type { HandshakeParameters, RequestToSign } from './oauth1-signature.ts';

/** A reply as it came, its text undecoded: the Content-Type of these replies is often wrong and not looked at. */
export interface HandshakeReply {
  readonly status: number;
  readonly text: string;
  /** What was sent: a refusal that repeats it must not bring it before people. */
  readonly secrets: readonly string[];
}

/** What the service's refusals mean, in whatever form it writes them. */
export type ExplainReply = (reply: Pick<HandshakeReply, 'status' | 'text'>) => AppError;

/** Both are secret. The request token lives from step one to three, sealed with the sign-in that is under way. */
export interface TokenAndSecret {
  readonly token: string;
  readonly tokenSecret: string;
}

export interface OAuth1Person extends TokenAndSecret {
  /** Digits, more of them than a number can hold. */
  readonly userId: string;
  readonly screenName: string;
}

/** What is sent (`request`) and what goes into the Authorization header beside the usual (`extra`). */
export interface HandshakeStep {
  readonly request: RequestToSign;
  readonly extra: HandshakeParameters;
}

/** Section 2.1, to be signed without a token. */
export function buildRequestTokenStep(endpoint: string, redirectUrl: string): HandshakeStep {
  return { request: { method: 'POST', url: endpoint }, extra: { oauth_callback: redirectUrl } };
}

/**
 * Reads the reply to step one.
 * @throws AppError `callback_not_approved` when the service will not send the person back to us, `bad_answer`, or what
 *   `explain` makes of a refusal.
 */
export function readRequestToken(reply: HandshakeReply, explain: ExplainReply): TokenAndSecret {
  const parameters = readForm(reply, explain);
  if (parameters.get('oauth_callback_confirmed') !== 'true') throw new AppError('callback_not_approved');
  return readTokenAndSecret(parameters);
}

/** Section 2.2. The callback is not named here again: the request token stands for it. */
export function buildConsentUrl(endpoint: string, { token }: Pick<TokenAndSecret, 'token'>): string {
  const url = new URL(endpoint);
  url.searchParams.set('oauth_token', token);
  return url.href;
}

/** Parameters that decide something; a callback that has one of them twice was tampered with. */
const decisive = ['oauth_token', 'oauth_verifier', 'denied'];

/**
 * Reads the address that the person came back on.
 * @param pending the request token of this sign-in; undefined when it is no longer known.
 * @returns the verifier for step three.
 * @throws AppError `answer_not_ours` (other address, or the token of another sign-in), `cancelled`,
 *   `request_token_missing` (here or in the address), `verifier_missing`.
 */
export function readConsent(
  callbackUrl: string,
  redirectUrl: string,
  pending: Pick<TokenAndSecret, 'token'> | undefined,
): string {
  if (pending === undefined) throw new AppError('request_token_missing');
  const url = URL.parse(callbackUrl);
  const expected = new URL(redirectUrl);
  const isOurs = url?.origin === expected.origin && url.pathname === expected.pathname;
  if (!isOurs || decisive.some((name) => url.searchParams.getAll(name).length > 1))
    throw new AppError('answer_not_ours');
  const [token, verifier, denied] = decisive.map((name) => url.searchParams.get(name) ?? '');
  // `denied` is no part of the RFC: the one sign of a person who said no, with the request token as its value.
  if (denied) throw new AppError(denied === pending.token ? 'cancelled' : 'answer_not_ours');
  if (!token) throw new AppError('request_token_missing');
  if (token !== pending.token) throw new AppError('answer_not_ours');
  if (!verifier) throw new AppError('verifier_missing');
  return verifier;
}

/** Section 2.3, to be signed with the request token and its secret. */
export function buildAccessTokenStep(endpoint: string, verifier: string): HandshakeStep {
  return { request: { method: 'POST', url: endpoint }, extra: { oauth_verifier: verifier } };
}

/**
 * Reads the reply to step three, with the person's id and name, which are no part of the RFC.
 * @throws AppError `bad_answer`, or what `explain` makes of a refusal.
 */
export function readAccessToken(reply: HandshakeReply, explain: ExplainReply): OAuth1Person {
  const parameters = readForm(reply, explain);
  const userId = parameters.get('user_id') ?? '';
  const screenName = parameters.get('screen_name') ?? '';
  if (!/^\d{1,20}$/.test(userId) || screenName === '') throw new AppError('bad_answer');
  return { ...readTokenAndSecret(parameters), userId, screenName };
}

function readForm({ status, text, secrets }: HandshakeReply, explain: ExplainReply): URLSearchParams {
  if (status !== 200) throw explain({ status, text: withoutTokens(concealSecrets(text, secrets)) });
  return new URLSearchParams(text.trim());
}

function readTokenAndSecret(parameters: URLSearchParams): TokenAndSecret {
  const token = parameters.get('oauth_token');
  const tokenSecret = parameters.get('oauth_token_secret');
  if (!token || !tokenSecret) throw new AppError('bad_answer');
  return { token, tokenSecret };
}
