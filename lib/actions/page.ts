/** What our script on a Steem or Hive page may know: names and weights, never more. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

export const openPageInput = z.object({});
export const openPageOutput = z.object({
  /** Switched on for this site in Options. */
  isEnabled: z.boolean(),
  undoSeconds: z.number(),
  /** `author/permlink` of the posts of this site's chain that were collected for a batch. */
  collected: z.array(z.string()),
  /** Accounts of this site's chain, the default first. */
  accounts: z.array(
    z.object({ id: z.string(), name: z.string(), postWeight: z.number(), commentWeight: z.number() }),
  ),
});
export const openPage = defineAction({
  id: 'page.open',
  title: 'What the page script needs to begin',
  senders: ['page'],
  input: openPageInput,
  output: openPageOutput,
  run: async ({ pages }, _input, sender) => pages.open(sender),
});

export const listPageVotesInput = z.object({
  posts: z.array(z.object({ author: z.string(), permlink: z.string() })).check(z.maxLength(50)),
});
export const listPageVotesOutput = z.object({
  votes: z.array(z.object({ author: z.string(), permlink: z.string(), /** Percent. */ weight: z.number() })),
});
export const listPageVotes = defineAction({
  id: 'page.votes',
  title: 'Which of these posts the default account has voted on',
  senders: ['page'],
  input: listPageVotesInput,
  output: listPageVotesOutput,
  run: async ({ pages }, { posts }, sender) => pages.votes(posts, sender),
});

export const reportPageInput = z.object({ url: z.string(), isPostFound: z.boolean() });
export const reportPageOutput = z.object({});
export const reportPage = defineAction({
  id: 'page.report',
  title: 'Whether the script found the post of a post address',
  senders: ['page'],
  input: reportPageInput,
  output: reportPageOutput,
  run: async ({ pages }, report, sender) => {
    await pages.report(report, sender);
    return {};
  },
});
