/**
 * Votes through a signer's API: `POST {api}/api/broadcast`, the same in all generations of SteemConnect.
 * Source: ledgerconnect/steemconnect routes/api.js, ecency/hivesigner-api routes/api.js.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { PostName } from './post-in-url.ts';

export interface VoteOperation extends PostName {
  readonly voter: string;
  /** The chain's weight, an integer from -10000 to 10000. */
  readonly weight: number;
}

/** To be authorised before it is sent. */
export function buildVoteRequest(apiBase: string, vote: VoteOperation): Request {
  const { voter, author, permlink, weight } = vote;
  return new Request(`${apiBase}/api/broadcast`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operations: [['vote', { voter, author, permlink, weight }]] }),
  });
}

const answer = z.object({ result: z.object({ id: z.string().check(z.regex(/^[0-9a-f]{40}$/)) }) });

/** The transaction's id. @throws AppError `bad_answer` when a success holds none. */
export function readTransactionId(body: unknown): string {
  const parsed = z.safeParse(answer, body);
  if (!parsed.success) throw new AppError('bad_answer', { cause: parsed.error });
  return parsed.data.result.id;
}
