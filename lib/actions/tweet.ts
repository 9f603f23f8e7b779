/** Tweet. Until X is connected every tweet is handed to the web intent in a tab. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

export const handOffTweetInput = z.object({
  text: z.optional(z.string()),
  /** A link to a Steem or Hive post. */
  post: z.optional(z.string()),
});
export const handOffTweetOutput = z.object({ url: z.string() });
export const handOffTweet = defineAction({
  id: 'tweet.hand-off',
  title: "Open X's web intent with a text, or with a post's title, link and tags",
  senders: ['popup', 'page', 'internal'],
  input: handOffTweetInput,
  output: handOffTweetOutput,
  run: async ({ tweets }, input, sender) => tweets.handOff(input, sender),
});
