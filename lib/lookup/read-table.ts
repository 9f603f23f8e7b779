/** Makes a table of rows that nobody described. Pure. */
import type { FoundColumn, LookupRow } from '../providers/lookup.ts';
import { concealValue, isSecretName } from './secrets.ts';

/** What is inside a row is taken apart this far down: `user.address.city`. */
const deepest = 2;
const mostColumns = 12;
/** Longer texts are cut: a table is no place for them. */
const longestText = 2000;

type Cell = string | number | boolean;

/** Ids are told apart by their look, and have no thousands. */
const isIdName = (name: string) => /(^|[._-])(u|uu|n)?id$/i.test(name) || /[a-z]I[dD]$/.test(name);

const shorten = (text: string) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

function isScalar(value: unknown): value is Cell {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What a table shows of a value that is taken apart no further; undefined where it has to be. */
function toCell(value: unknown, depth: number): Cell | undefined {
  if (typeof value === 'string') return shorten(value);
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return shorten(value.every(isScalar) ? value.join(', ') : JSON.stringify(value));
  return depth > deepest ? shorten(JSON.stringify(value)) : undefined;
}

/** Values by path, in the order of the answer; what lies deeper than we go is its JSON. */
function flatten(value: unknown, path: readonly string[], into: Map<string, Cell>): void {
  if (typeof value !== 'object' && !isScalar(value)) return;
  if (value === null) return;
  const cell = toCell(value, path.length);
  if (cell !== undefined) into.set(path.length === 0 ? 'value' : path.join('.'), cell);
  else for (const [name, inner] of Object.entries(value)) flatten(inner, [...path, name], into);
}

function kindOf(id: string, values: readonly Cell[]): FoundColumn['kind'] {
  if (values.every((value) => typeof value === 'number')) return isIdName(id) ? 'text' : 'number';
  if (values.every((value) => typeof value === 'string' && /^https:\/\/\S+$/.test(value))) return 'link';
  return 'text';
}

export interface Table {
  readonly columns: readonly FoundColumn[];
  readonly rows: readonly LookupRow[];
}

/**
 * The columns are what is found in the rows, in that order, at most twelve; what is named like a secret is no column, and
 * what looks like one is masked.
 * @param path the names on the way to the rows, which may say with a column that it is secret.
 */
export function readTable(
  rows: readonly unknown[],
  { path, secrets }: { readonly path: readonly string[]; readonly secrets: readonly string[] },
): Table {
  const flat = rows.map((row) => {
    const cells = new Map<string, Cell>();
    flatten(concealValue(row, secrets, path.join('.')), [], cells);
    return cells;
  });
  const ids = [...new Set(flat.flatMap((cells) => [...cells.keys()]))]
    // No name of a row may be what every object has.
    .filter((id) => !(id in {}) && !isSecretName([...path, id].join('.')))
    .slice(0, mostColumns);
  const columns = ids.map((id) => {
    const values = flat.flatMap((cells) => cells.get(id) ?? []);
    return { id, title: id, kind: kindOf(id, values) };
  });
  return {
    columns,
    rows: flat.map((cells) =>
      Object.fromEntries(
        columns.map(({ id, kind }) => {
          const value = cells.get(id);
          return [id, value === undefined ? undefined : kind === 'number' ? Number(value) : String(value)];
        }),
      ),
    ),
  };
}
