import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createTranslate, type MessageKey, type TypedTranslate } from '../../../lib/locale/translate.ts';

const translateOf = (messages: Readonly<Record<string, string>>, language = 'en') =>
  createTranslate((key) => messages[key] ?? '', language);

describe('plurals', () => {
  const polish = {
    votes_one: '{count} głos',
    votes_few: '{count} głosy',
    votes_many: '{count} głosów',
    votes_other: '{count} głosu',
  };
  const russian = {
    votes_one: '{count} голос',
    votes_few: '{count} голоса',
    votes_many: '{count} голосов',
    votes_other: '{count} голоса',
  };
  const english = { votes_one: '{count} vote', votes_other: '{count} votes' };
  const chinese = { votes_other: '{count} 票' };
  it.each([
    ['en', english, 0, '0 votes'],
    ['en', english, 1, '1 vote'],
    ['en', english, 2, '2 votes'],
    ['en-GB', english, 1, '1 vote'],
    ['pl', polish, 1, '1 głos'],
    ['pl', polish, 2, '2 głosy'],
    ['pl', polish, 5, '5 głosów'],
    ['pl', polish, 12, '12 głosów'],
    ['pl', polish, 22, '22 głosy'],
    ['pl', polish, 1.5, '1,5 głosu'],
    ['ru', russian, 1, '1 голос'],
    ['ru', russian, 3, '3 голоса'],
    ['ru', russian, 11, '11 голосов'],
    ['ru', russian, 21, '21 голос'],
    ['zh-CN', chinese, 1, '1 票'],
    ['zh-CN', chinese, 5, '5 票'],
    // A language without a file reads the English one.
    ['ar', english, 3, '3 votes'],
  ] as const)('in %s of %o for %d are %j', (language, messages, count, expected) => {
    expect(translateOf(messages, language)('votes', { count })).toBe(expected);
  });

  it('are those of the texts, not of a browser whose language has none', () => {
    const texts = { ...english, language_tag: 'en' };
    // Ukrainian counts 21 like 1, Japanese has no singular.
    expect(translateOf(texts, 'uk')('votes', { count: 21 })).toBe('21 votes');
    expect(translateOf(texts, 'ja')('votes', { count: 1 })).toBe('1 vote');
  });

  it('are not chosen by a count that is text, and a plain key wins where there is no plural', () => {
    expect(translateOf({ plain: '{count} of it' })('plain', { count: 5 })).toBe('5 of it');
    expect(translateOf({ votes_other: 'x', votes: 'plain {count}' })('votes', { count: '5' })).toBe(
      'plain 5',
    );
  });
});

describe('placeholders', () => {
  it('are filled by name, as often as they occur', () => {
    const t = translateOf({ greet: '{a} and {b}, {a}' });
    expect(t('greet', { a: 'x', b: 'y' })).toBe('x and y, x');
  });

  it('stay when nothing was given for them', () => {
    expect(translateOf({ greet: 'Hello {name}' })('greet')).toBe('Hello {name}');
    expect(translateOf({ greet: '{constructor}' })('greet', {})).toBe('{constructor}');
  });

  it('are not looked for in what was filled in', () => {
    const t = translateOf({ greet: '{a} {b}' });
    expect(t('greet', { a: '{b}', b: '$& $1 {a}' })).toBe('{b} $& $1 {a}');
  });

  it('write numbers as the language does', () => {
    const t = translateOf({ worth: '{amount}' }, 'pl');
    expect(t('worth', { amount: 1234.5 })).toBe(new Intl.NumberFormat('pl').format(1234.5));
  });
});

it('gives the key where there is no text, so that a gap is seen', () => {
  expect(translateOf({})('missing')).toBe('missing');
  expect(translateOf({})('missing', { count: 2 })).toBe('missing');
});

it('knows its keys: those of the English file and the stems of its plurals', () => {
  expectTypeOf<'page_vote' | 'page_countdown' | 'page_countdown_one'>().toExtend<MessageKey>();
  expectTypeOf<TypedTranslate>().parameter(0).toEqualTypeOf<MessageKey>();
  // @ts-expect-error There is no such text.
  const gap: MessageKey = 'page_vot';
  const file = new URL('../../../assets/static/_locales/en/messages.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).not.toHaveProperty(gap);
});
