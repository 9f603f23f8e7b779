/** The one alarm of the outbox: it rings for what is due first, and for what a dead worker left. */
import type { Ports } from '../ports.ts';

export const outboxAlarm = 'outbox';

/** When what broke off is looked at again, in ms. */
export const lookAgain = 60_000;

export interface OutboxAlarm {
  /**
   * Writes what may have to go out, with the alarm set before: should this worker die at any step, the next one is woken.
   * An alarm too many finds nothing to do.
   */
  guard<Result>(write: () => Promise<Result>): Promise<Result>;
  /** Lets it ring within a minute, or when it would anyway. */
  ensure(): Promise<void>;
  /** Sets it for the time that `find` tells, UTC ms, or clears it where that is never (`Infinity`). */
  reset(find: () => Promise<number>): Promise<void>;
}

export function createOutboxAlarm({
  alarms,
  clock,
  locks,
}: Pick<Ports, 'alarms' | 'clock' | 'locks'>): OutboxAlarm {
  // One at a time: who reckons when to ring must not overwrite what was set for an entry that is written meanwhile.
  const alone = <Result>(work: () => Promise<Result>) => locks.run('outbox-alarm', work);

  async function set(): Promise<void> {
    const now = clock.now();
    const at = await alarms.find(outboxAlarm);
    if (at === undefined || at <= now || at > now + lookAgain) await alarms.set(outboxAlarm, now + lookAgain);
  }

  return {
    guard: (write) =>
      alone(async () => {
        await set();
        return write();
      }),
    ensure: () => alone(set),
    reset: (find) =>
      alone(async () => {
        const at = await find();
        if (at === Infinity) await alarms.clear(outboxAlarm);
        else await alarms.set(outboxAlarm, at);
      }),
  };
}
