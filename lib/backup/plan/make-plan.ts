/** A whole backup against what is here. Pure: nothing is changed by looking. */
import type { Account, Person } from '../../vault/schema.ts';
import type { BackupContent, BackupLookup, BackupService } from '../content.ts';
import type { Holdings, PersonalRecords } from '../holdings.ts';
import { createFindHeld, planAccounts, type PlannedSignIn, planSignIns } from './plan-accounts.ts';
import { type JournalPlace, planJournal, type PlannedJournal } from './plan-journal.ts';
import { planPeople } from './plan-people.ts';
import { planLookups, planSettings } from './plan-personal.ts';
import { planServices } from './plan-services.ts';
import type { BackupKind } from '../../actions/backup.ts';
import type { Planned } from './planned.ts';

export interface Plan {
  readonly services: readonly Planned<BackupService>[];
  readonly accounts: readonly Planned<Account>[];
  readonly signIns: readonly Planned<PlannedSignIn>[];
  readonly lookups: readonly Planned<BackupLookup>[];
  readonly settings: readonly Planned<Readonly<Record<string, unknown>>>[];
  readonly people: readonly Planned<Person>[];
  readonly journal: PlannedJournal;
}

/** Kinds of which each thing is compared by itself. */
export type ComparedKind = Exclude<BackupKind, 'journal'>;
export const comparedKinds: readonly ComparedKind[] = [
  'services',
  'accounts',
  'signIns',
  'lookups',
  'settings',
  'people',
];

export function makePlan(
  mine: Holdings,
  journal: readonly JournalPlace[],
  theirs: BackupContent,
  personal: PersonalRecords,
): Plan {
  const findHeld = createFindHeld(mine.accounts);
  return {
    services: planServices(mine, theirs),
    accounts: planAccounts(findHeld, theirs.accounts),
    signIns: planSignIns(findHeld, theirs.accounts),
    lookups: planLookups(mine.lookups, theirs.lookups),
    settings: planSettings(mine.settings, theirs.settings, personal.settings),
    people: planPeople(mine.people, theirs.people),
    journal: planJournal(journal, theirs.journal),
  };
}

/** What the person chose to do with a backup. */
export interface RestoreChoice {
  /** Kinds of which nothing is taken. */
  readonly leaveOut: readonly BackupKind[];
  /** Things that are different here and are replaced: `<kind>:<key>`, or the kind alone for all of it. */
  readonly take: readonly string[];
}

/** What of a kind is to be written. */
export function choose<T>(
  kind: ComparedKind,
  planned: readonly Planned<T>[],
  { leaveOut, take }: RestoreChoice,
): { readonly added: readonly T[]; readonly changed: readonly T[] } {
  if (leaveOut.includes(kind)) return { added: [], changed: [] };
  const isTaken = (key: string) => take.includes(kind) || take.includes(`${kind}:${key}`);
  const valuesOf = (fits: (one: Planned<T>) => boolean) =>
    planned.filter(fits).flatMap(({ value }) => (value === undefined ? [] : [value]));
  return {
    added: valuesOf(({ state }) => state === 'new'),
    changed: valuesOf(({ state, key }) => state === 'different' && isTaken(key)),
  };
}
