import type { AccountState } from '../accounts/accounts.ts';
import type { ChainId } from '../steem/chain.ts';

/** The accounts that can vote, the default first. */
export function listVoters(all: readonly AccountState[], chain?: ChainId): AccountState[] {
  const voters = all.filter(({ provider }) => chain === undefined || provider.chain === chain);
  const isDefault = ({ account }: AccountState) => account.defaultFor.includes('vote');
  return [...voters.filter(isDefault), ...voters.filter((voter) => !isDefault(voter))];
}
