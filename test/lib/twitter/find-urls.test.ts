import { describe, expect, test } from 'vitest';
import { findUrls } from '../../../lib/twitter/find-urls.ts';

const urls = (text: string) => findUrls(text).map(({ start, end }) => text.slice(start, end));

describe('links that twitter-text finds', () => {
  test.each([
    ['see http://test.co now', ['http://test.co']],
    ['HTTP://FOO.COM', ['HTTP://FOO.COM']],
    ['README.md, file.py and foo.zip', ['README.md', 'file.py', 'foo.zip']],
    ['x.ai', ['x.ai']],
    ['https://example.com/?q=日本', ['https://example.com/?q=']],
    ['http://пример.рф', ['http://пример.рф']],
    ['http://日本.com', ['http://日本.com']],
    ['日本語example.com', ['example.com']],
    ['foo.com日本.com', ['foo.com']],
    ['foo.com.unknown/path', ['foo.com']],
    ['a.b.c.d.com', ['a.b.c.d.com']],
    ['foo.xn--p1ai', ['foo.xn--p1ai']],
    ['www.рф', ['www.рф']],
    ['example.com:80/x', ['example.com:80/x']],
    ['example.com?x=1', ['example.com']],
    ['https://example.com?x=1', ['https://example.com?x=1']],
    ['https://t.co/abc', ['https://t.co/abc']],
    ['https://t.co/abcdefg/foo', ['https://t.co/abcdefg']],
    ['(https://en.wikipedia.org/wiki/Primer_(film)).', ['https://en.wikipedia.org/wiki/Primer_(film)']],
    ['http://a.com/track/We_(Album_(Edited))!', ['http://a.com/track/We_(Album_(Edited))']],
    ['https://medium.com/@name/post', ['https://medium.com/@name/post']],
    ['https://a.com, https://b.com!', ['https://a.com', 'https://b.com']],
    ['forms.gle/AbC https://blog.google/x', ['forms.gle/AbC', 'https://blog.google/x']],
  ])('%s', (text, found) => {
    expect(urls(text)).toEqual(found);
  });
});

describe('what is no link', () => {
  test.each([
    'node.js',
    'пример.рф',
    'http://localhost',
    'http://1.2.3.4',
    'name@example.com',
    '@foo.com',
    '$foo.com',
    '#foo.com',
    '.foo.com',
    '-foo.com',
    'foo-.com',
    'foo.com@x',
    'no dot at all',
    `https://t.co/${'a'.repeat(41)}`,
    `https://example.com/${'a'.repeat(4096)}`,
    `http://${'a'.repeat(64)}.com`,
  ])('%.40s', (text) => {
    expect(urls(text)).toEqual([]);
  });
});

test.each([
  ['dots', 'a.'.repeat(12_500)],
  ['ideographs', '日.'.repeat(12_500)],
  ['brackets', `a.com/${'(a)'.repeat(8_000)}!`],
  ['open brackets', `a.com/${'(a'.repeat(12_000)}`],
  ['underscores', `${'a_'.repeat(12_500)}.x`],
])('25,000 characters of %s are searched without a wait', (_, text) => {
  const began = performance.now();
  findUrls(text);
  expect(performance.now() - began).toBeLessThan(1000);
});
