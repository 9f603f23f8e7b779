import { describe, expect, test } from 'vitest';
import { votePreview, voteWarnings } from '../../../lib/actions/vote.ts';
import type { ChainId } from '../../../lib/steem/chain.ts';
import { createChainReader } from '../../../lib/steem/chain-reader.ts';
import { estimateVoteValue } from '../../../lib/steem/vote-value.ts';
import { buildFakeClock, buildFakeNodes, nodeOf, type Results } from './fake-nodes.ts';

const chainTime = '2026-11-21T12:00:00';
const now = Date.UTC(2026, 10, 21, 12);
const never = '1969-12-31T23:59:59';

/** As Steem's hivemind and steemd write it: large integers in quotes, no allow_votes. */
const steemContent = {
  post_id: 1,
  author: 'alice',
  permlink: 'my-post',
  category: 'hive-123456',
  title: 'My post',
  root_title: 'My post',
  parent_author: '',
  parent_permlink: 'hive-123456',
  json_metadata: '{"tags":["hive-123456","photo","photo",7,"travel"],"app":"x"}',
  created: '2026-11-18T12:00:00',
  last_payout: '1970-01-01T00:00:00',
  cashout_time: '2026-11-25T12:00:00',
  pending_payout_value: '1.234 SBD',
  total_payout_value: '0.000 SBD',
  curator_payout_value: '0.000 SBD',
  author_reputation: '95832978796820',
  // Stale, and with the percent as text: not to be used.
  active_votes: [{ voter: 'bob', rshares: '1', percent: '10000', reputation: '0' }],
};
const hiveContent = {
  ...steemContent,
  pending_payout_value: '1.234 HBD',
  total_payout_value: '0.000 HBD',
  curator_payout_value: '0.000 HBD',
  author_reputation: 252_421_000_000_000,
  allow_votes: true,
};
const steemAccount = {
  name: 'bob',
  vesting_shares: '2000000.000000 VESTS',
  received_vesting_shares: '500.000000 VESTS',
  delegated_vesting_shares: '300.000000 VESTS',
  vesting_withdraw_rate: '200.000000 VESTS',
  to_withdraw: '2600000000',
  withdrawn: 0,
  voting_manabar: { current_mana: '1000000000000', last_update_time: now / 1000 },
  downvote_manabar: { current_mana: '500000000000', last_update_time: now / 1000 },
  voting_power: 9999,
  can_vote: true,
  posting: { weight_threshold: 1, account_auths: [['my.app', 1]], key_auths: [['STM1', 1]] },
};
const steemResults = {
  'condenser_api.get_content': steemContent,
  'condenser_api.get_dynamic_global_properties': {
    time: chainTime,
    vote_power_reserve_rate: 10,
    downvote_pool_percent: 2500,
  },
  'condenser_api.get_active_votes': [
    { voter: 'carol', weight: 0, rshares: '1', percent: 100, reputation: '0', time: chainTime },
    {
      voter: 'bob',
      weight: '5',
      rshares: '88888',
      percent: -2550,
      reputation: '0',
      time: '2026-11-20T12:00:00',
    },
  ],
  'condenser_api.get_accounts': [steemAccount],
  'condenser_api.get_reward_fund': {
    name: 'post',
    reward_balance: '800000.000 STEEM',
    recent_claims: '500000000000000000',
  },
  'condenser_api.get_current_median_history_price': { base: '0.200 SBD', quote: '1.000 STEEM' },
};
const hiveResults = {
  ...steemResults,
  'condenser_api.get_content': hiveContent,
  'condenser_api.get_reward_fund': { reward_balance: '800000.000 HIVE', recent_claims: 5e17 },
  'condenser_api.get_current_median_history_price': { base: '0.200 HBD', quote: '1.000 HIVE' },
};

const post = { author: 'alice', permlink: 'my-post' };
const host: Readonly<Record<ChainId, string>> = { steem: 'api.steemit.com', hive: 'api.hive.blog' };

