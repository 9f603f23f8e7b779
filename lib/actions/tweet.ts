/** Tweet: by X's API with a connected account, or the free way, X's own composer in a tab. */
import * as z from 'zod/mini';
import { errorCodes } from '../errors.ts';
import { defineAction } from './action.ts';
import { queued, schedule } from './queued.ts';

export const handOffTweetInput = z.object({
  text: z.optional(z.string()),
  /** A link to a Steem or Hive post. */
  post: z.optional(z.string()),
});
export const handOffTweetOutput = z.object({ url: z.string() });
export const handOffTweet = defineAction({
  id: 'tweet.hand-off',
  title: "Open X's web intent with a text, or with a post's title, link and tags",
  senders: ['popup', 'internal'],
  input: handOffTweetInput,
  output: handOffTweetOutput,
  run: async ({ tweets }, input, sender) => tweets.handOff(input, sender),
});

export const startTweetOutput = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      service: z.string(),
      isDefault: z.boolean(),
      /** False while the person has not allowed posting: signing in again with `allow: ['post']` asks for it. */
      canPost: z.boolean(),
    }),
  ),
});
export const startTweet = defineAction({
  id: 'tweet.start',
  title: 'What the Tweet tab opens with',
  senders: ['popup', 'internal'],
  input: z.object({}),
  output: startTweetOutput,
  run: async ({ tweets }) => tweets.start(),
});

/** Title and link of the tab, or of its Steem or Hive post with tags, ready to be put into the text. */
export const suggestTweetOutput = z.object({ suggestion: z.optional(z.string()) });
export const suggestTweet = defineAction({
  id: 'tweet.suggest',
  title: 'What the current tab could be tweeted with; may ask the chain',
  senders: ['popup', 'internal'],
  input: z.object({}),
  output: suggestTweetOutput,
  run: async ({ tweets }) => tweets.suggest(),
});

const posted = z.object({ id: z.string(), url: z.string() });

export const postTweetInput = z.object({
  /** A UUID made by the caller: asking again with the same one never posts twice, it tells how far it is. */
  request: z.uuid(),
  account: z.string(),
  /** The tweets of a thread in order; one for a single tweet. */
  parts: z.array(z.string()).check(z.minLength(1), z.maxLength(50)),
  /** The id of a tweet of the same account that the first part answers: where a thread is taken up again. */
  replyTo: z.optional(z.string()),
  /** How many were posted when the caller last asked; the answer waits for more. */
  seen: z.optional(z.number()),
  /** When it is to go out; undefined for now. */
  schedule: z.optional(schedule),
});
export const postTweetOutput = z.discriminatedUnion('state', [
  /** Under way: ask again with the same request and `seen: posted`. */
  z.object({ state: z.literal('posting'), posted: z.number(), of: z.number() }),
  queued,
  z.object({ state: z.literal('done'), posted: z.array(posted) }),
  /** Some were posted, then one was not: `rest` is what is left, to be sent with `replyTo` the last posted id. */
  z.object({
    state: z.literal('stopped'),
    posted: z.array(posted),
    rest: z.array(z.string()),
    code: z.enum(errorCodes),
    message: z.string(),
    details: z.optional(z.string()),
  }),
]);
export const postTweet = defineAction({
  id: 'tweet.post',
  title: 'Post a tweet or a thread by the API',
  senders: ['popup', 'internal'],
  input: postTweetInput,
  output: postTweetOutput,
  run: async ({ tweets }, input) => tweets.post(input),
});

export const checkTweetInput = z.object({ account: z.string(), text: z.string() });
/** `found` undefined: it is not among the newest. */
export const checkTweetOutput = z.object({ found: z.optional(posted) });
export const checkTweet = defineAction({
  id: 'tweet.check',
  title: 'Look on the own timeline for a tweet whose answer did not arrive; costs a few reads',
  senders: ['popup', 'internal'],
  input: checkTweetInput,
  output: checkTweetOutput,
  run: async ({ tweets }, input) => tweets.check(input),
});

export const deleteTweetInput = z.object({ account: z.string(), tweet: z.string() });
export const deleteTweet = defineAction({
  id: 'tweet.delete',
  title: 'Delete a tweet that was posted here',
  senders: ['popup', 'options', 'internal'],
  input: deleteTweetInput,
  output: z.object({}),
  run: async ({ tweets }, input) => {
    await tweets.remove(input);
    return {};
  },
});
