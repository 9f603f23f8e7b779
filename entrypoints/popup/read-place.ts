export type TabId = 'vote' | 'tweet' | 'lookup' | 'accounts' | 'activity';

/** Where the view is, and what it begins with. */
export interface Place {
  readonly tab: TabId;
  /** It has a browser tab of its own. */
  readonly isInTab: boolean;
}

const places: Readonly<Record<string, Place>> = {
  '#look-up': { tab: 'lookup', isInTab: true },
  '#tweet': { tab: 'tweet', isInTab: false },
  '#tweet-in-tab': { tab: 'tweet', isInTab: true },
  '#vote-in-tab': { tab: 'vote', isInTab: true },
};

/** @param hash that of the page's address, which tells who opened it for what; the toolbar button's has none. */
export function readPlace(hash: string): Place {
  return (Object.hasOwn(places, hash) ? places[hash] : undefined) ?? { tab: 'vote', isInTab: false };
}
