import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chains } from '../../lib/steem/chain.ts';
import { formatTime } from './chain/format.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { requestSandbox } from './request.ts';
import { seededPosts, seedSandbox } from './seed.ts';
import { callNode, parseBody, postJson } from './test-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  seedSandbox(sandbox);
});
afterAll(() => sandbox.close());

const names = ({ author, permlink }: { author: string; permlink: string }): string[] => [author, permlink];
const steem = 'api.steemit.com';
const hive = 'api.hive.blog';

describe('get_content', () => {
  test('Steem: no vote counters, text for numbers in votes, big integers quoted', async () => {
    const { result } = await callNode(sandbox, steem, 'condenser_api.get_content', names(seededPosts.fresh));
    expect(result).toMatchObject({
      author: 'alice',
      json_metadata: '{"tags":["travel","mountains"],"app":"sandbox/1.0","format":"markdown"}',
      cashout_time: formatTime(sandbox.steem.getPost('alice', seededPosts.fresh.permlink).cashoutAt),
      pending_payout_value: '1.262 SBD',
      author_reputation: '252421000000000',
      percent_steem_dollars: 10_000,
      active_votes: [{ voter: 'carol', rshares: '88888000000', percent: '10000' }],
    });
    for (const key of [
      'net_votes',
      'allow_votes',
      'allow_replies',
      'abs_rshares',
      'root_author',
      'percent_hbd',
    ]) {
      expect(result).not.toHaveProperty(key);
    }
  });

  test('Hive: its own keys, bare integers', async () => {
    const { result } = await callNode(
      sandbox,
      hive,
      'condenser_api.get_content',
      names(seededPosts.votesOff),
    );
    expect(result).toMatchObject({
      allow_votes: false,
      net_votes: 0,
      percent_hbd: 10_000,
      root_author: 'carol',
    });
    expect(result).toHaveProperty('author_reputation', 95_832_978_796_820);
    expect(result).not.toHaveProperty('percent_steem_dollars');
  });

  test('a paid out post ends in 1969 and moves its payout to author and curators', async () => {
    const { result } = await callNode(
      sandbox,
      steem,
      'condenser_api.get_content',
      names(seededPosts.paidOut),
    );
    expect(result).toMatchObject({
      cashout_time: '1969-12-31T23:59:59',
      total_payout_value: '21.210 SBD',
      curator_payout_value: '21.210 SBD',
      pending_payout_value: '0.000 SBD',
    });
  });

  test('on Steem a fresh vote is missing for a minute, while get_active_votes has it', async () => {
    const [author, permlink] = names(seededPosts.chinese);
    sandbox.steem.broadcastVote({
      voter: 'bob',
      author: author ?? '',
      permlink: permlink ?? '',
      weight: 1234,
    });
    const content = (await callNode(sandbox, steem, 'condenser_api.get_content', [author, permlink])).result;
    const votes = (await callNode(sandbox, steem, 'condenser_api.get_active_votes', [author, permlink]))
      .result;
    expect(content).toMatchObject({ active_votes: [] });
    expect(votes).toMatchObject([{ voter: 'bob', percent: 1234 }]);
    sandbox.clockOffsetMs = 61_000;
    const later = (await callNode(sandbox, steem, 'condenser_api.get_content', [author, permlink])).result;
    sandbox.clockOffsetMs = 0;
    expect(later).toMatchObject({ active_votes: [{ voter: 'bob', percent: '1234' }] });
  });

  test('a comment has its path below the root post', async () => {
    const { result } = await callNode(sandbox, hive, 'condenser_api.get_content', names(seededPosts.comment));
    expect(result).toMatchObject({
      depth: 1,
      parent_author: 'alice',
      url: '/travel/@alice/notes-from-a-mountain-hut#@carol/re-notes-from-a-mountain-hut',
    });
  });
});

describe('a post that is not there', () => {
  const lookUp = (host: string, permlink = 'nope') =>
    callNode(sandbox, host, 'condenser_api.get_content', ['alice', permlink]);

  test('1: Steem’s hivemind, nearly nothing', async () => {
    expect((await lookUp(steem)).result).toEqual({ id: 0, author: '', permlink: '' });
  });

  test('2: an old steemd, a record of zeros', async () => {
    const { result } = await lookUp('api.moecki.online');
    expect(result).toMatchObject({
      id: 0,
      author: '',
      body: '',
      cashout_time: '1970-01-01T00:00:00',
      active_votes: [],
    });
  });

  test('3: Hive, an error with an empty stack format', async () => {
    expect((await lookUp(hive)).error).toMatchObject({
      code: -32602,
      message: 'Assert Exception:Post alice/nope does not exist',
      data: {
        stack: [{ format: '' }],
        extension: { assertion_expression: 'Post alice/nope does not exist' },
      },
    });
    expect((await lookUp(hive, '')).error?.message).toBe('Assert Exception:permlink cannot be blank');
  });

  test('4: Hive, deleted', async () => {
    sandbox.hive.addPost({ author: 'alice', permlink: 'gone' });
    sandbox.hive.deletePost('alice', 'gone');
    expect((await lookUp(hive, 'gone')).error).toEqual({
      code: -31999,
      message: 'Invalid parameters',
      data: 'Post alice/gone was deleted 1 time(s)',
    });
  });

  test('get_active_votes: unknown key on Steem, an error on Hive', async () => {
    const method = 'condenser_api.get_active_votes';
    expect((await callNode(sandbox, steem, method, ['alice', 'nope'])).error?.message).toBe(
      'unknown key:unknown key: ',
    );
    expect((await callNode(sandbox, hive, method, ['alice', 'nope'])).error?.code).toBe(-32602);
  });
});

