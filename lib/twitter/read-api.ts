/**
 * The answers of X API v2 with a good status. Even those can be refusals: a user that is not there is a 200 with `errors`
 * and no `data`, an empty list has neither. Where there are `data` and `errors`, the errors are about single entries.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { readPartialError } from './read-error.ts';

const id = z.string().check(z.regex(/^\d{1,19}$/));
const count = z.optional(z.number());

/** Both names of what was renamed in August 2026. */
const tweet = z.object({
  id,
  text: z.string(),
  created_at: z.optional(z.string()),
  public_metrics: z.optional(
    z.object({ like_count: count, reply_count: count, retweet_count: count, repost_count: count }),
  ),
});

const user = z.object({
  id,
  name: z.string(),
  username: z.string(),
  public_metrics: z.optional(
    z.object({ followers_count: count, following_count: count, tweet_count: count, post_count: count }),
  ),
});

export interface Tweet {
  readonly id: string;
  /** As X shows it, with its own short links; never to be compared with what was sent. */
  readonly text: string;
  /** UTC ms. */
  readonly createdAt?: number;
  readonly likes?: number;
  readonly replies?: number;
  readonly reposts?: number;
}

export interface User {
  readonly id: string;
  readonly name: string;
  /** Without `@`. */
  readonly userName: string;
  readonly followers?: number;
  readonly following?: number;
  readonly tweets?: number;
}

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** For the page after; undefined on the last. */
  readonly next?: string;
}

const answer = z.object({
  data: z.optional(z.unknown()),
  errors: z.optional(z.array(z.unknown())),
  meta: z.optional(z.object({ next_token: z.optional(z.string()) })),
});

/** The id of the tweet that was posted. @throws AppError `bad_answer`, or what X says. */
export function readPosted(body: unknown): string {
  return readOne(body, z.object({ id })).id;
}

/** True when the tweet is gone. @throws AppError `bad_answer`, or what X says. */
export function readDeleted(body: unknown): boolean {
  return readOne(body, z.object({ deleted: z.boolean() })).deleted;
}

/** @throws AppError `tweet_not_found`, `x_protected`, `bad_answer`, or what X says. */
export function readTweet(body: unknown): Tweet {
  return toTweet(readOne(body, tweet));
}

/** @throws AppError `user_not_found`, `x_protected`, `bad_answer`, or what X says. */
export function readUser(body: unknown): User {
  return toUser(readOne(body, user));
}

/** @throws AppError as `readUser`, of the user whose timeline was asked for. */
export function readTweets(body: unknown): Page<Tweet> {
  return readPage(body, tweet, toTweet);
}

/** @throws AppError as `readUser`, of the user whose list was asked for. */
export function readUsers(body: unknown): Page<User> {
  return readPage(body, user, toUser);
}

function readOne<Shape extends z.ZodMiniType>(body: unknown, shape: Shape): z.output<Shape> {
  const { data, errors = [] } = readAnswer(body);
  if (data === undefined && errors.length > 0) throw readPartialError(errors[0]);
  return parse(shape, data);
}

function readPage<Shape extends z.ZodMiniType, Entry>(
  body: unknown,
  shape: Shape,
  toEntry: (row: z.output<Shape>) => Entry,
): Page<Entry> {
  const { data, errors = [], meta } = readAnswer(body);
  if (data === undefined && errors.length > 0) throw readPartialError(errors[0]);
  // Without results there is no `data` at all, but always `meta`; with neither it is some other answer.
  if (data === undefined && meta === undefined) throw new AppError('bad_answer');
  const next = meta?.next_token;
  return { entries: parse(z.array(shape), data ?? []).map(toEntry), ...(next && { next }) };
}

function readAnswer(body: unknown): z.output<typeof answer> {
  return parse(answer, body);
}

function parse<Shape extends z.ZodMiniType>(shape: Shape, value: unknown): z.output<Shape> {
  const result = shape.safeParse(value);
  if (!result.success) throw new AppError('bad_answer', { cause: result.error });
  return result.data;
}

function toTweet({ id, text, created_at, public_metrics: metrics = {} }: z.output<typeof tweet>): Tweet {
  const createdAt = Date.parse(created_at ?? '');
  return {
    id,
    text: unescape(text),
    ...(Number.isNaN(createdAt) ? {} : { createdAt }),
    ...known({
      likes: metrics.like_count,
      replies: metrics.reply_count,
      reposts: metrics.repost_count ?? metrics.retweet_count,
    }),
  };
}

function toUser({ id, name, username, public_metrics: metrics = {} }: z.output<typeof user>): User {
  return {
    id,
    name,
    userName: username,
    ...known({
      followers: metrics.followers_count,
      following: metrics.following_count,
      tweets: metrics.post_count ?? metrics.tweet_count,
    }),
  };
}

/** Only what the answer told. */
function known<Name extends string>(values: Record<Name, number | undefined>): Partial<Record<Name, number>> {
  const told: Partial<Record<Name, number>> = {};
  for (const name in values) if (values[name] !== undefined) told[name] = values[name];
  return told;
}

/** X escapes these three signs in texts, and no others. */
function unescape(text: string): string {
  return text.replace(
    /&(lt|gt|amp);/g,
    (_, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name],
  );
}
