/** An account as condenser_api.get_accounts and rc_api.find_rc_accounts give it. */
import type { Account } from './account.ts';
import { getMaxMana } from './account.ts';
import type { SandboxChain } from './chain.ts';
import { epoch, formatAmount, formatTime, formatVests } from './format.ts';
import { steemInteger } from './json-text.ts';

export function buildAccountShape(chain: SandboxChain, account: Account): Record<string, unknown> {
  const { rules } = chain;
  const integer = rules.id === 'steem' ? steemInteger : (value: bigint): bigint => value;
  const max = getMaxMana(account, 'votingMana');
  const powerDown = account.powerDown;
  return {
    id: 1,
    name: account.name,
    owner: buildAuthority([]),
    active: buildAuthority([]),
    posting: buildAuthority(account.postingAuths),
    memo_key: publicKey,
    json_metadata: JSON.stringify({ profile: account.profile }),
    posting_json_metadata: JSON.stringify({ profile: account.profile }),
    proxy: '',
    created: '2016-07-01T00:00:00',
    post_count: chain.listPosts().filter(({ author }) => author === account.name).length,
    can_vote: account.canVote,
    voting_manabar: {
      current_mana: integer(account.votingMana.current),
      last_update_time: account.votingMana.updatedAt,
    },
    downvote_manabar: {
      current_mana: integer(account.downvoteMana.current),
      last_update_time: account.downvoteMana.updatedAt,
    },
    // A snapshot of the last change, as on the real chains: not what the account has now.
    voting_power: max > 0n ? Number((account.votingMana.current * 10_000n) / max) : 0,
    balance: formatAmount(10, rules.token),
    [rules.id === 'steem' ? 'sbd_balance' : 'hbd_balance']: formatAmount(1.5, rules.dollar),
    vesting_shares: formatVests(account.vests),
    delegated_vesting_shares: formatVests(account.delegated),
    received_vesting_shares: formatVests(account.received),
    vesting_withdraw_rate: formatVests(powerDown.weekly),
    next_vesting_withdrawal:
      powerDown.left > 0n ? formatTime(chain.now() + 3 * 86_400_000) : '1969-12-31T23:59:59',
    withdrawn: 0,
    to_withdraw: integer(powerDown.left),
    last_vote_time: account.lastVoteAt === 0 ? epoch : formatTime(account.lastVoteAt),
    reputation: integer(account.reputation),
    witness_votes: [],
    ...(rules.id === 'hive' && { post_voting_power: formatVests(max) }),
  };
}

export function buildResourceCredits(chain: SandboxChain, account: Account): Record<string, unknown> {
  const integer = chain.rules.id === 'steem' ? steemInteger : (value: bigint): bigint => value;
  return {
    account: account.name,
    rc_manabar: {
      current_mana: integer(account.resourceCredits.current),
      last_update_time: account.resourceCredits.updatedAt,
    },
    max_rc_creation_adjustment: { amount: '2000000000', precision: 6, nai: '@@000000037' },
    max_rc: integer(getMaxMana(account, 'resourceCredits')),
  };
}

const publicKey = 'STM1111111111111111111111111111111114T1Anm';

function buildAuthority(accounts: readonly string[]): Record<string, unknown> {
  return {
    weight_threshold: 1,
    account_auths: accounts.map((name) => [name, 1]),
    key_auths: [[publicKey, 1]],
  };
}
