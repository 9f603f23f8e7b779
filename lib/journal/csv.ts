/** CSV after RFC 4180, with a guard for spreadsheets: a field that begins like a formula is taken as text by none of them. */

/** Spaces before it, and the wide forms of East Asian keyboards, are no hindrance to some spreadsheets. */
const formula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

type Field = string | number | boolean | undefined;

function quote(field: Field): string {
  const text = field === undefined ? '' : String(field);
  // https://owasp.org/www-community/attacks/CSV_Injection: post titles and error texts come from strangers.
  const harmless = typeof field === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

type Row<Column extends string> = Readonly<Partial<Record<Column, Field>>>;

function buildLine(fields: readonly Field[]): string {
  return `${fields.map(quote).join(',')}\r\n`;
}

/** Lines end with CRLF; the first names the columns. */
export function buildCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Row<Column>[],
): string {
  // Of a look-up of the person's own the columns are names in the service's answer.
  return buildLine(columns) + buildCsvLines(columns, rows);
}

/** The same without the first line, to go on with a file that has it. */
export function buildCsvLines<Column extends string>(
  columns: readonly Column[],
  rows: readonly Row<Column>[],
): string {
  return rows.map((row) => buildLine(columns.map((column) => row[column]))).join('');
}
