import type { LookupResult } from '../actions/lookup.ts';
import { ExternalLink } from './external-link.tsx';
import { formatMoment, formatNumber } from './format.ts';
import { useView } from './view-context.ts';

export type LookupColumn = LookupResult['columns'][number];
export type LookupRow = LookupResult['rows'][number];

export interface LookupSort {
  /** Column id. */
  readonly column: string;
  readonly isDescending: boolean;
}

interface Props {
  readonly columns: readonly LookupColumn[];
  /** In the order of `sort`. */
  readonly rows: readonly LookupRow[];
  readonly sort?: LookupSort | undefined;
  /** Id of the element that names the table. */
  readonly labelId: string;
  /** Without it the heads are no buttons. */
  readonly onSort?: (column: LookupColumn) => void;
}

/** A sortable table after the ARIA Authoring Practices: a button in each head, the order in `aria-sort`. */
export function LookUpTable({ columns, rows, sort, labelId, onSort }: Props) {
  return (
    <table aria-labelledby={labelId}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              data-kind={column.kind}
              aria-sort={onSort && readOrder(column, sort)}
            >
              {onSort === undefined ? (
                <span>{column.title}</span>
              ) : (
                <button type="button" onClick={() => onSort(column)}>
                  {column.title}
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {columns.map(({ id, kind }) => (
              <td key={id} data-kind={kind}>
                <Cell kind={kind} value={row[id]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function readOrder({ id }: LookupColumn, sort: LookupSort | undefined) {
  if (sort?.column !== id) return 'none';
  return sort.isDescending ? 'descending' : 'ascending';
}

interface CellProps {
  readonly kind: LookupColumn['kind'];
  readonly value: string | number | undefined;
}

function Cell({ kind, value }: CellProps) {
  const { t } = useView();
  if (value === undefined) return null;
  if (kind === 'link') {
    const address = String(value);
    return <ExternalLink href={address}>{address.replace(/^https:\/\/(www\.)?/, '')}</ExternalLink>;
  }
  if (typeof value === 'string' || kind === 'text') return <div class="long">{String(value)}</div>;
  if (kind === 'number') return formatNumber(t('language_tag'), value);
  return <time dateTime={new Date(value).toISOString()}>{formatMoment(t('language_tag'), value)}</time>;
}
