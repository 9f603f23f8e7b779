import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPaidOut } from './chain/post.ts';
import { chainFigures } from './chain/rules.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { feedLength } from './seed-feed.ts';
import { seededPosts, seedSandbox } from './seed.ts';
import { createClient, readCallback, serviceNames } from './auth-client.ts';
import { redirectUri } from './test-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  seedSandbox(sandbox, { clientId: 'some.app', redirectUris: [redirectUri] });
});
afterAll(() => sandbox.close());

test.each(['steem', 'hive'] as const)('%s has a feed to scroll and a post in every state', (id) => {
  const chain = sandbox[id];
  const now = chain.now();
  const postOf = ({ author, permlink }: { author: string; permlink: string }) =>
    chain.getPost(author, permlink);
  expect(chain.listPosts().length).toBeGreaterThan(feedLength);
  expect(postOf(seededPosts.fresh).cashoutAt - now).toBeGreaterThan(chainFigures.lockoutMs);
  const hoursLeft = (postOf(seededPosts.lastHours).cashoutAt - now) / 3_600_000;
  expect(hoursLeft).toBeCloseTo(6, 1);
  expect(isPaidOut(postOf(seededPosts.paidOut), now)).toBe(true);
  expect(postOf(seededPosts.votesOff).allowVotes).toBe(false);
  expect(chain.listReplies('alice', seededPosts.fresh.permlink)).toEqual([postOf(seededPosts.comment)]);
  expect(chain.votesOn('carol', seededPosts.votedByBob.permlink)).toMatchObject([
    { voter: 'bob', percent: 5000 },
  ]);
  expect(chain.findPost('alice', seededPosts.onlyOnSteem.permlink) === undefined).toBe(id === 'hive');
});

test.each(serviceNames)(
  'bob can sign in at %s at once, alice is asked for her active key first',
  async (name) => {
    const { consent } = createClient(sandbox, name);
    expect(readCallback(await consent('bob', { active_key: '' })).get('username')).toBe('bob');
    expect((await consent('alice', { active_key: '', scope: 'vote' })).text).toContain('Active key');
  },
);
