/** Whether a request was signed by an app we know, now, and for the first time. */
import type { SandboxRequest } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import type { XApp } from '../app-registry.ts';
import type { XCode } from '../codes.ts';
import { codeAnswer } from '../codes.ts';
import type { XService } from '../service.ts';
import { findOAuthParameters } from './authorization-header.ts';
import type { Parameter } from './signature.ts';
import { buildBaseString, signBaseString } from './signature.ts';

export interface SignedRequest {
  readonly app: XApp;
  /** All parameters of header, query and form; the first of each name. */
  readonly parameters: ReadonlyMap<string, string>;
}

/** How far a timestamp may be off. */
const toleranceSeconds = 300;

/**
 * Throws ApiError 215 (no usable header), 32 (unknown key, wrong method or signature, replay), 135 (clock), 416.
 * `getTokenSecret` gets the token of the request ('' for none) and throws its own refusals.
 */
export function verifySigned(
  service: XService,
  request: SandboxRequest,
  getTokenSecret: (token: string, app: XApp) => string,
): SignedRequest {
  const header = findOAuthParameters(request.headers.authorization);
  if (header === undefined) throw refusal(215);
  const app = service.findAppByKey(header.get('oauth_consumer_key') ?? '');
  const nonce = header.get('oauth_nonce') ?? '';
  const timestamp = header.get('oauth_timestamp') ?? '';
  const version = header.get('oauth_version') ?? '1.0';
  const isWellFormed =
    header.get('oauth_signature_method') === 'HMAC-SHA1' &&
    /^[A-Za-z0-9]+$/.test(nonce) &&
    /^[1-9][0-9]*$/.test(timestamp) &&
    version === '1.0';
  if (app === undefined || !isWellFormed) throw refusal(32);
  if (app.suspended) throw refusal(416);
  if (Math.abs(service.now() / 1000 - Number(timestamp)) > toleranceSeconds) throw refusal(135);

  const token = header.get('oauth_token') ?? '';
  const parameters = collectParameters(request, header);
  const expected = signBaseString(
    buildBaseString(request.method, `https://${request.host}${request.path}`, parameters),
    { consumerSecret: app.apiKeySecret, tokenSecret: getTokenSecret(token, app) },
  );
  if (header.get('oauth_signature') !== expected) throw refusal(32);
  if (!service.nonces.add(`${app.apiKey} ${token} ${timestamp} ${nonce}`)) throw refusal(32);
  return { app, parameters: new Map([...parameters].reverse()) };
}

/** Section 3.4.1.3.1: header, query, and a body that is a form and says so. */
function collectParameters(request: SandboxRequest, header: ReadonlyMap<string, string>): Parameter[] {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '');
  return [
    ...[...header].filter(([name]) => name !== 'oauth_signature'),
    ...request.query,
    ...(isForm ? new URLSearchParams(request.body) : []),
  ];
}

function refusal(code: XCode): ApiError {
  return new ApiError(codeAnswer(code));
}
