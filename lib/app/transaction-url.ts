import { chains } from '../steem/chain.ts';
import type { JournalRecord } from '../vault/schema.ts';

/** Where the chain's explorer shows a vote's transaction. */
export function findTransactionUrl({ chain, transactionId }: JournalRecord): string | undefined {
  return chain === undefined || transactionId === undefined
    ? undefined
    : chains[chain].transactionUrl(transactionId);
}
