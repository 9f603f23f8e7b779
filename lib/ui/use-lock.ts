import type { LockView } from '../actions/lock.ts';
import { useQuery } from './use-query.ts';

/** How the vault is locked; undefined until it is known. */
export function useLock(): LockView | undefined {
  return useQuery('lock.state', {}, ['lock']).value;
}
