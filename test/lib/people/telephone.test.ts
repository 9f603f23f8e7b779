import { expect, it } from 'vitest';
import { parseTelephone } from '../../../lib/people/telephone.ts';

it.each([
  ['+48 600 100 200', '+48600100200'],
  [' +86 139-1234-5678 ', '+8613912345678'],
  ['+1 (213) 373-4253', '+12133734253'],
])('%s is a number', (text, number) => {
  expect(parseTelephone(text)).toBe(number);
});

it.each(['', '600100200', '+48 600', '+999 600 100 200', 'call me', '0048600100200'])(
  '%j is none, told at its field',
  (text) => {
    expect(() => parseTelephone(text)).toThrow(
      expect.objectContaining({ code: 'bad_telephone', field: 'telephone' }),
    );
  },
);
