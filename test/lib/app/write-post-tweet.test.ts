import { expect, it } from 'vitest';
import { writePostTweet } from '../../../lib/app/write-post-tweet.ts';
import { readWeightedLength } from '../../../lib/twitter/weighted-length.ts';

const url = 'https://steemit.com/@alice/notes';

it('has title, link and tags, a line each, without tags that X would not link', () => {
  const tags = ['travel', 'hive-123456', '2026', 'góry', 'a', 'b', 'c'];
  expect(writePostTweet({ title: 'Notes', url, tags })).toBe(`Notes\n${url}\n#travel #góry #a #b #c`);
  expect(writePostTweet({ title: '', url, tags: [] })).toBe(url);
});

it('leaves tags out and cuts the title where one tweet has no room, and never the link', () => {
  const long = writePostTweet({ title: 'a'.repeat(250), url, tags: ['travel', 'x'] });
  expect(long).toBe(`${'a'.repeat(250)}\n${url}\n#x`.replace('\n#x', ''));
  for (const title of ['山'.repeat(255), '👨‍👩‍👧‍👦'.repeat(200), 'b'.repeat(300)]) {
    const text = writePostTweet({ title, url, tags: ['travel'] });
    expect(text).toContain(`…\n${url}`);
    expect(readWeightedLength(text)).toMatchObject({ isValid: true });
  }
});
