import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepBigIntegers } from '../../../lib/lookup/keep-big-integers.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('integers beyond 2^53', () => {
  it.each([
    ['{"id":12345678901234567890}', '{"id":"12345678901234567890"}'],
    ['[-9007199254740993,9007199254740991,1.5,1e30]', '["-9007199254740993",9007199254740991,1.5,1e30]'],
    [
      '{"a":"12345678901234567890 \\" 12345678901234567890"}',
      '{"a":"12345678901234567890 \\" 12345678901234567890"}',
    ],
    ['"a\\\\",12345678901234567890', '"a\\\\","12345678901234567890"'],
  ])('%s becomes %s', (json, kept) => expect(keepBigIntegers(json)).toBe(kept));

  it('make no JSON of what is none, and the other way round', () => {
    const pieces = fc.constantFrom(
      '"',
      '\\',
      '1234567890123456789',
      '{',
      '}',
      ':',
      ',',
      'a',
      '\n',
      '-',
      '.',
      'e5',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
        const text = all.join('');
        expect(isJson(keepBigIntegers(text))).toBe(isJson(text));
      }),
    );
  });

  // Took half a minute with 400,000 letters, and hours with five million: every quote was tried for a beginning.
  it.each([
    ['quotes in a text that is never closed', '\\"', ''],
    ['the same, ending in the middle of an escape', '\\"', '\\'],
    ['backslashes', '\\', ''],
  ])('are looked for once in %s', (_name, unit, end) => {
    const text = `"${unit.repeat(1_000_000)}${end}`;
    const start = performance.now();
    expect(keepBigIntegers(text)).toBe(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
