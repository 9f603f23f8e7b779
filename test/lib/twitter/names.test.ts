import { describe, expect, test } from 'vitest';
import { parseTweetLink } from '../../../lib/twitter/tweet-link.ts';
import { parseUserName } from '../../../lib/twitter/user-name.ts';

describe('a user name', () => {
  test.each([
    ['ana', 'ana'],
    [' @Ana_1 ', 'Ana_1'],
    ['a'.repeat(15), 'a'.repeat(15)],
  ])('%s is %s', (text, name) => {
    expect(parseUserName(text)).toBe(name);
  });

  test.each([
    ['', 'empty'],
    [' @ ', 'empty'],
    ['a'.repeat(16), 'bad_user_name'],
    ['zażółć', 'bad_user_name'],
    ['@@ana', 'bad_user_name'],
    ['a b', 'bad_user_name'],
    ['a/b', 'bad_user_name'],
  ])('%j is %s', (text, code) => {
    expect(() => parseUserName(text)).toThrow(expect.objectContaining({ code, field: 'user' }));
  });
});

describe('a tweet link', () => {
  const id = '1849000000000000123';
  test.each([
    `https://x.com/ana/status/${id}`,
    `https://twitter.com/ana/status/${id}?s=20&t=abc`,
    `http://www.twitter.com/Ana_1/statuses/${id}/`,
    `mobile.twitter.com/ana/status/${id}#top`,
    `https://mobile.x.com/ana/status/${id}/photo/1`,
    `https://x.com/i/web/status/${id}`,
    `https://X.com/i/status/${id}`,
    ` <https://x.com/ana/status/${id}> `,
    id,
  ])('%s', (text) => {
    expect(parseTweetLink(text)).toBe(id);
  });

  test.each([
    ['', 'empty'],
    ['https://x.com/ana', 'bad_tweet_link'],
    ['https://x.com/ana/status/', 'bad_tweet_link'],
    ['https://x.com/ana/status/12a', 'bad_tweet_link'],
    ['https://x.com/ana/status/12345678901234567890', 'bad_tweet_link'],
    [`https://x.com.evil.example/ana/status/${id}`, 'bad_tweet_link'],
    [`https://notx.com/ana/status/${id}`, 'bad_tweet_link'],
    [`https://example.com/?u=https://x.com/ana/status/${id}`, 'bad_tweet_link'],
    ['hello there', 'bad_tweet_link'],
    ['javascript:alert(1)', 'bad_tweet_link'],
  ])('%s is %s', (text, code) => {
    expect(() => parseTweetLink(text)).toThrow(expect.objectContaining({ code, field: 'tweet' }));
  });
});
