import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concealText, concealValue, isSecretName, mask } from '../../../lib/lookup/secrets.ts';

const secretNames = [
  'token',
  'access_token',
  'accessToken',
  'ACCESS-TOKEN',
  'id_token',
  'refresh',
  'refreshToken',
  'client_secret',
  'App Secret',
  'password',
  'passwd',
  'user.password_hash',
  'apiKey',
  'api_key',
  'API KEY',
  'x-api-key',
  'api.key',
  'private.key',
  'Authorization',
  'authorisation',
  'Set-Cookie',
  'credentials.0',
  'session_key',
  'ｔｏｋｅｎ',
  'tóken',
  'to\u200bken',
];
const plainNames = [
  'id',
  'name',
  'author',
  'session',
  'public_key',
  'memo_key',
  'key',
  'user.address.city',
  'pass',
];

describe('names of secrets', () => {
  it.each(secretNames)('%s is one', (name) => expect(isSecretName(name)).toBe(true));
  it.each(plainNames)('%s is none', (name) => expect(isSecretName(name)).toBe(false));

  it('are known in any case, with anything between the words, at any depth', () => {
    const words = fc.constantFrom(
      ['access', 'token'],
      ['api', 'key'],
      ['client', 'secret'],
      ['refresh'],
      ['id', 'token'],
    );
    const join = fc.constantFrom('', '_', '-', ' ', '__');
    const path = fc.array(fc.constantFrom('user', 'data', '0', 'items'), { maxLength: 3 });
    fc.assert(
      fc.property(
        words,
        join,
        path,
        fc.boolean(),
        fc.infiniteStream(fc.boolean()),
        (parts, glue, before, isAfter, ups) => {
          const name = Array.from(parts.join(glue))
            .map((letter) => (ups.next().value === true ? letter.toUpperCase() : letter))
            .join('');
          expect(isSecretName(isAfter ? [name, ...before].join('.') : [...before, name].join('.'))).toBe(
            true,
          );
        },
      ),
    );
  });
});

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

describe('texts', () => {
  it.each([
    [token, mask],
    [`Your token: ${token}.`, `Your token: ${mask}`],
    ['Bearer abcdefgh12345', `Bearer ${mask}`],
    ['authorization: bearer abcdefgh12345', `authorization: bearer ${mask}`],
    [
      'https://a.example/cb?code=1&access_token=xyz&b=2',
      `https://a.example/cb?code=1&access_token=${mask}&b=2`,
    ],
    ['token=abc', `token=${mask}`],
    ['She is the bearer of news', 'She is the bearer of news'],
    ['hey john.smith', 'hey john.smith'],
    ['1.2.3', '1.2.3'],
  ])('%s becomes %s', (text, shown) => expect(concealText(text)).toBe(shown));

  it('never hold what was sent, wherever the service repeats it', () => {
    const secret = fc.string({
      minLength: 8,
      maxLength: 40,
      unit: fc.constantFrom('a', 'b', 'Y', 'Z', '0', '9', '-', '_'),
    });
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, hidden, after) => {
        expect(concealText(`${before}${hidden}${after}`, [hidden])).not.toContain(hidden);
      }),
    );
  });
});

it('finds secrets in any JSON, and leaves the rest as it is', () => {
  const planted = fc.constantFrom('PLANTED');
  const plain = fc.constantFrom('name', 'id', 'items', 'city');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.integer(),
      fc.constantFrom('Ada', 'Kraków', ''),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(plain, tie('tree'), { maxKeys: 3 }),
      fc.record({ name: tie('tree'), accessToken: planted, api_key: planted }),
    ),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      expect(JSON.stringify(concealValue(value))).not.toContain('PLANTED');
    }),
  );
  expect(concealValue({ a: [{ name: 'Ada', password: 'x' }, null, true, 1], b: { token } })).toEqual({
    a: [{ name: 'Ada' }, null, true, 1],
    b: {},
  });
  expect(concealValue({ note: token })).toEqual({ note: mask });
});

describe('texts that take long to look at', () => {
  // Each beginning of a token was followed to the end of the text: minutes for a megabyte.
  it.each(['-eyJ', 'eyJaaaaaa.', 'Bearer ', 'eyJaaaaaa-'])('%j again and again is done at once', (unit) => {
    const start = performance.now();
    concealText(unit.repeat(300_000));
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it.each([
    ['x-eyJhbGciOiJIUzI1NiJ9.e30.sig', `x-${mask}`],
    ['eyJhbGciOiJIUzI1NiJ9-eyJhbGciOiJIUzI1NiJ9.e30', mask],
    ['(eyJhbGciOiJIUzI1NiJ9.e30.sig)', `(${mask})`],
    ['eyJhbGciOiJIUzI1NiJ9', 'eyJhbGciOiJIUzI1NiJ9'],
  ])('%s is still %s', (text, shown) => expect(concealText(text)).toBe(shown));
});
