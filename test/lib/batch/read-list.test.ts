import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { type BadRow, isBadRow, maxRows, readList } from '../../../lib/batch/read-list.ts';

/** A row in brief: `line author/permlink weight` or `line code`. */
const brief = (text: string, chain: 'steem' | 'hive' = 'steem') =>
  readList(text, chain).map((row) =>
    isBadRow(row)
      ? `${String(row.line)} ${row.error.code}`
      : [row.line, `${row.post.author}/${row.post.permlink}`, row.weight].join(' ').trim(),
  );
const refusal = (text: string) => {
  try {
    readList(text, 'steem');
    return undefined;
  } catch (thrown) {
    return thrown instanceof AppError ? { code: thrown.code, field: thrown.field } : thrown;
  }
};

describe('a list of posts', () => {
  it('is read line by line: links of all kinds, names, with and without a weight', () => {
    const text = [
      'https://steemit.com/photo/@alice/my-post',
      '@alice/second 50',
      'alice/third\t12.5%',
      'alice/fourth;-10',
      'alice/fifth, 100 %',
      '25 https://steemit.com/@alice/sixth',
      '<https://steemit.com/@alice/seventh>',
    ].join('\n');
    expect(brief(text)).toEqual([
      '1 alice/my-post',
      '2 alice/second 50',
      '3 alice/third 12.5',
      '4 alice/fourth -10',
      '5 alice/fifth 100',
      '6 alice/sixth 25',
      '7 alice/seventh',
    ]);
  });

  it('skips empty lines and comments, and takes a byte order mark and any line end', () => {
    expect(brief('\ufeffalice/one\r\n\r\n# mine\ralice/two\n   \n  # too\nalice/three')).toEqual([
      '1 alice/one',
      '4 alice/two',
      '7 alice/three',
    ]);
  });

  it.each([
    ['alice/one,12,5', 12.5],
    ['alice/one;12,5 %', 12.5],
    ['alice/one \u221220', -20],
    ['"alice/one","7.25"', 7.25],
    ['alice/one,50,,', 50],
    ['alice/one\u00a0+5', 5],
    ['alice/post-2024', undefined],
  ])('takes the weight of %s', (text, weight) => {
    expect(readList(text, 'steem')).toMatchObject([{ weight }]);
  });

  it('takes the columns that the first line names, and leaves the others', () => {
    const text =
      'Title;Weight;Link\nA title, with commas;12,5;https://steemit.com/@alice/one\n"a ""b""; c";;@alice/two\nx;much;@alice/three';
    expect(brief(text)).toEqual(['2 alice/one 12.5', '3 alice/two', '4 bad_weight']);
    expect(brief('link\nalice/one')).toEqual(['2 alice/one']);
    expect(brief('url,percent\nalice/one,5\nalice/two')).toEqual(['2 alice/one 5', '3 alice/two']);
  });

  it('names each row at fault, and none is lost', () => {
    const text = [
      'alice/one 101',
      'nonsense',
      'https://example.com/@alice/one',
      'https://steemit.com/trending',
      'https://steemit.com/@a/one',
      'alice/one 1.234',
      'https://hive.blog/@alice/one',
      'alice/fine',
      'https://steemit.com/x/@alice/fine 20',
      'two words/here',
    ].join('\n');
    expect(brief(text)).toEqual([
      '1 bad_weight',
      '2 bad_link',
      '3 bad_link',
      '4 bad_link_no_post',
      '5 bad_account_name',
      '6 bad_weight',
      '7 wrong_chain',
      '8 alice/fine',
      '9 batch_duplicate',
      '10 bad_account_name',
    ]);
    const twice = readList(text, 'steem')[8] as BadRow; // Told so above.
    expect(twice.error.params).toEqual({ line: 8 });
    expect(twice.text).toBe('https://steemit.com/x/@alice/fine 20');
  });

  it('is refused when it is empty or longer than a thousand rows', () => {
    expect(refusal('')).toEqual({ code: 'empty', field: 'list' });
    expect(refusal('# only this\n\n')).toEqual({ code: 'empty', field: 'list' });
    expect(refusal('link,weight\n')).toEqual({ code: 'empty', field: 'list' });
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => `alice/p-${String(index)}`).join('\n');
    expect(readList(rows(maxRows), 'steem')).toHaveLength(1000);
    expect(refusal(rows(maxRows + 1))).toEqual({ code: 'batch_too_long', field: 'list' });
  });

  it('shows a very long line shortened and reads hostile ones at once', () => {
    const hostile = [
      'a'.repeat(1_000_000),
      ' '.repeat(1) + ','.repeat(500_000) + 'x',
      `alice/one${' '.repeat(500_000)}5 x`,
      '"'.repeat(500_000),
      `alice/one ${'1'.repeat(1990)}`,
      `${'1,'.repeat(990)}x`,
    ].join('\n');
    const before = performance.now();
    const rows = readList(hostile, 'steem');
    expect(performance.now() - before).toBeLessThan(1000);
    expect(rows.every(isBadRow)).toBe(true);
    expect(Math.max(...rows.map(({ text }) => text.length))).toBeLessThan(300);
  });
});

const permlink = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const weight = fc.integer({ min: -10_000, max: 10_000 }).map((whole) => whole / 100);

describe('for any list', () => {
  it('gives each line that is no comment one row, in order, whatever it holds', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.constantFrom('', '#x', ',', '"', '50', 'alice/one 50'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
        const text = ['alice/first', ...lines].join(end);
        const kept = text
          .split(/\r\n|\n|\r/)
          .flatMap((raw, index) => (raw.trim() === '' || raw.trim().startsWith('#') ? [] : [index + 1]));
        expect(readList(text, 'steem').map((row) => row.line)).toEqual(kept);
      }),
    );
  });

  it('reads back what was written, by every separator', () => {
    const row = fc.tuple(permlink, fc.option(weight, { nil: undefined }));
    const separator = fc.constantFrom(',', ';', '\t', ' ', ', ', ' ; ');
    fc.assert(
      fc.property(
        fc.uniqueArray(row, { selector: ([name]) => name, minLength: 1, maxLength: 20 }),
        separator,
        fc.constantFrom('', '%', ' %'),
        (rows, by, sign) => {
          const text = rows
            .map(([name, percent]) =>
              percent === undefined ? `alice/${name}` : `alice/${name}${by}${String(percent)}${sign}`,
            )
            .join('\n');
          expect(readList(text, 'hive')).toMatchObject(
            rows.map(([name, percent], index) => ({
              line: index + 1,
              post: { author: 'alice', permlink: name },
              weight: percent,
            })),
          );
        },
      ),
    );
  });
});
