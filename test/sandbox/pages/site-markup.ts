/** One front end: its addresses and its markup. */
import type { PagePost } from './page-post.ts';

export interface SiteMarkup {
  readonly title: string;
  readonly css: string;
  /** The id of the element that the site's framework draws. */
  readonly rootId: string;
  /** Finds the list of a feed in the browser. */
  readonly list: string;
  readonly postPath: (post: Pick<PagePost, 'author' | 'permlink' | 'category'>) => string;
  /** The other form of a post's address, which redirects to `postPath`. */
  readonly redirects?: 'without category' | 'with category';
  /** Everything in the root element around the content. */
  readonly frame: (content: string) => string;
  readonly feed: (cards: string) => string;
  /** `isHydrated` is false for what the server sends and true for what the scripts draw later. */
  readonly card: (post: PagePost, isHydrated: boolean) => string;
  readonly post: (post: PagePost, isHydrated: boolean) => string;
  readonly notFound: string;
}
