/**
 * What X's refusals mean. They come as version 1 `{"errors":[{"code","message"}]}`, as problem details (RFC 9457) with the
 * old or the new host in `type` or with `about:blank`, as XML, and as plain text.
 *
 * Sources: xdevplatform/docs x-api/fundamentals/response-codes-and-errors (the table of codes stood there until June 2025),
 * the OpenAPI description 2.167, and answers quoted in public issues.
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';

export interface RefusedReply {
  readonly status: number;
  /** The body as it came. */
  readonly text: string;
  /** Milliseconds, from Retry-After or the rate headers. */
  readonly retryAfterMs?: number;
}

const meaningOfCode: ReadonlyMap<number, ErrorCode> = new Map([
  [32, 'x_wrong_keys'],
  [34, 'tweet_not_found'],
  [50, 'user_not_found'],
  [63, 'user_not_found'],
  [64, 'x_account_suspended'],
  [88, 'too_many_requests'],
  // Both 401 and 403 are in use for it: the token is gone, whatever the status.
  [89, 'needs_sign_in'],
  [99, 'x_wrong_keys'],
  [130, 'service_busy'],
  [131, 'service_error'],
  [135, 'x_clock'],
  [144, 'tweet_not_found'],
  [179, 'x_protected'],
  [185, 'x_daily_limit'],
  [186, 'tweet_too_long'],
  [187, 'tweet_duplicate'],
  [215, 'x_wrong_keys'],
  [220, 'x_access_level'],
  [226, 'tweet_looks_automated'],
  [261, 'x_app_read_only'],
  [326, 'x_account_locked'],
  [344, 'x_daily_limit'],
  [385, 'tweet_not_found'],
  [415, 'callback_not_approved'],
  [416, 'x_app_suspended'],
  [417, 'callback_not_approved'],
  [421, 'tweet_not_found'],
  [422, 'tweet_not_found'],
  [433, 'x_reply_not_allowed'],
  [453, 'x_access_level'],
]);

/** By the last segment of `type`; the host before it differs. */
const meaningOfType: ReadonlyMap<string, ErrorCode> = new Map([
  ['client-forbidden', 'x_app_not_enrolled'],
  ['credits', 'x_credits_depleted'],
  ['internal-error', 'service_error'],
  ['not-authorized-for-resource', 'x_protected'],
  ['oauth1-permissions', 'x_app_read_only'],
  ['unsupported-authentication', 'x_access_level'],
  ['usage-capped', 'x_daily_limit'],
]);

/** By words of title or detail, where type and code tell nothing; the first match counts. */
const meaningOfWords: readonly (readonly [RegExp, ErrorCode])[] = [
  [/duplicate content|already said that/i, 'tweet_duplicate'],
  [/\btext\b.{0,40}too long|needs to be a bit shorter/i, 'tweet_too_long'],
  [/looks like it might be automated/i, 'tweet_looks_automated'],
  [/creditsdepleted|not have any credits/i, 'x_credits_depleted'],
  [/temporarily locked|account is locked/i, 'x_account_locked'],
  [/your account is suspended/i, 'x_account_suspended'],
  [/reply to this conversation is not allowed|not allowed to reply/i, 'x_reply_not_allowed'],
  [/oauth1 app permissions|read-only application/i, 'x_app_read_only'],
  [/callback url not approved/i, 'callback_not_approved'],
  [/timestamp out of bounds/i, 'x_clock'],
  [/invalid or expired token/i, 'needs_sign_in'],
  [/could not authenticate you|bad authentication data/i, 'x_wrong_keys'],
  // A user that is not there is told otherwise; see readPartialError.
  [/^not found$/i, 'tweet_not_found'],
];

const meaningOfStatus: ReadonlyMap<number, ErrorCode> = new Map([
  [401, 'needs_sign_in'],
  // About money, not about the sign-in.
  [402, 'x_credits_depleted'],
  // The old spelling of 429.
  [420, 'too_many_requests'],
  [429, 'too_many_requests'],
]);

const problem = z.object({
  title: z.optional(z.string()),
  detail: z.optional(z.string()),
  type: z.optional(z.string()),
  resource_type: z.optional(z.string()),
  code: z.optional(z.number()),
  message: z.optional(z.string()),
  error: z.optional(z.string()),
});
type Problem = z.output<typeof problem>;

const several = z.object({ errors: z.array(z.unknown()) });

/** Longest text of the service that is kept, in characters. */
const maxDetails = 2000;

/** The refusal as an error that a person can be told of; the service's own words are in `details`. */
export function readError({ status, text, retryAfterMs }: RefusedReply): AppError {
  const problems = readProblems(text);
  const words = problems.map(readWords).filter((one) => one !== '');
  const details = [...new Set(words)].join('\n');
  return new AppError(findMeaning(problems) ?? readStatus(status, problems.length > 0), {
    ...(details === '' ? {} : { details: details.slice(0, maxDetails) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** An entry of `errors` in an answer of status 200, which is how X says that a user or a tweet is not there. */
export function readPartialError(entry: unknown): AppError {
  const found = problem.safeParse(entry).data ?? {};
  return new AppError(findMeaning([found]) ?? 'x_refused', {
    details: readWords(found).slice(0, maxDetails),
  });
}

/** The problems of a body in whatever form, those with the most to tell first; none in an HTML page. */
function readProblems(text: string): Problem[] {
  const body = findJson(text);
  if (body !== undefined) {
    const inner = several.safeParse(body).data?.errors ?? [];
    return [body, ...inner].flatMap((entry) => problem.safeParse(entry).data ?? []);
  }
  const xml = /<error code="(?<code>\d+)">(?<message>[^<]*)/.exec(text)?.groups;
  if (xml) return [{ code: Number(xml['code']), message: xml['message'] ?? '' }];
  return /^\s*(<|$)/.test(text) ? [] : [{ message: text.trim() }];
}

function findMeaning(problems: readonly Problem[]): ErrorCode | undefined {
  for (const found of problems) {
    const type = found.type?.split('/').at(-1) ?? '';
    const words = readWords(found);
    const code =
      meaningOfCode.get(found.code ?? NaN) ??
      (type === 'resource-not-found' ? readMissing(found) : meaningOfType.get(type)) ??
      meaningOfWords.find(([pattern]) => pattern.test(words))?.[1];
    if (code !== undefined) return code;
  }
  return undefined;
}

function readMissing({ resource_type }: Problem): ErrorCode {
  return resource_type === 'user' ? 'user_not_found' : 'tweet_not_found';
}

function readStatus(status: number, isTold: boolean): ErrorCode {
  if (status >= 500) return isTold ? 'service_error' : 'service_busy';
  return meaningOfStatus.get(status) ?? (isTold ? 'x_refused' : 'bad_answer');
}

function readWords({ title, detail, message, error }: Problem): string {
  const words = [title === detail ? undefined : title, detail ?? message ?? error];
  return words.filter((part) => part !== undefined).join(': ');
}

function findJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
