/**
 * The calls of X API v2 that Latchkey makes: what is sent. Ids are text throughout, since numbers would round them.
 * Source: docs.x.com and its OpenAPI description 2.167. Unknown body fields are refused there, so nothing is sent needlessly.
 */

const base = 'https://api.x.com/2';

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** Goes as application/json; under OAuth 1.0a it is not signed. */
  readonly json?: unknown;
}

/**
 * How the optional fields of a tweet are asked for. Descriptions since August 2026 say `post.fields`, prose and older
 * ones `tweet.fields`; after a refusal that names them the call is repeated with the other or with `none`.
 */
export type FieldsName = 'tweet.fields' | 'post.fields' | 'none';

export interface PageOptions {
  /** Entries asked for, each of which has its price. Brought within what X takes: 5-100 tweets, 1-1000 people. */
  readonly count?: number;
  /** `next` of the page before. */
  readonly next?: string;
}

/** Small, since every entry is paid for. */
const defaultCount = 10;

/** @param inReplyTo the id of the tweet before, for a thread. */
export function buildPost(text: string, inReplyTo?: string): ApiRequest {
  const reply = inReplyTo === undefined ? {} : { reply: { in_reply_to_tweet_id: inReplyTo } };
  return { method: 'POST', url: `${base}/tweets`, json: { text, ...reply } };
}

export function buildDelete(id: string): ApiRequest {
  return { method: 'DELETE', url: `${base}/tweets/${encodeURIComponent(id)}` };
}

/** @param name as `parseUserName` gives it. */
export function buildUser(name: string): ApiRequest {
  return buildGet(`users/by/username/${encodeURIComponent(name)}`, { 'user.fields': 'public_metrics' });
}

/** @param id as `parseTweetLink` gives it. */
export function buildTweet(id: string, fields: FieldsName = 'tweet.fields'): ApiRequest {
  return buildGet(`tweets/${encodeURIComponent(id)}`, tweetFields(fields));
}

/** Newest first; X goes back 3,200 tweets at most. */
export function buildTimeline(
  userId: string,
  page: PageOptions = {},
  fields: FieldsName = 'tweet.fields',
): ApiRequest {
  return buildGet(`users/${encodeURIComponent(userId)}/tweets`, {
    ...pageParameters(page, 5, 100),
    ...tweetFields(fields),
  });
}

export function buildFollowers(userId: string, page: PageOptions = {}): ApiRequest {
  return buildPeople(userId, 'followers', page);
}

export function buildFollowing(userId: string, page: PageOptions = {}): ApiRequest {
  return buildPeople(userId, 'following', page);
}

function buildPeople(userId: string, list: string, page: PageOptions): ApiRequest {
  return buildGet(`users/${encodeURIComponent(userId)}/${list}`, {
    ...pageParameters(page, 1, 1000),
    'user.fields': 'public_metrics',
  });
}

function pageParameters({ count = defaultCount, next }: PageOptions, least: number, most: number) {
  const size = Math.min(most, Math.max(least, Math.trunc(count)));
  return { max_results: String(size), ...(next === undefined ? {} : { pagination_token: next }) };
}

function tweetFields(name: FieldsName): Record<string, string> {
  return name === 'none' ? {} : { [name]: 'created_at,public_metrics' };
}

function buildGet(path: string, parameters: Record<string, string>): ApiRequest {
  const query = String(new URLSearchParams(parameters));
  return { method: 'GET', url: `${base}/${path}${query && `?${query}`}` };
}
