/** A post or comment by `condenser_api.get_content`, which both chains' nodes serve. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { amount, integer, utcTime } from './chain-values.ts';
import { findJson } from './find-json.ts';
import type { ChainAnswer, ChainCall } from './json-rpc.ts';
import type { PostName } from './post-in-url.ts';
import { readReputation } from './reputation.ts';
import { readResult } from './read-result.ts';

export interface Post extends PostName {
  /** For a comment without a title of its own the title of the post it stands under. */
  readonly title: string;
  readonly kind: 'post' | 'comment';
  readonly tags: readonly string[];
  /** The readable score. */
  readonly authorReputation: number;
  /** All of it, authors' and curators' part, paid or to come; in the chain's dollar. */
  readonly payout: number;
  readonly isPaid: boolean;
  /** UTC ms of the payout, past or to come. */
  readonly payoutAt: number;
  readonly areVotesAllowed: boolean;
}

const named = z.nullish(z.object({ author: z.string() }));

const content = z.object({
  author: z.string(),
  permlink: z.string(),
  title: z.string(),
  root_title: z.optional(z.string()),
  parent_author: z.string(),
  category: z.optional(z.nullable(z.string())),
  json_metadata: z.optional(z.unknown()),
  cashout_time: utcTime,
  last_payout: utcTime,
  pending_payout_value: amount,
  total_payout_value: amount,
  curator_payout_value: amount,
  author_reputation: integer,
  /** Not told by Steem's hivemind. */
  allow_votes: z.optional(z.boolean()),
});

export function buildPostCall({ author, permlink }: PostName): ChainCall {
  return { method: 'condenser_api.get_content', params: [author, permlink] };
}

/**
 * @throws AppError `post_not_found` in each of its shapes (a refusal, null, a record without an author), else as
 * `readResult`.
 */
export function readPost(answer: ChainAnswer): Post {
  if (!readResult(answer, named, 'post_not_found')?.author) throw new AppError('post_not_found');
  const post = readResult(answer, content, 'post_not_found');
  // A cash-out time before 1971 is the chain's way to say that there is none to come.
  const isPaid = post.cashout_time < Date.UTC(1971, 0);
  return {
    author: post.author,
    permlink: post.permlink,
    title: post.title || (post.root_title ?? ''),
    kind: post.parent_author === '' ? 'post' : 'comment',
    tags: readTags(post.json_metadata, post.category ?? ''),
    authorReputation: readReputation(post.author_reputation),
    payout: post.pending_payout_value + post.total_payout_value + post.curator_payout_value,
    isPaid,
    payoutAt: isPaid ? post.last_payout : post.cashout_time,
    areVotesAllowed: post.allow_votes ?? true,
  };
}

const metadata = z.object({ tags: z.array(z.unknown()) });

/** Tags in their order, without communities (`hive-123456`). Apps write anything into the metadata. */
function readTags(jsonMetadata: unknown, category: string): string[] {
  const found = metadata.safeParse(typeof jsonMetadata === 'string' ? findJson(jsonMetadata) : jsonMetadata);
  const tags = [category, ...(found.data?.tags ?? [])].filter((tag) => typeof tag === 'string');
  return [...new Set(tags)].filter((tag) => tag !== '' && !/^hive-\d+$/.test(tag));
}
