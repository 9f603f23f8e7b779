import type { Accounts } from '../accounts/accounts.ts';
import type { Clock } from '../ports.ts';
import type { ChainReader } from '../steem/chain-reader.ts';
import { msToFill } from '../steem/mana.ts';
import type { VoteEntry } from '../vault/schema.ts';
import type { SettingsStore } from './settings.ts';

/**
 * The voting power that the person wants to keep. Only upvotes use it up; downvotes have a store of their own.
 * @returns a function that tells until when an upvote has to wait for the power to be there again, UTC ms; undefined where
 *   it need not. Throws what the chain's nodes throw.
 */
export function createManaFloor(
  clock: Clock,
  {
    accounts,
    chainReader,
    settings,
  }: {
    readonly accounts: Pick<Accounts, 'find'>;
    readonly chainReader: Pick<ChainReader, 'votingPower'>;
    readonly settings: Pick<SettingsStore, 'read'>;
  },
): (entry: VoteEntry) => Promise<number | undefined> {
  return async (entry) => {
    const { manaFloorPercent } = await settings.read();
    if (manaFloorPercent === 0) return undefined;
    const account = await accounts.find(entry.account);
    if (account === undefined) return undefined;
    const power = await chainReader.votingPower(entry.chain, account.name);
    return power >= manaFloorPercent ? undefined : clock.now() + msToFill(power, manaFloorPercent);
  };
}
