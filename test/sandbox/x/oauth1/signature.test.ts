import { describe, expect, test } from 'vitest';
import { findOAuthParameters } from './authorization-header.ts';
import type { Parameter } from './signature.ts';
import {
  buildBaseString,
  normaliseParameters,
  normaliseUrl,
  percentEncode,
  signBaseString,
} from './signature.ts';
import vectors from './signature-vectors.json' with { type: 'json' };

test.each(vectors)(
  '$id',
  ({ method, baseUrl, params, consumerSecret, tokenSecret, baseString, signature }) => {
    const pairs = params.map(([name = '', value = '']): Parameter => [name, value]);
    expect(buildBaseString(method, baseUrl, pairs)).toBe(baseString);
    expect(signBaseString(baseString, { consumerSecret, tokenSecret })).toBe(signature);
  },
);

test.each([
  ['abcABC123-._~', 'abcABC123-._~'],
  ['%', '%25'],
  ['+', '%2B'],
  ['&=*', '%26%3D%2A'],
  ["!'()", '%21%27%28%29'],
  ['\n \u007F\u0080', '%0A%20%7F%C2%80'],
  ['、✈☃', '%E3%80%81%E2%9C%88%E2%98%83'],
  ['😀', '%F0%9F%98%80'],
])('%j is encoded as %s', (text, encoded) => expect(percentEncode(text)).toBe(encoded));

test.each<[Parameter[], string]>([
  [[['name', '']], 'name='],
  [
    [
      ['a', 'x!y'],
      ['a', 'x y'],
    ],
    'a=x%20y&a=x%21y',
  ],
  [
    [
      ['x!y', 'a'],
      ['x', 'a'],
    ],
    'x=a&x%21y=a',
  ],
  [
    [
      ['a1', '2'],
      ['a', '1'],
    ],
    'a=1&a1=2',
  ],
])('%j is normalised to %s', (parameters, text) => expect(normaliseParameters(parameters)).toBe(text));

test.each([
  ['HTTP://EXAMPLE.COM:80/r%20v/X?id=123', 'http://example.com/r%20v/X'],
  ['https://www.example.net:8080/?q=1#part', 'https://www.example.net:8080/'],
  ['http://example.com?n=v', 'http://example.com/'],
])('the base of %s is %s', (url, base) => expect(normaliseUrl(url)).toBe(base));

describe('the Authorization header', () => {
  test('is read without its realm, decoded', () => {
    expect(findOAuthParameters('OAuth realm="x",oauth_token="a%2Bb", oauth_nonce="c"')).toEqual(
      new Map([
        ['oauth_token', 'a+b'],
        ['oauth_nonce', 'c'],
      ]),
    );
  });

  test.each([
    undefined,
    'Bearer abc',
    'OAuth ',
    'OAuth oauth_token=abc',
    'OAuth oauth_token="a+b"',
    'OAuth oauth_token="%2b"',
    'OAuth oauth_token="%ZZ"',
    'OAuth oauth_token="a", oauth_token="a"',
  ])('%j is none', (header) => expect(findOAuthParameters(header)).toBeUndefined());
});
