import type { Accounts, AccountState } from '../accounts/accounts.ts';
import { AppError } from '../errors.ts';
import type { ChainId } from '../steem/chain.ts';

export interface Voter extends AccountState {
  readonly chain: ChainId;
}

/** The accounts that an action is for, the default first. */
export function listActors(all: readonly AccountState[], action: 'vote' | 'tweet'): AccountState[] {
  const actors = all.filter(({ provider }) => provider.actsFor === action);
  const isDefault = ({ account }: AccountState) => account.defaultFor.includes(action);
  return [...actors.filter(isDefault), ...actors.filter((actor) => !isDefault(actor))];
}

/** The accounts that can vote, of one chain or of all, the default first. */
export function listVoters(all: readonly AccountState[], chain?: ChainId): Voter[] {
  return listActors(all, 'vote').flatMap((state) => {
    const own = state.provider.chain;
    return own === undefined || (chain !== undefined && own !== chain) ? [] : [{ ...state, chain: own }];
  });
}

/** The account of this id, which can vote. @throws AppError `unknown_account` (field `account`) */
export async function findVoter(accounts: Accounts, id: string): Promise<Voter> {
  const voter = listVoters(await accounts.list()).find(({ account }) => account.id === id);
  if (voter === undefined) throw new AppError('unknown_account', { field: 'account' });
  return voter;
}
