import { findPostInUrl, type PostName } from '../post-in-url.ts';
import type { Site } from './site.ts';

/** Texts of people: their links lead to other posts and say nothing of the one they stand in. */
const bodies =
  '.entry-content,.PostFull__body,.Comment__body,.markdown-view,.entry-body,#post-body,#articleBody,p,blockquote';

/** The post that an anchor leads to on its own site; undefined for any other anchor and for those in people's texts. */
export function findPostOfLink(site: Site, anchor: Element): PostName | undefined {
  if (!(anchor instanceof HTMLAnchorElement) || anchor.closest(bodies)) return undefined;
  const url = URL.parse(anchor.href);
  return url && site.hosts.includes(url.hostname) ? findPostInUrl(url) : undefined;
}

/** The post whose page this is. The fragment is left out: it points at a comment further down. */
export function findPostOfPage(address: string): PostName | undefined {
  const url = new URL(address);
  url.hash = '';
  return findPostInUrl(url);
}

export function isSamePost(one: PostName | undefined, other: PostName | undefined): boolean {
  return one?.author === other?.author && one?.permlink === other?.permlink;
}
