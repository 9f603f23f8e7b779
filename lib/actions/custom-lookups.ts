/** Look-ups that the person wrote: a GET address below a service's own origin, and where in the answer the rows are. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';
import { runLookupOutput } from './lookup.ts';

const owners = ['options', 'internal'] as const;

export const customLookupView = z.object({
  id: z.string(),
  /** The service in whose region it stands; all of the person's accounts there offer it. */
  provider: z.string(),
  name: z.string(),
  /** As written, whole. */
  address: z.string(),
  rows: z.string(),
  /** The placeholders of the address. */
  params: z.array(z.object({ name: z.string(), isRequired: z.boolean() })),
});
export type CustomLookupView = z.output<typeof customLookupView>;

export const listCustomLookupsOutput = z.object({
  lookups: z.array(customLookupView),
  /** What an address may begin with. */
  origins: z.array(z.string()),
  /** By which the address is tried. */
  accounts: z.array(z.object({ id: z.string(), name: z.string() })),
});
export const listCustomLookups = defineAction({
  id: 'custom-lookups.list',
  title: 'The look-ups that the person wrote for a service',
  senders: owners,
  input: z.object({ provider: z.string() }),
  output: listCustomLookupsOutput,
  run: async ({ customLookups }, { provider }) => customLookups.list(provider),
});

const written = {
  provider: z.string(),
  address: z.string(),
  /** A dotted path, `data.items`, or a JSON Pointer, `/data/items`; empty for the whole answer. */
  rows: z.string(),
};

export const saveCustomLookupInput = z.object({
  ...written,
  name: z.string(),
  /** undefined makes a new one. */
  id: z.optional(z.string()),
});
export const saveCustomLookup = defineAction({
  id: 'custom-lookups.save',
  title: 'Keep a look-up that the person wrote',
  senders: owners,
  input: saveCustomLookupInput,
  output: z.object({ lookup: customLookupView }),
  run: async ({ customLookups }, input) => ({ lookup: await customLookups.save(input) }),
});

export const removeCustomLookup = defineAction({
  id: 'custom-lookups.remove',
  title: 'Forget a look-up that the person wrote',
  senders: owners,
  input: z.object({ id: z.string() }),
  output: z.object({}),
  run: async ({ customLookups }, { id }) => {
    await customLookups.remove(id);
    return {};
  },
});

export const tryCustomLookupInput = z.object({
  ...written,
  account: z.string(),
  params: z.record(z.string(), z.string()),
});
export const tryCustomLookup = defineAction({
  id: 'custom-lookups.try',
  title: 'Ask what the person is writing, and keep nothing',
  senders: owners,
  input: tryCustomLookupInput,
  output: runLookupOutput,
  run: async ({ customLookups }, input) => customLookups.tryOut(input),
});
