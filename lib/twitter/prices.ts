import { findUrls } from './find-urls.ts';

/** What X charges the owner of the app for a request or a resource, in thousandths of a US dollar. */
export const prices = {
  /** The day of the newest price here. */
  date: '2026-04-20',
  source: 'https://docs.x.com/x-api/getting-started/pricing',
  post: 15,
  postWithUrl: 200,
  delete: 10,
  read: { tweet: 5, user: 10, follow: 10 },
  /** What belongs to the person who owns the app as well: own timeline, own followers and following. */
  ownedRead: 1,
} as const;

/** A tweet, a user by name or link, or an entry of a list of followers. */
export type ReadKind = keyof typeof prices.read;

/** US dollars. A bare `x.ai` is counted as a link: whether X does is not known, and the larger price is the safe one. */
export function priceOfPost(text: string): number {
  return (findUrls(text.normalize()).length > 0 ? prices.postWithUrl : prices.post) / 1000;
}

/**
 * US dollars for so many resources.
 * @param isOwned true where the person owns the app and the list; when that is not known, it is not so.
 */
export function priceOfRead(kind: ReadKind, count: number, isOwned = false): number {
  return ((isOwned ? prices.ownedRead : prices.read[kind]) * count) / 1000;
}
