/** The rows of a look-up in the order the person wants, and as they leave the popup. */
import type { LookupResult } from '../../lib/actions/lookup.ts';
import { buildCsv } from '../../lib/journal/csv.ts';
import type { LookupColumn, LookupRow, LookupSort } from '../../lib/ui/look-up-table.tsx';

export type { LookupColumn, LookupRow, LookupSort };
export type LookupTable = Pick<LookupResult, 'columns' | 'rows'>;

/**
 * What a click on a column's head makes of the order: its usual direction, the other one, then the service's own order.
 * Numbers and times begin with the largest, since that is what people look for.
 */
export function turnSort(sort: LookupSort | undefined, { id, kind }: LookupColumn): LookupSort | undefined {
  const isDescending = kind === 'number' || kind === 'time';
  if (sort?.column !== id) return { column: id, isDescending };
  return sort.isDescending === isDescending ? { column: id, isDescending: !isDescending } : undefined;
}

/** The rows in order, by the alphabet of `language` (a BCP 47 tag); rows without a value come last either way. */
export function sortRows(
  rows: readonly LookupRow[],
  sort: LookupSort | undefined,
  language: string,
): readonly LookupRow[] {
  if (sort === undefined) return rows;
  const { column, isDescending } = sort;
  const { compare } = new Intl.Collator(language, { numeric: true });
  return rows.toSorted((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b));
    return isDescending ? -order : order;
  });
}

/** With column ids as heads; times as in ISO 8601. */
export function buildLookupCsv({ columns, rows }: LookupTable): string {
  const ids = columns.map(({ id }) => id);
  return buildCsv(
    ids,
    rows.map((row) => readRow(columns, row)),
  );
}

/** A list of objects by column id, in the order of the columns; times as in ISO 8601. */
export function buildLookupJson({ columns, rows }: LookupTable): string {
  return `${JSON.stringify(
    rows.map((row) => readRow(columns, row)),
    undefined,
    2,
  )}\n`;
}

function readRow(columns: readonly LookupColumn[], row: LookupRow): Record<string, string | number> {
  const cells = columns.flatMap(({ id, kind }): [string, string | number][] => {
    const value = row[id];
    if (value === undefined) return [];
    return [[id, kind === 'time' && typeof value === 'number' ? new Date(value).toISOString() : value]];
  });
  return Object.fromEntries(cells);
}
