import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitThread } from '../../../lib/twitter/split-thread.ts';
import { findUrls } from '../../../lib/twitter/find-urls.ts';
import { readWeightedLength } from '../../../lib/twitter/weighted-length.ts';

const sentence = (letter: string, length: number) => `${letter.repeat(length - 1)}.`;

describe('a thread', () => {
  test('a text that fits stays one tweet without a number', () => {
    expect(splitThread(' Hello. ')).toEqual(['Hello.']);
    expect(splitThread('a'.repeat(280))).toEqual(['a'.repeat(280)]);
    expect(splitThread(' \n')).toEqual([]);
  });

  test('is divided behind a sentence', () => {
    const text = [sentence('a', 150), sentence('b', 100), sentence('c', 100)].join(' ');
    expect(splitThread(text)).toEqual([
      `${sentence('a', 150)} ${sentence('b', 100)} (1/2)`,
      `${sentence('c', 100)} (2/2)`,
    ]);
    expect(splitThread('好'.repeat(99) + '。' + '吗'.repeat(60) + '。', 'plain')).toEqual([
      `${'好'.repeat(99)}。 1/2`,
      `${'吗'.repeat(60)}。 2/2`,
    ]);
  });

  test('is divided behind a word where a sentence is too long', () => {
    expect(splitThread('word '.repeat(100))).toEqual([
      `${'word '.repeat(55).trim()} (1/2)`,
      `${'word '.repeat(45).trim()} (2/2)`,
    ]);
  });

  test('is divided where the person wants it, and nowhere else while it fits', () => {
    expect(splitThread('One. Two.\n---\nThree --- four\n  ---  \n\nFive\n---')).toEqual([
      'One. Two. (1/3)',
      'Three --- four (2/3)',
      'Five (3/3)',
    ]);
  });

  test('has room for two digits when it needs them', () => {
    const parts = splitThread('a'.repeat(280 * 12));
    expect(parts).toHaveLength(13);
    expect(parts[0]).toBe(`${'a'.repeat(272)} (1/13)`);
    expect(parts[12]).toMatch(/ \(13\/13\)$/);
  });

  test('a border that makes a link of what was none still leaves a tweet that fits', () => {
    const text = `${'a'.repeat(273)}$x.ai${'b'.repeat(400)} ${'$y.ai'.repeat(80)}`;
    for (const part of splitThread(text)) expect(readWeightedLength(part)).toMatchObject({ isValid: true });
  });
});

describe('of any text', () => {
  const emoji = ['👨‍👩‍👧‍👦', '🇵🇱', '1️⃣', '👍🏽', '❤️‍🔥'];
  const links = ['https://example.com/a?b=c', 'http://x.ai', 'example.org/path'];
  const bits = fc.oneof(
    fc.constantFrom(
      ...emoji,
      ...links,
      ' ',
      '. ',
      '\n',
      '\n\n',
      '。',
      'e\u0301',
      '日本',
      '$',
      '.',
      '/',
      'x\u0302',
    ),
    fc.lorem({ maxCount: 6 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
  );
  const texts = fc.array(bits, { maxLength: 150, size: 'max' }).map((some) => some.join(''));
  const withoutSpace = (text: string) => text.replace(/\s/g, '');
  const isMarked = (text: string) => /^\s*---\s*$/m.test(text);
  const stripNumber = (part: string) => part.replace(/ \(?\d+\/\d+\)?$/, '');

  test.each(['brackets', 'plain'] as const)(
    'the tweets fit, are numbered and say what it says (%s)',
    (numbering) => {
      fc.assert(
        fc.property(
          texts.filter((text) => !isMarked(text)),
          (text) => {
            const parts = splitThread(text, numbering);
            for (const [index, part] of parts.entries()) {
              expect(readWeightedLength(part).weight).toBeLessThanOrEqual(280);
              const number = `${index + 1}/${parts.length}`;
              if (parts.length > 1)
                expect(part.endsWith(numbering === 'plain' ? ` ${number}` : ` (${number})`)).toBe(true);
            }
            const bare = parts.length > 1 ? parts.map(stripNumber) : parts;
            expect(withoutSpace(bare.join(''))).toBe(withoutSpace(text.normalize()));
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  test('links and emoji stay whole', () => {
    const words = fc.array(fc.constantFrom(...links, ...emoji, 'word', 'другое', '日本'), {
      minLength: 20,
      maxLength: 200,
      size: 'max',
    });
    fc.assert(
      fc.property(words, fc.constantFrom(' ', '\n', ' — '), (some, glue) => {
        const text = some.join(glue);
        const parts = splitThread(text);
        const found = parts.flatMap((part) => findUrls(part).map(({ start, end }) => part.slice(start, end)));
        expect(found).toEqual(some.filter((word) => links.includes(word)));
        const count = (whole: string) => Array.from(whole.matchAll(/\p{RGI_Emoji}/gv), ([one]) => one);
        expect(parts.flatMap(count)).toEqual(some.filter((word) => emoji.includes(word)));
      }),
      { numRuns: 100 },
    );
  });
});
