/**
 * What a chain checks before it takes a vote, each refusal with its text. Sources: hf20_vote_evaluator in steemit/steem
 * libraries/chain/steem_evaluator.cpp and in openhive-network/hive libraries/chain/hive_evaluator_social.cpp.
 */
import type { Account } from './account.ts';
import { getMana, getMaxMana } from './account.ts';
import type { SandboxChain } from './chain.ts';
import type { Assertion } from './errors.ts';
import {
  buildAssertion,
  buildMissingPostingAuthority,
  buildPlainRefusal,
  buildUnknownKey,
} from './errors.ts';
import { computeVoteCost } from './mana.ts';
import { isAccountName, isPermlink } from './names.ts';
import type { Post } from './post.ts';
import { chainFigures } from './rules.ts';
import type { VoteOperation } from './vote-operation.ts';

/** The stateless part: every node runs it before it looks at keys. */
export function validateVote(chain: SandboxChain, { voter, author, permlink, weight }: VoteOperation): void {
  for (const name of [voter, author]) {
    if (!isAccountName(name)) {
      refuse(chain, {
        expression: 'is_valid_account_name( name )',
        text: 'Account name ${n} is invalid',
        values: { n: name },
      });
    }
  }
  if (!Number.isInteger(weight)) {
    throw buildPlainRefusal(chain.rules.id, `Bad Cast:Couldn't parse int64_t ${weight}`);
  }
  if (Math.abs(weight) > 10_000) {
    refuse(chain, {
      expression: `abs(weight) <= ${chain.rules.token}_100_PERCENT`,
      text: chain.rules.weightText,
      values: {},
    });
  }
  if (!isPermlink(permlink)) {
    refuse(chain, {
      expression: `permlink.size() < ${chain.rules.token}_MAX_PERMLINK_LENGTH`,
      text: 'permlink is too long',
    });
  }
}

/** A posting authority reaches two accounts deep: voter -> app -> broadcaster. */
export function checkAuthority(chain: SandboxChain, name: string, signer: string): Account {
  const voter = chain.findAccount(name);
  if (voter === undefined) {
    if (chain.rules.id === 'steem') throw buildUnknownKey();
    return refuse(chain, {
      expression: 'acc != nullptr',
      text: 'Account ${name} does not exist',
      values: { name },
    });
  }
  const allowed =
    signer === name ||
    voter.postingAuths.some(
      (app) => app === signer || chain.findAccount(app)?.postingAuths.includes(signer) === true,
    );
  if (!allowed) throw buildMissingPostingAuthority(name);
  return voter;
}

/** The post to vote on; each chain has its own word for one that is not there. */
export function getVotedPost(chain: SandboxChain, { author, permlink }: VoteOperation): Post {
  const post = chain.findPost(author, permlink);
  if (post !== undefined) return post;
  if (chain.rules.id === 'steem') throw buildUnknownKey();
  return refuse(chain, {
    expression: 'comment != nullptr',
    text: 'Comment with permlink ${permlink} of ${author} not found',
    values: { permlink, author },
  });
}

/** The author's and the voter's own switches. */
export function checkRights(
  chain: SandboxChain,
  voter: Account,
  post: Post,
  { weight }: VoteOperation,
): void {
  if (!voter.canVote)
    refuse(chain, {
      expression: 'voter.can_vote',
      text: 'Voter has declined their voting rights.',
      values: {},
    });
  if (weight > 0 && !post.allowVotes) {
    refuse(chain, {
      expression: chain.rules.id === 'steem' ? 'comment.allow_votes' : 'comment_cashout->allows_votes()',
      text: 'Votes are not allowed on the comment.',
    });
  }
}

/** The checks of a post that is not paid out. Returns the mana that the vote costs. */
export function checkOpenPost(
  chain: SandboxChain,
  voter: Account,
  post: Post,
  operation: VoteOperation,
  now: number,
): bigint {
  const { rules } = chain;
  if (post.beingRewarded) {
    refuse(chain, {
      expression: '_now < comment.cashout_time',
      text: 'Comment is actively being rewarded. Cannot vote on comment.',
      values: {},
    });
  }
  if (rules.voteSpacingMs > 0 && now - voter.lastVoteAt < rules.voteSpacingMs) {
    refuse(chain, {
      expression: 'elapsed_seconds >= STEEM_MIN_VOTE_INTERVAL_SEC',
      text: 'Can only vote once every 3 seconds.',
    });
  }
  if (!rules.manaBeforeHistory) checkHistory(chain, post, operation);
  const cost = checkMana(chain, voter, operation.weight, now);
  if (rules.manaBeforeHistory) checkHistory(chain, post, operation);
  return cost;
}

function checkHistory(chain: SandboxChain, post: Post, { voter, weight }: VoteOperation): void {
  const vote = post.votes.find((other) => other.voter === voter);
  if (vote === undefined) {
    if (weight === 0) refuse(chain, { expression: 'o.weight != 0', text: 'Vote weight cannot be 0.' });
    return;
  }
  if (vote.changes >= chain.rules.maxVoteChanges) {
    refuse(chain, {
      expression: 'itr->num_changes < STEEM_MAX_VOTE_CHANGES',
      text: 'Voter has used the maximum number of vote changes on this comment.',
    });
  }
  if (vote.percent === weight) {
    refuse(chain, {
      expression:
        chain.rules.id === 'steem' ? 'itr->vote_percent != o.weight' : 'itr->get_vote_percent() != o.weight',
      text: 'Your current vote on this comment is identical to this vote.',
    });
  }
}

function checkMana(chain: SandboxChain, voter: Account, weight: number, now: number): bigint {
  const seconds = now / 1000;
  const voting = getMana(voter, 'votingMana', seconds);
  const downvoting = getMana(voter, 'downvoteMana', seconds);
  const reserve = (downvoting * 10_000n) / chainFigures.downvotePoolPercent;
  const current = weight < 0 && reserve > voting ? reserve : voting;
  const base = chain.rules.manaCostOf === 'full' ? getMaxMana(voter, 'votingMana') : current;
  const cost = computeVoteCost(base, weight);
  if (weight < 0) {
    if (voting + downvoting <= cost) refuseMana(chain, 'downvote', { v: voting, d: downvoting, r: cost });
  } else if (cost > voting || (weight > 0 && voting <= 0n)) {
    refuseMana(chain, 'vote', { v: voting, r: cost });
  }
  return cost;
}

/** Hive adds the figures to the text. */
function refuseMana(chain: SandboxChain, kind: 'vote' | 'downvote', amounts: Record<string, bigint>): never {
  const expression = 'voter.voting_manabar.has_mana( used_mana )';
  const text = `Account does not have enough mana to ${kind}.`;
  if (chain.rules.id === 'steem') return refuse(chain, { expression, text });
  const labels: Readonly<Record<string, string>> = {
    v: 'voting_mana',
    d: 'downvote_mana',
    r: 'required_mana',
  };
  const figures = Object.keys(amounts).map((key) => ` ${labels[key] ?? key}: \${${key}}`);
  const values = Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, String(amount)]));
  return refuse(chain, { expression, text: text + figures.join(''), values });
}

function refuse(chain: SandboxChain, assertion: Assertion): never {
  throw buildAssertion(chain.rules.id, assertion);
}
