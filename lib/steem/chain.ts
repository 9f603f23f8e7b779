/**
 * The two chains, as data. Sources: the nodes that steemit/condenser and openhive-network's hivesigner API list, voting
 * rules of steemit/steem `steem_evaluator.cpp` and openhive-network/hive `hive_evaluator_social.cpp`.
 */

export type ChainId = 'steem' | 'hive';

export interface Chain {
  readonly id: ChainId;
  readonly title: string;
  /** JSON-RPC nodes, tried in this order. All of them are in the manifest's host permissions. */
  readonly nodes: readonly string[];
  /** The token and the chain's dollar, as in amounts like `1.234 SBD`. */
  readonly token: string;
  readonly dollar: string;
  /** Milliseconds that must lie between two votes of one account; 0 where the chain has no such rule. */
  readonly voteSpacingMs: number;
  /** How often one vote can be changed; undefined for no limit. */
  readonly maxVoteChanges: number | undefined;
  /** Since Hive's hard fork 28 a vote costs a share of the full mana, on Steem a share of the current. */
  readonly voteCostOf: 'current' | 'full';
  /** Where a post can be read: `{author}` and `{permlink}` are filled in. */
  readonly postUrl: (author: string, permlink: string) => string;
  readonly transactionUrl: (id: string) => string;
}

export const chains: Readonly<Record<ChainId, Chain>> = {
  steem: {
    id: 'steem',
    title: 'Steem',
    nodes: ['https://api.steemit.com', 'https://api.justyy.com', 'https://api.moecki.online'],
    token: 'STEEM',
    dollar: 'SBD',
    voteSpacingMs: 3000,
    maxVoteChanges: 5,
    voteCostOf: 'current',
    postUrl: (author, permlink) => `https://steemit.com/@${author}/${permlink}`,
    transactionUrl: (id) => `https://steemscan.com/transaction/${id}`,
  },
  hive: {
    id: 'hive',
    title: 'Hive',
    nodes: ['https://api.hive.blog', 'https://api.deathwing.me', 'https://techcoderx.com'],
    token: 'HIVE',
    dollar: 'HBD',
    voteSpacingMs: 0,
    maxVoteChanges: undefined,
    voteCostOf: 'full',
    postUrl: (author, permlink) => `https://hive.blog/@${author}/${permlink}`,
    transactionUrl: (id) => `https://hivehub.dev/tx/${id}`,
  },
};
