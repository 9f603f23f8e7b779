/** The chain look-ups over real HTTPS against the sandbox's two chains, whose numbers and refusals are each chain's own. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Ports } from '../../../lib/ports.ts';
import { readBroadcastError } from '../../../lib/steem/broadcast-error.ts';
import { createChainReader } from '../../../lib/steem/chain-reader.ts';
import { chains, type ChainId } from '../../../lib/steem/chain.ts';
import { readRpcErrorText } from '../../../lib/steem/rpc-error.ts';
import { estimateVoteValue } from '../../../lib/steem/vote-value.ts';
import { RpcError } from '../../sandbox/chain/errors.ts';
import { chainFigures } from '../../sandbox/chain/rules.ts';
import { rareChainTexts, startSandbox, type Fault, type Sandbox } from '../../sandbox/index.ts';
import { requestSandbox } from '../../sandbox/request.ts';
import { seededPosts, seedSandbox } from '../../sandbox/seed.ts';

const chainIds: readonly ChainId[] = ['steem', 'hive'];
const nodeOf: Readonly<Record<ChainId, string>> = { steem: 'api.steemit.com', hive: 'api.hive.blog' };
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
  seedSandbox(sandbox);
});
afterEach(() => {
  sandbox.behave();
  sandbox.requests.clear();
});
afterAll(() => sandbox.close());

function createReader() {
  const ports: Pick<Ports, 'http' | 'clock'> = {
    http: async (request) => {
      const { status, headers, text } = await requestSandbox(sandbox, request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
        signal: request.signal,
      });
      return new Response(text, { status, headers: { 'content-type': headers['content-type'] ?? '' } });
    },
    clock: {
      now: () => Date.now(),
      sleep: (ms, signal) => sleep(ms, undefined, { signal }),
    },
  };
  return createChainReader(ports);
}

describe.each(chainIds)('look-ups on %s', (chain) => {
  test('a fresh post and a voter who has not voted, in one request', async () => {
    const preview = await createReader().preview({ chain, ...seededPosts.fresh, voter: 'bob' });
    expect(sandbox.requests.all).toHaveLength(1);
    expect(preview.post).toMatchObject({
      title: 'Notes from a mountain hut',
      kind: 'post',
      authorReputation: 73.62,
      // 1.234 of the seed and what carol's vote is worth.
      payout: { amount: 1.262, currency: chains[chain].dollar, isPaid: false },
    });
    expect(preview.voter).toMatchObject({ name: 'bob', powerPercent: 100, downvotePowerPercent: 100 });
    expect(preview.voter).not.toHaveProperty('currentWeight');
    expect(preview.voter && estimateVoteValue(preview.voter.basis, 100)).toBeCloseTo(0.012784, 6);
    expect(preview.warnings).toEqual([]);
  });

  test.each([
    ['paidOut', 'bob', ['paid_out']],
    ['lastHours', 'bob', ['last_hours']],
    // Steem's hivemind does not tell that votes are off.
    ['votesOff', 'bob', chain === 'hive' ? ['votes_off'] : []],
    ['fresh', 'dave', ['votes_off']],
    ['fresh', 'erin', ['power_low']],
  ] as const)('warns: %s for %s', async (post, voter, warnings) => {
    const preview = await createReader().preview({ chain, ...seededPosts[post], voter });
    expect(preview.warnings).toEqual(warnings);
  });

  test('a comment, and a negative reputation', async () => {
    const reader = createReader();
    const { post } = await reader.preview({ chain, ...seededPosts.comment });
    expect(post).toMatchObject({ kind: 'comment', title: 'Notes from a mountain hut' });
    expect((await reader.preview({ chain, ...seededPosts.scriptTitle })).post.authorReputation).toBe(-2);
  });

  test('a vote is seen as soon as it is cast, and was worth what was estimated', async () => {
    const reader = createReader();
    const post = { author: 'carol', permlink: 'to-be-voted-on' };
    sandbox[chain].addPost({ ...post, created: sandbox[chain].now() - 60_000 });
    const voter = 'erin';
    const { voter: before } = await reader.preview({ chain, ...post, voter });
    expect(await reader.ownVote({ chain, ...post, voter })).toBeUndefined();
    sandbox[chain].broadcastVote({ ...post, voter, weight: 3333 });
    const own = await reader.ownVote({ chain, ...post, voter });
    expect(own?.weight).toBe(33.33);
    expect(Math.abs((own?.time ?? 0) - Date.now())).toBeLessThan(5000);
    expect(await reader.ownVotes(chain, voter, [seededPosts.fresh, post])).toEqual([{ ...post, ...own }]);

    const [vote] = sandbox[chain].votesOn(post.author, post.permlink);
    const { rewardBalance, recentClaims, price } = chainFigures;
    const worth = (Number(vote?.rshares) / Number(recentClaims)) * rewardBalance * price;
    expect(worth).toBeGreaterThan(0);
    expect(before && estimateVoteValue(before.basis, 33.33)).toBeCloseTo(worth, 7);
  });

  test('what is not there', async () => {
    const reader = createReader();
    const gone = { author: 'alice', permlink: 'deleted' };
    sandbox[chain].addPost(gone);
    sandbox[chain].deletePost(gone.author, gone.permlink);
    for (const post of [
      gone,
      { author: 'alice', permlink: 'nope' },
      { author: 'nobody-here', permlink: 'nope' },
    ]) {
      await expect(reader.preview({ chain, ...post })).rejects.toMatchObject({ code: 'post_not_found' });
      await expect(reader.preview({ chain, ...post, voter: 'bob' })).rejects.toMatchObject({
        code: 'post_not_found',
      });
      await expect(reader.ownVote({ chain, ...post, voter: 'bob' })).rejects.toMatchObject({
        code: 'post_not_found',
      });
    }
    const asked = reader.preview({ chain, ...seededPosts.fresh, voter: 'nobody-here' });
    await expect(asked).rejects.toMatchObject({ code: 'account_not_found' });
  });

  test.each<Fault>(['html', 'empty', 'truncated-json', 'drop-before', { kind: 'status', status: 429 }])(
    'another node answers after %j',
    async (how) => {
      sandbox.misbehave({ host: nodeOf[chain], how });
      const reader = createReader();
      expect(await reader.authorities(chain, 'bob')).toEqual(['latchkey.app']);
      expect(await reader.authorities(chain, 'alice')).toEqual([]);
      expect(sandbox.requests.all.map(({ host }) => host)).toEqual([
        nodeOf[chain],
        ...Array<string>(2).fill(sandbox[chain].rules.nodes[1] ?? ''),
      ]);
    },
  );

  test('all nodes down', async () => {
    sandbox.misbehave({ times: Infinity, how: { kind: 'status', status: 502 } });
    await expect(createReader().authorities(chain, 'bob')).rejects.toMatchObject({ code: 'service_busy' });
  });
});

test('an old Steem node gives a record of zeros for a post it does not know', async () => {
  for (const host of ['api.steemit.com', 'api.justyy.com']) sandbox.misbehave({ host, how: 'drop-before' });
  const asked = createReader().preview({ chain: 'steem', author: 'alice', permlink: 'nope' });
  await expect(asked).rejects.toMatchObject({ code: 'post_not_found' });
});

describe.each(chainIds)('refusals of %s', (chain) => {
  const voteOn = (post: { author: string; permlink: string }, voter: string, weight: number): string => {
    try {
      sandbox[chain].broadcastVote({ ...post, voter, weight });
    } catch (refusal) {
      if (!(refusal instanceof RpcError)) throw refusal;
      return readBroadcastError(readRpcErrorText(refusal.body)).code;
    }
    return 'done';
  };

  test('each rule of the chain comes out as its code', () => {
    const post = (permlink: string, options: object = {}) => {
      const name = { author: 'carol', permlink };
      sandbox[chain].addPost({ ...name, ...options });
      return name;
    };
    sandbox[chain].addAccount({ name: 'poor', mana: 0, downvoteMana: 0 });
    sandbox[chain].addAccount({ name: 'tired', resourceCredits: 0 });
    const open = post('open');
    expect(voteOn(open, 'bob', 0)).toBe('vote_nothing_to_remove');
    expect(voteOn(open, 'bob', 10_001)).toBe('bad_weight');
    expect(voteOn(open, 'dave', 100)).toBe('vote_declined');
    expect(voteOn(open, 'poor', 100)).toBe('vote_power_empty');
    expect(voteOn(open, 'poor', -100)).toBe('downvote_power_empty');
    expect(voteOn(open, 'tired', 100)).toBe('resource_credits_empty');
    expect(voteOn({ ...open, permlink: 'nope' }, 'bob', 100)).toBe('post_not_found');
    expect(voteOn(post('off', { allowVotes: false }), 'bob', 100)).toBe('vote_not_allowed');
    expect(voteOn(post('paying', { beingRewarded: true }), 'bob', 100)).toBe('vote_payout_running');
    expect(voteOn(open, 'nobody-here', 100)).toBe(chain === 'hive' ? 'account_not_found' : 'post_not_found');

    for (const weight of [1, 2, 3, 4, 5, 6]) {
      sandbox.clockOffsetMs += 4000;
      expect(voteOn(open, 'bob', weight)).toBe('done');
    }
    expect(voteOn(open, 'bob', 7)).toBe(chain === 'steem' ? 'vote_too_soon' : 'done');
    sandbox.clockOffsetMs += 4000;
    expect(voteOn(open, 'bob', 7)).toBe(chain === 'steem' ? 'vote_changes_used_up' : 'vote_identical');
    const other = post('other');
    sandbox.clockOffsetMs += 4000;
    expect(voteOn(other, 'bob', 7)).toBe('done');
    sandbox.clockOffsetMs += 4000;
    expect(voteOn(other, 'bob', 7)).toBe('vote_identical');
  });

  test('a signer without authority', () => {
    try {
      sandbox[chain].broadcastVote({ ...seededPosts.fresh, voter: 'alice', weight: 100 }, 'latchkey.app');
      expect.unreachable();
    } catch (refusal) {
      if (!(refusal instanceof RpcError)) throw refusal;
      expect(readBroadcastError(readRpcErrorText(refusal.body)).code).toBe('app_not_authorised');
    }
  });

  test.each([
    ['oldIdentical', 'vote_identical'],
    ['noMana', 'vote_power_empty'],
    ['noPower', 'vote_power_empty'],
    ['noVotingPower', 'vote_power_empty'],
    ['afterPayout', 'vote_after_payout'],
    ['evaluatingPaidOut', 'vote_after_payout'],
    ['lastTwelveHours', 'vote_last_hours'],
    ['tooSmall', 'vote_too_weak'],
    ['expired', 'transaction_expired'],
    ['tapos', 'transaction_expired'],
    ['duplicate', 'transaction_expired'],
    ['lockBusy', 'service_busy'],
    ['lockNotAcquired', 'service_busy'],
  ] as const)('the rare text %s is %s', (text, code) => {
    sandbox[chain].refuseNext(rareChainTexts[text]);
    expect(voteOn(seededPosts.fresh, 'bob', 100)).toBe(code);
  });
});
