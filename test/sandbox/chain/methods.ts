/** The JSON-RPC methods of a node, by name. Each takes `params` as sent and gives the result or throws RpcError. */
import { buildAccountShape, buildResourceCredits } from './account-shape.ts';
import { buildBridgePost } from './bridge-post.ts';
import type { SandboxChain } from './chain.ts';
import { buildActiveVotes, buildContent, buildZeroContent, emptyContent } from './content.ts';
import { buildHivemindAssertion, buildPlainRefusal, buildUnknownKey, RpcError } from './errors.ts';
import { formatTime } from './format.ts';
import { isAccountName } from './names.ts';
import type { Post } from './post.ts';
import { buildMedianPrice, buildProperties, buildRewardFund } from './properties.ts';

type Method = (chain: SandboxChain, params: unknown, host: string) => unknown;

/** This Steem node has no hivemind behind it and answers an unknown post as steemd did. */
const oldSteemNode = 'api.moecki.online';

export const methods: Readonly<Record<string, Method>> = {
  'condenser_api.get_content': (chain, params, host) => {
    const post = findPost(chain, readTexts(params, 2));
    if (post !== undefined) return buildContent(chain, post);
    return host === oldSteemNode ? buildZeroContent(chain.rules.dollar) : emptyContent;
  },
  'condenser_api.get_active_votes': (chain, params) => {
    const post = findPost(chain, readTexts(params, 2));
    if (post === undefined) throw buildUnknownKey();
    return buildActiveVotes(chain, post);
  },
  'condenser_api.get_accounts': (chain, params) => {
    const names = Array.isArray(params) ? (params as unknown[])[0] : undefined;
    if (!isTextList(names)) throw invalidParameters();
    return names.flatMap((name) => {
      const account = chain.findAccount(name);
      return account === undefined ? [] : [buildAccountShape(chain, account)];
    });
  },
  'condenser_api.get_dynamic_global_properties': (chain) => buildProperties(chain),
  'condenser_api.get_reward_fund': (chain, params) => {
    const [name] = readTexts(params, 1);
    if (name !== 'post') throw buildUnknownKey();
    return buildRewardFund(chain);
  },
  'condenser_api.get_current_median_history_price': (chain) => buildMedianPrice(chain),
  'condenser_api.get_transaction': (chain, params) => {
    const [id] = readTexts(params, 1);
    const transaction = chain.transactions.find((other) => other.id === id);
    if (transaction === undefined)
      throw buildPlainRefusal(chain.rules.id, `false: Unknown Transaction ${id}`);
    return {
      ref_block_num: transaction.blockNumber % 65_536,
      ref_block_prefix: 1,
      expiration: formatTime(transaction.at + 60_000),
      operations: transaction.operations,
      extensions: [],
      signatures: [],
      transaction_id: id,
      block_num: transaction.blockNumber,
      transaction_num: 0,
    };
  },
  'rc_api.find_rc_accounts': (chain, params) => {
    const { accounts } = readObject(params);
    if (!isTextList(accounts)) throw invalidParameters();
    return {
      rc_accounts: accounts.flatMap((name) => {
        const account = chain.findAccount(name);
        return account === undefined ? [] : [buildResourceCredits(chain, account)];
      }),
    };
  },
  'bridge.get_post': (chain, params) => {
    const { author, permlink } = readObject(params);
    if (typeof author !== 'string' || typeof permlink !== 'string') throw invalidParameters();
    const post = findPost(chain, [author, permlink]);
    if (post === undefined) throw buildHivemindAssertion(`Post ${author}/${permlink} does not exist`);
    return buildBridgePost(chain, post);
  },
};

/** Undefined on Steem only: Hive's hivemind makes an error of everything it can't find. */
function findPost(chain: SandboxChain, [author, permlink]: readonly [string, string]): Post | undefined {
  const post = chain.findPost(author, permlink);
  if (post !== undefined || chain.rules.id === 'steem') return post;
  if (author === '') throw buildHivemindAssertion('invalid account (not specified)');
  if (!isAccountName(author)) throw buildHivemindAssertion('invalid account name type');
  if (permlink === '') throw buildHivemindAssertion('permlink cannot be blank');
  if (chain.isDeleted(author, permlink)) {
    throw new RpcError({
      code: -31999,
      message: 'Invalid parameters',
      data: `Post ${author}/${permlink} was deleted 1 time(s)`,
    });
  }
  if (chain.findAccount(author) === undefined)
    throw buildHivemindAssertion(`Account ${author} does not exist`);
  throw buildHivemindAssertion(`Post ${author}/${permlink} does not exist`);
}

function invalidParameters(): RpcError {
  return new RpcError({ code: -32602, message: 'Invalid parameters' });
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function readObject(params: unknown): Record<string, unknown> {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) throw invalidParameters();
  return { ...params };
}

function readTexts(params: unknown, count: 1): readonly [string];
function readTexts(params: unknown, count: 2): readonly [string, string];
function readTexts(params: unknown, count: 1 | 2): readonly string[] {
  if (!isTextList(params) || params.length !== count) throw invalidParameters();
  return params;
}
