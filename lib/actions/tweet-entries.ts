/** What can be done with the tweets of the Activity. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';
import { checkTweetOutput, postTweetOutput } from './tweet.ts';

const views = ['popup', 'options', 'internal'] as const;

export const resumeTweetInput = z.object({
  /** The journal entry. */
  id: z.number(),
  /** As in `tweet.post`. */
  request: z.uuid(),
  seen: z.optional(z.number()),
});
export const resumeTweet = defineAction({
  id: 'tweet.resume',
  title: 'Post what an entry of the Activity left unposted, under what was posted of it',
  senders: views,
  input: resumeTweetInput,
  output: postTweetOutput,
  run: async ({ tweets }, input) => tweets.resume(input),
});

export const checkTweetEntry = defineAction({
  id: 'tweet.check-entry',
  title: 'Look on the own timeline for the tweet of an entry whose answer did not arrive; costs a few reads',
  senders: views,
  input: z.object({ id: z.number() }),
  output: checkTweetOutput,
  run: async ({ tweets }, { id }) => tweets.checkEntry(id),
});

export const deleteTweetEntry = defineAction({
  id: 'tweet.delete-entry',
  title: 'Delete all tweets of an entry, the last first',
  senders: views,
  input: z.object({ id: z.number() }),
  /** How many. */
  output: z.object({ count: z.number() }),
  run: async ({ tweets }, { id }) => ({ count: await tweets.removeEntry(id) }),
});
