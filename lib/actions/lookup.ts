/** Look things up with a connected account. A look-up is data: the view draws the form and the table from it. */
import * as z from 'zod/mini';
import { features } from './accounts.ts';
import { defineAction } from './action.ts';

const views = ['popup', 'options', 'internal'] as const;

export const lookupParam = z.object({
  id: z.string(),
  /** The field's label, in the person's language. */
  title: z.string(),
  kind: z.enum(['text', 'number', 'long-text', 'password', 'choice']),
  isRequired: z.boolean(),
  initial: z.string(),
  /** Of a choice: what there is to choose from. */
  choices: z.optional(z.array(z.object({ value: z.string(), title: z.string() }))),
});

export type LookupParamView = z.output<typeof lookupParam>;

export const listLookupsOutput = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      service: z.string(),
      /** Its look-up of last time. */
      last: z.optional(z.object({ lookup: z.string(), params: z.record(z.string(), z.string()) })),
      lookups: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          /** The person wrote it. */
          isOwn: z.optional(z.boolean()),
          params: z.array(lookupParam),
          /** It changes or deletes something at the service, so the person is asked once more. */
          effect: z.optional(z.enum(['change', 'delete'])),
          /** US dollars for each row, where the service takes money; undefined where it is free. */
          pricePerRow: z.optional(z.number()),
          /** A right that the person has not allowed yet: signing in again with it asks for it. */
          missing: z.optional(z.enum(features)),
        }),
      ),
    }),
  ),
  /** The look-up of last time, with what was typed; never one that changes something, and never a password. */
  last: z.optional(
    z.object({ account: z.string(), lookup: z.string(), params: z.record(z.string(), z.string()) }),
  ),
});
export const listLookups = defineAction({
  id: 'lookup.list',
  title: 'Which look-ups the connected accounts offer',
  senders: views,
  input: z.object({}),
  output: listLookupsOutput,
  run: async ({ lookups }) => lookups.list(),
});

export const runLookupInput = z.object({
  account: z.string(),
  lookup: z.string(),
  params: z.record(z.string(), z.string()),
  /** The `next` of the page before. */
  next: z.optional(z.string()),
  /** By which the answer can be waited for no longer; see `lookup.cancel`. */
  request: z.optional(z.uuid()),
});
export const runLookupOutput = z.object({
  columns: z.array(
    z.object({ id: z.string(), title: z.string(), kind: z.enum(['text', 'number', 'time', 'link']) }),
  ),
  /** Values by column id; times are UTC ms, ids are text. What a row does not have is left out. */
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number()]))),
  next: z.optional(z.string()),
  /** How often this can be asked still, and when (UTC ms) the count starts anew. */
  limit: z.optional(z.object({ remaining: z.number(), resetsAt: z.number() })),
});
export type LookupResult = z.output<typeof runLookupOutput>;
export const runLookup = defineAction({
  id: 'lookup.run',
  title: 'Look something up',
  senders: views,
  input: runLookupInput,
  output: runLookupOutput,
  run: async ({ lookups }, input) => lookups.run(input),
});

export const cancelLookup = defineAction({
  id: 'lookup.cancel',
  title: 'Stop a look-up: its request is aborted; what changes something at a service runs on',
  senders: views,
  input: z.object({ request: z.uuid() }),
  output: z.object({ wasStopped: z.boolean() }),
  run: async ({ lookups }, { request }) => ({ wasStopped: await lookups.cancel(request) }),
});
