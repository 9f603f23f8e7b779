import type { Shell, Translate } from '../ports.ts';

type SetBadge = Shell['setBadge'];

/**
 * The badge of the toolbar button, in which more than one room has a say: it stands while one of them wants it, and its
 * title says what each has to say. Called with the shell's own way to set it.
 * @returns a way to set it for each room.
 */
export function shareBadge(setBadge: SetBadge): (room: string) => SetBadge {
  const wanted = new Map<string, { readonly text: string; readonly title: string }>();
  return (room) => (text, title) => {
    wanted.set(room, { text, title });
    const all = [...wanted.values()];
    const loud = all.filter((badge) => badge.text !== '');
    // Without a badge all say the same: the product's name.
    const titles = loud.length > 0 ? loud.map((badge) => badge.title) : [title];
    return setBadge(loud[0]?.text ?? '', titles.join('\n'));
  };
}

/** Says how many scheduled votes and tweets were missed and wait for the person. */
export function showMissed(setBadge: SetBadge, translate: Translate): (count: number) => Promise<void> {
  return (count) =>
    count === 0
      ? setBadge('', translate('badge_title'))
      : setBadge('!', translate('badge_missed', { count }));
}
