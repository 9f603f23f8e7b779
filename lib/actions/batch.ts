/** Votes on many posts: a list is read, looked at, and sent one vote after the other, whoever closes what meanwhile. */
import * as z from 'zod/mini';
import { errorCodes } from '../errors.ts';
import { defineAction } from './action.ts';
import { waitReasons } from './queued.ts';
import { postView, voteBasis, voteWarnings } from './vote.ts';

const views = ['popup', 'options', 'internal'] as const;
/** The popup holds and ends what is under way; lists are made in Options. */
const options = ['options', 'internal'] as const;
const chain = z.enum(['steem', 'hive']);
const postName = { author: z.string(), permlink: z.string() };

/** As many posts as one look-up may name, and as many votes as one batch may have. */
export const maxPreview = 20;
export const maxVotes = 1000;

/** Why a row or a vote is none, as a code and as a sentence. */
const trouble = { code: z.enum(errorCodes), message: z.string() };

export const readBatchInput = z.object({ account: z.string(), text: z.string() });
export const readBatchOutput = z.object({
  chain,
  rows: z.array(
    z.object({
      /** As text editors count, from 1. */
      line: z.number(),
      text: z.string(),
      /** Undefined in a bad row. */
      post: z.optional(z.object(postName)),
      /** Percent; undefined where the list gives none. */
      weight: z.optional(z.number()),
      /** What is wrong with a bad row. */
      trouble: z.optional(z.object(trouble)),
    }),
  ),
});
export const readBatch = defineAction({
  id: 'batch.read',
  title: 'Read a list of posts, one a line, each with its weight or without',
  senders: options,
  input: readBatchInput,
  output: readBatchOutput,
  run: async ({ batches }, input) => batches.read(input),
});

/**
 * What would come of a vote: `ready`; `change` of a vote with another weight; `same`, it is there already; `nothing` to take
 * back; `paid_out`, without effect; `votes_off`; `failed` to be looked up.
 */
export const voteStates = ['ready', 'change', 'same', 'nothing', 'paid_out', 'votes_off', 'failed'] as const;

export const previewBatchInput = z.object({
  account: z.string(),
  votes: z
    .array(z.object({ ...postName, /** Percent. */ weight: z.number() }))
    .check(z.minLength(1), z.maxLength(maxPreview)),
});
export const previewBatchOutput = z.object({
  /** What a forecast of the voting power needs; undefined where no post could be looked up. */
  basis: z.optional(voteBasis),
  /** The floor of voting power in percent below which a batch waits; 0 for none. */
  floorPercent: z.number(),
  votes: z.array(
    z.object({
      ...postName,
      state: z.enum(voteStates),
      /** Undefined where it failed. */
      post: z.optional(z.pick(postView, { title: true, kind: true, url: true })),
      /** Percent of the vote that is there. */
      currentWeight: z.optional(z.number()),
      /** The voter wrote it. */
      isOwn: z.boolean(),
      warnings: z.array(z.enum(voteWarnings)),
      trouble: z.optional(z.object(trouble)),
    }),
  ),
});
export const previewBatch = defineAction({
  id: 'batch.preview',
  title: 'What would come of votes on these posts; a long list is asked about in parts',
  senders: options,
  input: previewBatchInput,
  output: previewBatchOutput,
  run: async ({ batches }, input) => batches.preview(input),
});

export const batchView = z.object({
  id: z.string(),
  account: z.string(),
  name: z.string(),
  chain,
  /** UTC ms. */
  createdAt: z.number(),
  state: z.enum(['running', 'paused', 'ended']),
  /** Votes that it began with; those still to be sent; those taken out before they were. */
  total: z.number(),
  left: z.number(),
  cancelled: z.number(),
  /** Ended votes; `wasThere` are those that the chain held already. */
  done: z.number(),
  wasThere: z.number(),
  failed: z.number(),
  unknown: z.number(),
  /** Failed ones by reason, the most frequent first. */
  reasons: z.array(z.object({ ...trouble, count: z.number() })),
  /** Why it paused by itself. */
  stopped: z.optional(z.object(trouble)),
  /** Those that failed were put into a batch of their own. */
  isTriedAgain: z.boolean(),
  /** What the next vote waits for besides its turn, and until when, UTC ms. */
  waitsFor: z.optional(z.enum(waitReasons)),
  until: z.optional(z.number()),
  /** About how long it takes yet, in milliseconds; 0 when it has ended. */
  leftMs: z.number(),
});
export type BatchView = z.output<typeof batchView>;

