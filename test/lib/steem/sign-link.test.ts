import { expect, test } from 'vitest';
import { buildVoteSignLink } from '../../../lib/steem/sign-link.ts';

test('each chain has its signer', () => {
  const vote = { author: 'alice', permlink: 'my-post', weight: -2550 };
  expect(buildVoteSignLink('steem', vote)).toBe(
    'https://steemlogin.com/sign/vote?author=alice&permlink=my-post&weight=-2550',
  );
  expect(buildVoteSignLink('hive', vote)).toBe(
    'https://hivesigner.com/sign/vote?author=alice&permlink=my-post&weight=-2550',
  );
});

test('a permlink can not add parameters', () => {
  const url = new URL(buildVoteSignLink('hive', { author: 'alice', permlink: 'a&weight=1#x', weight: 100 }));
  expect([...url.searchParams]).toEqual([
    ['author', 'alice'],
    ['permlink', 'a&weight=1#x'],
    ['weight', '100'],
  ]);
});
