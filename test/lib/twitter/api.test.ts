import { describe, expect, test } from 'vitest';
import {
  buildDelete,
  buildFollowers,
  buildFollowing,
  buildPost,
  buildTimeline,
  buildTweet,
  buildUser,
} from '../../../lib/twitter/api.ts';

const base = 'https://api.x.com/2';
const query = (url: string) => Object.fromEntries(new URL(url).searchParams);

describe('requests', () => {
  test('post, reply and delete', () => {
    expect(buildPost('Hi')).toEqual({ method: 'POST', url: `${base}/tweets`, json: { text: 'Hi' } });
    expect(buildPost('Hi', '12').json).toEqual({ text: 'Hi', reply: { in_reply_to_tweet_id: '12' } });
    expect(buildDelete('12')).toEqual({ method: 'DELETE', url: `${base}/tweets/12` });
  });

  test('people', () => {
    expect(buildUser('ana').url).toBe(`${base}/users/by/username/ana?user.fields=public_metrics`);
  });

  test('a tweet with either name of the optional fields, or with none', () => {
    expect(buildTweet('12').url).toBe(`${base}/tweets/12?tweet.fields=created_at%2Cpublic_metrics`);
    expect(buildTweet('12', 'post.fields').url).toBe(
      `${base}/tweets/12?post.fields=created_at%2Cpublic_metrics`,
    );
    expect(buildTweet('12', 'none').url).toBe(`${base}/tweets/12`);
  });

  test('lists ask for small pages, within what X takes', () => {
    expect(buildTimeline('7', {}, 'none').url).toBe(`${base}/users/7/tweets?max_results=10`);
    expect(query(buildTimeline('7', { count: 1, next: 'abc' }).url)).toEqual({
      max_results: '5',
      pagination_token: 'abc',
      'tweet.fields': 'created_at,public_metrics',
    });
    expect(query(buildTimeline('7', { count: 500 }).url)['max_results']).toBe('100');
    expect(query(buildFollowers('7', { count: 5000 }).url)['max_results']).toBe('1000');
    expect(new URL(buildFollowing('7').url).pathname).toBe('/2/users/7/following');
  });

  test('what was typed stays within its part of the path', () => {
    expect(buildUser('../me?x').url).toContain('/username/..%2Fme%3Fx?');
  });
});
