/** A clock on a wall in some place and the one moment it stands for. Texts are those of `datetime-local` fields. */

import type { Actions } from '../actions/index.ts';
import { formatMoment } from './format.ts';

/** When something is to go out, UTC ms, and in which time zone that was chosen. */
export type Schedule = NonNullable<Actions['vote.cast']['input']['schedule']>;

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface LocalTime {
  /** UTC ms. */
  readonly at: number;
  /**
   * `skipped`: clocks go forward over this time, and `at` is as much later as they skip. `repeated`: clocks go back and
   * show it twice; `at` is the first. So does ECMAScript's Temporal with `disambiguation: 'compatible'`.
   */
  readonly oddity?: 'skipped' | 'repeated';
}

/** How far the clocks of a time zone are ahead of UTC at `at` (UTC ms), in ms; negative behind it. */
function readOffset(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const shown = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}

/**
 * @param text e.g. `2026-11-28T15:00`.
 * @param timeZone an IANA name. @throws RangeError for another.
 * @returns undefined for what is no time, as of a field that is not filled in.
 */
export function findLocalTime(text: string, timeZone: string): LocalTime | undefined {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(wall)) return undefined;
  // No clock is changed twice in two days.
  const [before, after] = [readOffset(wall - day, timeZone), readOffset(wall + day, timeZone)];
  const isSo = (offset: number) => readOffset(wall - offset, timeZone) === offset;
  if (!isSo(before) && !isSo(after)) return { at: wall - before, oddity: 'skipped' };
  const at = wall - (isSo(before) ? before : after);
  return before !== after && isSo(before) && isSo(after) ? { at, oddity: 'repeated' } : { at };
}

/** What a `datetime-local` field shows for `at` (UTC ms), to the minute. */
export function writeLocalTime(at: number, timeZone: string): string {
  return new Date(at + readOffset(at, timeZone)).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

/** A time zone and how its clocks stand at `at` (UTC ms), e.g. "Europe/Warsaw, UTC+1". */
export function nameZone(at: number, timeZone: string): string {
  if (timeZone === 'UTC') return timeZone;
  const offset = readOffset(at, timeZone);
  const ahead = Math.abs(offset);
  const rest = Math.round((ahead % hour) / minute);
  const minutes = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`;
  const shift = offset === 0 ? '' : `${offset < 0 ? '−' : '+'}${Math.floor(ahead / hour)}${minutes}`;
  return `${timeZone.replaceAll('_', ' ')}, UTC${shift}`;
}

/** A chosen time as it was chosen, e.g. "Nov 28, 2026, 2:05 PM (Europe/Warsaw, UTC+1)". @param language a BCP 47 tag. */
export function formatSchedule(language: string, { at, timeZone }: Schedule): string {
  return `${formatMoment(language, at, timeZone)} (${nameZone(at, timeZone)})`;
}

/** The next full hour that is at least half an hour away, UTC ms: what a person who sends later begins with. */
export function suggestTime(now: number): number {
  return Math.ceil((now + hour / 2) / hour) * hour;
}