function setUp(chain: ChainId, changes: Results = {}) {
  const results = { ...(chain === 'steem' ? steemResults : hiveResults), ...changes };
  const { http, asked } = buildFakeNodes({ [host[chain]]: nodeOf(results) });
  return { reader: createChainReader({ http, clock: buildFakeClock() }), asked };
}

async function readWarnings(chain: ChainId, changes: Results, changesByUs = 0) {
  const { reader } = setUp(chain, changes);
  return (await reader.preview({ chain, ...post, voter: 'bob', changesByUs })).warnings;
}

const content = (changes: object): Results => ({
  'condenser_api.get_content': { ...hiveContent, ...changes },
});
const account = (changes: object): Results => ({
  'condenser_api.get_accounts': [{ ...steemAccount, ...changes }],
});

describe('preview', () => {
  test('tells of post and voter in one request, in the shape of the action', async () => {
    const { reader, asked } = setUp('steem');
    const preview = await reader.preview({ chain: 'steem', ...post, voter: 'bob' });
    expect(asked).toEqual(['api.steemit.com']);
    expect(preview.post).toEqual({
      chain: 'steem',
      author: 'alice',
      permlink: 'my-post',
      title: 'My post',
      kind: 'post',
      url: 'https://steemit.com/@alice/my-post',
      authorReputation: 69.83,
      payout: { amount: 1.234, currency: 'SBD', isPaid: false, at: Date.UTC(2026, 10, 25, 12) },
    });
    expect(preview.voter).toMatchObject({
      name: 'bob',
      powerPercent: 50,
      downvotePowerPercent: 100,
      currentWeight: -25.5,
    });
    expect(preview.warnings).toEqual([]);
    const whole = { ...preview, voter: preview.voter && { ...preview.voter, account: 'id' } };
    expect(votePreview.parse(whole)).toEqual(whole);
  });

  test.each([
    ['steem', 0.012784 / 2],
    ['hive', 0.012784],
  ] as const)('its basis is worth what the %s formula says', async (chain, worth) => {
    const { reader } = setUp(chain);
    const { voter } = await reader.preview({ chain, ...post, voter: 'bob' });
    expect(voter && estimateVoteValue(voter.basis, 100)).toBeCloseTo(worth, 4);
    expect(voter?.basis).toMatchObject({ maxMana: 2e12, maxDownvoteMana: 5e11, secondsToPayout: 4 * 86_400 });
  });

  test('without a voter only the post is told of', async () => {
    const { reader } = setUp('hive');
    const preview = await reader.preview({ chain: 'hive', ...post });
    expect(preview.voter).toBeUndefined();
    expect(preview.post).toMatchObject({ authorReputation: 73.62, payout: { currency: 'HBD' } });
  });

  test('who never voted has no current weight, who took the vote back has 0', async () => {
    const none = setUp('steem', { 'condenser_api.get_active_votes': [] });
    expect((await none.reader.preview({ chain: 'steem', ...post, voter: 'bob' })).voter).not.toHaveProperty(
      'currentWeight',
    );
    const removed = setUp('hive', {
      'condenser_api.get_active_votes': [{ voter: 'bob', percent: 0, time: chainTime }],
    });
    expect(
      (await removed.reader.preview({ chain: 'hive', ...post, voter: 'bob' })).voter?.currentWeight,
    ).toBe(0);
  });

  test('a paid post: all of the payout, when it was, and no seconds left', async () => {
    const { reader } = setUp('hive', {
      ...content({
        cashout_time: never,
        last_payout: '2026-11-19T12:00:00',
        pending_payout_value: '0.000 HBD',
        total_payout_value: '2.000 HBD',
        curator_payout_value: '1.500 HBD',
      }),
    });
    const preview = await reader.preview({ chain: 'hive', ...post, voter: 'bob' });
    expect(preview.post.payout).toEqual({
      amount: 3.5,
      currency: 'HBD',
      isPaid: true,
      at: Date.UTC(2026, 10, 19, 12),
    });
    expect(preview.voter?.basis.secondsToPayout).toBe(0);
  });

  test('a comment goes by the title of its post', async () => {
    const { reader } = setUp('hive', content({ title: '', root_title: 'The root', parent_author: 'carol' }));
    expect((await reader.preview({ chain: 'hive', ...post })).post).toMatchObject({
      kind: 'comment',
      title: 'The root',
    });
  });

  test.each<[string, ChainId, Results, number, (typeof voteWarnings)[number][]]>([
    ['paid out', 'hive', content({ cashout_time: never }), 0, ['paid_out']],
    [
      'due, though the record is older',
      'hive',
      content({ cashout_time: '2026-11-21T11:59:59' }),
      0,
      ['paid_out'],
    ],
    ['11:59 h left', 'hive', content({ cashout_time: '2026-11-21T23:59:00' }), 0, ['last_hours']],
    ['12 h left', 'hive', content({ cashout_time: '2026-11-22T00:00:00' }), 0, []],
    ['votes off', 'hive', content({ allow_votes: false }), 0, ['votes_off']],
    ['voting rights given up', 'hive', account({ can_vote: false }), 0, ['votes_off']],
    [
      '19 % mana',
      'hive',
      account({ voting_manabar: { current_mana: 380_000_000_000, last_update_time: now / 1000 } }),
      0,
      ['power_low'],
    ],
    [
      'low mana long ago',
      'hive',
      account({ voting_manabar: { current_mana: 0, last_update_time: now / 1000 - 432_000 } }),
      0,
      [],
    ],
    ['no stake', 'hive', account({ vesting_shares: '0.000000 VESTS' }), 0, ['power_low']],
    ['the fourth change on Steem', 'steem', {}, 3, []],
    ['the fifth change on Steem', 'steem', {}, 4, ['last_change']],
    ['changes on Hive', 'hive', {}, 9, []],
  ])('warns: %s', async (_name, chain, changes, changesByUs, warnings) => {
    expect(await readWarnings(chain, changes, changesByUs)).toEqual(warnings);
  });

  const rpcFailure = (error: object) => ({ error });
  test.each<[string, unknown]>([
    ['an empty record (Steem)', { id: 0, author: '', permlink: '' }],
    ['a record of zeros (steemd)', { ...steemContent, author: '', permlink: '', cashout_time: never }],
    ['null', null],
    [
      'does not exist (Hive)',
      rpcFailure({ code: -32602, message: 'Assert Exception:Post alice/my-post does not exist' }),
    ],
    [
      'was deleted (Hive)',
      rpcFailure({
        code: -31999,
        message: 'Invalid parameters',
        data: 'Post alice/my-post was deleted 2 time(s)',
      }),
    ],
    [
      'unknown author (Hive)',
      rpcFailure({ code: -32602, message: 'Assert Exception:Account alice does not exist' }),
    ],
    ['unknown key (steemd)', rpcFailure({ code: -32000, message: 'unknown key:unknown key: ' })],
  ])('post not found: %s', async (_name, result) => {
    const { reader } = setUp('hive', { 'condenser_api.get_content': result });
    const question = { chain: 'hive', ...post } as const;
    await expect(reader.preview(question)).rejects.toMatchObject({ code: 'post_not_found' });
    await expect(reader.preview({ ...question, voter: 'bob' })).rejects.toMatchObject({
      code: 'post_not_found',
    });
    await expect(reader.tags(question)).rejects.toMatchObject({ code: 'post_not_found' });
  });

  test('voter not found', async () => {
    const { reader } = setUp('steem', { 'condenser_api.get_accounts': [] });
    const asked = reader.preview({ chain: 'steem', ...post, voter: 'nobody' });
    await expect(asked).rejects.toMatchObject({ code: 'account_not_found' });
  });

  test('a result of another shape, and another refusal', async () => {
    const odd = setUp('steem', { 'condenser_api.get_content': { ...steemContent, cashout_time: 'soon' } });
    await expect(odd.reader.preview({ chain: 'steem', ...post })).rejects.toMatchObject({
      code: 'bad_answer',
    });
    const refusing = setUp('steem', {
      'condenser_api.get_content': rpcFailure({ code: -32602, message: 'No.' }),
    });
    await expect(refusing.reader.preview({ chain: 'steem', ...post })).rejects.toMatchObject({
      code: 'service_error',
      details: 'No.',
    });
  });
});

