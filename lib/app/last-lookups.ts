/** What each account looked up last, with what was typed. */
import * as z from 'zod/mini';
import type { Vault } from '../vault/vault.ts';

const key = 'last-lookup';
const order = z.object({ lookup: z.string(), params: z.record(z.string(), z.string()) });
const stored = z.object({
  /** The account that looked something up last. */
  account: z.string(),
  orders: z.record(z.string(), order),
});

export type LastLookups = z.output<typeof stored>;
export type LastOrder = z.output<typeof order>;

const none: LastLookups = { account: '', orders: {} };

export interface LastLookupStore {
  read(): Promise<LastLookups>;
  /** @param known ids of the accounts that there are; what others looked up is forgotten. */
  remember(account: string, order: LastOrder, known: readonly string[]): Promise<void>;
}

export function createLastLookups({ store }: Pick<Vault, 'store'>): LastLookupStore {
  async function read(): Promise<LastLookups> {
    const found = stored.safeParse((await store.settings.find(key))?.value);
    return found.success ? found.data : none;
  }
  return {
    read,
    async remember(account, last, known) {
      const { orders } = await read();
      const kept = Object.entries(orders).filter(([id]) => known.includes(id));
      const value: LastLookups = { account, orders: { ...Object.fromEntries(kept), [account]: last } };
      await store.settings.put({ key, value });
    },
  };
}
