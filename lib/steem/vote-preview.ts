/** Puts the look-ups together into what a person sees before a vote. */
import type { VoteBasis, VotePreview, voteWarnings } from '../actions/vote.ts';
import type { Chain } from './chain.ts';
import { readMana, readManaPercent, readMaxMana } from './mana.ts';
import type { ChainAccount } from './read-account.ts';
import type { ChainRules, RewardFund } from './read-globals.ts';
import type { Post } from './read-post.ts';
import type { OwnVote } from './read-votes.ts';

type Warning = (typeof voteWarnings)[number];

/** The output of the action `vote.preview`, but for the account's id, which the chain does not know. */
export type ChainPreview = Omit<VotePreview, 'voter'> & {
  voter?: Omit<NonNullable<VotePreview['voter']>, 'account'>;
};

export interface Voter {
  readonly account: ChainAccount;
  readonly ownVote: OwnVote | undefined;
  /** How often we changed this vote; the look-ups do not tell. */
  readonly changesByUs: number;
  readonly fund: RewardFund;
  /** One token in the chain's dollar. */
  readonly price: number;
}

const lastHoursSeconds = 12 * 3600;
const lowPowerPercent = 20;

export function buildPreview(chain: Chain, post: Post, rules: ChainRules, voter?: Voter): ChainPreview {
  const secondsToPayout = post.isPaid ? 0 : Math.max(0, (post.payoutAt - rules.now) / 1000);
  const view = voter && buildVoterView(chain, voter, rules, secondsToPayout);
  return {
    post: {
      chain: chain.id,
      author: post.author,
      permlink: post.permlink,
      title: post.title,
      kind: post.kind,
      url: chain.postUrl(post.author, post.permlink),
      authorReputation: post.authorReputation,
      // The post's record can be minutes old: past its time it is paid, whatever it says.
      payout: {
        amount: post.payout,
        currency: chain.dollar,
        isPaid: secondsToPayout === 0,
        at: post.payoutAt,
      },
    },
    ...(view && { voter: view }),
    warnings: [
      ...findPostWarnings(post, secondsToPayout, voter?.account.canVote ?? true),
      ...findVoterWarnings(chain, view?.powerPercent, voter),
    ],
  };
}

function findPostWarnings(post: Post, secondsToPayout: number, canVote: boolean): Warning[] {
  return [
    ...when('paid_out', secondsToPayout === 0),
    ...when('last_hours', secondsToPayout > 0 && secondsToPayout < lastHoursSeconds),
    ...when('votes_off', !post.areVotesAllowed || !canVote),
  ];
}

function findVoterWarnings(chain: Chain, powerPercent = 100, voter?: Voter): Warning[] {
  const { maxVoteChanges = Infinity } = chain;
  return [
    ...when('power_low', powerPercent < lowPowerPercent),
    ...when('last_change', voter?.ownVote !== undefined && voter.changesByUs >= maxVoteChanges - 1),
  ];
}

function when(warning: Warning, isSo: boolean): Warning[] {
  return isSo ? [warning] : [];
}

function buildVoterView(
  chain: Chain,
  { account, ownVote, fund, price }: Voter,
  rules: ChainRules,
  secondsToPayout: number,
): NonNullable<ChainPreview['voter']> {
  const now = rules.now / 1000;
  const maxMana = readMaxMana(account.stake);
  const maxDownvoteMana = maxMana * rules.downvotePool;
  const basis: VoteBasis = {
    chain: chain.id,
    mana: readMana(account.manabar, maxMana, now),
    maxMana,
    downvoteMana: readMana(account.downvoteManabar, maxDownvoteMana, now),
    maxDownvoteMana,
    votePowerReserveRate: rules.votePowerReserveRate,
    rewardBalance: fund.balance,
    recentClaims: fund.recentClaims,
    price,
    secondsToPayout,
    currency: chain.dollar,
  };
  return {
    name: account.name,
    powerPercent: readManaPercent(basis.mana, maxMana),
    downvotePowerPercent: readManaPercent(basis.downvoteMana, maxDownvoteMana),
    ...(ownVote && { currentWeight: ownVote.weight }),
    basis,
  };
}
