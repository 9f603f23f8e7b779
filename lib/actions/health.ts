/** Diagnostics: what is stored, what is set, what is missing, and a report of it that names nobody. Times in UTC ms. */
import * as z from 'zod/mini';
import { errorCodes } from '../errors.ts';
import { defineAction } from './action.ts';

const code = z.enum(errorCodes);

export const setAsideRecord = z.object({
  store: z.string(),
  /** As JSON. */
  key: z.string(),
  /** What is in it, as JSON without anything that is or may be secret. */
  text: z.string(),
});

export const healthFacts = z.object({
  at: z.number(),
  version: z.string(),
  browser: z.string(),
  /** Of the vault's schema. */
  vaultVersion: z.optional(z.number()),
  key: z.optional(z.enum(['whole', 'locked', 'missing', 'replaced'])),
  /** What could not be looked at, and why. */
  troubles: z.array(z.object({ code, message: z.string() })),
  stores: z.array(z.object({ store: z.string(), count: z.number(), bytes: z.number() })),
  /** Records that can't be read; the first hundred. */
  setAside: z.array(setAsideRecord),
  setAsideCount: z.number(),
  /** Bytes. */
  storage: z.object({
    used: z.optional(z.number()),
    quota: z.optional(z.number()),
    isPersisted: z.boolean(),
  }),
  accounts: z.array(
    z.object({
      name: z.string(),
      provider: z.string(),
      service: z.string(),
      state: z.enum(['fresh', 'refreshing', 'locked', 'try_later', 'needs_sign_in', 'ends']),
      trouble: z.optional(code),
      /** When its tokens were last written, whether that was a success or the note of a failure. */
      refreshedAt: z.optional(z.number()),
      /** Failures in a row. */
      failures: z.number(),
      dueAt: z.optional(z.number()),
    }),
  ),
  alarms: z.array(z.object({ name: z.string(), at: z.number() })),
  requestRules: z.array(z.object({ name: z.string(), isInstalled: z.boolean() })),
  /** Hosts that Latchkey needs and may not reach; match patterns to ask the browser for. Absent where nobody knows. */
  missingHosts: z.optional(
    z.array(z.object({ host: z.string(), pattern: z.string(), isTyped: z.boolean() })),
  ),
  outbox: z.object({ waiting: z.number(), sending: z.number() }),
  /** Of the newest failures in the Activity, with what the last of each said. */
  errors: z.array(z.object({ code, message: z.string(), count: z.number(), lastAt: z.number() })),
});
export type HealthFacts = z.output<typeof healthFacts>;

export const readHealthOutput = z.object({
  facts: healthFacts,
  /** What is copied, to the letter: no names, no addresses of the person's own, no secrets. In English. */
  report: z.string(),
});
export const readHealth = defineAction({
  id: 'health.read',
  title: 'Look through everything that is stored and set',
  senders: ['options', 'internal'],
  input: z.object({}),
  output: readHealthOutput,
  run: async (context) => context.health.read(),
});

export const removeRecord = defineAction({
  id: 'health.remove-record',
  title: 'Delete a record that can’t be read',
  senders: ['options', 'internal'],
  input: z.object({ store: z.string(), key: z.string() }),
  output: z.object({}),
  run: async (context, { store, key }) => {
    await context.health.removeRecord(store, key);
    return {};
  },
});
