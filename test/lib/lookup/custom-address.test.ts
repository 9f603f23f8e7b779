import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAddress, listParams, parseAddress } from '../../../lib/lookup/custom-address.ts';

const origins = { api: 'https://api.example.org/v1', auth: 'https://id.example.org' };
const parse = (text: string) => parseAddress(text, origins);
const build = (text: string, values: Record<string, string> = {}) =>
  buildAddress(parse(text), origins, values).href;

describe('an address below the service’s own origins', () => {
  it.each([
    ['/things', 'https://api.example.org/things'],
    ['  /things/  ', 'https://api.example.org/things/'],
    ['/', 'https://api.example.org/'],
    ['/a/b?c=d&e', 'https://api.example.org/a/b?c=d&e'],
    ['/a%20b/%C3%A4', 'https://api.example.org/a%20b/%C3%A4'],
    ['/zażółć', 'https://api.example.org/za%C5%BC%C3%B3%C5%82%C4%87'],
    ['/a?next=https://evil.example/..', 'https://api.example.org/a?next=https://evil.example/..'],
    ['https://api.example.org/me', 'https://api.example.org/me'],
    ['https://id.example.org/me', 'https://id.example.org/me'],
  ])('%s is in order', (text, url) => expect(build(text)).toBe(url));

  it.each([
    ['', 'empty'],
    ['https://evil.example/', 'lookup_leaves_origin'],
    ['https://api.example.org.evil.example/', 'lookup_leaves_origin'],
    ['https://api.example.org@evil.example/', 'lookup_leaves_origin'],
    ['https://user:word@api.example.org/', 'lookup_leaves_origin'],
    ['https://api.example.org:444/', 'lookup_leaves_origin'],
    ['http://api.example.org/', 'lookup_leaves_origin'],
    ['HTTPS:api.example.org/', 'lookup_leaves_origin'],
    ['javascript:alert(1)', 'lookup_leaves_origin'],
    ['things', 'lookup_leaves_origin'],
    ['//evil.example/', 'lookup_leaves_origin'],
    ['/a//evil.example', 'lookup_leaves_origin'],
    ['/..', 'lookup_leaves_origin'],
    ['/a/../b', 'lookup_leaves_origin'],
    ['/./b', 'lookup_leaves_origin'],
    ['/%2e%2E/b', 'lookup_leaves_origin'],
    ['/.%2e/b', 'lookup_leaves_origin'],
    ['/%252e%252e/b', 'lookup_leaves_origin'],
    ['/..;x/b', 'lookup_leaves_origin'],
    ['/a%2fb', 'lookup_leaves_origin'],
    ['/a%5cb', 'lookup_leaves_origin'],
    ['/a%255cb', 'lookup_leaves_origin'],
    ['/a%00b', 'lookup_leaves_origin'],
    ['\\\\evil.example', 'lookup_bad_address'],
    ['/\\evil.example', 'lookup_bad_address'],
    ['/a\tb', 'lookup_bad_address'],
    ['/a b', 'lookup_bad_address'],
    ['/a#b', 'lookup_bad_address'],
    ['/a%', 'lookup_bad_address'],
    ['/a?b=%zz', 'lookup_bad_address'],
    [`/${'a'.repeat(2001)}`, 'lookup_bad_address'],
    ['/{', 'lookup_bad_placeholder'],
    ['/{}', 'lookup_bad_placeholder'],
    ['/{a b}', 'lookup_bad_address'],
    ['/{1a}', 'lookup_bad_placeholder'],
    ['/{a-b}', 'lookup_bad_placeholder'],
    ['/{{a}}', 'lookup_bad_placeholder'],
    ['/{constructor}', 'lookup_bad_placeholder'],
    ['https://{host}/', 'lookup_leaves_origin'],
  ])('%j is refused at its field: %s', (text, code) =>
    expect(() => parse(text)).toThrow(expect.objectContaining({ code, field: 'address' })),
  );
});

describe('values', () => {
  it('become params: those of the path are needed, those of the query may be left out', () => {
    const address = '/u/{id}/x{id}?q={q}&page={page}&fixed=1';
    expect(listParams(parse(address))).toEqual([
      { name: 'id', isRequired: true },
      { name: 'q', isRequired: false },
      { name: 'page', isRequired: false },
    ]);
    expect(build(address, { id: 'ä', q: 'a&b=c d', page: '' })).toBe(
      'https://api.example.org/u/%C3%A4/x%C3%A4?q=a%26b%3Dc%20d&fixed=1',
    );
  });

  // The last two do not decode as a whole: they were let through for it.
  it.each(['..', '.', 'a/b', '\\', '%2e%2e', 'a%2fb', ' .. ', '../..%', '..%2f..%zz'])(
    '%j can’t stand in the path',
    (id) =>
      expect(() => build('/u/{id}', { id })).toThrow(
        expect.objectContaining({ code: 'lookup_bad_value', field: 'id' }),
      ),
  );
  // Each decoding takes two letters away: a minute of the worker's time, and then no stack was left to look for dots.
  it('can’t be so long that looking at it takes time', () => {
    const id = `%${'25'.repeat(200_000)}2e`;
    const start = performance.now();
    expect(() => build('/u/{id}', { id })).toThrow(
      expect.objectContaining({ code: 'lookup_bad_value', field: 'id' }),
    );
    expect(performance.now() - start).toBeLessThan(1000);
  });
  it('must be there in the path', () =>
    expect(() => build('/u/{id}', { id: '' })).toThrow(
      expect.objectContaining({ code: 'empty', field: 'id' }),
    ));
  it('may have a percent sign that encodes nothing', () =>
    expect(build('/u/{id}', { id: '100%' })).toBe('https://api.example.org/u/100%25'));
});

it('never leads elsewhere, whatever is typed', () => {
  const hostile = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '%2e',
    '%2f',
    '%5c',
    '@',
    ':',
    '//',
    'https:',
    'evil.example',
  );
  const piece = fc.oneof(
    hostile,
    fc.constantFrom('{a}', '?', '&', '#', ';', '\t', 'x'),
    fc.string({ maxLength: 3 }),
  );
  const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(
      fc.constantFrom('', '/', 'https://api.example.org', 'https://api.example.org/'),
      text,
      text,
      (start, rest, a) => {
        let url: URL;
        try {
          url = buildAddress(parse(start + rest), origins, { a });
        } catch (refused) {
          expect(refused).toMatchObject({ name: 'AppError' });
          return;
        }
        expect(url.origin).toBe('https://api.example.org');
        expect([url.username, url.password, url.hash]).toEqual(['', '', '']);
        // Nothing was resolved away: as many parts as were written.
        const written = (start + rest).trim().replace('https://api.example.org', '').split('?')[0] ?? '';
        expect(url.pathname.split('/').length).toBe(written.split('/').length);
      },
    ),
    { numRuns: 2000 },
  );
});
