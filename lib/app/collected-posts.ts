/** Posts that the person collected by shift-click on pages, to vote on in one go. They last as long as the browser runs. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { type ChainId, chains } from '../steem/chain.ts';
import type { PostOnChain } from '../steem/chain-reader.ts';
import { parsePost } from '../steem/post-link.ts';

const key = 'collected-posts';
const stored = z.array(
  z.object({ chain: z.enum(['steem', 'hive']), author: z.string(), permlink: z.string() }),
);
/** As many as a batch takes. */
const limit = 1000;

export interface CollectedPosts {
  /** The oldest first. */
  list(): Promise<(PostOnChain & { url: string })[]>;
  /** Names of a chain's posts, as `author/permlink`. */
  keys(chain: ChainId): Promise<string[]>;
  /**
   * Puts a post on the list, or takes it off where it is on it.
   * @throws AppError as `parsePost` for what is no post's name; `batch_too_long` when the list is full.
   */
  toggle(post: PostOnChain): Promise<{ isCollected: boolean }>;
  clear(chain: ChainId): Promise<void>;
}

export function createCollectedPosts({
  session,
  locks,
  shell,
}: Pick<Ports, 'session' | 'locks' | 'shell'>): CollectedPosts {
  async function read(): Promise<PostOnChain[]> {
    const parsed = stored.safeParse((await session.get(key)) ?? []);
    return parsed.success ? parsed.data : [];
  }

  /** One change at a time: clicks come quicker than the memory answers. */
  async function change(make: (posts: readonly PostOnChain[]) => readonly PostOnChain[]) {
    const posts = await locks.run(key, async () => {
      const changed = make(await read());
      await session.set(key, changed);
      return changed;
    });
    shell.announce('batches');
    return posts;
  }

  return {
    async list() {
      return (await read()).map((post) => ({
        ...post,
        url: chains[post.chain].postUrl(post.author, post.permlink),
      }));
    },

    async keys(chain) {
      const posts = await read();
      return posts.flatMap((post) => (post.chain === chain ? [`${post.author}/${post.permlink}`] : []));
    },

    async toggle({ chain, ...name }) {
      // What a page's script names is looked at like what a person types.
      const { author, permlink } = parsePost(`${name.author}/${name.permlink}`);
      const isSame = (post: PostOnChain) =>
        post.chain === chain && post.author === author && post.permlink === permlink;
      const posts = await change((before) => {
        if (before.some(isSame)) return before.filter((post) => !isSame(post));
        if (before.length >= limit)
          throw new AppError('batch_too_long', { params: { count: before.length + 1, limit } });
        return [...before, { chain, author, permlink }];
      });
      return { isCollected: posts.some(isSame) };
    },

    async clear(chain) {
      await change((before) => before.filter((post) => post.chain !== chain));
    },
  };
}
