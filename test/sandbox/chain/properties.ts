/** The chain-wide figures: dynamic global properties, reward fund, price. */
import type { SandboxChain } from './chain.ts';
import { formatAmount, formatTime } from './format.ts';
import { steemInteger } from './json-text.ts';
import { chainFigures } from './rules.ts';

export function buildProperties(chain: SandboxChain): Record<string, unknown> {
  const { rules, headBlock } = chain;
  const fund = formatAmount(chainFigures.totalVestingFund, rules.token);
  const printRate = { [rules.id === 'steem' ? 'sbd_print_rate' : 'hbd_print_rate']: 10_000 };
  return {
    head_block_number: headBlock,
    head_block_id: headBlock.toString(16).padStart(8, '0').padEnd(40, '0'),
    time: formatTime(chain.now()),
    current_witness: 'sandbox',
    virtual_supply: formatAmount(500_000_000, rules.token),
    current_supply: formatAmount(450_000_000, rules.token),
    [rules.id === 'steem' ? 'total_vesting_fund_steem' : 'total_vesting_fund_hive']: fund,
    total_vesting_shares: `${chainFigures.totalVestingShares.toFixed(6)} VESTS`,
    ...printRate,
    vote_power_reserve_rate: Number(chainFigures.votePowerReserveRate),
    downvote_pool_percent: Number(chainFigures.downvotePoolPercent),
    last_irreversible_block_num: headBlock - (rules.id === 'steem' ? 15 : 1),
  };
}

export function buildRewardFund(chain: SandboxChain): Record<string, unknown> {
  const { rules } = chain;
  return {
    id: 0,
    name: 'post',
    reward_balance: formatAmount(chainFigures.rewardBalance, rules.token),
    recent_claims: String(steemInteger(chainFigures.recentClaims)),
    last_update: formatTime(chain.now()),
    content_constant: '2000000000000',
    percent_curation_rewards: 5000,
    percent_content_rewards: 10_000,
    author_reward_curve: rules.id === 'steem' ? 'convergent_linear' : 'linear',
    curation_reward_curve: rules.id === 'steem' ? 'convergent_square_root' : 'linear',
  };
}

export function buildMedianPrice({ rules }: SandboxChain): Record<string, unknown> {
  return { base: formatAmount(chainFigures.price, rules.dollar), quote: formatAmount(1, rules.token) };
}
