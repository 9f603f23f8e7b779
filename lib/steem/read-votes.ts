/** Votes of a post by `condenser_api.get_active_votes`. Those within `get_content` are minutes old on Steem. */
import * as z from 'zod/mini';
import { integer, utcTime } from './chain-values.ts';
import type { ChainAnswer, ChainCall } from './json-rpc.ts';
import type { PostName } from './post-in-url.ts';
import { readResult } from './read-result.ts';
import { toPercent } from './weight.ts';

export interface OwnVote {
  /** Percent; 0 for a vote that was removed. */
  readonly weight: number;
  /** UTC ms of the last change. */
  readonly time: number;
}

const votes = z.array(z.object({ voter: z.string(), percent: integer, time: utcTime }));

export function buildVotesCall({ author, permlink }: PostName): ChainCall {
  return { method: 'condenser_api.get_active_votes', params: [author, permlink] };
}

/** The vote of one account, if it has ever cast one. @throws AppError `post_not_found`, else as `readResult`. */
export function findOwnVote(answer: ChainAnswer, voter: string): OwnVote | undefined {
  const own = readResult(answer, votes, 'post_not_found').find((vote) => vote.voter === voter);
  return own && { weight: toPercent(own.percent), time: own.time };
}
