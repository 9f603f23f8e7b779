import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWeightedLength, splitUnits } from '../../../lib/twitter/weighted-length.ts';

const family = '👨‍👩‍👧‍👦';
const weigh = (text: string) => readWeightedLength(text).weight;

describe('what twitter-text counts (twitter/twitter-text conformance and version 3.1.0, configuration v3)', () => {
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
    [`H🐱☺${family}`, 7],
    ['🙋🏽👨‍🎤', 4],
    ['A\u0301B', 2],
    ['1⃣', 2],
    ['1️⃣', 2],
    ['🇵🇱', 2],
    ['👍🏽', 2],
    ['😀‍😀', 5],
    ['☺︎', 4],
    ['©', 1],
    ['\u1100', 2],
    ['\u10FF\u2000\u200D\u2010\u201F\u2032\u2037', 7],
    ['\u200E\u202A\u2031\u2038', 8],
  ])('%s weighs %d', (text, weight) => {
    expect(weigh(text)).toBe(weight);
  });

  test.each(['😮‍💨', '❤️‍🔥', '🫶🏽', '🫠'])('%s, newer than twitter-text, weighs 2', (emoji) => {
    expect(weigh(emoji)).toBe(2);
  });
});

describe('a tweet', () => {
  test.each([
    ['a'.repeat(280), { weight: 280, isValid: true, validUntil: 280 }],
    ['a'.repeat(281), { weight: 281, isValid: false, reason: 'too_long', validUntil: 280 }],
    ['日'.repeat(160), { weight: 320, isValid: false, reason: 'too_long', validUntil: 140 }],
    [family.repeat(140), { weight: 280, isValid: true, validUntil: 140 * family.length }],
    [
      family.repeat(141),
      { weight: 282, isValid: false, reason: 'too_long', validUntil: 140 * family.length },
    ],
    ['', { weight: 0, isValid: false, reason: 'empty', validUntil: 0 }],
    [' \n ', { weight: 3, isValid: false, reason: 'empty', validUntil: 3 }],
    ['a\uFEFFb', { weight: 4, isValid: false, reason: 'bad_character', validUntil: 1 }],
    ['ab\uFFFE', { weight: 4, isValid: false, reason: 'bad_character', validUntil: 2 }],
    ['\uFFFF', { weight: 2, isValid: false, reason: 'bad_character', validUntil: 0 }],
    ['abc\uD83D', { weight: 5, isValid: false, reason: 'bad_character', validUntil: 3 }],
    [`${'a'.repeat(300)}\uFEFF`, { weight: 302, isValid: false, reason: 'bad_character', validUntil: 280 }],
  ])('%.12s…', (text, expected) => {
    expect(readWeightedLength(text)).toEqual(expected);
  });

  test('of 25,001 characters is too long, and told so at once', () => {
    expect(readWeightedLength('ą. '.repeat(8333) + 'ab')).toMatchObject({
      weight: 25_001,
      reason: 'too_long',
    });
  });

  test('a link that does not fit any more is cut whole', () => {
    const text = `${'a'.repeat(260)} https://example.com/page`;
    expect(readWeightedLength(text)).toEqual({
      weight: 284,
      isValid: false,
      reason: 'too_long',
      validUntil: 261,
    });
  });

  test('the index is that of the text as typed, with decomposed letters', () => {
    const text = 'e\u0301'.repeat(281);
    expect(readWeightedLength(text)).toMatchObject({ weight: 281, validUntil: 560 });
  });
});

test('units cover the text without gaps, and what is valid weighs no more than the limit', () => {
  const texts = fc.string({
    unit: fc.oneof(
      fc.constantFrom('https://', 'example', '.com', '/', ' ', '日', family, 'e\u0301', '1️⃣', 'a'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 400,
    size: 'max',
  });
  fc.assert(
    fc.property(texts, (text) => {
      const units = splitUnits(text);
      expect(units.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
      expect(units.every(({ start, end }) => end > start)).toBe(true);
      const { validUntil, isValid } = readWeightedLength(text);
      expect(validUntil <= text.length && (!isValid || validUntil === text.length)).toBe(true);
    }),
    { numRuns: 150 },
  );
});
