import type { Actions } from '../actions/index.ts';
import { ActionError } from './client.ts';

/** What becomes of a vote that was accepted: it is done, or kept until something else is. */
export type VoteEnd = Exclude<Actions['vote.cast']['output'], { state: 'waiting' }>;

/** What an action answers while it is under way; every other answer is the end of it. */
interface UnderWay {
  readonly state: 'waiting' | 'posting';
}

/** The background may be stopped while it works; it is woken by the next message and knows the request again. */
const maxLostAnswers = 3;

/**
 * Asks for a vote or a tweet until there is an answer. `ask` must carry the same request id each time, so that asking
 * again never does it twice. `onUnderWay` is called with each answer that it is not at its end yet.
 * Throws ActionError when it was refused, and what `ask` threw when three answers in a row got lost.
 */
export async function askUntilDone<Reply extends { readonly state: string }>(
  ask: () => Promise<Reply>,
  onUnderWay: (reply: Extract<Reply, UnderWay>) => void,
): Promise<Exclude<Reply, UnderWay>> {
  for (let lost = 0; ;) {
    try {
      const reply = await ask();
      // The compiler takes nothing away from a type parameter, so the type of the rest is said here.
      if (!isUnderWay(reply)) return reply as Exclude<Reply, UnderWay>;
      lost = 0;
      onUnderWay(reply);
    } catch (thrown) {
      lost += 1;
      if (thrown instanceof ActionError || lost >= maxLostAnswers) throw thrown;
    }
  }
}

function isUnderWay<Reply extends { readonly state: string }>(
  reply: Reply,
): reply is Extract<Reply, UnderWay> {
  return reply.state === 'waiting' || reply.state === 'posting';
}