const oneBatch = z.object({ batch: z.uuid() });
const oneBatchView = z.object({ batch: batchView });

export const startBatchInput = z.object({
  /** Made by the caller: asking again with the same one starts nothing new. */
  batch: z.uuid(),
  account: z.string(),
  votes: z
    .array(
      z.object({
        ...postName,
        /** Percent, -100 to 100 in steps of 0.01. */
        weight: z.number(),
      }),
    )
    .check(z.minLength(1), z.maxLength(maxVotes)),
  /** Downvotes must be confirmed. */
  isConfirmed: z.optional(z.boolean()),
});
export const startBatch = defineAction({
  id: 'batch.start',
  title: 'Accept votes as one batch, which goes out by itself',
  senders: options,
  input: startBatchInput,
  output: oneBatchView,
  run: async ({ batches }, input) => ({ batch: await batches.start(input) }),
});

export const listBatches = defineAction({
  id: 'batch.list',
  title: 'The batches under way and those that ended last, the newest first',
  senders: views,
  input: z.object({}),
  output: z.object({ batches: z.array(batchView) }),
  run: async ({ batches }) => ({ batches: await batches.list() }),
});

export const pauseBatch = defineAction({
  id: 'batch.pause',
  title: 'Send no more of a batch until it is resumed',
  senders: views,
  input: oneBatch,
  output: oneBatchView,
  run: async ({ batches }, { batch }) => ({ batch: await batches.pause(batch) }),
});

export const resumeBatch = defineAction({
  id: 'batch.resume',
  title: 'Go on with a batch that was paused',
  senders: views,
  input: oneBatch,
  output: oneBatchView,
  run: async ({ batches }, { batch }) => ({ batch: await batches.resume(batch) }),
});

export const cancelBatch = defineAction({
  id: 'batch.cancel',
  title: 'Take out what has not left of a batch',
  senders: views,
  input: oneBatch,
  output: oneBatchView,
  run: async ({ batches }, { batch }) => ({ batch: await batches.cancel(batch) }),
});

export const tryBatchAgain = defineAction({
  id: 'batch.try-again',
  title: 'Start a new batch of those votes of an ended one that failed; asked again, it tells of that one',
  senders: options,
  input: z.object({ batch: z.uuid(), /** The id of the new one, made by the caller. */ next: z.uuid() }),
  output: oneBatchView,
  run: async ({ batches }, { batch, next }) => ({ batch: await batches.tryAgain(batch, next) }),
});

export const collectPostInput = z.object(postName);
export const collectPostOutput = z.object({ isCollected: z.boolean() });
export const collectPost = defineAction({
  id: 'batch.collect',
  title: 'Put a post of the page on the list of collected ones, or take it off again',
  senders: ['page'],
  input: collectPostInput,
  output: collectPostOutput,
  run: async ({ batches }, post, sender) => batches.collect(post, sender),
});

export const listCollectedOutput = z.object({
  posts: z.array(z.object({ chain, ...postName, url: z.string() })),
});
export const listCollected = defineAction({
  id: 'batch.collected',
  title: 'The posts collected on pages since the browser started, the oldest first',
  senders: options,
  input: z.object({}),
  output: listCollectedOutput,
  run: async ({ batches }) => ({ posts: await batches.listCollected() }),
});

export const clearCollectedInput = z.object({ chain });
export const clearCollected = defineAction({
  id: 'batch.clear-collected',
  title: 'Forget the collected posts of a chain',
  senders: options,
  input: clearCollectedInput,
  output: z.object({}),
  run: async ({ batches }, { chain: id }) => {
    await batches.clearCollected(id);
    return {};
  },
});
