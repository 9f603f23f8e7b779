/** The line in which an account's entries wait: who goes first, and what each waits for. Pure. */
import type { ChangeEntry, Hold, OutboxEntry } from '../vault/schema.ts';

/** What has a place in a line: a change leaves at once and is only remembered until its answer is there. */
export type LineEntry = Exclude<OutboxEntry, ChangeEntry>;

export interface Wait {
  readonly waitsFor: 'turn' | 'schedule' | 'answer' | Hold['reason'];
  /** UTC ms. */
  readonly until?: number;
}

const minute = 60_000;
/** How long it takes before the network is tried again, in ms. */
const longestRetry = 30 * minute;
/** An entry found so much later than it was due was missed, in ms. */
const missedAfter = 5 * minute;
const day = 24 * 60 * minute;
/** A hold that ends later than this, in ms, was written before the clock was set back. A bar of mana fills in five days. */
const longestHold = (reason: Hold['reason']) =>
  ({ network: longestRetry, mana: 5 * day, try_later: day, locked: 0, missed: 0, paused: 0 })[reason];

export function isInLine(entry: OutboxEntry): entry is LineEntry {
  return entry.action !== 'lookup.change';
}

/** Scheduled, and its time has not been found to have come. */
export function isScheduled({ schedule, joinedAt }: OutboxEntry): boolean {
  return schedule !== undefined && joinedAt === undefined;
}

/** Whether an entry due at `at` is found too late to go out unasked. Times in UTC ms. */
export function isMissed(at: number, now: number): boolean {
  return now - at > missedAfter;
}

/** True where the person put an entry off, or paused its batch, after it was read as `before`. */
export function isPutOffSince(before: OutboxEntry, current: OutboxEntry): boolean {
  const isPaused = ({ hold }: OutboxEntry) => hold?.reason === 'paused';
  return (isScheduled(current) && !isScheduled(before)) || (isPaused(current) && !isPaused(before));
}

/** True for what Latchkey sends without somebody having just asked for it. */
export function isByItself({ schedule, batch, hold, isByHand }: OutboxEntry): boolean {
  return isByHand !== true && (schedule !== undefined || batch !== undefined || hold !== undefined);
}

/** A person who votes now does not wait for a batch to end; otherwise who was accepted first goes first. */
export function sortLine<Entry extends OutboxEntry>(entries: readonly Entry[]): Entry[] {
  const rank = ({ batch, isByHand }: Entry) => (batch === undefined || isByHand === true ? 0 : 1);
  return entries.toSorted((one, other) => rank(one) - rank(other) || one.position - other.position);
}

/** True while a hold has to be left alone: its time has not come, unless the clock was set back. */
export function isHeldAt({ reason, until }: Hold, now: number): boolean {
  return until !== undefined && until > now && until - now <= longestHold(reason);
}

/**
 * True where nothing new would be written, to about a minute: a batch that waits may have a thousand entries, and each write
 * costs.
 */
export function isSameHold(hold: Hold, before: Hold | undefined): boolean {
  return (
    hold.reason === before?.reason &&
    hold.tries === before.tries &&
    Math.abs((hold.until ?? 0) - (before.until ?? 0)) < minute
  );
}

/** Holds behind which nobody else of the account goes out either. */
export function isBlocking({ reason }: Hold): boolean {
  return reason === 'network' || reason === 'try_later' || reason === 'locked';
}

/** A hold to be looked at again after 1, 2, 4, ... 30 minutes, or when the service says. */
export function holdAgain(
  reason: 'network' | 'try_later',
  { hold }: Pick<OutboxEntry, 'hold'>,
  now: number,
  retryAfterMs = 0,
): Hold {
  const tries = hold?.reason === reason ? (hold.tries ?? 0) : 0;
  const ms = Math.max(Math.min(day, retryAfterMs), Math.min(longestRetry, minute * 2 ** tries));
  return { reason, until: now + ms, tries: tries + 1 };
}

/**
 * While the machine itself knows of no network, a look costs no request and is taken each minute: Chromium tells views of the
 * network's return, and its service workers never (seen in Chromium 156; `navigator.onLine` is right in both).
 */
export function holdOffline(now: number): Hold {
  return { reason: 'network', until: now + minute };
}

export function readWait(entry: OutboxEntry): Wait {
  const { hold, schedule, state } = entry;
  if (state === 'sending') return { waitsFor: 'answer' };
  if (hold !== undefined)
    return { waitsFor: hold.reason, ...(hold.until === undefined ? {} : { until: hold.until }) };
  return schedule !== undefined && isScheduled(entry)
    ? { waitsFor: 'schedule', until: schedule.at }
    : { waitsFor: 'turn' };
}

/** When an entry is due, UTC ms; undefined where an event or a person comes first. */
function findDue(entry: OutboxEntry, now: number): number | undefined {
  const { hold, schedule } = entry;
  if (hold !== undefined && hold.until === undefined) return undefined;
  if (hold?.until !== undefined) return isHeldAt(hold, now) ? hold.until : now;
  // Whoever works at it has not told yet: should it have died, the next look finds that.
  return schedule !== undefined && isScheduled(entry) ? schedule.at : now + minute;
}

/**
 * True for a vote of a batch whose first vote waits for mana: a thousand are not written each time the power is looked at.
 * @param marked the batches with such a first vote.
 */
export function isBehindMana({ batch, hold }: OutboxEntry, marked: ReadonlySet<string>): boolean {
  return hold === undefined && batch !== undefined && marked.has(batch);
}

/**
 * When the alarm has to ring for these entries of all accounts, UTC ms; undefined for never.
 * @param overdueAt when for those that are due already, UTC ms.
 */
export function nextRing(entries: readonly OutboxEntry[], now: number, overdueAt = now): number | undefined {
  const isHeld = ({ hold }: OutboxEntry) => hold !== undefined && isBlocking(hold);
  const blocked = new Set(entries.filter(isHeld).map(({ account }) => account));
  const low = new Set(
    entries.flatMap(({ batch, hold }) => (hold?.reason === 'mana' && batch !== undefined ? [batch] : [])),
  );
  const isBehind = (entry: OutboxEntry) =>
    (entry.hold === undefined && blocked.has(entry.account)) || isBehindMana(entry, low);
  const looks = entries
    // Those behind one that is held are looked at with it.
    .filter((entry) => isScheduled(entry) || !isBehind(entry))
    .map((entry) => findDue(entry, now))
    .filter((at) => at !== undefined)
    .map((at) => (at > now ? at : overdueAt));
  return looks.length === 0 ? undefined : Math.max(now + 1000, Math.min(...looks));
}
