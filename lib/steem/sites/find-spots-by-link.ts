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
  const links = new Map<Element, PostName>();
  /** The one post that an element's links lead to; undefined for several. To look at each pair of links takes minutes. */
  const owners = new Map<Element | null, PostName | undefined>();
  for (const anchor of body.querySelectorAll('a[href*="@"]')) {
    const post = anchor.textContent.trim() && findPostOfLink(site, anchor);
    if (!post) continue;
    links.set(anchor, post);
    for (let at: Element = anchor; at !== body; at = at.parentElement ?? body)
      owners.set(at, !owners.has(at) || isSamePost(owners.get(at), post) ? post : undefined);
  }
  const spots: Spots = new Map();
  for (const [anchor, post] of links) {
    let card = anchor.closest('article,li');
    // Else the outermost ancestor that still belongs to one post alone.
    if (!card) for (card = anchor; owners.get(card.parentElement); card = card.parentElement ?? body);
    if (!spots.has(card)) spots.set(card, { post, kind: 'post', place: anchor, how: 'after' });
  }
  return spots;
}
