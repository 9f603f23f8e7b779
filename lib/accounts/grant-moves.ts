/** The legal moves of a grant. A move that is not in the table is a bug and throws. */
import { AppError } from '../errors.ts';
import type { Grant } from '../vault/schema.ts';

export type GrantState = Grant['state'];

/**
 * Every renewal passes through `refreshing`, the durable mark. A sign-in is no move: it starts a new grant.
 * - `live`: the access token works, or can be renewed when it does not.
 * - `refreshing`: a renewal is under way; found at a start, its context died.
 * - `try_later`: the last renewal failed for a reason that passes.
 * - `needs_sign_in`: only the person can help.
 */
export const grantMoves: Readonly<Record<GrantState, readonly GrantState[]>> = {
  live: ['refreshing'],
  refreshing: ['live', 'refreshing', 'try_later', 'needs_sign_in'],
  try_later: ['refreshing'],
  needs_sign_in: ['refreshing'],
};

/** @throws AppError `internal` on an illegal move. */
export function moveGrant(grant: Grant, state: GrantState, changes: Partial<Grant>): Grant {
  if (!grantMoves[grant.state].includes(state))
    throw new AppError('internal', { params: { from: grant.state, to: state } });
  // Both belong to the state that is left.
  const left = { ...grant };
  delete left.refreshingSince;
  delete left.trouble;
  return { ...left, ...changes, state };
}
