/** What is known of a site's pages, as data, and what a search in them gives. No schema library: the content script carries it. */
import type { ChainId } from '../chain.ts';
import type { PostName } from '../post-in-url.ts';

export type SpotKind = 'post' | 'comment';

/** How one kind of post is recognised on a site. Everything is a selector, tried within the item. */
export interface SpotRule {
  readonly kind: SpotKind;
  /** One element for each post. */
  readonly item: string;
  /** Anchors that lead to the post, the surest first. Without it the page's own address names the post. */
  readonly link?: readonly string[];
  /** Where the buttons go, as last child: the first that is there. None there: no buttons for now. */
  readonly place: readonly string[];
}

export interface Site {
  /** The chain all of the site's posts are on. The same author/permlink can be on both. */
  readonly chain: ChainId;
  readonly hosts: readonly string[];
  /** Empty where no class or id can be relied on: then links and the address have to do. */
  readonly rules: readonly SpotRule[];
  /** The cards of its feeds hold no link to their posts: any link there is to another one. */
  readonly isUnlinked?: true;
}

/** A post on the page and the place for its buttons. */
export interface Spot {
  readonly post: PostName;
  /** A first guess; the chain knows. */
  readonly kind: SpotKind;
  readonly place: Element;
  /** As last child of `place`, or right after it. */
  readonly how: 'append' | 'after';
}

/**
 * Spots by their container. A container without a spot is there but names no post now, e.g. a node that the site uses
 * again and has not filled yet.
 */
export type Spots = Map<Element, Spot | undefined>;
