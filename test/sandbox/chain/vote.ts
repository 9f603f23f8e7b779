/** The vote operation, checked in the chain's order and applied. */
import type { Account } from './account.ts';
import { getMana } from './account.ts';
import type { SandboxChain } from './chain.ts';
import { buildNoResourceCredits } from './errors.ts';
import type { Post, Vote } from './post.ts';
import { isPaidOut } from './post.ts';
import { chainFigures } from './rules.ts';
import { checkAuthority, checkOpenPost, checkRights, getVotedPost, validateVote } from './vote-checks.ts';
import type { VoteOperation } from './vote-operation.ts';

/** Carries out one vote signed by `signer`'s posting key. Throws RpcError with the chain's own text. */
export function applyVote(chain: SandboxChain, operation: VoteOperation, signer: string): void {
  validateVote(chain, operation);
  const voter = checkAuthority(chain, operation.voter, signer);
  const post = getVotedPost(chain, operation);
  checkRights(chain, voter, post, operation);
  const now = chain.now();
  if (isPaidOut(post, now)) {
    spendResourceCredits(chain, voter, now);
    if (chain.rules.keepsVotesAfterPayout) recordVote(post, operation, { rshares: 0n, now });
    return;
  }
  const cost = checkOpenPost(chain, voter, post, operation, now);
  spendResourceCredits(chain, voter, now);
  spendMana(voter, operation.weight, cost, now);
  voter.lastVoteAt = now;
  recordVote(post, operation, { rshares: computeRshares(post, operation.weight, cost, now), now });
}

/** Downvotes take from their own pool first. */
function spendMana(voter: Account, weight: number, cost: bigint, now: number): void {
  const updatedAt = Math.floor(now / 1000);
  const voting = getMana(voter, 'votingMana', updatedAt);
  const downvoting = getMana(voter, 'downvoteMana', updatedAt);
  const fromPool = weight < 0 ? (cost < downvoting ? cost : downvoting) : 0n;
  voter.downvoteMana = { current: downvoting - fromPool, updatedAt };
  voter.votingMana = { current: voting - (cost - fromPool), updatedAt };
}

/** Nodes look at resource credits when a transaction has otherwise passed. */
function spendResourceCredits(chain: SandboxChain, voter: Account, now: number): void {
  const updatedAt = Math.floor(now / 1000);
  const has = getMana(voter, 'resourceCredits', updatedAt);
  const needs = chainFigures.voteResourceCost;
  if (has < needs) throw buildNoResourceCredits(chain.rules.token, voter.name, has, needs);
  voter.resourceCredits = { current: has - needs, updatedAt };
}

function computeRshares(post: Post, weight: number, cost: bigint, now: number): bigint {
  const strength = cost > chainFigures.dustThreshold ? cost - chainFigures.dustThreshold : 0n;
  const left = BigInt(Math.floor((post.cashoutAt - now) / 1000));
  const lockout = BigInt(chainFigures.lockoutMs / 1000);
  const rshares = left < lockout ? (strength * left) / lockout : strength;
  return weight < 0 ? -rshares : rshares;
}

function recordVote(
  post: Post,
  operation: VoteOperation,
  { rshares, now }: { rshares: bigint; now: number },
): void {
  const vote = post.votes.find((other) => other.voter === operation.voter);
  if (vote === undefined) {
    const fresh: Vote = {
      voter: operation.voter,
      percent: operation.weight,
      rshares,
      curationWeight: rshares > 0n ? rshares / 2n : 0n,
      at: now,
      changes: 0,
    };
    post.votes.push(fresh);
    return;
  }
  vote.percent = operation.weight;
  vote.rshares = rshares;
  vote.curationWeight = 0n;
  vote.at = now;
  vote.changes += 1;
}
