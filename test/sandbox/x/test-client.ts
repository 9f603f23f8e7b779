/** What an app does with X, for the tests of the sandbox: shares nothing with the product. */
import { createHash, randomBytes } from 'node:crypto';
import type { Sandbox } from '../index.ts';
import type { RawAnswer } from '../request.ts';
import { requestSandbox } from '../request.ts';
import type { Parameter } from './oauth1/signature.ts';
import { buildBaseString, percentEncode, signBaseString } from './oauth1/signature.ts';

export const redirectUri = 'https://abcdefghijklmnop.chromiumapp.org/x';
export const clientId = 'x-client-id';
export const allScopes = ['tweet.read', 'tweet.write', 'users.read', 'follows.read', 'offline.access'];
export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = createHash('sha256').update(verifier).digest('base64url');

type Fields = Readonly<Record<string, string>>;

export function postForm(
  sandbox: Sandbox,
  url: string,
  fields: Fields,
  headers: Fields = {},
): Promise<RawAnswer> {
  return requestSandbox(sandbox, url, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The address of the consent page; an empty text leaves a parameter out. */
export function authorizeUrl(changes: Fields = {}): string {
  const params = Object.entries({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: allScopes.join(' '),
    state: 'a state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  }).filter(([, value]) => value !== '');
  return `https://x.com/i/oauth2/authorize?${new URLSearchParams(params)}`;
}

/** Sends the consent page's own form. */
export function decide(
  sandbox: Sandbox,
  decision: 'authorize' | 'cancel',
  changes: Fields = {},
): Promise<RawAnswer> {
  const { searchParams } = new URL(authorizeUrl(changes));
  return postForm(sandbox, 'https://x.com/i/oauth2/authorize', {
    ...Object.fromEntries(searchParams),
    decision,
  });
}

/** The query of a redirect to `to`; throws when the answer leads elsewhere. */
export function readCallback(answer: RawAnswer, to = redirectUri): URLSearchParams {
  const location = answer.headers.location ?? '';
  if (answer.status !== 302 || !location.startsWith(`${to}?`)) throw new Error(`no callback: ${location}`);
  return new URLSearchParams(location.slice(to.length + 1));
}

export async function takeCode(sandbox: Sandbox, changes: Fields = {}): Promise<string> {
  return readCallback(await decide(sandbox, 'authorize', changes)).get('code') ?? '';
}

export function exchange(
  sandbox: Sandbox,
  code: string,
  changes: Fields = {},
  headers: Fields = {},
): Promise<RawAnswer> {
  const fields = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    client_id: clientId,
    ...changes,
  };
  const sent = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return postForm(sandbox, 'https://api.x.com/2/oauth2/token', sent, headers);
}

export function refresh(sandbox: Sandbox, token: string, changes: Fields = {}): Promise<RawAnswer> {
  return postForm(sandbox, 'https://api.x.com/2/oauth2/token', {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: clientId,
    ...changes,
  });
}

/** A whole answer as JSON; its shape is asserted by the test that reads it. */
export function parse(answer: RawAnswer): unknown {
  return JSON.parse(answer.text);
}

/** Fields of a token answer; a missing one becomes ''. */
export function parseTokens(answer: RawAnswer): { access: string; refresh: string; scope: string } {
  // X's token answer is an object of texts and numbers.
  const body = parse(answer) as Readonly<Record<string, unknown>>;
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name] : '');
  return { access: text('access_token'), refresh: text('refresh_token'), scope: text('scope') };
}

export interface ApiRequest {
  readonly method?: string;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly headers?: Fields;
  readonly body?: string;
}

/** A call with a bearer token; `path` with its query. */
export function call(
  sandbox: Sandbox,
  token: string,
  path: string,
  { method, json, headers = {}, body }: ApiRequest = {},
): Promise<RawAnswer> {
  const sent = json === undefined ? body : JSON.stringify(json);
  return requestSandbox(sandbox, `https://api.x.com${path}`, {
    ...(method !== undefined && { method }),
    headers: {
      authorization: `Bearer ${token}`,
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(sent !== undefined && { body: sent }),
  });
}

export interface Signing {
  readonly consumerKey?: string;
  readonly consumerSecret?: string;
  readonly token?: string;
  readonly tokenSecret?: string;
  /** Replaces or adds oauth_ parameters before signing; an empty text leaves one out. */
  readonly oauth?: Fields;
  /** Sent as a form, and signed. */
  readonly form?: Fields;
  /** Sent as JSON, and not signed. */
  readonly json?: unknown;
  readonly method?: string;
  readonly headers?: Fields;
  /** Signs for this address instead of the one that is called. */
  readonly signedUrl?: string;
  /** UTC s. */
  readonly timestamp?: number;
}

/** The Authorization header of a signed request. */
export function signRequest(url: string, signing: Signing = {}): string {
  const { consumerKey = 'x-api-key', consumerSecret = 'x-api-key-secret', form = {} } = signing;
  const asked = new URL(signing.signedUrl ?? url);
  const oauth = Object.entries({
    oauth_consumer_key: consumerKey,
    oauth_nonce: randomBytes(16).toString('hex'),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(signing.timestamp ?? Math.floor(Date.now() / 1000)),
    oauth_token: signing.token ?? '',
    oauth_version: '1.0',
    ...signing.oauth,
  }).filter(([, value]) => value !== '');
  const parameters: Parameter[] = [...oauth, ...asked.searchParams, ...Object.entries(form)];
  const method = signing.method ?? (hasBody(signing) ? 'POST' : 'GET');
  const signature = signBaseString(buildBaseString(method, asked.href, parameters), {
    consumerSecret,
    tokenSecret: signing.tokenSecret ?? '',
  });
  const all = [...oauth, ['oauth_signature', signature] as const];
  return `OAuth ${all.map(([name, value]) => `${name}="${percentEncode(value)}"`).join(', ')}`;
}

const hasBody = ({ form, json }: Signing): boolean => form !== undefined || json !== undefined;

/** Signs and sends; `authorization` repeats a header that was made before. */
export function callSigned(
  sandbox: Sandbox,
  url: string,
  signing: Signing = {},
  authorization: string = signRequest(url, signing),
): Promise<RawAnswer> {
  const { form, json } = signing;
  const body = json === undefined ? new URLSearchParams(form).toString() : JSON.stringify(json);
  const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  return requestSandbox(sandbox, url, {
    method: signing.method ?? (hasBody(signing) ? 'POST' : 'GET'),
    headers: { authorization, ...(hasBody(signing) && { 'content-type': type }), ...signing.headers },
    ...(hasBody(signing) && { body }),
  });
}
