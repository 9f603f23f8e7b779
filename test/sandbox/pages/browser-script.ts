/**
 * What the sites' scripts do to their pages, in one script: draw everything anew some time after load, follow links by
 * pushState, add cards at the end of a feed, and use the topmost nodes again for other posts.
 */
export interface ScriptSettings {
  readonly rootId: string;
  readonly list: string;
  /** Milliseconds from load to hydration. */
  readonly hydrationMs: number;
  readonly pageSize: number;
  /** From this many cards on, nodes are used again. */
  readonly maxCards: number;
}

export function buildScript(settings: ScriptSettings): string {
  return `<script>(${run.toString()})(${JSON.stringify(settings)})</script>`;
}

/** Runs in the page, so it may use nothing of this file. */
function run({ rootId, list, hydrationMs, pageSize, maxCards }: ScriptSettings): void {
  const root = document.getElementById(rootId);
  if (!root) throw new Error(rootId);
  let offset = pageSize;
  let isLoading = false;

  const load = async (path: string, query: string) => {
    const answer = await fetch(`${path}?${query}`);
    return answer.text();
  };
  const draw = async () => {
    offset = pageSize;
    root.innerHTML = await load(location.pathname, 'part=root');
    document.documentElement.dataset['hydrated'] = location.pathname;
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  };

  /** Makes a used node show another post, as a keyed list does: same elements, other attributes and texts. */
  const fill = (old: Element, fresh: Element) => {
    for (const { name, value } of fresh.attributes) old.setAttribute(name, value);
    if (fresh.children.length === 0) {
      if (old.children.length === 0) old.textContent = fresh.textContent;
      return;
    }
    const own = [...old.children].filter((child) => !child.localName.startsWith('latchkey-'));
    [...fresh.children].forEach((child, index) => {
      const match = own[index];
      if (match) fill(match, child);
    });
  };

  const more = async () => {
    const feed = document.querySelector(list);
    if (isLoading || !feed || innerHeight + scrollY < document.documentElement.scrollHeight - 300) return;
    isLoading = true;
    const holder = document.createElement(feed.localName);
    holder.innerHTML = await load(location.pathname, `part=cards&offset=${offset}`);
    const cards = [...holder.children];
    offset += cards.length;
    for (const card of cards) {
      const oldest = feed.firstElementChild;
      if (oldest && feed.children.length >= maxCards) {
        const height = oldest.getBoundingClientRect().height;
        const space = Number.parseFloat(getComputedStyle(feed).paddingTop) + height;
        (feed as HTMLElement).style.paddingTop = `${space}px`;
        feed.append(oldest);
        fill(oldest, card);
      } else feed.append(card);
    }
    isLoading = cards.length === 0;
  };

  addEventListener('load', () => setTimeout(() => void draw(), hydrationMs));
  addEventListener('popstate', () => void draw());
  addEventListener('scroll', () => void more());
  root.addEventListener('click', (event) => {
    const anchor = event.target instanceof Element ? event.target.closest('a') : null;
    if (!anchor || anchor.origin !== location.origin) return;
    event.preventDefault();
    isLoading = false;
    history.pushState(null, '', anchor.href);
    scrollTo(0, 0);
    void draw();
  });
}
