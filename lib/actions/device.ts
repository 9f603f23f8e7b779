/** Signing in by a code that the person takes to the service's page, where a key is for devices. No token leaves. */
import * as z from 'zod/mini';
import { accountView } from './accounts.ts';
import { defineAction } from './action.ts';

const views = ['options', 'internal'] as const;
const service = z.object({ provider: z.string() });

const waiting = z.object({
  state: z.literal('waiting'),
  /** What the person types. */
  userCode: z.string(),
  /** Where, and the same with the code in the address. */
  page: z.string(),
  pageWithCode: z.optional(z.string()),
  /** UTC ms. */
  expiresAt: z.number(),
  /** When to check next, UTC ms. */
  pollAt: z.number(),
  /** Why the service could not be asked the last time, in the person's language. */
  trouble: z.optional(z.string()),
});
export type DeviceWaitView = z.output<typeof waiting>;

export const deviceState = z.discriminatedUnion('state', [
  waiting,
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('signed_in'), account: accountView }),
]);

export const beginDevice = defineAction({
  id: 'accounts.begin-device',
  title: 'Fetch a code for signing in on the page of a service',
  senders: views,
  input: service,
  output: waiting,
  run: async ({ devices }, { provider }) => devices.begin(provider),
});

export const checkDevice = defineAction({
  id: 'accounts.check-device',
  title: 'How a sign-in by code stands; asks the service when it is time',
  senders: views,
  input: service,
  output: deviceState,
  run: async ({ devices }, { provider }) => devices.check(provider),
});

export const cancelDevice = defineAction({
  id: 'accounts.cancel-device',
  title: 'Forget the code of a sign-in',
  senders: views,
  input: service,
  output: z.object({}),
  run: async ({ devices }, { provider }) => {
    await devices.cancel(provider);
    return {};
  },
});
