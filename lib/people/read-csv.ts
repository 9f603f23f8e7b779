/** Reading CSV after RFC 4180, strictly: what is not well-formed is refused and not guessed at. */
import { AppError } from '../errors.ts';

/** One field: quoted, with doubled quotes inside, or plain; and what ends it. */
const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/y;

/**
 * All records, the first with the names of the columns. A byte order mark and the end of line at the end fall off.
 * @throws AppError `csv_broken` with the row, counted as spreadsheets do.
 */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  const records: string[][] = [[]];
  for (let at = 0; ;) {
    field.lastIndex = at;
    const found = field.exec(source);
    if (found === null) throw new AppError('csv_broken', { params: { row: records.length } });
    const [whole, quoted, plain = '', end] = found;
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    at += whole.length;
    if (end === '') return records;
    if (end !== ',') records.push([]);
  }
}
