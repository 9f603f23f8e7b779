/** The Activity: what was done and how it ended. */
import * as z from 'zod/mini';
import { castVoteOutput } from './vote.ts';
import { defineAction } from './action.ts';

const views = ['popup', 'options', 'internal'] as const;
const outcome = z.enum(['done', 'failed', 'unknown']);

export const journalEntryView = z.object({
  id: z.number(),
  /** The id that its caller gave it, as in the outbox before. */
  request: z.string(),
  /** UTC ms. */
  at: z.number(),
  action: z.string(),
  /** What was done, in the words of the time, where the action does not say it. */
  title: z.optional(z.string()),
  provider: z.string(),
  service: z.string(),
  account: z.string(),
  chain: z.optional(z.enum(['steem', 'hive'])),
  author: z.optional(z.string()),
  permlink: z.optional(z.string()),
  /** Percent. */
  weight: z.optional(z.number()),
  outcome,
  code: z.optional(z.string()),
  message: z.optional(z.string()),
  details: z.optional(z.string()),
  transactionId: z.optional(z.string()),
  transactionUrl: z.optional(z.string()),
  /** Tweets: all that was to be posted, and what was. */
  parts: z.optional(z.array(z.string())),
  posted: z.optional(z.array(z.object({ id: z.string(), url: z.string(), isDeleted: z.boolean() }))),
  isReviewed: z.boolean(),
  canTryAgain: z.boolean(),
  /** It came from a backup. */
  isRestored: z.boolean(),
});
export type JournalEntryView = z.output<typeof journalEntryView>;

export const journalFilter = z.object({
  provider: z.optional(z.string()),
  account: z.optional(z.string()),
  outcome: z.optional(outcome),
  /** Failed and not reviewed: the list a person should look at. */
  isOpen: z.optional(z.boolean()),
  text: z.optional(z.string()),
  /** Id of a batch. */
  batch: z.optional(z.string()),
});

export const listJournalInput = z.object({
  filter: z.optional(journalFilter),
  /** The `next` of the page before. */
  before: z.optional(z.number()),
  limit: z.optional(z.number().check(z.minimum(1), z.maximum(200))),
});
export const listJournalOutput = z.object({
  entries: z.array(journalEntryView),
  next: z.optional(z.number()),
  /** Failed and not reviewed, in all. */
  openCount: z.number(),
  accounts: z.array(z.string()),
});
export const listJournal = defineAction({
  id: 'journal.list',
  title: 'A page of the Activity, newest first',
  senders: views,
  input: listJournalInput,
  output: listJournalOutput,
  run: async ({ journal }, input) => journal.list(input),
});

export const reviewJournal = defineAction({
  id: 'journal.review',
  title: 'Mark an entry as reviewed, or not',
  senders: views,
  input: z.object({ id: z.number(), isReviewed: z.boolean() }),
  output: z.object({}),
  run: async ({ journal }, { id, isReviewed }) => {
    await journal.review(id, isReviewed);
    return {};
  },
});

export const exportJournalInput = z.object({
  format: z.enum(['csv', 'json']),
  filter: z.optional(journalFilter),
  /** The `next` of the piece before. */
  before: z.optional(z.number()),
});
export const exportJournalOutput = z.object({
  name: z.string(),
  /** A piece of the file: joined in their order they are the whole of it. */
  text: z.string(),
  /** Absent on the last. */
  next: z.optional(z.number()),
});
export const exportJournal = defineAction({
  id: 'journal.export',
  title: 'The Activity as a file, piece by piece',
  senders: views,
  input: exportJournalInput,
  output: exportJournalOutput,
  run: async ({ journal }, input) => journal.export(input),
});

export const clearJournal = defineAction({
  id: 'journal.clear',
  title: 'Forget the Activity',
  senders: views,
  input: z.object({}),
  output: z.object({}),
  run: async ({ journal }) => {
    await journal.clear();
    return {};
  },
});

export const tryAgainInput = z.object({
  id: z.number(),
  request: z.uuid(),
  /** A downvote must be confirmed, as when it was cast: who wrote the entry may be a stranger's backup. */
  isConfirmed: z.optional(z.boolean()),
});
export const tryAgain = defineAction({
  id: 'journal.try-again',
  title: 'Do once more what failed, as a request of its own',
  senders: views,
  input: tryAgainInput,
  output: castVoteOutput,
  run: async ({ votes }, input, sender) => votes.tryAgain(input, sender),
});
