import { AppError } from '../errors.ts';

const host = /^(?:(?:www|mobile|m)\.)?(?:x|twitter)\.com$/;
const page = /^\/(?:i\/web|i|[A-Za-z0-9_]{1,15})\/status(?:es)?\/(\d{1,19})(?:\/.*)?$/;

/**
 * The id of the tweet that a link leads to: x.com or twitter.com, with or without scheme, `/user/status/1`,
 * `/i/web/status/1`, with photo pages, query and fragment. An id alone is taken too. Ids are text: a number would round them.
 * @throws AppError of the field `tweet`: `empty`, `bad_tweet_link`.
 */
export function parseTweetLink(text: string): string {
  const typed = text.trim().replace(/^<(.*)>$/, '$1');
  if (typed === '') throw new AppError('empty', { field: 'tweet' });
  if (/^\d{1,19}$/.test(typed)) return typed;
  const url = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  const id = url && host.test(url.hostname) ? page.exec(url.pathname)?.[1] : undefined;
  if (id === undefined) throw new AppError('bad_tweet_link', { field: 'tweet' });
  return id;
}

/** Where a tweet can be read, whoever wrote it. */
export function buildTweetUrl(id: string): string {
  return `https://x.com/i/web/status/${encodeURIComponent(id)}`;
}
