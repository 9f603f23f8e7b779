/** What differs between the two chains, as data. Sources: steemit/steem and openhive-network/hive evaluators. */

export interface ChainRules {
  readonly id: 'steem' | 'hive';
  readonly title: string;
  readonly token: string;
  readonly dollar: string;
  readonly nodes: readonly string[];
  /** Least time between two votes of one account, ms; 0 for no rule (Hive since hard fork 26). */
  readonly voteSpacingMs: number;
  /** Infinity for no limit (Hive since hard fork 28). */
  readonly maxVoteChanges: number;
  /** What a vote's mana is a share of; Hive takes the full mana since hard fork 28. */
  readonly manaCostOf: 'current' | 'full';
  /** Steem looks at mana before the vote's own history, Hive after it. */
  readonly manaBeforeHistory: boolean;
  /** Steem notes a vote on a paid out post, Hive forgets it. Both accept it. */
  readonly keepsVotesAfterPayout: boolean;
  /** How long hivemind's get_content lacks a vote just cast, ms. */
  readonly contentVoteDelayMs: number;
  readonly weightText: string;
  readonly firstBlock: number;
}

export const steemRules: ChainRules = {
  id: 'steem',
  title: 'Steem',
  token: 'STEEM',
  dollar: 'SBD',
  nodes: ['api.steemit.com', 'api.justyy.com', 'api.moecki.online'],
  voteSpacingMs: 3000,
  maxVoteChanges: 5,
  manaCostOf: 'current',
  manaBeforeHistory: true,
  keepsVotesAfterPayout: true,
  contentVoteDelayMs: 60_000,
  weightText: 'Weight is not a STEEMIT percentage',
  firstBlock: 100_000_000,
};

export const hiveRules: ChainRules = {
  id: 'hive',
  title: 'Hive',
  token: 'HIVE',
  dollar: 'HBD',
  nodes: ['api.hive.blog', 'api.deathwing.me', 'techcoderx.com'],
  voteSpacingMs: 0,
  maxVoteChanges: Number.POSITIVE_INFINITY,
  manaCostOf: 'full',
  manaBeforeHistory: false,
  keepsVotesAfterPayout: false,
  contentVoteDelayMs: 0,
  weightText: 'Weight is not a HIVE percentage',
  firstBlock: 101_000_000,
};

/** Figures that both chains share in the sandbox; plain numbers of the order the real chains show. */
export const chainFigures = {
  payoutMs: 7 * 86_400_000,
  /** Before payout, a vote's strength falls to nothing over this time. */
  lockoutMs: 43_200_000,
  /** What every vote loses, in rshares. */
  dustThreshold: 50_000_000n,
  votePowerReserveRate: 10n,
  downvotePoolPercent: 2500n,
  regenerationSeconds: 432_000n,
  rewardBalance: 800_000,
  recentClaims: 500_000_000_000_000_000n,
  /** Chain dollars for one token. */
  price: 0.2,
  totalVestingFund: 200_000_000,
  totalVestingShares: 400_000_000_000,
  /** Resource credits that one vote costs. */
  voteResourceCost: 113_000_000n,
} as const;
