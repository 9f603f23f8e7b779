/**
 * Whether a person sees the popover as it is, whole and in one place. A page has few ways to lie about what lies in the
 * top layer, and all of them are looked for before anything is done: clicks that were meant for the page do nothing.
 */

/** Milliseconds that the popover has to be seen, unchanged, before it acts: longer than a hand needs for two clicks. */
export const settleMs = 500;

/** The share of its width below which the popover was made small: CSS `zoom` of the page reaches it. */
const leastScale = 0.75;
const fullWidth = 330;

export interface Sight {
  /** Looks now. `covered`: it is hidden, covered or distorted; `early`: it has not been seen for long enough. */
  judge(): 'clear' | 'early' | 'covered';
  /** What it shows has changed, so that it has to be seen anew. */
  renew(): void;
}

/**
 * Watches an element of the top layer until `signal` aborts.
 *
 * @param onChange whether it may act now; called when that changes.
 */
export function watchSight(
  element: HTMLElement,
  signal: AbortSignal,
  onChange: (isClear: boolean) => void,
): Sight {
  const isUncovered = hasTrackedVisibility() ? trackVisibility(element, signal) : () => !isCovered(element);
  let place = '';
  /** Seen in this place since then; Infinity while it is not seen. */
  let since = Infinity;
  let wasClear = false;

  const judge = () => {
    const now = performance.now();
    const box = element.getBoundingClientRect();
    const isSeen = isWhole(box) && isUncovered();
    const here = [box.left, box.top, box.width, box.height].join();
    if (!isSeen) since = Infinity;
    else if (since === Infinity || here !== place) since = now;
    place = here;
    const verdict = !isSeen ? 'covered' : now - since < settleMs ? 'early' : 'clear';
    if ((verdict === 'clear') !== wasClear) onChange((wasClear = verdict === 'clear'));
    return verdict;
  };

  // At moments that a page cannot foresee, so that it cannot show the popover just for them.
  const watch = () => {
    if (signal.aborted) return;
    judge();
    setTimeout(watch, 20 + 80 * Math.random());
  };
  watch();
  return {
    judge,
    renew() {
      since = Infinity;
      onChange((wasClear = false));
    },
  };
}

function isWhole({ left, top, right, bottom, width }: DOMRect): boolean {
  return (
    width >= leastScale * Math.min(fullWidth, innerWidth - 12) &&
    Math.min(left, top, innerWidth - right, innerHeight - bottom) >= -1
  );
}

/** Chromium says itself whether anything covers or distorts an element. https://w3c.github.io/IntersectionObserver/v2/ */
function hasTrackedVisibility(): boolean {
  return 'isVisible' in IntersectionObserverEntry.prototype;
}

function trackVisibility(element: Element, signal: AbortSignal): () => boolean {
  let isVisible = false;
  // TypeScript does not know version 2 yet.
  const options = { trackVisibility: true, delay: 100 } as IntersectionObserverInit;
  const observer = new IntersectionObserver((entries) => {
    const last = entries.at(-1) as { readonly isVisible?: boolean } | undefined;
    isVisible = last?.isVisible === true;
  }, options);
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect());
  return () => isVisible;
}

/** What can lie over the top layer: what came to it later, and the picture of a view transition. */
const covers = ':is(:popover-open,:modal,:fullscreen,:active-view-transition)';

/** For Firefox, where a filter of the root reaches the top layer too, and scripts of extensions see all shadow roots. */
function isCovered(element: Element): boolean {
  const { documentElement } = document;
  const root = element.getRootNode();
  const isElsewhere = !(root instanceof ShadowRoot) || root.host.parentNode !== documentElement;
  const isDrawn = element.checkVisibility() && getComputedStyle(documentElement).filter === 'none';
  if (isElsewhere || !isDrawn) return true;
  return listRoots(document).some((one) =>
    [...one.querySelectorAll(covers)].some((found) => found !== element),
  );
}

interface FirefoxElement extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

/** A document and all shadow roots in it. */
function listRoots(root: Document | ShadowRoot): (Document | ShadowRoot)[] {
  const hosts: readonly FirefoxElement[] = [...root.querySelectorAll('*')];
  return [root, ...hosts.flatMap(({ openOrClosedShadowRoot: inner }) => (inner ? listRoots(inner) : []))];
}
