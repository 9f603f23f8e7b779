import type { OutboxRunnerParts } from './outbox-runner.ts';
import type { TweetSender } from './tweet-sender.ts';
import type { VoteSender } from './vote-sender.ts';

/** The senders of the two kinds of entries as one. */
export function joinSenders(
  votes: VoteSender,
  tweets: TweetSender,
): Pick<OutboxRunnerParts, 'send' | 'fail' | 'spacing'> {
  return {
    send: (entry, onPosted) =>
      entry.action === 'vote.cast' ? votes.send(entry) : tweets.send(entry, onPosted),
    fail: (entry, error) =>
      entry.action === 'vote.cast' ? votes.fail(entry, error) : tweets.fail(entry, error),
    spacing: (entry) => (entry.action === 'vote.cast' ? votes.spacing(entry) : Promise.resolve(0)),
  };
}
