/** A tweet about a Steem or Hive post, from the page of a site or together with a vote. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';
import { postTweetOutput } from './tweet.ts';

export const openTweetInput = z.object({
  /** A link to a Steem or Hive post. */
  post: z.string(),
});
export const openTweet = defineAction({
  id: 'tweet.open',
  title: "Open the composer with a post's title, link and tags; without an account X's own composer",
  senders: ['page', 'internal'],
  input: openTweetInput,
  output: z.object({}),
  run: async ({ tweets }, { post }, sender) => {
    await tweets.open(post, sender);
    return {};
  },
});

export const takeTweetOutput = z.object({ text: z.optional(z.string()) });
export const takeTweet = defineAction({
  id: 'tweet.take',
  title: 'What the person chose to tweet about in a menu or on a page, once; may ask the chain',
  senders: ['popup', 'internal'],
  input: z.object({}),
  output: takeTweetOutput,
  run: async ({ tweets }) => tweets.take(),
});

export const aboutTweetInput = z.object({ post: z.string() });
export const aboutTweetOutput = z.object({
  /** Title, link and tags of the post. */
  text: z.string(),
  /** US dollars for posting it by the API. */
  price: z.number(),
  /** Those that may post, the default first. */
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
});
export const aboutTweet = defineAction({
  id: 'tweet.about',
  title: 'The tweet about a post, what it costs, and who could send it',
  senders: ['popup', 'page', 'internal'],
  input: aboutTweetInput,
  output: aboutTweetOutput,
  run: async ({ tweets }, { post }, sender) => tweets.about(post, sender),
});

export const postTweetAboutInput = z.object({
  /** As in `tweet.post`: asking again with the same one never posts twice. */
  request: z.uuid(),
  account: z.string(),
  post: z.string(),
});
export const postTweetAbout = defineAction({
  id: 'tweet.post-about',
  // A page's script has no say in the text.
  title: "Post a post's title, link and tags by the API",
  senders: ['page', 'internal'],
  input: postTweetAboutInput,
  output: postTweetOutput,
  run: async ({ tweets }, input, sender) => tweets.postAbout(input, sender),
});
