import { expect, test } from 'vitest';
import { buildTweetIntent } from '../../../lib/actions/tweet-intent.ts';

test('text, link and tags, each encoded', () => {
  const intent = buildTweetIntent({
    text: 'A & B #1 😀',
    url: 'https://hive.blog/@a/b?x=1',
    hashtags: ['one', 'two'],
  });
  expect(intent).toBe(
    'https://x.com/intent/tweet?text=A%20%26%20B%20%231%20%F0%9F%98%80&url=https%3A%2F%2Fhive.blog%2F%40a%2Fb%3Fx%3D1&hashtags=one%2Ctwo',
  );
});

test('what is missing is left out', () => {
  expect(buildTweetIntent({ text: 'hello' })).toBe('https://x.com/intent/tweet?text=hello');
  expect(buildTweetIntent({})).toBe('https://x.com/intent/tweet');
});

test('half a character, as cut from an emoji, does not throw', () => {
  expect(buildTweetIntent({ text: 'a\ud83d' })).toBe('https://x.com/intent/tweet?text=a%EF%BF%BD');
});

test('tags that X would not link are left out, and no more than five are given', () => {
  const hashtags = ['hive-dev', '2026', 'фото', '摄影', 'c_d', 'e5', 'f', 'g'];
  const intent = new URL(buildTweetIntent({ hashtags }));
  expect(intent.searchParams.get('hashtags')).toBe('фото,摄影,c_d,e5,f');
});
