import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCsv } from '../../../lib/journal/csv.ts';

/** Reads RFC 4180 strictly: throws on a quote in a bare field and on a line end that is not CRLF. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`no CSV at ${at}`);
    const [, quoted, bare = '', end] = match;
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe('CSV', () => {
  it('has a header line, CRLF line ends and quotes only where needed', () => {
    const rows = [
      { a: 'plain', b: 1.5 },
      { a: 'with, comma', b: true },
      { a: 'with "quote"', b: undefined },
    ];
    expect(buildCsv(['a', 'b'], rows)).toBe(
      'a,b\r\nplain,1.5\r\n"with, comma",true\r\n"with ""quote""",\r\n',
    );
  });

  it('takes names of columns for the texts that they are: some are of a stranger', () => {
    const heads = ['=1+1', 'a,b', 'say "so"'] as const;
    expect(parseCsv(buildCsv(heads, [{ 'a,b': 'x' }]))).toEqual([
      ["'=1+1", 'a,b', 'say "so"'],
      ['', 'x', ''],
    ]);
  });

  it('names the columns even without rows', () => {
    expect(buildCsv(['a', 'b'], [])).toBe('a,b\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '＋1', '－1', '＠A'])(
    'takes %j as text',
    (text) => {
      expect(parseCsv(buildCsv(['a'], [{ a: text }]))[1]).toEqual([`'${text}`]);
    },
  );

  it('leaves a negative number alone', () => {
    expect(buildCsv(['a'], [{ a: -12.34 }])).toBe('a\r\n-12.34\r\n');
  });

  it('reads back as it was written', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', ' ', 'a') }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ a: text, b: fc.integer(), c: fc.boolean() })), (rows) => {
        const back = parseCsv(buildCsv(['a', 'b', 'c'], rows)).slice(1);
        expect(back).toEqual(
          rows.map(({ a, b, c }) => [
            /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(a) ? `'${a}` : a,
            String(b),
            String(c),
          ]),
        );
      }),
    );
  });
});
