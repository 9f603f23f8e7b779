import { describe, expect, it } from 'vitest';
import { buildCsv } from '../../../lib/journal/csv.ts';
import { peopleColumns } from '../../../lib/people/people-columns.ts';
import { readPeopleCsv } from '../../../lib/people/people-csv.ts';

const head = peopleColumns.join(',');
const refuse = (code: string, params: object) => expect.objectContaining({ code, params }) as unknown;

describe('a file of people', () => {
  it('is read as an export wrote it, with formulas made harmless on the way', () => {
    const row = {
      telephone: '+48600100200',
      name: '=1+1',
      appid: 'wx1',
      openid: 'o1',
      nickname: 'Li, "the" bee',
    };
    const text = buildCsv(peopleColumns, [row]);
    // A spreadsheet takes none of it for a formula.
    expect(text.split('\r\n')[1]).toBe(`'+48600100200,'=1+1,wx1,o1,,"Li, ""the"" bee"`);
    expect(readPeopleCsv(text)).toEqual([
      {
        row: 2,
        telephone: '+48600100200',
        name: '=1+1',
        appId: 'wx1',
        openId: 'o1',
        nickname: 'Li, "the" bee',
      },
    ]);
  });

  it.each(['＝1', '= 1', '-1'])('reads %j back as the name that it was', (name) => {
    const text = buildCsv(peopleColumns, [{ telephone: '+48600100200', name }]);
    expect(readPeopleCsv(text)).toMatchObject([{ name }]);
  });

  it('has its columns in any order and its numbers with spaces', () => {
    const text = 'Name,telephone,nickname,unionid,openid,appid\r\nLi,+48 600 100 200,,,,\r\n';
    expect(readPeopleCsv(text)).toEqual([{ row: 2, telephone: '+48600100200', name: 'Li' }]);
  });

  it.each(['telephone,name', `${head},more`, `${head},name`, 'Tel,Name,appid,openid,unionid,nickname', ''])(
    'with the columns %j is refused',
    (columns) => {
      expect(() => readPeopleCsv(`${columns}\r\n`)).toThrow(
        refuse('csv_columns', { columns: peopleColumns.join(', ') }),
      );
    },
  );

  it.each([
    ['csv_rows_uneven', ['+48600100200,Li', '+48600100201,Wang,,,,', ',,'], '2, 4'],
    ['csv_rows_telephone', ['+48600100200,Li,,,,', '600100201,Wang,,,,', 'none,X,,,,'], '3, 4'],
    ['csv_rows_incomplete', [',Li,,,,', '+48600100201,Wang,wx1,,,', '+48600100202,X,,o1,,'], '2, 3, 4'],
  ])('%s names all rows at fault', (code, rows, at) => {
    expect(() => readPeopleCsv([head, ...rows].join('\r\n'))).toThrow(refuse(code, { rows: at }));
  });
});
