import type { Actions } from '../actions/index.ts';
import { ActionError } from './client.ts';

type CastReply = Actions['vote.cast']['output'];
export type VoteDone = Extract<CastReply, { state: 'done' }>;

/** The background may be stopped while it works; it is woken by the next message and knows the request again. */
const maxLostAnswers = 3;

/**
 * Asks for a vote until there is an answer. `ask` must carry the same request id each time, so that asking again never
 * votes twice. `onWaiting` is called when the vote stands in line behind another one of the account.
 * Throws ActionError when the vote was refused, and what `ask` threw when three answers in a row got lost.
 */
export async function askUntilDone(ask: () => Promise<CastReply>, onWaiting: () => void): Promise<VoteDone> {
  for (let lost = 0; ;) {
    try {
      const reply = await ask();
      if (reply.state === 'done') return reply;
      lost = 0;
      onWaiting();
    } catch (thrown) {
      lost += 1;
      if (thrown instanceof ActionError || lost >= maxLostAnswers) throw thrown;
    }
  }
}
