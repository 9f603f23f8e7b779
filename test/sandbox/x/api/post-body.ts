/** The JSON of POST /2/tweets, by the schema: what is not in it is refused by name. */
import type { SandboxRequest } from '../../messages.ts';
import type { Call } from './call.ts';
import { invalid } from './call.ts';

export interface PostBody {
  readonly text: string;
  readonly replyTo: string | undefined;
  readonly quotes: string | undefined;
}

const id = /^[0-9]{1,19}$/;
const replySettings = ['following', 'mentionedUsers', 'subscribers', 'verified'];
/** In the schema, and left alone by this stand-in. */
const flags = ['made_with_ai', 'paid_partnership', 'nullcast', 'share_with_followers'];

/** Throws ApiError 400. Media, polls, places and the like are in the schema but not in the sandbox: refused too. */
export function readPostBody(call: Call): PostBody {
  const body = parseObject(call, call.request);
  const { text, reply, quote_tweet_id: quotes, reply_settings: settings } = body;
  checkNames(call, '$', body, ['text', 'reply', 'quote_tweet_id', 'reply_settings', ...flags]);
  if (typeof text !== 'string' || text.trim() === '') throw refuseField(call, '$.text', 'text');
  // A lone half of a surrogate pair is no character, and these three X never takes.
  if (!text.isWellFormed() || /[\uFFFE\uFEFF\uFFFF]/.test(text))
    throw refuseField(call, '$.text', 'text', 'contains an invalid character');
  if (quotes !== undefined && !isId(quotes)) throw refuseField(call, '$.quote_tweet_id', 'quote_tweet_id');
  if (settings !== undefined && !replySettings.some((known) => known === settings))
    throw refuseField(call, '$.reply_settings', 'reply_settings');
  for (const flag of flags)
    if (body[flag] !== undefined && typeof body[flag] !== 'boolean')
      throw refuseField(call, `$.${flag}`, flag);
  return { text, quotes, replyTo: reply === undefined ? undefined : readReply(call, reply) };
}

function parseObject(call: Call, { headers, body }: SandboxRequest): Record<string, unknown> {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    throw invalid(call, 'Requests with bodies must have content-type of application/json.');
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalid(call, 'The request body is not a JSON object.');
}

function readReply(call: Call, reply: unknown): string {
  if (!isObject(reply)) throw refuseField(call, '$.reply', 'reply');
  checkNames(call, '$.reply', reply, [
    'in_reply_to_tweet_id',
    'exclude_reply_user_ids',
    'auto_populate_reply_metadata',
  ]);
  const parent = reply.in_reply_to_tweet_id;
  if (!isId(parent)) throw refuseField(call, '$.reply.in_reply_to_tweet_id', 'in_reply_to_tweet_id');
  return parent;
}

function checkNames(
  call: Call,
  at: string,
  object: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): void {
  const unknown = Object.keys(object).find((name) => !allowed.includes(name));
  if (unknown === undefined) return;
  throw invalid(
    call,
    `${at}.${unknown}: is not defined in the schema and the schema does not allow additional properties`,
    { [unknown]: [JSON.stringify(object[unknown])] },
  );
}

function refuseField(call: Call, at: string, name: string, problem = 'is not valid'): Error {
  return invalid(call, `${at}: ${problem}`, { [name]: [] });
}

const isId = (value: unknown): value is string => typeof value === 'string' && id.test(value);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
