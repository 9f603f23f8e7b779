import { AppError } from '../../errors.ts';
import { parseAddress } from '../../lookup/custom-address.ts';
import { parseRowsPath } from '../../lookup/rows-path.ts';
import { findProvider } from '../../providers/index.ts';
import type { BackupLookup } from '../content.ts';
import type { PersonalRecords } from '../holdings.ts';
import { type Difference, judge, listDifferences, type Planned, refuse, type Worded } from './planned.ts';

/** By the rules that hold for what is typed. @throws AppError */
function assertLookup({ provider, path, rows }: BackupLookup): void {
  if (findProvider(provider) === undefined) throw new AppError('bad_input', { field: 'provider' });
  // A path is below the service's own address, whichever that is.
  if (!path.startsWith('/')) throw new AppError('lookup_bad_address', { field: 'address' });
  parseAddress(path, { auth: '', api: '' });
  parseRowsPath(rows);
}

function isUsable(lookup: BackupLookup): boolean {
  try {
    assertLookup(lookup);
    return true;
  } catch {
    return false;
  }
}

/** All but the id. */
const describe = ({ provider, name, base, path, rows }: BackupLookup) =>
  JSON.stringify([provider, name, base, path, rows]);

/** One that asks the same under the same name is the same, whoever wrote it. */
export function planLookups(
  mine: readonly BackupLookup[],
  theirs: readonly BackupLookup[],
): Planned<BackupLookup>[] {
  const byId = new Map(mine.map((one) => [one.id, one]));
  const known = new Set(mine.map(describe));
  return theirs.map((value) => {
    const { id: key, name: label } = value;
    if (!isUsable(value)) return refuse(key, label);
    const before = byId.get(key);
    if (known.has(describe(value))) return { key, label, state: 'same', differences: [], value };
    if (before === undefined) return { key, label, state: 'new', differences: [], value };
    const service = ({ provider }: BackupLookup) => findProvider(provider)?.title;
    const differences = listDifferences([
      ['backup_kind_services', service(before), service(value)],
      ['custom_name', before.name, value.name],
      ['custom_address', before.path, value.path],
      ['custom_rows', before.rows, value.rows],
    ]);
    return { key, label, ...judge(differences), value };
  });
}

type Settings = Readonly<Record<string, unknown>>;

/** Choices without a title of their own are told by their name. */
const titles: Readonly<Record<string, string>> = {
  undoSecondsPopup: 'undo_in_popup',
  undoSecondsPage: 'undo_on_pages',
  sitesOff: 'sites_title',
  missed: 'missed_label',
  manaFloorPercent: 'mana_floor_label',
};

const show = (value: unknown) => {
  if (typeof value === 'number' || typeof value === 'string' || value === undefined) return value;
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
};

const say = (key: string, values: Worded['values'] = {}): Worded => ({ kind: 'worded', key, values });
const sayDelay = (seconds: unknown) =>
  seconds === 0 ? say('undo_off') : say('undo_seconds', { count: Number(seconds) });

/** Choices that people know by words, as the settings name them. */
const words: Readonly<Record<string, (value: unknown) => Worded>> = {
  undoSecondsPopup: sayDelay,
  undoSecondsPage: sayDelay,
  missed: (choice) => say(`missed_${String(choice)}`),
  manaFloorPercent: (percent) => say('percent', { value: Number(percent) }),
};

function compareChoice(name: string, mine: unknown, theirs: unknown): Difference[] {
  const differences = listDifferences([[titles[name] ?? name, show(mine), show(theirs)]]);
  const word = words[name];
  if (word === undefined) return differences;
  const worded = (value: unknown) => (value === undefined ? undefined : word(value));
  return differences.map((one) => ({ ...one, mine: worded(mine), theirs: worded(theirs) }));
}

/** All settings are one thing: they are taken together. @param mine undefined where nothing was ever chosen. */
export function planSettings(
  mine: Settings | undefined,
  theirs: Settings,
  { parse }: PersonalRecords['settings'],
): Planned<Settings>[] {
  const key = 'settings';
  if (Object.keys(theirs).length === 0) return [];
  const value = parse({ ...mine, ...theirs });
  if (value === undefined) return [refuse(key, key)];
  if (mine === undefined) return [{ key, label: key, state: 'new', differences: [], value }];
  const differences = Object.keys(value).flatMap((name) => compareChoice(name, mine[name], value[name]));
  return [{ key, label: key, ...judge(differences), value }];
}
