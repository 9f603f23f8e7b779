/** The first line of a spreadsheet that says which column is which. */
export interface ListHead {
  readonly separator: string;
  /** Places of the two columns, from 0. */
  readonly link: number;
  readonly weight: number | undefined;
}

const linkNames = ['link', 'post', 'url', 'address', 'permlink'];
const weightNames = ['weight', 'percent', 'weight %', '%'];

/** Cells of one line after RFC 4180, without line ends inside quotes, which no list of links has. */
export function splitCells(line: string, separator: string): string[] {
  const cells: string[] = [''];
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === separator && !isQuoted) cells.push('');
    else cells.push(`${cells.pop() ?? ''}${sign}`);
  }
  return cells.map((cell) => cell.trim());
}

/** The columns that a line names; undefined where it is none that names them. */
export function findHead(line: string): ListHead | undefined {
  const separator = ['\t', ';', ','].find((sign) => line.includes(sign)) ?? ',';
  const names = splitCells(line, separator).map((name) => name.toLowerCase());
  const link = names.findIndex((name) => linkNames.includes(name));
  const weight = names.findIndex((name) => weightNames.includes(name));
  return link < 0 ? undefined : { separator, link, weight: weight < 0 ? undefined : weight };
}
