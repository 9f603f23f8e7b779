import type { Actions } from '../../lib/actions/index.ts';
import type { TypedTranslate } from '../../lib/locale/translate.ts';

export type Preview = Actions['vote.preview']['output'];

/** What the chain knows of the post and the voter, a sentence each. `now` in UTC milliseconds. */
export function readFacts(
  { post: { author, authorReputation, payout }, voter }: Preview,
  translate: TypedTranslate,
  now: number,
): string[] {
  const money = { amount: payout.amount, currency: payout.currency };
  const facts = [
    translate('page_author', { author, reputation: authorReputation }),
    payout.isPaid
      ? translate('page_paid', money)
      : translate('page_payout', { ...money, when: readWhen(payout.at - now, translate('language_tag')) }),
  ];
  if (voter) {
    const percent = { up: Math.round(voter.powerPercent), down: Math.round(voter.downvotePowerPercent) };
    facts.push(translate('page_power', percent));
    if (voter.currentWeight) facts.push(translate('page_current', { weight: voter.currentWeight }));
  }
  return facts;
}

function readWhen(milliseconds: number, language: string): string {
  const minutes = milliseconds / 60_000;
  const format = new Intl.RelativeTimeFormat(language);
  if (minutes < 120) return format.format(Math.round(minutes), 'minute');
  return minutes < 2880
    ? format.format(Math.round(minutes / 60), 'hour')
    : format.format(Math.round(minutes / 1440), 'day');
}
