/** Vote on a Steem or Hive post, and what the person should know before they do. */
import * as z from 'zod/mini';
import { assertMaySchedule, defineAction } from './action.ts';
import { queued, schedule } from './queued.ts';

const chain = z.enum(['steem', 'hive']);
const voters = ['popup', 'page', 'internal'] as const;

/** Why a vote may not do what the person hopes. */
export const voteWarnings = ['paid_out', 'last_hours', 'power_low', 'votes_off', 'last_change'] as const;

/** What the vote arithmetic needs; `estimateVoteValue` in lib/steem turns it and a weight into money. */
export const voteBasis = z.object({
  chain,
  /** Current and full mana of the vote, in millionths of VESTS. */
  mana: z.number(),
  maxMana: z.number(),
  downvoteMana: z.number(),
  maxDownvoteMana: z.number(),
  votePowerReserveRate: z.number(),
  /** Reward fund in the chain's token, its claims, and the price of the token in the chain's dollar. */
  rewardBalance: z.number(),
  recentClaims: z.number(),
  price: z.number(),
  /** Seconds until payout; 0 when paid out. */
  secondsToPayout: z.number(),
  /** SBD or HBD. */
  currency: z.string(),
});
export type VoteBasis = z.output<typeof voteBasis>;

export const postView = z.object({
  chain,
  author: z.string(),
  permlink: z.string(),
  title: z.string(),
  kind: z.enum(['post', 'comment']),
  url: z.string(),
  /** The readable score, e.g. 69.83. */
  authorReputation: z.number(),
  payout: z.object({
    amount: z.number(),
    currency: z.string(),
    isPaid: z.boolean(),
    /** UTC ms of the payout, past or to come. */
    at: z.number(),
  }),
});

export const votePreview = z.object({
  post: postView,
  voter: z.optional(
    z.object({
      account: z.string(),
      name: z.string(),
      /** Percent of full. */
      powerPercent: z.number(),
      downvotePowerPercent: z.number(),
      /** Weight in percent of the vote already cast; 0 for a removed one; undefined when there is none. */
      currentWeight: z.optional(z.number()),
      basis: voteBasis,
    }),
  ),
  warnings: z.array(z.enum(voteWarnings)),
});
export type VotePreview = z.output<typeof votePreview>;

export const previewVoteInput = z.object({
  /** A link to the post, or author/permlink. */
  post: z.string(),
  /** Account id; without it only the post is shown. */
  account: z.optional(z.string()),
  /** Needed for author/permlink without an account. */
  chain: z.optional(chain),
});
export const previewVote = defineAction({
  id: 'vote.preview',
  title: 'What is known of a post and of the account that would vote on it',
  senders: voters,
  input: previewVoteInput,
  output: votePreview,
  run: async ({ votes }, input, sender) => votes.preview(input, sender),
});

export const castVoteInput = z.object({
  /**
   * A UUID made by the caller. Asking again with the same one never votes twice: it tells how the first went. So a
   * caller whose answer got lost (worker stopped) simply asks again.
   */
  request: z.uuid(),
  account: z.string(),
  post: z.string(),
  /** Percent, -100 to 100 in steps of 0.01; 0 removes a vote. */
  weight: z.number(),
  /** What it is, as the preview said; the weight is remembered for posts and comments apart. */
  kind: z.optional(z.enum(['post', 'comment'])),
  /** A downvote must be confirmed. */
  isConfirmed: z.optional(z.boolean()),
  /** When it is to go out; undefined for now. Not from a page. */
  schedule: z.optional(schedule),
});
export const castVoteOutput = z.discriminatedUnion('state', [
  /** Steem takes one vote in 3 s: ask again with the same request at once, the answer comes when it is through. */
  z.object({ state: z.literal('waiting'), until: z.number() }),
  queued,
  z.object({
    state: z.literal('done'),
    /** True when the chain held this very vote already. */
    wasThere: z.boolean(),
    name: z.string(),
    weight: z.number(),
    transactionId: z.optional(z.string()),
    transactionUrl: z.optional(z.string()),
  }),
]);
export const castVote = defineAction({
  id: 'vote.cast',
  title: 'Vote once',
  senders: voters,
  input: castVoteInput,
  output: castVoteOutput,
  run: async ({ votes }, input, sender) => {
    assertMaySchedule(input, sender);
    return votes.cast(input, sender);
  },
});

export const handOffVoteInput = z.object({ post: z.string(), chain: z.optional(chain), weight: z.number() });
export const handOffVoteOutput = z.object({ url: z.string() });
export const handOffVote = defineAction({
  id: 'vote.hand-off',
  title: "Open the signer's confirm page for a vote, for people without a connected account",
  senders: voters,
  input: handOffVoteInput,
  output: handOffVoteOutput,
  run: async ({ votes }, input, sender) => votes.handOff(input, sender),
});

export const startVoteInput = z.object({});
export const startVoteOutput = z.object({
  /** The post of the current tab, or of the link that the context menu was opened on. */
  post: z.optional(z.string()),
  /** The current tab is a post page on which our script found no post. */
  hasSiteChanged: z.boolean(),
  /** The host of that tab, when it is a site we know. */
  site: z.optional(z.string()),
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      service: z.string(),
      chain,
      isDefault: z.boolean(),
      /** Remembered weights in percent, never negative. */
      postWeight: z.number(),
      commentWeight: z.number(),
    }),
  ),
  undoSeconds: z.number(),
});
export const startVote = defineAction({
  id: 'vote.start',
  title: 'What the Vote tab opens with',
  senders: ['popup', 'internal'],
  input: startVoteInput,
  output: startVoteOutput,
  run: async ({ votes }) => votes.start(),
});
