/** condenser_api.get_content and get_active_votes, with each chain's own keys and kinds of number. */
import type { SandboxChain } from './chain.ts';
import { epoch, formatAmount, formatTime, never } from './format.ts';
import { steemInteger } from './json-text.ts';
import type { Post, Vote } from './post.ts';
import { getNetRshares, getPayout, isPaidOut } from './post.ts';

/** `/category/@author/permlink`, a comment below its root post. */
export function buildPostPath(chain: SandboxChain, post: Post): string {
  const root = findRoot(chain, post);
  const path = `/${root.category}/@${root.author}/${root.permlink}`;
  return root === post ? path : `${path}#@${post.author}/${post.permlink}`;
}

function findRoot(chain: SandboxChain, post: Post): Post {
  return post.parent === undefined
    ? post
    : findRoot(chain, chain.getPost(post.parent.author, post.parent.permlink));
}

/** The author's and the curators' halves of what is paid, in chain dollars. */
export function splitPayout(post: Post, now: number): { pending: number; author: number; curators: number } {
  const total = getPayout(post);
  return isPaidOut(post, now)
    ? { pending: 0, author: total / 2, curators: total / 2 }
    : { pending: total, author: 0, curators: 0 };
}

export function buildMetadata(post: Post): Record<string, unknown> {
  return { tags: post.tags, app: 'sandbox/1.0', format: 'markdown' };
}

/** hivemind serves get_content from a table that is behind: a fresh vote is not in it yet. */
function listCachedVotes(chain: SandboxChain, post: Post): Vote[] {
  return post.votes.filter(({ at }) => chain.now() - at >= chain.rules.contentVoteDelayMs);
}

export function buildContent(chain: SandboxChain, post: Post): Record<string, unknown> {
  const { rules } = chain;
  const now = chain.now();
  const isPaid = isPaidOut(post, now);
  const payout = splitPayout(post, now);
  const root = findRoot(chain, post);
  const reputation = chain.findAccount(post.author)?.reputation ?? 0n;
  const common = {
    post_id: post.id,
    author: post.author,
    permlink: post.permlink,
    category: post.category,
    title: post.title,
    body: post.body,
    json_metadata: JSON.stringify(buildMetadata(post)),
    created: formatTime(post.created),
    last_update: formatTime(post.created),
    depth: post.depth,
    children: chain.listReplies(post.author, post.permlink).length,
    last_payout: isPaid ? formatTime(post.cashoutAt) : epoch,
    cashout_time: isPaid ? never : formatTime(post.cashoutAt),
    total_payout_value: formatAmount(payout.author, rules.dollar),
    curator_payout_value: formatAmount(payout.curators, rules.dollar),
    pending_payout_value: formatAmount(payout.pending, rules.dollar),
    promoted: formatAmount(0, rules.dollar),
    replies: [],
    body_length: Buffer.byteLength(post.body),
    parent_author: post.parent?.author ?? '',
    parent_permlink: post.parent?.permlink ?? post.category,
    url: buildPostPath(chain, post),
    root_title: root.title,
    beneficiaries: [],
    max_accepted_payout: formatAmount(1_000_000, rules.dollar),
  };
  const votes = listCachedVotes(chain, post);
  if (rules.id === 'steem') {
    return {
      ...common,
      net_rshares: steemInteger(getNetRshares(post)),
      active_votes: votes.map((vote) => ({
        voter: vote.voter,
        rshares: String(vote.rshares),
        percent: String(vote.percent),
        reputation: String(chain.findAccount(vote.voter)?.reputation ?? 0n),
      })),
      author_reputation: steemInteger(reputation),
      percent_steem_dollars: 10_000,
    };
  }
  return {
    ...common,
    net_rshares: getNetRshares(post),
    abs_rshares: post.votes.reduce(
      (sum, { rshares }) => sum + (rshares < 0n ? -rshares : rshares),
      post.seededRshares,
    ),
    vote_rshares: post.votes.reduce(
      (sum, { rshares }) => sum + (rshares > 0n ? rshares : 0n),
      post.seededRshares,
    ),
    net_votes: post.votes.reduce((sum, { percent }) => sum + Math.sign(percent), 0),
    active_votes: votes.map((vote) => buildHiveVote(chain, vote)),
    author_reputation: reputation,
    allow_replies: true,
    allow_votes: post.allowVotes,
    allow_curation_rewards: true,
    root_author: root.author,
    root_permlink: root.permlink,
    percent_hbd: 10_000,
    reblogged_by: [],
  };
}

/** Steem's hivemind answers an unknown post with a record of nothing. */
export const emptyContent = { id: 0, author: '', permlink: '' } as const;

/** What an old steemd answers for an unknown post: every key, all of them empty. */
export function buildZeroContent(dollar: string): Record<string, unknown> {
  const zero = formatAmount(0, dollar);
  return {
    id: 0,
    author: '',
    permlink: '',
    category: '',
    parent_author: '',
    parent_permlink: '',
    title: '',
    body: '',
    json_metadata: '',
    last_update: epoch,
    created: epoch,
    active: epoch,
    last_payout: epoch,
    depth: 0,
    children: 0,
    net_rshares: 0,
    abs_rshares: 0,
    vote_rshares: 0,
    cashout_time: epoch,
    total_payout_value: zero,
    curator_payout_value: zero,
    pending_payout_value: zero,
    total_pending_payout_value: zero,
    promoted: zero,
    net_votes: 0,
    root_title: '',
    url: '',
    active_votes: [],
    replies: [],
    author_reputation: 0,
    body_length: 0,
    beneficiaries: [],
    max_accepted_payout: zero,
    percent_steem_dollars: 0,
    allow_replies: false,
    allow_votes: false,
    allow_curation_rewards: false,
    reblogged_by: [],
  };
}

export function buildActiveVotes(chain: SandboxChain, post: Post): unknown[] {
  return post.votes.map((vote) =>
    chain.rules.id === 'hive'
      ? buildHiveVote(chain, vote)
      : {
          voter: vote.voter,
          weight: steemInteger(vote.curationWeight),
          rshares: steemInteger(vote.rshares),
          percent: vote.percent,
          reputation: steemInteger(chain.findAccount(vote.voter)?.reputation ?? 0n),
          time: formatTime(vote.at),
        },
  );
}

function buildHiveVote(chain: SandboxChain, vote: Vote): Record<string, unknown> {
  return {
    percent: vote.percent,
    reputation: chain.findAccount(vote.voter)?.reputation ?? 0n,
    rshares: vote.rshares,
    time: formatTime(vote.at),
    voter: vote.voter,
    weight: vote.curationWeight,
  };
}
