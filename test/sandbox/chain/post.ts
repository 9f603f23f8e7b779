/** A post or comment of a sandbox chain, with its votes. */
import { chainFigures } from './rules.ts';

export interface PostOptions {
  readonly author: string;
  readonly permlink: string;
  readonly title?: string;
  readonly body?: string;
  /** The first tag, or a community such as hive-123456; taken from the parent for a comment. */
  readonly category?: string;
  /** UTC ms; now when left out. */
  readonly created?: number;
  readonly parent?: { readonly author: string; readonly permlink: string };
  readonly allowVotes?: boolean;
  readonly tags?: readonly string[];
  /** Chain dollars earned by votes that are not listed one by one. */
  readonly payout?: number;
  /** True in the moment in which the chain pays the post out. */
  readonly beingRewarded?: boolean;
  readonly votes?: readonly { readonly voter: string; readonly percent: number; readonly rshares: bigint }[];
}

export interface Vote {
  readonly voter: string;
  /** -10000..10000; 0 for a vote taken back. */
  percent: number;
  rshares: bigint;
  /** The share in curation rewards; 0 once changed on Steem. */
  curationWeight: bigint;
  /** UTC ms. */
  at: number;
  changes: number;
}

export interface Post {
  readonly id: number;
  readonly author: string;
  readonly permlink: string;
  title: string;
  body: string;
  readonly category: string;
  readonly tags: readonly string[];
  /** UTC ms. */
  readonly created: number;
  readonly cashoutAt: number;
  readonly parent: { readonly author: string; readonly permlink: string } | undefined;
  readonly depth: number;
  allowVotes: boolean;
  beingRewarded: boolean;
  /** rshares of the votes that are not listed. */
  readonly seededRshares: bigint;
  readonly votes: Vote[];
  deleted: boolean;
}

/** Chain dollars for one rshare. */
const rshareValue = (chainFigures.rewardBalance * chainFigures.price) / Number(chainFigures.recentClaims);

export function buildPost(options: PostOptions, id: number, now: number, parent: Post | undefined): Post {
  const created = options.created ?? now;
  const category = parent?.category ?? options.category ?? options.tags?.[0] ?? 'general';
  return {
    id,
    author: options.author,
    permlink: options.permlink,
    title: options.title ?? '',
    body: options.body ?? '',
    category,
    tags: options.tags ?? [category],
    created,
    cashoutAt: created + chainFigures.payoutMs,
    parent: options.parent,
    depth: parent === undefined ? 0 : parent.depth + 1,
    allowVotes: options.allowVotes ?? true,
    beingRewarded: options.beingRewarded ?? false,
    seededRshares: BigInt(Math.round((options.payout ?? 0) / rshareValue)),
    votes: (options.votes ?? []).map((vote) => ({
      ...vote,
      curationWeight: vote.rshares > 0n ? vote.rshares / 2n : 0n,
      at: created + 600_000,
      changes: 0,
    })),
    deleted: false,
  };
}

export function isPaidOut(post: Post, now: number): boolean {
  return now >= post.cashoutAt && !post.beingRewarded;
}

export function getNetRshares(post: Post): bigint {
  return post.votes.reduce((sum, vote) => sum + vote.rshares, post.seededRshares);
}

/** Chain dollars, by the simple linear formula; never below 0. */
export function getPayout(post: Post): number {
  return Math.max(0, Number(getNetRshares(post)) * rshareValue);
}
