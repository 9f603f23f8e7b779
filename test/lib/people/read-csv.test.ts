import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCsv } from '../../../lib/journal/csv.ts';
import { readCsv } from '../../../lib/people/read-csv.ts';

describe('CSV after RFC 4180', () => {
  it.each([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      '\ufeffa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['"a ""b""","1\r\n2"', [['a "b"', '1\r\n2']]],
    [
      'a,,\r\n,',
      [
        ['a', '', ''],
        ['', ''],
      ],
    ],
    ['', [['']]],
  ])('%j', (text, records) => {
    expect(readCsv(text)).toEqual(records);
  });

  it.each([
    ['a,b\r\n"1,2', 2],
    ['a,b\r\n1,2\r\n1"x",2', 3],
    ['"a"b', 1],
    ['a\rb', 1],
  ])('%j is refused with its row', (text, row) => {
    expect(() => readCsv(text)).toThrow(expect.objectContaining({ code: 'csv_broken', params: { row } }));
  });

  it('reads what our own writer wrote', () => {
    const cell = fc.string().map((text) => text.replace(/^[\s=+\-@]+/, ''));
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }), (rows) => {
        const [, ...records] = readCsv(buildCsv(['a', 'b'], rows));
        expect(records).toEqual(rows.map(({ a, b }) => [a, b]));
      }),
    );
  });
});
