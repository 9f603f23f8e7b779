/** The passphrase around the vault. What is typed here is kept nowhere. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

const views = ['popup', 'options', 'internal'] as const;
const forOptions = ['options', 'internal'] as const;

export const lockView = z.object({
  /** `none`: there is no passphrase. */
  state: z.enum(['none', 'locked', 'unlocked']),
  /** Minutes without use after which it locks by itself; 0 for never while the browser runs. */
  minutes: z.number(),
});
export type LockView = z.output<typeof lockView>;

export const readLock = defineAction({
  id: 'lock.state',
  title: 'Is there a passphrase, and is the vault locked',
  senders: views,
  input: z.object({}),
  output: lockView,
  run: async ({ lock }) => lock.view(),
});

export const unlock = defineAction({
  id: 'lock.unlock',
  title: 'Unlock the vault until the browser closes or it locks by itself',
  senders: views,
  input: z.object({ passphrase: z.string() }),
  output: lockView,
  run: async ({ lock }, { passphrase }) => lock.unlock(passphrase),
});

export const lockNow = defineAction({
  id: 'lock.now',
  title: 'Lock the vault',
  senders: views,
  input: z.object({}),
  output: lockView,
  run: async ({ lock }) => lock.lock(),
});

export const setPassphrase = defineAction({
  id: 'lock.set',
  title: 'Set a passphrase',
  senders: forOptions,
  input: z.object({ passphrase: z.string() }),
  output: lockView,
  run: async ({ lock }, { passphrase }) => lock.set(passphrase),
});

export const changePassphrase = defineAction({
  id: 'lock.change',
  title: 'Change the passphrase',
  senders: forOptions,
  input: z.object({ passphrase: z.string(), next: z.string() }),
  output: lockView,
  run: async ({ lock }, { passphrase, next }) => lock.change(passphrase, next),
});

export const removePassphrase = defineAction({
  id: 'lock.remove',
  title: 'Take the passphrase away',
  senders: forOptions,
  input: z.object({ passphrase: z.string() }),
  output: lockView,
  run: async ({ lock }, { passphrase }) => lock.remove(passphrase),
});

export const setLockMinutes = defineAction({
  id: 'lock.after',
  title: 'Choose after how many minutes without use the vault locks by itself',
  senders: forOptions,
  input: z.object({ minutes: z.number() }),
  output: lockView,
  run: async ({ lock }, { minutes }) => lock.setMinutes(minutes),
});
