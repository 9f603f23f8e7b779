import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { findPostInUrl } from '../../../lib/steem/post-in-url.ts';
import { parsePost } from '../../../lib/steem/post-link.ts';

const post = { author: 'alice', permlink: 'my-post' };
const comment = { author: 'bob', permlink: 're-my-post' };

describe('findPostInUrl', () => {
  test.each([
    ['https://steemit.com/steem/@alice/my-post', post],
    ['https://steemit.com/@alice/my-post', post],
    ['https://steemit.com/hive-123456/@alice/my-post/', post],
    ['https://steemit.com/some-community-title/@alice/my-post?ref=x&a=/@x/y', post],
    ['https://steemit.com/steem/@alice/my-post#comments', post],
    ['https://steemit.com/steem/@alice/my-post#@bob/re-my-post', comment],
    ['https://hive.blog/%D0%BA%D0%BE%D1%82/%40alice/my-post', post],
    ['https://ecency.com/%40alice/my-post', post],
    ['https://ecency.com/waves/alice/my-post', post],
    ['https://ecency.com/waves/@alice/my-post', post],
    ['https://d.buzz/@alice/my-post', post],
    ['https://peakd.com/@a-b.c3d/Old_Permlink-9', { author: 'a-b.c3d', permlink: 'Old_Permlink-9' }],
    // With a category even a profile tab's name is a permlink.
    ['https://hive.blog/cat/@alice/posts', { author: 'alice', permlink: 'posts' }],
  ])('%s', (url, expected) => {
    expect(findPostInUrl(new URL(url))).toEqual(expected);
  });

  test.each([
    'https://steemit.com/',
    'https://steemit.com/trending/steem',
    'https://steemit.com/@alice',
    'https://steemit.com/@alice/',
    'https://steemit.com/@alice/posts',
    'https://steemit.com/@alice/feed/',
    'https://ecency.com/@alice/wallet',
    'https://ecency.com/@alice/my-post/edit',
    'https://ecency.com/@alice/my-post.json',
    'https://ecency.com/@alice/my-post.md',
    'https://d.buzz/@alice/t/buzz',
    'https://hive.blog/@alice/lists/muted',
    'https://steemit.com/waves/alice/my-post',
    'https://steemit.com/@Alice/my-post',
    'https://steemit.com/@al/my-post',
    'https://steemit.com/trending#@bob/re-my-post',
    'https://steemit.com/%E0%A4%A/@alice/my-post',
    'https://steemit.com/a/b/@alice/my-post',
    'https://steemit.com/x/@alice/my%2Fpost',
    `https://steemit.com/@alice/${'a'.repeat(256)}`,
  ])('%s is no post', (url) => {
    expect(findPostInUrl(new URL(url))).toBeUndefined();
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, fragment) => {
        findPostInUrl(new URL(`https://steemit.com${path}#${fragment}`));
      }),
    );
  });
});

describe('parsePost', () => {
  test.each([
    ['https://steemit.com/steem/@alice/my-post', 'steem', 'steemit.com'],
    ['http://steemit.com/steem/@alice/my-post', 'steem', 'steemit.com'],
    ['HTTPS://WWW.Steemit.COM/steem/@alice/my-post', 'steem', 'steemit.com'],
    ['www.steemit.com/@alice/my-post', 'steem', 'steemit.com'],
    ['//steemit.com/@alice/my-post', 'steem', 'steemit.com'],
    ['busy.org/@alice/my-post', 'steem', 'busy.org'],
    ['hive.blog/hive-123456/@alice/my-post', 'hive', 'hive.blog'],
    ['https://peakd.com/hive-123456/@alice/my-post', 'hive', 'peakd.com'],
    ['https://beta.peakd.com/@alice/my-post', 'hive', 'beta.peakd.com'],
    ['https://ecency.com/waves/alice/my-post', 'hive', 'ecency.com'],
    ['https://d.buzz/@alice/my-post', 'hive', 'd.buzz'],
  ])('%s', (text, chain, host) => {
    expect(parsePost(text)).toEqual({ ...post, chain, host });
  });

  test('a site that has shown both chains leaves the chain open', () => {
    expect(parsePost('https://steempeak.com/steem/@alice/my-post')).toEqual({
      ...post,
      host: 'steempeak.com',
    });
  });

  test.each(['alice/my-post', '@alice/my-post', '  @alice/my-post \n', '<alice/my-post>'])('%j', (text) => {
    expect(parsePost(text)).toEqual(post);
  });

  test('brackets around a link, and a comment in its fragment', () => {
    expect(parsePost(' < https://hive.blog/x/@alice/my-post#@bob/re-my-post > ')).toEqual({
      ...comment,
      chain: 'hive',
      host: 'hive.blog',
    });
  });

  test('the case of a permlink is kept', () => {
    expect(parsePost('@alice/My-Old-Post').permlink).toBe('My-Old-Post');
  });

  test.each([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['<>', 'empty'],
    ['hello', 'bad_link'],
    ['what is this?', 'bad_link'],
    ['a/b/c/d', 'bad_link'],
    ['https://', 'bad_link'],
    ['https://example.com/@alice/my-post', 'bad_link'],
    ['example.com/x/@alice/my-post', 'bad_link'],
    ['https://steemit.com@example.com/@alice/my-post', 'bad_link'],
    ['ftp://steemit.com/@alice/my-post', 'bad_link'],
    ['javascript://steemit.com/@alice/my-post', 'bad_link'],
    ['steemit.com', 'bad_link_no_post'],
    ['https://steemit.com/trending', 'bad_link_no_post'],
    ['https://steemit.com/@alice', 'bad_link_no_post'],
    ['https://steemit.com/@alice/posts', 'bad_link_no_post'],
    ['https://steemit.com/x/@Alice/my-post', 'bad_account_name'],
    ['https://steemit.com/x/@alice/my.post', 'bad_permlink'],
    ['al/my-post', 'bad_account_name'],
    ['@Alice/my-post', 'bad_account_name'],
    ['/my-post', 'bad_account_name'],
    ['alice/', 'bad_permlink'],
    ['alice/my post', 'bad_permlink'],
    [`alice/${'ж'.repeat(128)}`, 'bad_permlink'],
    ['alice/\ud800', 'bad_permlink'],
  ])('%j throws %s', (text, code) => {
    expect(() => parsePost(text)).toThrow(expect.objectContaining({ code, field: 'post' }));
  });

  test('throws nothing but AppError of the field', () => {
    const parts = fc.constantFrom(
      'https://',
      'www.',
      'steemit.com',
      '/',
      '@',
      '#',
      '%',
      'alice',
      'a',
      '<',
      '>',
      ' ',
      '?',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(parts, fc.string({ maxLength: 3 }))).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const found = parsePost(text);
          expect(parsePost(`@${found.author}/${found.permlink}`)).toEqual({
            author: found.author,
            permlink: found.permlink,
          });
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
          expect(thrown).toHaveProperty('field', 'post');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a very long paste is refused at once', () => {
    expect(() => parsePost('@alice/'.repeat(200_000))).toThrow(expect.objectContaining({ code: 'bad_link' }));
    expect(() => parsePost(`https://steemit.com/${'@a/'.repeat(200_000)}`)).toThrow(AppError);
  });
});
