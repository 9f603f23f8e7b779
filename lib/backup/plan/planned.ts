/** One thing of a backup against what is here. */

export interface Difference {
  /** Key of the field's name in the locale files; the field itself where it has none. */
  readonly title: string;
  readonly mine: Value;
  readonly theirs: Value;
}

/** What can be shown of a field's value. A secret is never shown: only that it is another. */
type Value = string | number | undefined | typeof hidden | typeof unreadable | Moment | Worded;

export const hidden = { kind: 'secret' } as const;
/** It is there, and nobody can tell what it says. */
export const unreadable = { kind: 'unreadable' } as const;

/** A value that people know by words: a key of the locale files, with what goes into its sentence. */
export interface Worded {
  readonly kind: 'worded';
  readonly key: string;
  readonly values: Readonly<Record<string, number>>;
}

/** UTC ms. */
export interface Moment {
  readonly kind: 'moment';
  readonly at: number;
}

/**
 * - `new`: not here yet.
 * - `same`: here already, nothing is to be done.
 * - `different`: here, and not the same; the person says which one stays.
 * - `refused`: it can't be taken in: its service or its form is not known here, or it belongs to somebody else here.
 */
export type PlanState = 'new' | 'same' | 'different' | 'refused';

export interface Planned<T> {
  /** Tells it from the others of its kind. */
  readonly key: string;
  /** What people know it by. */
  readonly label: string;
  readonly state: PlanState;
  readonly differences: readonly Difference[];
  /** What the vault holds once it is taken; undefined where it can't be. */
  readonly value: T | undefined;
  /** Accounts here that have to sign in again once it is taken; undefined for none. */
  readonly ends?: number;
  /** Accounts of the backup whose sign-ins are of no use unless it is taken; undefined for none. */
  readonly misses?: number;
}

export function refuse(key: string, label: string): Planned<never> {
  return { key, label, state: 'refused', differences: [], value: undefined };
}

/** `same` without differences, else `different`. */
export function judge(differences: readonly Difference[]): Pick<Planned<never>, 'state' | 'differences'> {
  return { state: differences.length === 0 ? 'same' : 'different', differences };
}

/** The differences among pairs of values, each with its title. */
export function listDifferences(
  pairs: readonly (readonly [title: string, mine: Value, theirs: Value])[],
): Difference[] {
  return pairs.flatMap(([title, mine, theirs]) => (mine === theirs ? [] : [{ title, mine, theirs }]));
}

/** A difference of two secrets, if there is one. */
export function compareSecrets(
  title: string,
  mine: string | undefined,
  theirs: string | undefined,
): Difference[] {
  const show = (secret: string | undefined) => (secret === undefined ? undefined : hidden);
  return mine === theirs ? [] : [{ title, mine: show(mine), theirs: show(theirs) }];
}
