/** What was accepted and has not ended: votes and tweets that wait for their turn, their time, or the network. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';
import { schedule, waitReasons } from './queued.ts';

const views = ['popup', 'options', 'internal'] as const;

export const outboxEntryView = z.object({
  request: z.string(),
  action: z.enum(['vote.cast', 'tweet.post', 'lookup.change']),
  account: z.string(),
  /** Name and service of the account; empty where it was signed out. */
  name: z.string(),
  service: z.string(),
  /** What is changed, for `lookup.change`. */
  title: z.optional(z.string()),
  chain: z.optional(z.enum(['steem', 'hive'])),
  author: z.optional(z.string()),
  permlink: z.optional(z.string()),
  /** Percent. */
  weight: z.optional(z.number()),
  /** Tweets: all of them, and how many are posted. */
  parts: z.optional(z.array(z.string())),
  postedCount: z.optional(z.number()),
  /** UTC ms. */
  createdAt: z.number(),
  schedule: z.optional(schedule),
  batch: z.optional(z.string()),
  /** `turn`: it goes out when those before it have; `answer`: it has left. */
  waitsFor: z.enum(['turn', 'answer', ...waitReasons]),
  /** UTC ms, where it waits for a time. */
  until: z.optional(z.number()),
});
export type OutboxEntryView = z.output<typeof outboxEntryView>;

export const listOutboxOutput = z.object({ entries: z.array(outboxEntryView) });
export const listOutbox = defineAction({
  id: 'outbox.list',
  title: 'What has not ended, in the order in which it goes out',
  senders: views,
  input: z.object({}),
  output: listOutboxOutput,
  run: async ({ outbox }) => ({ entries: await outbox.list() }),
});

/** `wasInTime` false: it has left or ended meanwhile, and nothing was changed. */
const answer = z.object({ wasInTime: z.boolean() });

export const cancelOutbox = defineAction({
  id: 'outbox.cancel',
  title: 'Take back what has not left; of a thread, the rest',
  senders: views,
  input: z.object({ request: z.string() }),
  output: answer,
  run: async ({ outbox }, { request }) => ({ wasInTime: await outbox.cancel(request) }),
});

export const sendOutboxNow = defineAction({
  id: 'outbox.send-now',
  title: 'Send what waits for a time, for mana or for the person; no network stays no network',
  senders: views,
  input: z.object({ request: z.string() }),
  output: answer,
  run: async ({ outbox }, { request }) => ({ wasInTime: await outbox.sendNow(request) }),
});

export const rescheduleOutboxInput = z.object({ request: z.string(), schedule });
export const rescheduleOutbox = defineAction({
  id: 'outbox.reschedule',
  title: 'Choose another time for what has not left',
  senders: views,
  input: rescheduleOutboxInput,
  output: answer,
  run: async ({ outbox }, { request, schedule }) => ({
    wasInTime: await outbox.reschedule(request, schedule),
  }),
});
