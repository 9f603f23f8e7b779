import type { PostName } from '../post-in-url.ts';
import { findPostOfLink, findPostOfPage, isSamePost } from './read-link.ts';
import type { Site, Spot, Spots } from './site.ts';

/** Parts of a page around its content, where a heading or a name belongs to the site or to its signed-in user. */
const surroundings = 'nav,aside,footer,body > header';

/**
 * The posts of a page of which no class or id is known: on a post's page the one that the address names, elsewhere one
 * for each card with a link to a post.
 *
 * @param address the page's own address.
 */
export function findSpotsByLink(site: Site, body: Element, address: string): Spots {
  const post = findPostOfPage(address);
  if (post) return findSpotOfPage(body, post);
  return site.isUnlinked ? new Map<Element, Spot>() : findCards(site, body);
}

/** Under the title; where posts have no title (d.buzz), under the row with the author's name. */
function findSpotOfPage(body: Element, post: PostName): Spots {
  const find = (selector: string) =>
    [...body.querySelectorAll(selector)].find((element) => !element.closest(surroundings));
  const author = find(`a[href="/@${post.author}"]`);
  const place = find('main h1, article h1') ?? find('h1') ?? author?.closest('.row') ?? author?.parentElement;
  return place ? new Map([[place, { post, kind: 'post', place, how: 'after' }]]) : new Map<Element, Spot>();
}

function findCards(site: Site, body: Element): Spots {
  const links = [...body.querySelectorAll('a[href*="@"]')].flatMap((anchor) => {
    const post = anchor.textContent.trim() && findPostOfLink(site, anchor);
    return post ? [{ anchor, post }] : [];
  });
  const owners = new Map<Element, PostName | undefined>();
  for (const { anchor, post } of links) {
    for (let at: Element | null = anchor; at && at !== body; at = at.parentElement) {
      if (!owners.has(at)) owners.set(at, post);
      else if (!isSamePost(owners.get(at), post)) owners.set(at, undefined);
    }
  }
  const spots: Spots = new Map();
  for (const { anchor, post } of links) {
    const card = anchor.closest('article,li') ?? findWidest(anchor, owners);
    if (!spots.has(card)) spots.set(card, { post, kind: 'post', place: anchor, how: 'after' });
  }
  return spots;
}

/** @param owners the one post that an element's links lead to; of several, none. A look at each pair of links would take minutes. */
function findWidest(start: Element, owners: ReadonlyMap<Element, PostName | undefined>): Element {
  let widest = start;
  for (let next = start.parentElement; next && owners.get(next); next = next.parentElement) widest = next;
  return widest;
}
