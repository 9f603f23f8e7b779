import { expect, it } from 'vitest';
import { shareBadge, showMissed } from '../../../lib/app/badge.ts';

it('stands while one room wants it, and says what each has to say', async () => {
  const seen: [string, string][] = [];
  const badgeOf = shareBadge((text, title) => Promise.resolve(void seen.push([text, title])));
  const setAccounts = badgeOf('accounts');
  const tellMissed = showMissed(badgeOf('outbox'), (key, { count = '' } = {}) => `${key} ${count}`.trim());
  await setAccounts('', 'Latchkey');
  await tellMissed(2);
  await setAccounts('!', 'Sign in');
  await tellMissed(0);
  await setAccounts('', 'Latchkey');
  expect(seen).toEqual([
    ['', 'Latchkey'],
    ['!', 'badge_missed 2'],
    ['!', 'Sign in\nbadge_missed 2'],
    ['!', 'Sign in'],
    ['', 'Latchkey'],
  ]);
});
