import type { PostName } from '../post-in-url.ts';
import { findPostOfLink, findPostOfPage } from './read-link.ts';
import type { Site, SpotRule, Spots } from './site.ts';

/**
 * The posts in and around an element, by the site's rules.
 *
 * @param address the page's own address.
 */
export function findSpots(site: Site, scope: Element, address: string): Spots {
  const spots: Spots = new Map();
  for (const rule of site.rules) {
    const around = scope.closest(rule.item);
    const inside = scope.querySelectorAll(rule.item);
    for (const container of around ? [around, ...inside] : inside) {
      const post = findPost(site, rule, container, address);
      const place = post && findFirst(rule, container, rule.place, (element) => element);
      spots.set(container, place && { post, kind: rule.kind, place, how: 'append' });
    }
  }
  return spots;
}

function findPost(site: Site, rule: SpotRule, container: Element, address: string): PostName | undefined {
  if (!rule.link) return findPostOfPage(address);
  return findFirst(rule, container, rule.link, (anchor) => findPostOfLink(site, anchor));
}

/** The first useful element of the container itself, never of another container within it (replies lie in comments). */
function findFirst<T>(
  rule: SpotRule,
  container: Element,
  selectors: readonly string[],
  read: (element: Element) => T | undefined,
): T | undefined {
  for (const selector of selectors) {
    if (container.matches(selector)) return read(container);
    for (const element of container.querySelectorAll(selector)) {
      const found = element.closest(rule.item) === container ? read(element) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}
