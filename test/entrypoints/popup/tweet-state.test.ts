import { describe, expect, it } from 'vitest';
import {
  findBadCharacter,
  findReplyTo,
  initialTweetState,
  joinParts,
  priceOfParts,
  readTweet,
  removeBadCharacters,
  separate,
  type TweetState,
} from '../../../entrypoints/popup/tweet-state.ts';

const read = (text: string, more: Partial<TweetState> = {}) =>
  readTweet({ ...initialTweetState, account: 'a', text, ...more });
const resumption = { account: 'a', replyTo: '7' };

it('counts what would be sent: space around the text is free', () => {
  expect(read('  héllo 世界 \n')).toEqual({
    remaining: 270,
    excess: '',
    parts: ['héllo 世界'],
    fault: undefined,
  });
});

it('marks what one tweet has no room for, and offers a thread', () => {
  const text = `  ${'a'.repeat(280)}bcd `;
  expect(read(text)).toMatchObject({ remaining: -3, excess: 'bcd', fault: undefined });
  expect(read(text).parts).toHaveLength(2);
});

it('leaves a long text whole where X’s own composer takes it', () => {
  expect(read('a'.repeat(300), { account: '' })).toMatchObject({
    remaining: -20,
    parts: [],
    fault: undefined,
  });
});

it.each([
  ['', 'empty'],
  [' \n\t', 'empty'],
  ['---', 'empty'],
  ['\uFEFF', 'bad_character'],
  ['\uFEFFhello', 'bad_character'],
  ['half an emoji \uD83D', 'bad_character'],
  ['a'.repeat(25_001), 'text_too_long'],
  ['a'.repeat(25_000), 'thread_too_long'],
  ['a\n---\n'.repeat(51), 'thread_too_long'],
])('refuses %j', (text, fault) => {
  expect(read(text).fault).toBe(fault);
});

describe('the rest of a thread', () => {
  const rest = ['second (2/3)', 'third (3/3)'];

  it('is divided where the thread was, and not numbered again', () => {
    expect(read(joinParts(rest), { resumption })).toMatchObject({ parts: rest, remaining: undefined });
  });

  it('must fit, part by part', () => {
    expect(read(joinParts(['a'.repeat(281), 'b']), { resumption }).fault).toBe('too_long');
  });

  it('is a thread of its own for another account', () => {
    const state = { ...initialTweetState, account: 'b', resumption, text: joinParts(rest) };
    expect(findReplyTo(state)).toBeUndefined();
    expect(readTweet(state).parts).toEqual(['second (2/3) (1/2)', 'third (3/3) (2/2)']);
  });
});

it('names a character that X does not take, says where it is, and takes it out', () => {
  expect(findBadCharacter('good')).toBeUndefined();
  expect(findBadCharacter('Hello\uFEFF you')).toEqual({ name: 'U+FEFF', before: 'Hello' });
  expect(findBadCharacter(`${'x'.repeat(30)}\uD83D`)).toEqual({ name: 'U+D83D', before: 'x'.repeat(20) });
  expect(removeBadCharacters('\uFEFFa\uD83Db😀\uFFFF')).toBe('ab😀');
});

it('adds up what the tweets of a thread cost', () => {
  expect(priceOfParts(['plain', 'see https://example.com', 'plain'])).toBeCloseTo(0.23);
});

it('sets an insertion apart from the word before it', () => {
  expect([separate('', 'x'), separate('word', 'x'), separate('word\n', 'x')]).toEqual(['x', ' x', 'x']);
});
