/**
 * What the user API's refusals mean. The code travels in three places: `errors[].message.code` of GraphQL, where the message
 * is an object or the JSON text of one; `code` of the REST calls; and `apiCode`, often as text, beside `statusCode` 499 on
 * newer servers. Source of the codes: the vendor's page of error codes, Approw's English edition.
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';

interface Meaning {
  readonly code: ErrorCode;
  /** The field that most forms have it in. */
  readonly field?: string;
}

const rows: readonly (readonly [codes: readonly number[], meaning: Meaning])[] = [
  [[1000], { code: 'service_busy' }],
  [[1001, 2018, 2202, 2209, 2210, 2212], { code: 'no_permission' }],
  [[1635, 1636], { code: 'second_factor_needed' }],
  [[2000, 2001], { code: 'captcha_needed', field: 'login' }],
  [[2003], { code: 'bad_email', field: 'login' }],
  [[2204], { code: 'bad_email', field: 'email' }],
  [[2004], { code: 'person_not_found', field: 'login' }],
  [[2005], { code: 'person_locked', field: 'login' }],
  // 2333 is that of newer servers, which do not tell whether it is the name or the password.
  [[2006, 2333], { code: 'wrong_password', field: 'password' }],
  [[2201, 2203], { code: 'wrong_password', field: 'oldPassword' }],
  [[2010, 2011, 2101, 4212], { code: 'app_not_found', field: 'clientId' }],
  [[2016], { code: 'password_key_refused', field: 'publicKey' }],
  [[2020, 2206, 2207], { code: 'needs_sign_in' }],
  [[2026], { code: 'already_taken', field: 'login' }],
  [[2034], { code: 'already_taken', field: 'username' }],
  [[2035], { code: 'already_taken', field: 'phone' }],
  [[2200], { code: 'already_taken', field: 'email' }],
  [[2027], { code: 'no_password', field: 'password' }],
  [[2029], { code: 'password_too_short', field: 'password' }],
  [[2031], { code: 'sign_up_closed' }],
  [[2002, 2100], { code: 'too_many_requests' }],
  [[2036, 2224], { code: 'user_pool_refused', field: 'poolId' }],
];
const meanings: ReadonlyMap<number, Meaning> = new Map(
  rows.flatMap(([codes, meaning]) => codes.map((code) => [code, meaning] as const)),
);

const number = z.optional(z.union([z.number(), z.string()]));
const told = z.object({
  apiCode: number,
  code: number,
  statusCode: number,
  message: z.optional(z.string()),
});
type Told = z.output<typeof told>;

const graphql = z.object({ errors: z.array(z.object({ message: z.unknown() })).check(z.minLength(1)) });

const longestDetails = 300;
const success = 200;

/** Undefined for what is no refusal, or none of this API's. */
function readTold(value: unknown): Told | undefined {
  const read = told.safeParse(value);
  if (!read.success) return undefined;
  return readCode(read.data) === undefined ? undefined : read.data;
}

/** The business code before that of the transport. */
function readCode({ apiCode, code, statusCode }: Told): number | undefined {
  const first = Number(apiCode ?? code ?? statusCode);
  return Number.isInteger(first) ? first : undefined;
}

/** GraphQL's own faults are plain texts. */
function readMessage(message: unknown): Told {
  if (typeof message !== 'string') return readTold(message) ?? {};
  try {
    return readTold(JSON.parse(message)) ?? { message };
  } catch {
    return { message };
  }
}

function findTold(body: unknown): Told | undefined {
  const answer = graphql.safeParse(body);
  if (answer.success) return readMessage(answer.data.errors[0]?.message);
  const rest = readTold(body);
  return rest === undefined || readCode(rest) === success ? undefined : rest;
}

/** What a refusal inside an answer means; unknown ones are `authing_refused` with the service's own words as details. */
export function findRefusal(body: unknown): AppError | undefined {
  const refusal = findTold(body);
  if (refusal === undefined) return undefined;
  const { code, field }: Meaning = meanings.get(readCode(refusal) ?? 0) ?? { code: 'authing_refused' };
  const words = [readCode(refusal), refusal.message].filter((part) => part !== undefined).join(' ');
  return new AppError(code, {
    ...(field === undefined ? {} : { field }),
    ...(words === '' ? {} : { details: words.slice(0, longestDetails) }),
  });
}

/** The same of an answer that is no success; undefined where the status says more than the body. */
export function readHttpRefusal({
  status,
  isJson,
  text,
}: {
  readonly status: number;
  readonly isJson: boolean;
  readonly text: string;
}): AppError | undefined {
  if (!isJson) return undefined;
  const refusal = findRefusal(JSON.parse(text));
  const isUnclear = refusal?.code === 'authing_refused' && (status >= 500 || status === 429);
  return isUnclear ? undefined : refusal;
}
