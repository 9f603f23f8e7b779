import { expect, test } from 'vitest';
import { findUrls } from './urls.ts';
import { countWeightedLength } from './weighted-length.ts';

test.each([
  ['…', 2],
  ['€', 2],
  ['→', 2],
  ['—', 1],
  ['ﷺ', 2],
  ['Привет', 6],
  ['日本', 4],
  ['Hello, world! 👋', 16],
  ['Hi http://test.co', 26],
  ['https://example.com/?q=日本', 27],
  ['node.js', 7],
  ['README.md', 23],
  ['file.py', 23],
  ['foo.zip', 23],
  ['x.ai', 23],
  ['example.kids', 12],
  ['пример.рф', 9],
  ['http://localhost/x', 18],
  ['127.0.0.1', 9],
  ['me@example.com', 14],
  ['H🐱☺👨‍👩‍👧‍👦', 7],
  ['🙋🏽👨‍🎤', 4],
  ['👨‍👩‍👧‍👦'.repeat(140), 280],
  ['A\u0301B', 2],
  ['1⃣', 2],
  ['1️⃣', 2],
  ['😮‍💨❤️‍🔥🫶🏽', 6],
  ['🇵🇱', 2],
  ['𠮷', 2],
  ['See https://example.com/a_(b)/c?d=e&f=%20#g.', 28],
  ['one.com,two.org', 47],
  ['', 0],
])('%j weighs %d', (text, weight) => expect(countWeightedLength(text)).toBe(weight));

test.each([
  ['See https://x.com/a?b=c.', ['https://x.com/a?b=c']],
  ['(example.com) and HTTPS://EXAMPLE.ORG/Ü!', ['example.com', 'HTTPS://EXAMPLE.ORG/']],
  ['#example.com @example.com $example.com', []],
  ['v1.2.3 and e.g. and file.txt', []],
])('%j links to %j', (text, urls) => expect(findUrls(text).map(({ url }) => url)).toEqual(urls));
