/** What an action answers that was accepted and waits, and the time that a person may choose for it. */
import * as z from 'zod/mini';

/** A time to come. */
export const schedule = z.object({
  /** UTC ms. */
  at: z.number(),
  /** The IANA name of the time zone in which the person chose it, e.g. `Europe/Warsaw`. */
  timeZone: z.string(),
});

/** Why what was accepted has not left. */
export const waitReasons = [
  'schedule',
  'network',
  'mana',
  'locked',
  'missed',
  'paused',
  'try_later',
] as const;

/** It is kept and goes out by itself; asking again with the same request tells how it went. */
export const queued = z.object({
  state: z.literal('queued'),
  reason: z.enum(waitReasons),
  /** When it is looked at again, UTC ms; undefined where an event ends the wait, or the person. */
  until: z.optional(z.number()),
});
export type Queued = z.output<typeof queued>;
