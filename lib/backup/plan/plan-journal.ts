import type { JournalRecord } from '../../vault/schema.ts';
import type { BackupEntry } from '../content.ts';

/** Where an entry of the journal lies: newer ones have higher ids. */
export type JournalPlace = Required<Pick<JournalRecord, 'id' | 'at' | 'request'>>;

export interface PlannedJournal {
  /** Oldest first; those without an id are newer than all that is here. */
  readonly added: readonly JournalRecord[];
  /** How many are here already, by their request. */
  readonly same: number;
}

/** Gives entries ids spread evenly between two others, since the journal is read in the order of its ids. */
const spread = (entries: readonly JournalRecord[], lower: number, upper: number): JournalRecord[] =>
  entries.map((entry, index) => ({
    ...entry,
    id: lower + ((upper - lower) * (index + 1)) / (entries.length + 1),
  }));

/** @param mine in the order of their ids. @returns entries in the order of their time, each in its place among `mine`. */
function place(entries: readonly JournalRecord[], mine: readonly JournalPlace[]): JournalRecord[] {
  // What belongs before the first of mine, before the second, and so on; at last what is newer than all.
  const gaps: JournalRecord[][] = [...mine, undefined].map(() => []);
  let gap = 0;
  for (const entry of entries) {
    while (gap < mine.length && (mine[gap]?.at ?? Infinity) <= entry.at) gap += 1;
    gaps[gap]?.push(entry);
  }
  return gaps.flatMap((inside, index) => {
    const upper = mine[index]?.id;
    if (upper === undefined) return inside;
    // Before the first there is room for whole numbers: the journal is read so many ids at a time, not so many entries.
    return spread(inside, mine[index - 1]?.id ?? upper - inside.length - 1, upper);
  });
}

/** One request is journaled once: what is here already stays as it is. */
export function planJournal(mine: readonly JournalPlace[], theirs: readonly BackupEntry[]): PlannedJournal {
  const known = new Set(mine.map(({ request }) => request));
  const added = theirs.filter(({ request }) => !known.has(request)).sort((a, b) => a.at - b.at);
  return { added: place(added, mine), same: theirs.length - added.length };
}