describe('accounts and properties', () => {
  test('unknown accounts are left out; integers are text on Steem, digits on Hive', async () => {
    const ask = (host: string) =>
      callNode(sandbox, host, 'condenser_api.get_accounts', [['erin', 'nobody-here']]);
    expect((await ask(steem)).result).toMatchObject([
      { name: 'erin', voting_manabar: { current_mana: '200000000000' }, sbd_balance: '1.500 SBD' },
    ]);
    expect((await ask(hive)).result).toMatchObject([
      { name: 'erin', voting_manabar: { current_mana: 200_000_000_000 }, hbd_balance: '1.500 HBD' },
    ]);
  });

  test('field names by chain', async () => {
    const method = 'condenser_api.get_dynamic_global_properties';
    expect((await callNode(sandbox, steem, method, [])).result).toMatchObject({
      total_vesting_fund_steem: '200000000.000 STEEM',
      vote_power_reserve_rate: 10,
      downvote_pool_percent: 2500,
    });
    expect((await callNode(sandbox, hive, method, [])).result).toMatchObject({
      total_vesting_fund_hive: '200000000.000 HIVE',
    });
  });

  test('reward fund, price, resource credits, bridge post, transaction', async () => {
    expect((await callNode(sandbox, steem, 'condenser_api.get_reward_fund', ['post'])).result).toMatchObject({
      reward_balance: '800000.000 STEEM',
      recent_claims: '500000000000000000',
    });
    expect(
      (await callNode(sandbox, hive, 'condenser_api.get_current_median_history_price', [])).result,
    ).toEqual({
      base: '0.200 HBD',
      quote: '1.000 HIVE',
    });
    expect(
      (await callNode(sandbox, hive, 'rc_api.find_rc_accounts', { accounts: ['bob'] })).result,
    ).toMatchObject({
      rc_accounts: [{ account: 'bob', max_rc: 2_002_000_000_000 }],
    });
    const post = { author: 'alice', permlink: seededPosts.fresh.permlink, observer: '' };
    expect((await callNode(sandbox, steem, 'bridge.get_post', post)).result).toMatchObject({
      is_paidout: false,
      payout: 1.262,
      author_reputation: 73.62,
      json_metadata: { tags: ['travel', 'mountains'] },
      active_votes: [{ voter: 'carol', rshares: '88888000000' }],
    });
    const { id } = sandbox.hive.broadcastVote({ voter: 'bob', ...seededPosts.fresh, weight: 100 });
    expect((await callNode(sandbox, hive, 'condenser_api.get_transaction', [id])).result).toMatchObject({
      transaction_id: id,
      operations: [['vote', { voter: 'bob', weight: 100 }]],
    });
  });
});

describe('JSON-RPC', () => {
  test('a batch is answered in order, each call for itself', async () => {
    const answer = await postJson(sandbox, `https://${steem}`, [
      { jsonrpc: '2.0', id: 'a', method: 'condenser_api.get_reward_fund', params: ['post'] },
      { jsonrpc: '2.0', id: 'b', method: 'condenser_api.no_such_method', params: [] },
    ]);
    expect(parseBody(answer)).toMatchObject([
      { id: 'a', result: { name: 'post' } },
      { id: 'b', error: { code: -32601 } },
    ]);
  });

  test.each([
    ['not JSON', '{', -32700],
    ['no version', '{"id":1,"method":"condenser_api.get_reward_fund"}', -32600],
    ['an empty batch', '[]', -32600],
    ['51 calls', JSON.stringify(Array.from({ length: 51 }, () => ({}))), -32600],
  ])('%s', async (_what, body, code) => {
    const answer = await requestSandbox(sandbox, `https://${steem}`, { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(parseBody(answer)).toMatchObject({ error: { code } });
  });

  test('wrong parameters', async () => {
    expect(
      (await callNode(sandbox, steem, 'condenser_api.get_content', { author: 'alice' })).error?.code,
    ).toBe(-32602);
  });

  test('the nodes are those that the product asks', () => {
    for (const id of ['steem', 'hive'] as const) {
      expect(sandbox[id].rules.nodes.map((host) => `https://${host}`)).toEqual(chains[id].nodes);
    }
  });

  test('every node answers, to every origin', async () => {
    for (const host of [...sandbox.steem.rules.nodes, ...sandbox.hive.rules.nodes]) {
      const answer = await requestSandbox(sandbox, `https://${host}/`, { method: 'OPTIONS' });
      expect(answer.headers['access-control-allow-origin']).toBe('*');
    }
  });
});
