/** Numbers and times as people of a language write them. `language` is a BCP 47 tag, times are UTC milliseconds. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A day with its time, e.g. "Nov 28, 2026, 2:05 PM". @param timeZone its IANA name; the browser's own where left out. */
export function formatMoment(language: string, time: number, timeZone?: string): string {
  const options = { dateStyle: 'medium', timeStyle: 'short' } as const;
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat(language, { ...options, ...zone }).format(time);
}

/** A day, e.g. "Nov 28, 2026". */
export function formatDay(language: string, time: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time);
}

/** A day that is the same everywhere, given as `2026-04-20`. */
export function formatCalendarDay(language: string, date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(date));
}

/** How long it is until then, in the largest fitting unit, e.g. "in 5 days". At least one minute. */
export function formatTimeLeft(language: string, ms: number): string {
  const words = new Intl.RelativeTimeFormat(language);
  if (ms >= day) return words.format(Math.floor(ms / day), 'day');
  if (ms >= hour) return words.format(Math.floor(ms / hour), 'hour');
  return words.format(Math.max(1, Math.floor(ms / minute)), 'minute');
}

/** About how long something takes, in the largest fitting unit, e.g. "6 minutes". At least ten seconds. */
export function formatDuration(language: string, ms: number): string {
  const [value, unit] =
    ms >= 2 * day
      ? [ms / day, 'day']
      : ms >= 2 * hour
        ? [ms / hour, 'hour']
        : ms >= 90_000
          ? [ms / minute, 'minute']
          : [Math.max(1, Math.ceil(ms / 10_000)) * 10, 'second'];
  const options = { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(language, options).format(value);
}

/** An amount with its currency, three decimals as the chains write them, e.g. "0.013 SBD". */
export function formatAmount(language: string, amount: number, currency: string): string {
  const options = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
  return `${new Intl.NumberFormat(language, options).format(amount)} ${currency}`;
}

/** A number with at most two decimals, e.g. of a reputation or a percentage. */
export function formatNumber(language: string, value: number): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);
}

/** A price in US dollars, to the tenth of a cent where there is one, e.g. "$0.20" or "$0.015". */
export function formatDollars(language: string, amount: number): string {
  const options = { style: 'currency', currency: 'USD', maximumFractionDigits: 3 } as const;
  return new Intl.NumberFormat(language, options).format(amount);
}

const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A size in the largest fitting unit, e.g. "1.5 MB"; a kilobyte is 1000 bytes, as the International System has it. */
export function formatBytes(language: string, bytes: number): string {
  const power = Math.floor(Math.log10(Math.max(1, bytes)) / 3);
  const index = Math.min(units.length, Math.max(1, power)) - 1;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[index] ?? 'kilobyte',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** (index + 1));
}
