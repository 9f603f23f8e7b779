/** Locking: the passphrase with its back-off after wrong ones, and the vault that locks by itself. */
import * as z from 'zod/mini';
import type { ActionContext } from '../actions/context.ts';
import type { LockView } from '../actions/lock.ts';
import { AppError, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { createPassphrase } from '../vault/passphrase.ts';
import type { Vault } from '../vault/vault.ts';

/** Rings when the vault was not used for as long as the person chose. */
export const lockAlarm = 'lock';

/** On offer, in minutes. */
const minuteChoices = [0, 5, 15, 60, 240];

const stored = z.object({
  minutes: z._default(z.number(), 0),
  /** Wrong passphrases in a row, and when the last one was typed, UTC ms. */
  failures: z._default(z.number(), 0),
  failedAt: z._default(z.number(), 0),
});
type Stored = z.output<typeof stored>;
const settingKey = 'lock';

const freeTries = 3;
const firstWait = 5000;
const longestWait = 5 * 60_000;
/** When the unlocked vault was last used, UTC ms; in session storage, beside its key. */
const usedKey = 'lock-used';
/** The alarm is set anew at most this often, in ms: each use would be too often. */
const touchEvery = 30_000;
/** Clocks that a time server corrects move by less. */
const clockStep = 60_000;

/** How long to wait after so many wrong passphrases in a row, in ms: nothing at first, then doubling from 5 s to 5 min. */
export function waitAfter(failures: number): number {
  return failures < freeTries ? 0 : Math.min(longestWait, firstWait * 2 ** (failures - freeTries));
}

export interface Lock {
  readonly actions: ActionContext['lock'];
  /** The person used Latchkey: what locks by itself does so later. */
  touch(): Promise<void>;
  onAlarm(): Promise<void>;
  start(): Promise<void>;
}

export interface LockListeners {
  /** Does what had to wait. */
  readonly onUnlocked: () => Promise<void>;
  /** Forgets what nobody may use any more. */
  readonly onLocked: () => Promise<void>;
}

export function createLock(
  ports: Pick<Ports, 'crypto' | 'randomBytes' | 'clock' | 'alarms' | 'locks' | 'session' | 'shell'>,
  vault: Vault,
  { onUnlocked, onLocked }: LockListeners,
): Lock {
  const { clock, alarms, locks, session, shell } = ports;
  const passphrase = createPassphrase(ports, vault, vault.key);
  let touchedAt = -Infinity;

  async function read(): Promise<Stored> {
    const found = z.safeParse(stored, (await vault.store.settings.find(settingKey))?.value ?? {});
    return found.success ? found.data : z.parse(stored, {});
  }
  const save = async (changes: Partial<Stored>) =>
    vault.store.settings.put({ key: settingKey, value: { ...(await read()), ...changes } });

  async function view(): Promise<LockView> {
    return { state: await passphrase.state(), minutes: (await read()).minutes };
  }

  async function setAlarm(): Promise<void> {
    const { state, minutes } = await view();
    if (state === 'unlocked' && minutes > 0) await alarms.set(lockAlarm, clock.now() + minutes * 60_000);
    else await alarms.clear(lockAlarm);
    touchedAt = clock.now();
    await session.set(usedKey, touchedAt);
  }

  /**
   * Whether it should have been locked by now. An alarm rings by the clock of the machine: one that was set back would hold
   * the vault open for as much longer.
   */
  async function isOverdue(): Promise<boolean> {
    const { state, minutes } = await view();
    if (state !== 'unlocked' || minutes === 0) return false;
    const used = z.safeParse(z.number(), await session.get(usedKey));
    if (!used.success) return false;
    const idle = clock.now() - used.data;
    return idle >= minutes * 60_000 || idle < -clockStep;
  }

  /** Says how it stands now, to the caller and to open views. */
  async function tell(): Promise<LockView> {
    await setAlarm();
    shell.announce('lock');
    return view();
  }

  /** Runs what asks for the passphrase; whoever guesses has to wait longer each time. */
  const guarded = (work: () => Promise<void>) => locks.run('passphrase-try', () => tryOnce(work));

  /** One try at a time: ten that begin together would all be free. */
  async function tryOnce(work: () => Promise<void>): Promise<void> {
    const { failures, failedAt } = await read();
    // A clock that was set back must neither lock anybody out for long nor let anybody guess at once: the wait begins anew.
    const isBack = failedAt > clock.now();
    if (isBack) await save({ failedAt: clock.now() });
    const left = (isBack ? clock.now() : failedAt) + waitAfter(failures) - clock.now();
    if (left > 0)
      throw new AppError('passphrase_wait', {
        field: 'passphrase',
        params: { count: Math.ceil(left / 1000) },
      });
    try {
      await work();
    } catch (thrown) {
      if (toAppError(thrown).code === 'wrong_passphrase')
        await save({ failures: failures + 1, failedAt: clock.now() });
      throw thrown;
    }
    if (failures > 0) await save({ failures: 0, failedAt: 0 });
  }

  async function lock(): Promise<LockView> {
    if ((await passphrase.state()) === 'unlocked') await passphrase.lock();
    await onLocked();
    return tell();
  }

  return {
    actions: {
      view,
      async unlock(typed) {
        await guarded(() => passphrase.unlock(typed));
        const now = await tell();
        await onUnlocked();
        return now;
      },
      lock,
      async set(typed) {
        await passphrase.set(typed);
        return tell();
      },
      async change(typed, next) {
        await guarded(() => passphrase.change(typed, next));
        return tell();
      },
      async remove(typed) {
        await guarded(() => passphrase.remove(typed));
        return tell();
      },
      async setMinutes(minutes) {
        if (!minuteChoices.includes(minutes)) throw new AppError('bad_input', { field: 'minutes' });
        await locks.run('passphrase-try', () => save({ minutes }));
        return tell();
      },
    },

    async touch() {
      if (Math.abs(clock.now() - touchedAt) < touchEvery) return;
      if (await isOverdue()) await lock();
      else await setAlarm();
    },

    async onAlarm() {
      await lock();
    },

    async start() {
      if (await isOverdue()) await lock();
      if ((await passphrase.state()) !== 'locked') await passphrase.tidy();
    },
  };
}
