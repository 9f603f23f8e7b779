/** An account by `condenser_api.get_accounts`: its stake, its mana bars, and the apps that may act for it. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { amount, integer } from './chain-values.ts';
import type { ChainAnswer, ChainCall } from './json-rpc.ts';
import type { Manabar, Stake } from './mana.ts';
import { readResult } from './read-result.ts';

export interface ChainAccount {
  readonly name: string;
  readonly stake: Stake;
  readonly manabar: Manabar;
  readonly downvoteManabar: Manabar;
  /** False when the account gave its voting rights up. */
  readonly canVote: boolean;
  /** Accounts of the apps that it lets post and vote for it. */
  readonly authorities: readonly string[];
}

const manabar = z.object({ current_mana: integer, last_update_time: integer });

const account = z.object({
  name: z.string(),
  vesting_shares: amount,
  received_vesting_shares: amount,
  delegated_vesting_shares: amount,
  vesting_withdraw_rate: amount,
  to_withdraw: integer,
  withdrawn: integer,
  voting_manabar: manabar,
  downvote_manabar: z._default(manabar, { current_mana: 0, last_update_time: 0 }),
  can_vote: z.optional(z.boolean()),
  posting: z.object({ account_auths: z.array(z.tuple([z.string(), z.number()])) }),
});

export function buildAccountCall(name: string): ChainCall {
  return { method: 'condenser_api.get_accounts', params: [[name]] };
}

/** @throws AppError `account_not_found` when the list comes back without it, else as `readResult`. */
export function readAccount(answer: ChainAnswer): ChainAccount {
  const [found] = readResult(answer, z.nullish(z.array(account)), 'account_not_found') ?? [];
  if (found === undefined) throw new AppError('account_not_found');
  return {
    name: found.name,
    stake: {
      vestingShares: found.vesting_shares,
      receivedShares: found.received_vesting_shares,
      delegatedShares: found.delegated_vesting_shares,
      leavingShares: Math.min(
        found.vesting_withdraw_rate,
        Math.max(0, (found.to_withdraw - found.withdrawn) / 1e6),
      ),
    },
    manabar: readManabar(found.voting_manabar),
    downvoteManabar: readManabar(found.downvote_manabar),
    canVote: found.can_vote ?? true,
    authorities: found.posting.account_auths.map(([app]) => app),
  };
}

function readManabar(bar: z.output<typeof manabar>): Manabar {
  return { mana: bar.current_mana, updatedAt: bar.last_update_time };
}
