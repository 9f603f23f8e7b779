/** Everything that was posted, and the text X makes of it. */
import type { SandboxClock } from '../clock.ts';
import type { XUser } from './people.ts';
import { compareIds, Snowflakes } from './snowflake.ts';
import { findUrls } from './urls.ts';

export interface XPost {
  readonly id: string;
  readonly author: XUser;
  /** As it was sent. */
  readonly text: string;
  /** As the API gives it back: links shortened, `&`, `<` and `>` escaped. */
  readonly shownText: string;
  readonly links: readonly { readonly short: string; readonly long: string }[];
  /** UTC ms. */
  readonly createdAt: number;
  readonly inReplyTo: XPost | undefined;
  readonly quotes: XPost | undefined;
  deleted: boolean;
}

export interface XPostOptions {
  readonly text: string;
  /** UTC ms; now when left out. */
  readonly createdAt?: number;
  readonly inReplyTo?: XPost;
  readonly quotes?: XPost;
}

export class Posts {
  readonly #posts = new Map<string, XPost>();
  readonly #ids = new Snowflakes();
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  add(author: XUser, { text, createdAt = this.#clock.now(), inReplyTo, quotes }: XPostOptions): XPost {
    const id = this.#ids.next(createdAt);
    const post = { id, author, text, createdAt, inReplyTo, quotes, deleted: false, ...showText(text, id) };
    this.#posts.set(id, post);
    return post;
  }

  /** Undefined for deleted ones too. */
  find(id: string): XPost | undefined {
    const post = this.#posts.get(id);
    return post?.deleted === false ? post : undefined;
  }

  /** Newest first, without deleted ones. */
  of(author: XUser): XPost[] {
    return [...this.#posts.values()]
      .filter((post) => post.author === author && !post.deleted)
      .sort((a, b) => compareIds(b.id, a.id));
  }
}

function showText(text: string, id: string): Pick<XPost, 'shownText' | 'links'> {
  const links: { short: string; long: string }[] = [];
  let shown = '';
  let position = 0;
  for (const { start, url } of findUrls(text)) {
    // 23 characters, as every shortened link; the id's end and a letter make it the link's own.
    const short = `https://t.co/${id.slice(-9)}${String.fromCodePoint(97 + (links.length % 26))}`;
    shown += escapeText(text.slice(position, start)) + short;
    position = start + url.length;
    links.push({ short, long: /^https?:/i.test(url) ? url : `http://${url}` });
  }
  return { shownText: shown + escapeText(text.slice(position)), links };
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
