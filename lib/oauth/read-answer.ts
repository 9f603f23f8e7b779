/** Reads what a service answered, whatever it is: JSON, an HTML page of a gateway, plain text, nothing, half a JSON. */
import { AppError } from '../errors.ts';
import { concealSecrets } from '../lookup/secrets.ts';
import { toNetworkError } from './limit-answers.ts';
import type { Failure, Provider } from '../providers/provider.ts';

export interface Answer {
  readonly status: number;
  readonly isJson: boolean;
  /** The parsed body; undefined where it was not JSON. */
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
  /** The body as it came. */
  readonly text: string;
  readonly headers: Headers;
}

/** Objects and lists inside one another: no service goes so deep, and what walks through an answer ends at the stack. */
const deepest = 200;

/** The chain's texts run over many lines; more than this is no text for people. */
const longestDescription = 2000;

/** What a service has of its own in this: see the provider's record. */
export type Reading = Pick<Provider, 'findWait' | 'parse'>;

/**
 * @param now UTC ms, to turn a Retry-After date into a wait.
 * @throws AppError `network` when the connection broke in the middle of the body, and what else ends it.
 */
export async function readAnswer(
  response: Response,
  now: number,
  { findWait, parse = JSON.parse }: Reading = {},
): Promise<Answer> {
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw toNetworkError(cause);
  }
  const answer = {
    status: response.status,
    headers: response.headers,
    retryAfterMs:
      readRetryAfter(response.headers.get('retry-after'), now) ?? findWait?.(response.headers, now),
  };
  if (isTooDeep(text)) return { ...answer, isJson: false, body: undefined, text };
  try {
    return { ...answer, isJson: true, body: parse(text), text };
  } catch {
    return { ...answer, isJson: false, body: undefined, text };
  }
}

/** Looks at the brackets outside of strings alone, so that nothing has to be taken apart. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const letter = json.charAt(at);
    if (isInString) {
      if (letter === '\\') at += 1;
      else isInString = letter !== '"';
    } else if (letter === '"') isInString = true;
    else if (letter === '[' || letter === '{') depth += 1;
    else if (letter === ']' || letter === '}') depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** RFC 9110 section 10.2.3: seconds, or a date. Milliseconds from `now`, never negative. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function textOf(body: unknown, key: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, key);
  return typeof value === 'string' ? value : undefined;
}

/**
 * A text without what looks like a token. Tokens that come under a wrong status, or in half a JSON, are nobody's to see,
 * and what is refused is shown. No word for people has twenty letters and digits.
 */
export function withoutTokens(text: string): string {
  return text.replaceAll(/[\w-]{20,}/g, (word) => (/\d/.test(word) && /[a-z]/i.test(word) ? '…' : word));
}

/** @param secrets what we sent. */
export function readFailure(
  { status, isJson, body, text, retryAfterMs, headers }: Answer,
  secrets: readonly string[],
): Failure {
  const description = textOf(body, 'error_description');
  return {
    status,
    isJson,
    text: concealSecrets(text, secrets),
    retryAfterMs,
    headers,
    error: textOf(body, 'error'),
    description:
      description === undefined
        ? undefined
        : concealSecrets(description, secrets).slice(0, longestDescription),
  };
}

/**
 * What a failure means where the service's own table says nothing (RFC 6749 section 5.2, RFC 9110 section 15).
 * Only `needs_sign_in`, `app_settings` and `scope_missing` are definite; everything else may pass.
 */
export function toFailureError(failure: Failure): AppError {
  const { status, error, description, retryAfterMs, isJson } = failure;
  const options = {
    ...(description === undefined ? {} : { details: description }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  if (status === 429) return new AppError('too_many_requests', options);
  if (status >= 500) return new AppError(isJson ? 'service_error' : 'service_busy', options);
  if (!isJson) return new AppError('bad_answer', options);
  if (error === 'invalid_grant') return new AppError('needs_sign_in', options);
  if (error === 'invalid_scope') return new AppError('scope_missing', options);
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return new AppError('app_settings', options);
  return new AppError(status === 401 ? 'needs_sign_in' : 'service_error', options);
}
