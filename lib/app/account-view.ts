import type { AccountState } from '../accounts/accounts.ts';
import type { AccountView } from '../actions/accounts.ts';
import type { Translate } from '../ports.ts';

/** An account as views see it: names and times, with trouble put into a sentence. */
export function viewAccount(
  { account, provider, health, revokePage }: AccountState,
  translate: Translate,
): AccountView {
  return {
    id: account.id,
    provider: provider.id,
    service: provider.title,
    chain: provider.chain,
    name: account.name,
    health: 'trouble' in health ? { ...health, message: translate(`error_${health.trouble}`) } : health,
    defaultFor: account.defaultFor,
    revokePage,
  };
}
