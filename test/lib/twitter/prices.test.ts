import { expect, test } from 'vitest';
import { priceOfPost, priceOfRead } from '../../../lib/twitter/prices.ts';

test.each([
  ['Hello', 0.015],
  ['See https://example.com', 0.2],
  ['See x.ai', 0.2],
  ['node.js', 0.015],
])('posting %s costs %d USD', (text, price) => {
  expect(priceOfPost(text)).toBe(price);
});

test('reading costs by the resource', () => {
  expect(priceOfRead('tweet', 10)).toBe(0.05);
  expect(priceOfRead('user', 1)).toBe(0.01);
  expect(priceOfRead('follow', 1000)).toBe(10);
  expect(priceOfRead('follow', 1000, true)).toBe(1);
});
