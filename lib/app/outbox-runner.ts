/**
 * Sends what lies in the outbox: one line for each account, strictly in order, one entry at a time. Accounts do not wait for
 * each other. Whatever wakes it finds everything again in the vault, so a killed worker costs time and nothing else.
 */
import { AppError, toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import {
  holdAgain,
  holdOffline,
  isBehindMana,
  isBlocking,
  isByItself,
  isHeldAt,
  isInLine,
  isMissed,
  isSameHold,
  isScheduled,
  type LineEntry,
  nextRing,
  sortLine,
} from '../outbox/line.ts';
import { lookAgain, type OutboxAlarm } from '../outbox/outbox-alarm.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../ports.ts';
import type { Hold, JournalRecord, OutboxEntry, VoteEntry } from '../vault/schema.ts';

/** What came of sending an entry: it ended, or has to wait; for nothing new where the person put it off meanwhile. */
export type Sent = { readonly record: JournalRecord } | { readonly hold: Hold | undefined };
/** What a caller hears of a request. */
export type Settled = { readonly record: JournalRecord } | { readonly entry: OutboxEntry };

/** Hears how many tweets of a thread are posted, after each. */
type OnPosted = (count: number) => void;

export interface OutboxRunner {
  /** Resolves when the request has ended, or waits for more than its turn. @throws AppError of the vault's making. */
  settle(request: string, onPosted?: OnPosted): Promise<Settled>;
  /** Goes through an account's line; resolves when nothing is left that could go. */
  kick(account: string): Promise<void>;
  /** The same for all accounts. */
  kickAll(): Promise<void>;
  /** Ends a request that has not left, with an error of its own; false where it is too late. */
  end(request: string, error: AppError): Promise<boolean>;
  /** The same for all of an account. */
  endAll(account: string, error: AppError): Promise<void>;
}

export interface OutboxRunnerParts {
  readonly outbox: Outbox;
  readonly alarm: OutboxAlarm;
  readonly journal: Journal;
  /** Sends an entry whose turn it is, or finds out how it ended where it was found `sending`. */
  readonly send: (entry: LineEntry, onPosted: OnPosted) => Promise<Sent>;
  /** How long the service wants to be left alone before this entry, in ms. */
  readonly spacing: (entry: LineEntry) => Promise<number>;
  /** Ends an entry that has not left; undefined where it has. */
  readonly fail: (entry: LineEntry, error: AppError) => Promise<JournalRecord | undefined>;
  /** Until when the account must not upvote by itself, UTC ms; undefined where it may. */
  readonly findManaHold: (entry: VoteEntry) => Promise<number | undefined>;
  readonly isPaused: (batch: string) => Promise<boolean>;
  /** Hears how each entry ended that was sent. */
  readonly onEnd: (record: JournalRecord) => Promise<void>;
  readonly isLocked: () => Promise<boolean>;
  readonly onMissed: () => Promise<'send' | 'skip' | 'ask'>;
  /** Tells the person how many wait for them. */
  readonly showMissed: (count: number) => Promise<void>;
}

/** What was found out while a line is gone through, and need not be asked again for the next entry. */
interface Findings {
  /** The voting power is too low until then, UTC ms. */
  lowUntil: number | undefined;
  readonly isPaused: Map<string, boolean>;
}

interface Waiter extends PromiseWithResolvers<Settled> {
  readonly account: string;
  readonly onPosted: OnPosted;
}

export function createOutboxRunner(
  { clock, locks, network, log }: Pick<Ports, 'clock' | 'locks' | 'network' | 'log'>,
  parts: OutboxRunnerParts,
): OutboxRunner {
  const { outbox, journal, alarm } = parts;
  const waiters = new Map<string, Set<Waiter>>();
  /** Accounts whose line is gone through in this worker, and those that were asked for meanwhile. */
  const running = new Map<string, Promise<void>>();
  const asked = new Set<string>();

  let missedShown: number | undefined;
  async function showMissed(entries: readonly OutboxEntry[]): Promise<void> {
    const count = entries.filter(({ hold }) => hold?.reason === 'missed').length;
    if (count === missedShown) return;
    missedShown = count;
    await parts.showMissed(count);
  }

  /** When it has to ring though nothing is due, since something threw; UTC ms. */
  let againAt = Infinity;

  /** @param latest when it has to ring at the latest, UTC ms. */
  const setAlarm = (latest = Infinity) =>
    alarm.reset(async () => {
      const entries = await outbox.list();
      await showMissed(entries);
      const now = clock.now();
      // What is due where something threw would throw again a moment later.
      const overdueAt = againAt === Infinity ? now : againAt;
      return Math.min(nextRing(entries, now, overdueAt) ?? Infinity, latest, againAt);
    });

  /** The alarm where something threw. The vault is not asked what is due: it may be what failed. */
  async function setAlarmAgain(): Promise<void> {
    againAt = clock.now() + lookAgain;
    await alarm.ensure().catch(() => undefined);
  }

  function answer(request: string, settle: (waiter: Waiter) => void): void {
    const waiting = waiters.get(request) ?? [];
    waiters.delete(request);
    for (const waiter of waiting) settle(waiter);
  }

  function tellPosted(request: string): OnPosted {
    return (count) => {
      for (const { onPosted } of waiters.get(request) ?? []) onPosted(count);
    };
  }

  /** Notes why an entry has to wait, and tells those who wait for it. */
  async function holdBack(entry: LineEntry, hold: Hold): Promise<void> {
    const held = await outbox.change(entry, (current) =>
      current.state === 'queued' ? { ...current, hold } : undefined,
    );
    if (held === undefined || !waiters.has(entry.request)) return;
    // Who was told that it is kept can rely on it.
    await setAlarm();
    answer(entry.request, ({ resolve }) => resolve({ entry: held }));
  }

  /** Judges a scheduled entry whose time has come. @returns whether that changed anything. */
  async function join(entry: LineEntry, at: number): Promise<boolean> {
    if (await parts.isLocked()) {
      if (entry.hold !== undefined) return false;
      await holdBack(entry, { reason: 'locked' });
      return true;
    }
    const choice = isMissed(at, clock.now()) ? await parts.onMissed() : 'send';
    if (choice === 'send') await outbox.join(entry, clock.now());
    else if (choice === 'ask') await holdBack(entry, { reason: 'missed' });
    else await end(entry.request, new AppError('schedule_missed'));
    return true;
  }

  async function joinDue(entries: readonly LineEntry[]): Promise<boolean> {
    const due = entries
      .filter((entry) => isScheduled(entry) && entry.hold?.reason !== 'missed')
      .map((entry) => ({ entry, at: entry.schedule?.at ?? 0 }))
      .filter(({ at }) => at <= clock.now())
      .sort((one, other) => one.at - other.at);
    let hasChanged = false;
    for (const { entry, at } of due) if (await join(entry, at)) hasChanged = true;
    return hasChanged;
  }

  /** What keeps an entry alone from going, so that those behind it may go before it. */
  async function findOwnHold(entry: LineEntry, found: Findings): Promise<Hold | undefined> {
    if (!isByItself(entry)) return undefined;
    if (entry.batch !== undefined && (await isPaused(entry.batch, found))) return { reason: 'paused' };
    if (entry.action !== 'vote.cast' || entry.weight <= 0) return undefined;
    found.lowUntil ??= await parts.findManaHold(entry);
    return found.lowUntil === undefined ? undefined : { reason: 'mana', until: found.lowUntil };
  }

  async function isPaused(batch: string, found: Findings): Promise<boolean> {
    const known = found.isPaused.get(batch) ?? (await parts.isPaused(batch));
    found.isPaused.set(batch, known);
    return known;
  }

  /** What keeps an entry and all behind it from going. */
  function findLineHold({ hold }: LineEntry): Hold | undefined {
    const isWaiting = hold !== undefined && isHeldAt(hold, clock.now());
    if (hold?.reason === 'try_later' && isWaiting) return hold;
    if (network.isOnline()) return undefined;
    return hold?.reason === 'network' && isWaiting ? hold : holdOffline(clock.now());
  }

  async function findHold(entry: LineEntry, found: Findings): Promise<Hold | undefined> {
    if (entry.hold?.reason === 'missed') return entry.hold;
    try {
      return findLineHold(entry) ?? (await findOwnHold(entry, found));
    } catch (thrown) {
      const { code } = toAppError(thrown);
      return holdAgain(code === 'network' ? 'network' : 'try_later', entry, clock.now());
    }
  }

  /** The next of a line, or what stops the whole line; undefined where nothing is to do. */
  async function choose(line: readonly LineEntry[], found: Findings): Promise<LineEntry | Hold | undefined> {
    // The person may pause at any time.
    found.isPaused.clear();
    const low = new Set<string>();
    for (const entry of line) {
      const hold = await findHold(entry, found);
      if (hold === undefined) return entry;
      const isLow = hold.reason === 'mana';
      const isTold = isLow && isBehindMana(entry, low) && !waiters.has(entry.request);
      if (!isTold && !isSameHold(hold, entry.hold)) await holdBack(entry, hold);
      if (isBlocking(hold)) return hold;
      if (isLow && entry.batch !== undefined) low.add(entry.batch);
    }
    return undefined;
  }

  /** Sends one entry. @returns what stops the line. */
  async function advance(entry: LineEntry): Promise<Hold | undefined> {
    const sent = await parts.send(entry, tellPosted(entry.request));
    if ('record' in sent) {
      await parts.onEnd(sent.record);
      answer(entry.request, ({ resolve }) => resolve(sent));
      return undefined;
    }
    const { hold } = sent;
    if (hold !== undefined) await outbox.change(entry, (current) => ({ ...current, hold }));
    return hold;
  }

  /** Goes through an account's line until nothing can go. @returns what stopped it. */
  async function goThrough(account: string): Promise<Hold | undefined> {
    const found: Findings = { lowUntil: undefined, isPaused: new Map() };
    // Once is enough: by a clock that was set back the last vote lies in the future for long.
    let hasRested = false;
    for (;;) {
      const entries = (await outbox.list()).filter(isInLine).filter((entry) => entry.account === account);
      // Found `sending`: whoever sent it is dead, for the line is ours. Nothing else goes before that is known.
      const left = entries.find(({ state }) => state === 'sending');
      if (left === undefined && (await joinDue(entries))) continue;
      const next = left ?? (await choose(sortLine(entries.filter((entry) => !isScheduled(entry))), found));
      if (next === undefined || 'reason' in next) return next;
      // Its own mark for the case that this worker dies, and to the browser a sign of life.
      await setAlarm(clock.now() + lookAgain);
      const ms: number = left === undefined && !hasRested ? await parts.spacing(next) : 0;
      hasRested = ms > 0;
      // Meanwhile it may be taken back, or the vault locked: look again.
      if (hasRested) await clock.sleep(ms);
      else {
        const stop = await advance(next);
        if (stop !== undefined && isBlocking(stop)) return stop;
      }
    }
  }

  /** Tells those who wait for entries of an account that these have to wait as well. */
  async function answerWaiting(account: string, stop: Hold | undefined): Promise<void> {
    for (const [request, waiting] of [...waiters]) {
      if (![...waiting].some((waiter) => waiter.account === account)) continue;
      const entry = await outbox.find(request);
      const record = entry === undefined ? await journal.findRequest(request) : undefined;
      if (record !== undefined) answer(request, ({ resolve }) => resolve({ record }));
      else if (entry === undefined) answer(request, ({ reject }) => reject(new AppError('internal')));
      else {
        // From now on it goes out by itself, and whoever looks sees why it has not.
        if (stop !== undefined && isInLine(entry) && entry.hold === undefined)
          await holdBack(entry, { reason: stop.reason });
        answer(request, ({ resolve }) => resolve({ entry }));
      }
    }
  }

  async function drain(account: string): Promise<void> {
    try {
      while (asked.delete(account)) {
        const stop = await locks.run(`outbox:${account}`, () => goThrough(account));
        await answerWaiting(account, stop);
        await setAlarm();
      }
    } catch (thrown) {
      log.warn('outbox', { code: toAppError(thrown).code });
      await setAlarmAgain();
      for (const [request, waiting] of [...waiters])
        if ([...waiting].some((waiter) => waiter.account === account))
          answer(request, ({ reject }) => reject(thrown)); // Handed on as it is.
    } finally {
      running.delete(account);
    }
  }

  function kick(account: string): Promise<void> {
    asked.add(account);
    const run = running.get(account) ?? drain(account);
    running.set(account, run);
    return run;
  }

  async function kickAll(): Promise<void> {
    try {
      // The one that rang is gone.
      await alarm.ensure();
      const accounts = new Set((await outbox.list()).filter(isInLine).map(({ account }) => account));
      againAt = Infinity;
      await Promise.all([...accounts].map(kick));
      await setAlarm();
    } catch (thrown) {
      await setAlarmAgain();
      throw thrown;
    }
  }

  /** @returns how it ended, now or before; undefined where it has left and has not ended. */
  async function endEntry(entry: LineEntry, error: AppError): Promise<JournalRecord | undefined> {
    const record = await parts.fail(entry, error);
    if (record !== undefined) answer(entry.request, ({ resolve }) => resolve({ record }));
    return record;
  }

  async function end(request: string, error: AppError): Promise<boolean> {
    const entry = await outbox.find(request);
    if (entry === undefined || !isInLine(entry)) return false;
    const record = await endEntry(entry, error);
    // The alarm and those behind it.
    if (record !== undefined) void kick(entry.account);
    return record?.code === error.code;
  }

  network.onOnline(() => void kickAll().catch(() => log.warn('outbox', { code: 'vault_broken' })));

  return {
    async settle(request, onPosted = () => undefined) {
      const entry = await outbox.find(request);
      if (entry === undefined) {
        const record = await journal.findRequest(request);
        if (record === undefined) throw new AppError('internal');
        return { record };
      }
      if (isScheduled(entry) && entry.hold === undefined) {
        // Those that go now may take long.
        await setAlarm();
        return { entry };
      }
      const waiter: Waiter = { account: entry.account, onPosted, ...Promise.withResolvers<Settled>() };
      waiters.set(request, (waiters.get(request) ?? new Set()).add(waiter));
      void kick(entry.account);
      return waiter.promise;
    },
    kick,
    kickAll,
    end,
    async endAll(account, error) {
      const entries = (await outbox.list()).filter(isInLine).filter((entry) => entry.account === account);
      for (const entry of entries) await endEntry(entry, error);
      // Once, after the last: a batch has up to a thousand.
      if (entries.length > 0) void kick(account);
    },
  };
}
