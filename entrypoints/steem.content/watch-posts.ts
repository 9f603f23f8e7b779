import { findSpots } from '../../lib/steem/sites/find-spots.ts';
import { findSpotsByLink } from '../../lib/steem/sites/find-spots-by-link.ts';
import { findPostOfPage, isSamePost } from '../../lib/steem/sites/read-link.ts';
import type { Site, Spot, Spots } from '../../lib/steem/sites/site.ts';
import { hostName } from './view.ts';

/** What is used of the script's context. */
export interface Lifetime {
  readonly signal: AbortSignal;
  /** The extension is gone or was updated. */
  readonly isInvalid: boolean;
}

export interface PostHandlers {
  /** A post came up: gives the element to put beside it. */
  readonly mount: (spot: Spot, container: Element) => HTMLElement;
  readonly unmount: (host: HTMLElement) => void;
  /** On a post's page: whether that post was found. Called again when that changes. */
  readonly report: (url: string, isPostFound: boolean) => void;
}

/** Milliseconds from a page's address to the judgement that what is not there now will not come. */
const settleMs = 2500;
const debounceMs = 150;

/**
 * Keeps one element beside each post of a page that never reloads: nodes come late, go, come back and are used again
 * for other posts. Looks only at what changed, in idle time. Where the site's rules find nothing once the page has
 * settled, links and the address take over.
 *
 * @returns `look`: looks at a container at once and tells the post it holds now.
 */
export function watchPosts(site: Site, { signal }: Lifetime, handlers: PostHandlers) {
  const mounted = new Map<Element, { spot: Spot; host: HTMLElement }>();
  const changed = new Set<Element>();
  let address = '';
  let isSettled = false;
  let isByLink = false;
  let reported: boolean | undefined;
  let isScheduled = false;

  const isPagePostAmong = (spots: Iterable<Spot | undefined>) => {
    const post = findPostOfPage(address);
    return post ? [...spots].some((spot) => isSamePost(spot?.post, post)) : undefined;
  };

  const find = (): Spots => {
    const scopes = isByLink ? [document.body] : [...changed].filter((element) => element.isConnected);
    const spots: Spots = new Map(scopes.flatMap((scope) => [...findSpots(site, scope, address)]));
    if (!isByLink) return spots;
    isByLink = !(isPagePostAmong(spots.values()) ?? spots.size > 0) || site.rules.length === 0;
    return isByLink ? new Map([...spots, ...findSpotsByLink(site, document.body, address)]) : spots;
  };

  const drop = (container: Element, host: HTMLElement) => {
    mounted.delete(container);
    handlers.unmount(host);
    host.remove();
  };

  const put = (container: Element, spot: Spot) => {
    const there = mounted.get(container);
    const isSame = there && isSamePost(there.spot.post, spot.post);
    if (there && !isSame) drop(container, there.host);
    const host = isSame ? there.host : handlers.mount(spot, container);
    mounted.set(container, { spot, host });
    const isPlaced =
      spot.how === 'append' ? host.parentNode === spot.place : spot.place.nextElementSibling === host;
    if (!isPlaced) spot.place[spot.how](host);
  };

  const scan = () => {
    isScheduled = false;
    if (signal.aborted) return;
    if (location.href !== address) begin();
    const wasByLink = isByLink;
    const spots = find();
    changed.clear();
    for (const [container, { host }] of mounted) {
      const isGone =
        !container.isConnected || (wasByLink || spots.has(container) ? !spots.get(container) : false);
      if (isGone) drop(container, host);
    }
    for (const [container, spot] of spots) if (spot) put(container, spot);
    tell();
  };

  const begin = () => {
    const begun = (address = location.href);
    isByLink = site.rules.length === 0;
    isSettled = false;
    reported = undefined;
    changed.add(document.body);
    setTimeout(() => {
      if (location.href !== begun || signal.aborted) return;
      isSettled = true;
      isByLink ||= !(isPagePostAmong(spotsNow()) ?? mounted.size > 0);
      scan();
    }, settleMs);
  };

  const spotsNow = () => [...mounted.values()].map(({ spot }) => spot);

  const tell = () => {
    const isFound = isPagePostAmong(spotsNow());
    if (isFound === undefined || isFound === reported || (!isFound && !isSettled)) return;
    reported = isFound;
    handlers.report(address, isFound);
  };

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(() => requestIdleCallback(scan, { timeout: 500 }), debounceMs);
  };

  // Firefox runs the script of an update on open pages, where the one before left its dead buttons.
  for (const dead of document.querySelectorAll(hostName)) dead.remove();

  const isOurs = (node: Node) => node.nodeName.toLowerCase() === hostName;
  const observer = new MutationObserver((records) => {
    for (const { target, addedNodes, removedNodes } of records) {
      if (!(target instanceof Element)) continue;
      // Neither added nor removed: an attribute changed. Removed and ours: the site drew this part anew.
      if (addedNodes.length + removedNodes.length === 0 || [...removedNodes].some(isOurs))
        changed.add(target);
      for (const node of addedNodes) if (node instanceof Element && !isOurs(node)) changed.add(node);
    }
    if (changed.size > 0) schedule();
  });
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['href'] });
  // Where a browser has no such event yet, the changes that come with a new address have to do.
  if ('navigation' in window) navigation.addEventListener('navigatesuccess', schedule, { signal });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    for (const [container, { host }] of mounted) drop(container, host);
  });
  scan();

  return {
    look(container: Element): Spot | undefined {
      changed.add(container);
      scan();
      return mounted.get(container)?.spot;
    },
  };
}
