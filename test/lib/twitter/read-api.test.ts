import { describe, expect, test } from 'vitest';
import {
  readDeleted,
  readPosted,
  readTweet,
  readTweets,
  readUser,
  readUsers,
} from '../../../lib/twitter/read-api.ts';

const failing = (code: string) => expect.objectContaining({ code }) as unknown;
const missingUser = {
  errors: [
    { type: 'https://api.twitter.com/2/problems/resource-not-found', resource_type: 'user', detail: 'No.' },
  ],
};

test('a posted tweet has its id as text', () => {
  const body = {
    data: { id: '1849000000000000123', text: 'Hi', edit_history_post_ids: ['1849000000000000123'] },
  };
  expect(readPosted(body)).toBe('1849000000000000123');
  expect(() => readPosted({ data: { id: 12 } })).toThrow(failing('bad_answer'));
});

test('a deleted tweet is told so', () => {
  expect(readDeleted({ data: { deleted: true } })).toBe(true);
  expect(readDeleted({ data: { deleted: false } })).toBe(false);
});

describe('a tweet', () => {
  test('with the older and the newer names', () => {
    const common = { id: '1', text: 'a &lt;b&gt; &amp;amp;', created_at: '2026-11-21T10:00:00.000Z' };
    const expected = {
      id: '1',
      text: 'a <b> &amp;',
      createdAt: Date.UTC(2026, 10, 21, 10),
      likes: 3,
      reposts: 2,
    };
    for (const name of ['retweet_count', 'repost_count'])
      expect(readTweet({ data: { ...common, public_metrics: { like_count: 3, [name]: 2 } } })).toEqual(
        expected,
      );
  });

  test('with no more than it must have', () => {
    expect(readTweet({ data: { id: '1', text: 'a' } })).toEqual({ id: '1', text: 'a' });
  });
});

describe('a user', () => {
  test('with the older and the newer names', () => {
    for (const name of ['tweet_count', 'post_count'])
      expect(
        readUser({
          data: { id: '7', name: 'Ana', username: 'ana', public_metrics: { followers_count: 1, [name]: 4 } },
        }),
      ).toEqual({ id: '7', name: 'Ana', userName: 'ana', followers: 1, tweets: 4 });
  });

  test('that is not there is a good answer with errors alone', () => {
    expect(() => readUser(missingUser)).toThrow(failing('user_not_found'));
    expect(() => readTweets(missingUser)).toThrow(failing('user_not_found'));
  });
});

describe('a page', () => {
  test('with entries, errors about others, and a next page', () => {
    const body = {
      data: [{ id: '2', text: 'b' }],
      errors: missingUser.errors,
      meta: { result_count: 1, next_token: 'n' },
    };
    expect(readTweets(body)).toEqual({ entries: [{ id: '2', text: 'b' }], next: 'n' });
  });

  test('without results has no data', () => {
    expect(readTweets({ meta: { result_count: 0 } })).toEqual({ entries: [] });
    expect(readUsers({ meta: { result_count: 0 } })).toEqual({ entries: [] });
  });

  test.each([{}, [], null, 'x', { data: {} }, { data: [{ id: 1, text: 'a' }] }])(
    '%j is a bad answer',
    (body) => {
      expect(() => readTweets(body)).toThrow(failing('bad_answer'));
    },
  );
});
