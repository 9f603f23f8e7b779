/** What a tweet is to be about: the tab, a post, or what the person chose in a menu or on a page. */
import * as z from 'zod/mini';
import type { Sender } from '../bus/sender.ts';
import { AppError } from '../errors.ts';
import type { MenuChoice, Ports } from '../ports.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { findPostInUrl } from '../steem/post-in-url.ts';
import { parsePost } from '../steem/post-link.ts';
import { findSite } from '../steem/sites/index.ts';
import { writePostTweet, type PostToTweet } from './write-post-tweet.ts';

/** Something to tweet about that the person has chosen; the composer that opens next takes it. */
const subject = z.object({
  /** Words of a page. */
  quote: z.optional(z.string()),
  title: z.optional(z.string()),
  link: z.string(),
});
type Subject = z.output<typeof subject>;

const subjectKey = 'tweet-subject';

export interface TweetSubjects {
  /** Title, link and tags of a post. @throws AppError `bad_link` for text without a chain, and the chain's. */
  describePost(post: string, sender: Partial<Sender>): Promise<PostToTweet>;
  /** What the current tab could be tweeted with; undefined where it is no web page. */
  suggest(): Promise<string | undefined>;
  /** Keeps what the person chose until the composer takes it. */
  leave(subject: Subject): Promise<void>;
  /** The text for what was chosen, once; undefined when nothing was. */
  take(): Promise<string | undefined>;
}

export function createTweetSubjects(
  { shell, session }: Pick<Ports, 'shell' | 'session'>,
  chainReader: ChainReader,
): TweetSubjects {
  async function describePost(post: string, { host }: Partial<Sender>): Promise<PostToTweet> {
    const { chain = host === undefined ? undefined : findSite(host)?.chain, ...name } = parsePost(post);
    if (chain === undefined) throw new AppError('bad_link', { field: 'post' });
    return chainReader.tags({ chain, author: name.author, permlink: name.permlink });
  }

  /** A post is told by its chain; anything else, and a post that the chain can't tell of now, by title and link. */
  async function write({ quote, title = '', link }: Subject): Promise<string> {
    if (quote !== undefined && quote !== '') return joinLines(`“${quote}”`, link);
    const url = URL.canParse(link) ? new URL(link) : undefined;
    const isPost = url && findSite(url.hostname) !== undefined && findPostInUrl(url) !== undefined;
    const post = isPost === true ? await describePost(link, {}).catch(() => undefined) : undefined;
    return post === undefined ? joinLines(title, link) : writePostTweet(post);
  }

  return {
    describePost,

    async suggest() {
      const { url = '', title = '' } = (await shell.activeTab()) ?? {};
      return /^https?:/.test(url) ? write({ title, link: url }) : undefined;
    },

    leave: (chosen) => session.set(subjectKey, chosen),

    async take() {
      const chosen = z.safeParse(subject, await session.get(subjectKey));
      if (!chosen.success) return undefined;
      await session.set(subjectKey, undefined);
      return write(chosen.data);
    },
  };
}

function joinLines(...lines: string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}

/** What to tweet about for a choice in a menu. */
export function readMenuSubject(choice: Exclude<MenuChoice, { readonly id: 'vote' }>): Subject {
  switch (choice.id) {
    case 'tweet-link':
      return { link: choice.link };
    case 'tweet-selection':
      return { quote: choice.text.trim(), link: choice.link };
    case 'tweet-page':
      return { title: choice.title, link: choice.link };
  }
}
