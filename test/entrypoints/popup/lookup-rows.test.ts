import { expect, it } from 'vitest';
import {
  buildLookupCsv,
  buildLookupJson,
  sortRows,
  turnSort,
  type LookupColumn,
} from '../../../entrypoints/popup/lookup-rows.ts';
import { firstPage } from './lookup-offers.ts';

const { columns, rows } = firstPage;
const column = (kind: LookupColumn['kind']): LookupColumn => ({ id: 'c', title: 'C', kind });

it('begins with the largest number and the newest time, and texts with the first letter', () => {
  expect(turnSort(undefined, column('number'))).toEqual({ column: 'c', isDescending: true });
  expect(turnSort(undefined, column('time'))).toEqual({ column: 'c', isDescending: true });
  expect(turnSort({ column: 'other', isDescending: true }, column('text'))).toEqual({
    column: 'c',
    isDescending: false,
  });
});

it('turns the order round with the second click and gives it back with the third', () => {
  const first = turnSort(undefined, column('text'));
  const second = turnSort(first, column('text'));
  expect(second).toEqual({ column: 'c', isDescending: true });
  expect(turnSort(second, column('text'))).toBeUndefined();
});

it('sorts by the alphabet of the language, numbers by value, and what has no value last either way', () => {
  const texts = (id: string, isDescending: boolean) =>
    sortRows(rows, { column: id, isDescending }, 'en').map(({ text }) => text);
  expect(texts('text', false)).toEqual(['=Äpfel', 'birch', 'zebra']);
  expect(texts('likes', false)).toEqual(['zebra', '=Äpfel', 'birch']);
  expect(texts('likes', true)).toEqual(['=Äpfel', 'zebra', 'birch']);
  expect(sortRows(rows, undefined, 'en')).toBe(rows);
  const ids = [{ id: '10' }, { id: '9' }];
  expect(sortRows(ids, { column: 'id', isDescending: false }, 'en')).toEqual([{ id: '9' }, { id: '10' }]);
});

it('writes CSV that no spreadsheet takes for a formula, with times as in ISO 8601', () => {
  expect(buildLookupCsv({ columns, rows })).toBe(
    [
      'text,createdAt,likes,link',
      'zebra,2026-11-21T12:00:00.000Z,5,https://x.com/i/web/status/1',
      "'=Äpfel,2026-11-21T11:59:00.000Z,1200,javascript:alert(1)",
      'birch,,,',
      '',
    ].join('\r\n'),
  );
});

it('writes JSON with what each row has, and nothing that is no column', () => {
  const more = { columns, rows: [...rows, { text: 'x', secret: 'planted' }] };
  expect(JSON.parse(buildLookupJson(more))).toEqual([
    { ...rows[0], createdAt: '2026-11-21T12:00:00.000Z' },
    { ...rows[1], createdAt: '2026-11-21T11:59:00.000Z' },
    { text: 'birch' },
    { text: 'x' },
  ]);
});
