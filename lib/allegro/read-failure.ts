/**
 * What Allegro's refusals mean. They come as OAuth errors, as the API's own list of errors, without any body, as plain
 * text, and as pages of those who guard against robots. Texts of OAuth errors are never passed on: they quote the token.
 * Sources: developer.allegro.pl/tutorials, its OpenAPI description, and answers quoted in public issues of
 * github.com/allegro/allegro-api (#2881, #11371, #12492, #12992 and others).
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';

export interface Refusal {
  readonly status: number;
  readonly error: string | undefined;
  readonly description: string | undefined;
  readonly isJson: boolean;
  readonly text: string;
  readonly headers: Headers;
  readonly retryAfterMs: number | undefined;
}

/** Over its limit a client id is blocked for a minute, and no header says so. */
const blockMs = 60_000;

const optionalText = z.optional(z.nullable(z.string()));
const errorList = z.object({
  errors: z.array(
    z.object({ code: z.string(), message: optionalText, path: optionalText, userMessage: optionalText }),
  ),
});

/** By the `error` of an OAuth answer, which is not always one of RFC 6749. */
const oauthErrors: ReadonlyMap<string, ErrorCode> = new Map([
  ['Unauthorized', 'allegro_unauthorized'],
  ['unauthorized', 'app_settings'],
  ['invalid_client', 'app_settings'],
  ['invalid_token', 'needs_sign_in'],
  ['unauthorized_client', 'allegro_wrong_app_type'],
]);

/** The number that Allegro's support asks for; the OAuth endpoints send none. */
function traceOf(headers: Headers): string {
  const trace = headers.get('trace-id') ?? '';
  return /^[\w-]{1,64}$/.test(trace) ? `Trace-Id: ${trace}` : '';
}

const joinDetails = (...lines: readonly string[]) => {
  const details = lines.filter((line) => line !== '').join('\n');
  return details === '' ? {} : { details };
};

/** Of the API, or of an answer of success that is no JSON; undefined leaves it to the status. */
export function readFailure(refusal: Refusal): AppError | undefined {
  return readOAuthError(refusal) ?? readErrorList(refusal) ?? readEmpty(refusal) ?? readBorder(refusal);
}

/** Of the token and device endpoints, where nothing but their own word ends a session: all else may pass. */
export function readTokenFailure(refusal: Refusal): AppError | undefined {
  return readOAuthError(refusal) ?? readBorder(refusal);
}

/** What stands before all endpoints. */
function readBorder({
  status,
  isJson,
  text,
  headers,
  retryAfterMs = blockMs,
}: Refusal): AppError | undefined {
  const details = joinDetails(traceOf(headers));
  if (status === 429) return new AppError('too_many_requests', { retryAfterMs, ...details });
  if (isJson || status >= 500) return undefined;
  if (text.includes('Invalid CORS request')) return new AppError('allegro_cors', details);
  // A redirect that leads to a page, or one that was not followed.
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || /<html|<!doctype html/i.test(text)) return new AppError('allegro_blocked', details);
  if (text.trim() === '') return new AppError('allegro_empty_answer', { params: { status }, ...details });
  return undefined;
}

/** Answers of the API that have no body by its own description. */
const emptyMeanings: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'needs_sign_in'],
  [403, 'scope_missing'],
  [404, 'allegro_not_found'],
]);

function readEmpty({ status, text, headers }: Refusal): AppError | undefined {
  const code = text.trim() === '' ? emptyMeanings.get(status) : undefined;
  return code === undefined ? undefined : new AppError(code, joinDetails(traceOf(headers)));
}

function readOAuthError({ error, description = '' }: Refusal): AppError | undefined {
  if (error === 'invalid_grant') {
    if (/redirect uri/i.test(description)) return new AppError('callback_not_approved');
    return new AppError(/authorization code/i.test(description) ? 'allegro_code_late' : 'needs_sign_in');
  }
  const code = oauthErrors.get(error ?? '');
  return code === undefined ? undefined : new AppError(code);
}

function readErrorList({ status, text, headers }: Refusal): AppError | undefined {
  const body = z.safeParse(errorList, parse(text));
  const [first] = body.data?.errors ?? [];
  if (first === undefined) return undefined;
  if (status === 429) return undefined;
  const words = first.userMessage ?? first.message ?? first.code;
  const options = {
    params: { words },
    ...joinDetails(`${first.code}: ${first.message ?? words}`, traceOf(headers)),
  };
  if (status >= 500) return new AppError('service_error', options);
  if (first.code === 'AccessDenied') return new AppError('scope_missing', options);
  if (status === 404) return new AppError('allegro_not_found', options);
  const field = ['limit', 'offset'].find((name) => name === first.path);
  return new AppError('allegro_refused', { ...options, ...(field !== undefined && { field }) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