test('previews of several posts in one request; what is missing hides nothing', async () => {
  const { http, asked } = buildFakeNodes({
    [host.hive]: (calls) =>
      Response.json(
        calls.map(({ id, method, params }) => {
          const isGone = Array.isArray(params) && params[1] === 'gone';
          if (isGone) return { id, error: { code: -32602, message: 'Post alice/gone does not exist' } };
          return { id, result: hiveResults[method as keyof typeof hiveResults] }; // The client asks no others.
        }),
      ),
  });
  const reader = createChainReader({ http, clock: buildFakeClock() });
  const posts = ['gone', 'my-post'].map((permlink) => ({ author: 'alice', permlink, changesByUs: 0 }));
  const [gone, there] = await reader.previews({ chain: 'hive', voter: 'bob', posts });
  expect(gone).toMatchObject({ code: 'post_not_found' });
  expect(there).toMatchObject({
    post: { permlink: 'my-post', title: 'My post' },
    voter: { currentWeight: -25.5 },
  });
  expect(asked).toEqual([host.hive]);
});

describe('other look-ups', () => {
  test('own vote with its time', async () => {
    const { reader } = setUp('steem');
    expect(await reader.ownVote({ chain: 'steem', ...post, voter: 'bob' })).toEqual({
      weight: -25.5,
      time: Date.UTC(2026, 10, 20, 12),
    });
    expect(await reader.ownVote({ chain: 'steem', ...post, voter: 'dave' })).toBeUndefined();
  });

  test('own votes on several posts in one request; what is missing hides nothing', async () => {
    const { http, asked } = buildFakeNodes({
      [host.hive]: (calls) =>
        Response.json(
          calls.map(({ id, params }) => {
            // The look-up under test sends these two.
            const [author, permlink] = params as [string, string];
            if (permlink === 'gone') {
              return {
                id,
                error: { code: -32602, message: `Assert Exception:Post ${author}/gone does not exist` },
              };
            }
            const voter = permlink === 'mine' ? 'bob' : 'carol';
            return { id, result: [{ voter, percent: 5000, time: chainTime }] };
          }),
        ),
    });
    const reader = createChainReader({ http, clock: buildFakeClock() });
    const posts = ['gone', 'mine', 'other'].map((permlink) => ({ author: 'alice', permlink }));
    expect(await reader.ownVotes('hive', 'bob', posts)).toEqual([
      { author: 'alice', permlink: 'mine', weight: 50, time: now },
    ]);
    expect(await reader.ownVotes('hive', 'bob', [])).toEqual([]);
    expect(asked).toEqual([host.hive]);
  });

  test.each([
    ['as JSON text', '{"tags":["hive-1","photo","photo",7,""]}', ['photo']],
    ['as an object', { tags: ['travel'] }, ['travel']],
    ['as a list', '["a"]', []],
    ['tags that are no list', '{"tags":"photo"}', []],
    ['empty', '', []],
    ['broken', '{"tags":[', []],
    ['missing', undefined, []],
  ])('title, link and tags for a tweet; metadata %s', async (_name, json_metadata, tags) => {
    const { reader } = setUp('hive', content({ json_metadata }));
    expect(await reader.tags({ chain: 'hive', ...post })).toEqual({
      title: 'My post',
      url: 'https://hive.blog/@alice/my-post',
      tags,
    });
  });

  test('a category that is a tag comes first', async () => {
    const { reader } = setUp(
      'hive',
      content({ category: 'photo', json_metadata: '{"tags":["travel","photo"]}' }),
    );
    expect((await reader.tags({ chain: 'hive', ...post })).tags).toEqual(['photo', 'travel']);
  });

  test('apps that may act for an account', async () => {
    expect(await setUp('steem').reader.authorities('steem', 'bob')).toEqual(['my.app']);
    const { reader } = setUp('steem', { 'condenser_api.get_accounts': [] });
    await expect(reader.authorities('steem', 'nobody')).rejects.toMatchObject({ code: 'account_not_found' });
  });
});
