import { describe, expect, it } from 'vitest';
import { findNext, type PageRanges, readPart } from '../../../lib/allegro/page-range.ts';

const ranges: PageRanges = { limit: { least: 1, most: 60 }, offset: { least: 0, most: 59 } };
const summed: PageRanges = { limit: { least: 1, most: 1000 }, offset: { least: 0, most: 9999 }, sum: 10_000 };

describe('the part of a list', () => {
  it.each([
    [ranges, { limit: '20', offset: '0' }, undefined, { limit: 20, offset: 0 }],
    [ranges, { limit: '60', offset: '7' }, '59', { limit: 60, offset: 59 }],
    [summed, { limit: '1000', offset: '9000' }, undefined, { limit: 1000, offset: 9000 }],
  ])('is read (%#)', (of, typed, next, part) => {
    expect(readPart(of, typed, next)).toEqual(part);
  });

  it.each([
    [ranges, { limit: '0', offset: '0' }, 'limit', { least: 1, most: 60 }],
    [ranges, { limit: '61', offset: '0' }, 'limit', { least: 1, most: 60 }],
    [ranges, { limit: '-1', offset: '0' }, 'limit', { least: 1, most: 60 }],
    [ranges, { limit: '1e1', offset: '0' }, 'limit', { least: 1, most: 60 }],
    [ranges, { limit: '', offset: '0' }, 'limit', { least: 1, most: 60 }],
    [ranges, { limit: '1', offset: '60' }, 'offset', { least: 0, most: 59 }],
    [summed, { limit: '1000', offset: '9001' }, 'offset', { least: 0, most: 9000 }],
  ])('outside of its range is refused at the field (%#)', (of, typed, field, params) => {
    expect(() => readPart(of, typed, undefined)).toThrow(
      expect.objectContaining({ code: 'out_of_range', field, params }),
    );
  });
});

describe('the next page', () => {
  it.each([
    ['a full one may have another after it', ranges, { limit: 20, offset: 0 }, 20, undefined, '20'],
    ['a page that is not full is the last', ranges, { limit: 20, offset: 0 }, 19, undefined, undefined],
    ['the total is known', summed, { limit: 20, offset: 20 }, 20, 41, '40'],
    ['the total is reached', summed, { limit: 20, offset: 20 }, 20, 40, undefined],
    ['nothing came, whatever the total', summed, { limit: 20, offset: 20 }, 0, 99, undefined],
    ['it would lie outside of the range', ranges, { limit: 60, offset: 0 }, 60, undefined, undefined],
    ['it would go beyond the sum', summed, { limit: 1000, offset: 8500 }, 1000, 99_999, undefined],
  ])('%s', (_what, of, part, rows, total, next) => {
    expect(findNext(of, part, rows, total)).toBe(next);
  });
});
