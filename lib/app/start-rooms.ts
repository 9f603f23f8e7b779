import { type AppError, type ErrorCode, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';

/** Rings for another start where storage stood in the way of the last one. */
export const startAlarm = 'start';

const again = 60_000;
/** What the person or time can mend without a new worker. */
const storageTroubles: ReadonlySet<ErrorCode> = new Set([
  'storage_full',
  'vault_blocked',
  'vault_broken',
  'vault_newer',
]);

/**
 * Starts each room; one that can't start keeps no other from trying. Where storage is the reason it is said on the button,
 * since no view may be open, and tried again in a minute.
 */
export async function startRooms(
  { alarms, clock, shell, translate, log }: Pick<Ports, 'alarms' | 'clock' | 'shell' | 'translate' | 'log'>,
  rooms: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const started = await Promise.allSettled(rooms.map((start) => start()));
  const failures = started.flatMap((end): AppError[] =>
    end.status === 'rejected' ? [toAppError(end.reason)] : [],
  );
  for (const { code } of failures) log.warn('start', { code });
  const trouble = failures.find(({ code }) => storageTroubles.has(code));
  if (trouble === undefined) {
    await alarms.clear(startAlarm);
    return;
  }
  await shell.setBadge('!', translate(`error_${trouble.code}`, trouble.params));
  await alarms.set(startAlarm, clock.now() + again);
}
