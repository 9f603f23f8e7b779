import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepBigIntegers } from '../../../lib/lookup/keep-big-integers.ts';
import { readTable } from '../../../lib/lookup/read-table.ts';
import { findRows, parseRowsPath } from '../../../lib/lookup/rows-path.ts';

const table = (rows: readonly unknown[]) => readTable(rows, { path: [], secrets: [] });

describe('the path to the rows', () => {
  it.each([
    ['', []],
    ['data', ['data']],
    [' data.items.0 ', ['data', 'items', '0']],
    ['/data/items', ['data', 'items']],
    ['/a~1b/c~0d/e.f', ['a/b', 'c~d', 'e.f']],
    ['/', ['']],
  ])('%j', (text, path) => expect(parseRowsPath(text)).toEqual(path));

  it.each([
    ['a..b', 'lookup_bad_rows'],
    ['a.', 'lookup_bad_rows'],
    ['/a~', 'lookup_bad_rows'],
    ['/a~2', 'lookup_bad_rows'],
    ['data.access_token', 'lookup_secret_rows'],
    ['api.key', 'lookup_secret_rows'],
  ])('%j is refused', (text, code) =>
    expect(() => parseRowsPath(text)).toThrow(expect.objectContaining({ code, field: 'rows' })),
  );

  it('leads to a list, to one thing, to nothing, or says what there is instead', () => {
    const body = { data: { items: [1, 2], one: { id: 1 }, none: null } };
    expect(findRows(body, ['data', 'items'])).toEqual({ rows: [1, 2] });
    expect(findRows(body, ['data', 'items', '1'])).toEqual({ rows: [2] });
    expect(findRows(body, ['data', 'one'])).toEqual({ rows: [{ id: 1 }] });
    expect(findRows(body, ['data', 'none'])).toEqual({ rows: [] });
    expect(findRows(body, ['data', 'more'])).toEqual({ rows: [], instead: ['items', 'one', 'none'] });
    expect(findRows(body, ['toString'])).toEqual({ rows: [], instead: ['data'] });
    expect(findRows('text', ['data'])).toEqual({ rows: [], instead: [] });
    expect(findRows([1], [])).toEqual({ rows: [1] });
  });
});

describe('the table', () => {
  it('has the columns that the rows have, two levels down', () => {
    const { columns, rows } = table([
      { id: 7, name: 'Ada', user: { address: { city: 'Kraków', geo: { lat: 1 } } }, tags: ['a', 'b'] },
      { name: 'Bob', url: 'https://example.org/x', list: [{ a: 1 }], isOn: true, none: null },
    ]);
    expect(columns.map(({ id, kind }) => [id, kind])).toEqual([
      ['id', 'text'],
      ['name', 'text'],
      ['user.address.city', 'text'],
      ['user.address.geo', 'text'],
      ['tags', 'text'],
      ['url', 'link'],
      ['list', 'text'],
      ['isOn', 'text'],
    ]);
    expect(rows).toEqual([
      { id: '7', name: 'Ada', 'user.address.city': 'Kraków', 'user.address.geo': '{"lat":1}', tags: 'a, b' },
      { name: 'Bob', url: 'https://example.org/x', list: '[{"a":1}]', isOn: 'true' },
    ]);
  });

  it('tells numbers from ids and mixtures', () => {
    const [row] = [{ count: 5, user_id: 5, orderId: 5, paid: 5 }];
    expect(table([row, { count: 1, paid: 'no' }]).columns.map(({ kind }) => kind)).toEqual([
      'number',
      'text',
      'text',
      'text',
    ]);
  });

  it('has twelve columns at most, and one for rows that are plain values', () => {
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`c${at}`, at]));
    expect(table([wide]).columns).toHaveLength(12);
    expect(table(['a', 'b'])).toMatchObject({
      columns: [{ id: 'value' }],
      rows: [{ value: 'a' }, { value: 'b' }],
    });
    expect(table([]).columns).toEqual([]);
  });

  it('never shows what is named like a secret, at any depth and below any path', () => {
    const row = {
      name: 'Ada',
      auth: { accessToken: 'PLANTED', deep: { er: { password: 'PLANTED' } } },
      key: 'k',
    };
    expect(JSON.stringify(table([row]))).not.toContain('PLANTED');
    expect(table([row]).columns.map(({ id }) => id)).toEqual(['name', 'auth.deep.er', 'key']);
    expect(readTable([row], { path: ['api'], secrets: [] }).columns.map(({ id }) => id)).not.toContain('key');
  });

  it('takes any JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 5 }), (rows) => {
        const { columns, rows: shown } = table(rows);
        expect(columns.length).toBeLessThanOrEqual(12);
        expect(shown).toHaveLength(rows.length);
        for (const { id } of columns) expect(shown.some((row) => row[id] !== undefined)).toBe(true);
      }),
    );
  });
});

describe('big integers', () => {
  it.each([
    ['{"id":12345678901234567890}', '{"id":"12345678901234567890"}'],
    ['[-12345678901234567890, 1]', '[-"12345678901234567890", 1]'.replace('-"', '"-')],
    ['{"a":9007199254740991}', '{"a":9007199254740991}'],
    ['{"a":9007199254740993}', '{"a":"9007199254740993"}'],
    ['{"a":0.12345678901234567890}', '{"a":0.12345678901234567890}'],
    ['{"a":1e30}', '{"a":1e30}'],
    [String.raw`{"a":"say \"12345678901234567890\""}`, String.raw`{"a":"say \"12345678901234567890\""}`],
  ])('%s', (json, kept) => expect(keepBigIntegers(json)).toBe(kept));

  it('leave every other JSON as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        const isBig = (inner: unknown) =>
          typeof inner === 'number' && /^-?\d{16,}$/.test(String(inner)) && !Number.isSafeInteger(inner);
        expect(JSON.parse(keepBigIntegers(json))).toEqual(
          JSON.parse(json, (_, inner: unknown) => (isBig(inner) ? String(inner) : inner)),
        );
      }),
    );
  });
});
