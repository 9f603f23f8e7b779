import { AppError } from '../errors.ts';
import type { Schedule } from '../vault/schema.ts';

/** A leap year's worth, in ms: who schedules for longer has mistyped. */
const longest = 366 * 24 * 60 * 60_000;

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/**
 * @param now UTC ms.
 * @throws AppError of the field `schedule`: `schedule_in_the_past`, `schedule_too_far`, `bad_input`.
 */
export function assertSchedule({ at, timeZone }: Schedule, now: number): void {
  const field = 'schedule';
  if (!isTimeZone(timeZone) || !Number.isFinite(at)) throw new AppError('bad_input', { field });
  if (at <= now) throw new AppError('schedule_in_the_past', { field });
  if (at - now > longest) throw new AppError('schedule_too_far', { field });
}
