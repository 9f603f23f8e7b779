/** bridge.get_post, the other shape in which both hiveminds give a post. */
import type { SandboxChain } from './chain.ts';
import { buildMetadata, buildPostPath, splitPayout } from './content.ts';
import { formatAmount, formatTime } from './format.ts';
import { steemInteger } from './json-text.ts';
import type { Post } from './post.ts';
import { getNetRshares, getPayout, isPaidOut } from './post.ts';
import { computeReputationScore } from './reputation.ts';

export function buildBridgePost(chain: SandboxChain, post: Post): Record<string, unknown> {
  const { rules } = chain;
  const now = chain.now();
  const payout = splitPayout(post, now);
  const integer = rules.id === 'steem' ? steemInteger : (value: bigint): bigint => value;
  return {
    post_id: post.id,
    author: post.author,
    permlink: post.permlink,
    category: post.category,
    title: post.title,
    body: post.body,
    json_metadata: buildMetadata(post),
    created: formatTime(post.created),
    updated: formatTime(post.created),
    depth: post.depth,
    children: chain.listReplies(post.author, post.permlink).length,
    net_rshares: integer(getNetRshares(post)),
    is_paidout: isPaidOut(post, now),
    payout_at: formatTime(post.cashoutAt),
    payout: Number(getPayout(post).toFixed(3)),
    pending_payout_value: formatAmount(payout.pending, rules.dollar),
    author_payout_value: formatAmount(payout.author, rules.dollar),
    curator_payout_value: formatAmount(payout.curators, rules.dollar),
    promoted: formatAmount(0, rules.dollar),
    replies: [],
    active_votes: post.votes.map(({ voter, rshares }) => ({ voter, rshares: integer(rshares) })),
    author_reputation: computeReputationScore(chain.findAccount(post.author)?.reputation ?? 0n),
    stats: { hide: false, gray: false, total_votes: post.votes.length, flag_weight: 0 },
    beneficiaries: [],
    max_accepted_payout: formatAmount(1_000_000, rules.dollar),
    [rules.id === 'steem' ? 'percent_steem_dollars' : 'percent_hbd']: 10_000,
    url: buildPostPath(chain, post),
    blacklists: [],
    ...(rules.id === 'hive' && { reblogs: 0 }),
    ...(post.parent && { parent_author: post.parent.author, parent_permlink: post.parent.permlink }),
  };
}
