import { expect, test } from 'vitest';
import { chains } from '../../../lib/steem/chain.ts';
import { sites } from '../../../lib/steem/sites/index.ts';
import { parsePost } from '../../../lib/steem/post-link.ts';

test.each(Object.values(chains))('a link that we make of a post on $title leads back to it', (chain) => {
  const post = { author: 'alice', permlink: 'My-post' };
  expect(parsePost(chain.postUrl(post.author, post.permlink))).toMatchObject({ ...post, chain: chain.id });
});

test.each(Object.values(chains))('$title has several nodes, each by its plain https origin', ({ nodes }) => {
  expect(new Set(nodes).size).toBeGreaterThan(1);
  for (const node of nodes) expect(node).toBe(new URL(node).origin.replace('http:', ''));
});

test.each(sites.flatMap(({ hosts, chain }) => hosts.map((host) => ({ host, chain }))))(
  'a link of $host, which gets buttons, can be pasted too, and means $chain',
  ({ host, chain }) => {
    expect(parsePost(`https://${host}/@alice/my-post`).chain).toBe(chain);
  },
);
