import type { Actions } from '../../lib/actions/index.ts';
import { ActionError, type Invoke } from '../../lib/bus/client.ts';

export type CastVoteInput = Actions['vote.cast']['input'];
export type DoneVote = Extract<Actions['vote.cast']['output'], { state: 'done' }>;

const maxLost = 4;

/**
 * Votes, and asks again with the same request as long as the background says "waiting" or does not answer (its worker
 * was stopped): one request never votes twice.
 *
 * @throws ActionError when the vote was refused; the channel's own error when no answer came four times running.
 */
export async function castVote(invoke: Invoke, input: CastVoteInput): Promise<DoneVote> {
  for (let lost = 0; ;) {
    try {
      const answer = await invoke('vote.cast', input);
      if (answer.state === 'done') return answer;
      lost = 0;
    } catch (error) {
      lost += 1;
      if (error instanceof ActionError || lost === maxLost) throw error;
    }
  }
}
