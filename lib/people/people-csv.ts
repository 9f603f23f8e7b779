/** The register as CSV, for import; `lib/journal/csv.ts` writes it. */
import { AppError, type ErrorCode } from '../errors.ts';
import { peopleColumns } from './people-columns.ts';
import { readCsv } from './read-csv.ts';
import { parseTelephone } from './telephone.ts';

type Column = (typeof peopleColumns)[number];

export interface ReadPerson {
  /** The row in the file, as spreadsheets count; the names of the columns are row 1. */
  readonly row: number;
  readonly telephone?: string;
  readonly name: string;
  readonly appId?: string;
  readonly openId?: string;
  readonly unionId?: string;
  readonly nickname?: string;
}

type Cells = Readonly<Record<Column, string>>;

/** An export marks what begins like a formula with an apostrophe. */
const withoutMark = (text: string) =>
  text
    .trim()
    .replace(/^'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')
    .trim();

/** @throws AppError `csv_columns` */
function assertColumns(head: readonly string[]): void {
  const names = head.map((name) => name.trim().toLowerCase());
  const isFit = names.length === peopleColumns.length && peopleColumns.every((name) => names.includes(name));
  if (!isFit) throw new AppError('csv_columns', { params: { columns: peopleColumns.join(', ') } });
}

/** Fails with all rows at fault in one. @throws AppError of this code. */
function refuseRows(code: ErrorCode, rows: readonly number[]): void {
  if (rows.length > 0) throw new AppError(code, { params: { rows: rows.join(', ') } });
}

const toOptional = (text: string) => (text === '' ? undefined : text);

function findTelephone(text: string): string | undefined {
  try {
    return parseTelephone(text);
  } catch {
    return undefined;
  }
}

function toPerson(row: number, { telephone, name, appid, openid, unionid, nickname }: Cells): ReadPerson {
  const told = {
    telephone: telephone === '' ? undefined : findTelephone(telephone),
    appId: toOptional(appid),
    openId: toOptional(openid),
    unionId: toOptional(unionid),
    nickname: toOptional(nickname),
  };
  const isTold = (entry: [string, string | undefined]): entry is [string, string] => entry[1] !== undefined;
  return { row, name, ...Object.fromEntries(Object.entries(told).filter(isTold)) };
}

/**
 * The people of a file. The columns may come in any order, and none may be missing.
 * @throws AppError `csv_broken`, `csv_columns`, `csv_rows_uneven`, `csv_rows_telephone`, `csv_rows_incomplete` (neither a
 *   number nor an openid, or only one of appid and openid); all with the numbers of the rows.
 */
export function readPeopleCsv(text: string): ReadPerson[] {
  const [head = [], ...records] = readCsv(text);
  assertColumns(head);
  const numbered = records.map((record, index) => ({ record, row: index + 2 }));
  const rowsOf = (isWrong: (entry: (typeof numbered)[number]) => boolean) =>
    numbered.filter(isWrong).map(({ row }) => row);
  refuseRows(
    'csv_rows_uneven',
    rowsOf(({ record }) => record.length !== head.length),
  );
  const cells = numbered.map(({ record, row }) => ({
    row,
    cells: Object.fromEntries(
      head.map((name, index) => [name.trim().toLowerCase(), withoutMark(record[index] ?? '')]),
      // The columns were compared above.
    ) as unknown as Cells,
  }));
  const wrong = (isWrong: (cells: Cells) => boolean) =>
    cells.filter((entry) => isWrong(entry.cells)).map(({ row }) => row);
  refuseRows(
    'csv_rows_telephone',
    wrong(({ telephone }) => telephone !== '' && findTelephone(telephone) === undefined),
  );
  refuseRows(
    'csv_rows_incomplete',
    wrong(
      ({ telephone, appid, openid }) =>
        (telephone === '' && openid === '') || (appid === '') !== (openid === ''),
    ),
  );
  return cells.map((entry) => toPerson(entry.row, entry.cells));
}
