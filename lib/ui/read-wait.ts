import type { OutboxEntryView } from '../actions/outbox.ts';
import type { TypedTranslate } from '../locale/translate.ts';
import { formatMoment } from './format.ts';
import { formatSchedule } from './local-time.ts';

export type Wait = Pick<OutboxEntryView, 'waitsFor' | 'until' | 'schedule'>;

/** What something in the outbox waits for and until when, in a sentence or two. */
export function readWait({ waitsFor, until, schedule }: Wait, t: TypedTranslate): string {
  const language = t('language_tag');
  if (schedule !== undefined && (waitsFor === 'schedule' || waitsFor === 'missed'))
    return t(`waits_${waitsFor}`, { time: formatSchedule(language, schedule) });
  if (waitsFor === 'turn' || waitsFor === 'answer') return t(`waits_${waitsFor}`);
  const why = t(`queued_${waitsFor}`);
  // Without a network it is tried so often that no time need be named.
  return until === undefined || waitsFor === 'network'
    ? why
    : `${why} ${t('waits_until', { time: formatMoment(language, until) })}`;
}
