import { expect, it } from 'vitest';
import { findWeight, readPostName } from '../../../entrypoints/popup/vote-state.ts';

it.each([
  ['50', 50],
  ['-100', -100],
  ['12.34', 12.34],
  ['0,5', 0.5],
  [' 7 ', 7],
  ['0', 0],
])('reads the weight %s', (text, weight) => {
  expect(findWeight(text)).toBe(weight);
});

it.each(['', ' ', 'abc', '100.01', '-101', '1.234', 'Infinity', 'NaN', '1e3'])(
  'finds no weight in "%s"',
  (text) => {
    expect(findWeight(text)).toBeUndefined();
  },
);

it('names the post of any link that it can read, and else what was typed', () => {
  expect(readPostName('https://steemit.com/travel/@alice/my-post', undefined)).toBe('alice/my-post');
  expect(readPostName('https://hive.blog/x/@alice/my-post#@bob/re-alice', undefined)).toBe('bob/re-alice');
  expect(readPostName('@alice/my-post', undefined)).toBe('alice/my-post');
});
