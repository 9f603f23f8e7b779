import { isUnnamed } from '../../accounts/unnamed.ts';
import { findProvider } from '../../providers/index.ts';
import type { Account } from '../../vault/schema.ts';
import { accountKey, type BackupAccount, type BackupSignIn } from '../content.ts';
import type { HeldAccount } from '../holdings.ts';
import { judge, listDifferences, type Planned, refuse } from './planned.ts';

const labelOf = ({ name, provider }: Pick<Account, 'name' | 'provider'>) =>
  `${name} (${findProvider(provider)?.title ?? provider})`;

/** Finds the account here that one of a backup is. */
export type FindHeld = (
  theirs: Pick<BackupAccount, 'id' | 'provider' | 'subject'>,
) => HeldAccount | undefined;

/**
 * Who is who: by the service's own id of the person. Only where the service had not told that yet, here or when the backup
 * was made, by the account's id, which whoever wrote the file may have chosen.
 */
export function createFindHeld(mine: readonly HeldAccount[]): FindHeld {
  const byKey = new Map(mine.map((held) => [accountKey(held.account), held]));
  const byId = new Map(mine.map((held) => [held.account.id, held]));
  return (theirs) => {
    const found = byKey.get(accountKey(theirs)) ?? byId.get(theirs.id);
    if (found === undefined || accountKey(found.account) === accountKey(theirs)) return found;
    const isNamed = !isUnnamed(found.account) && !isUnnamed(theirs);
    return isNamed || found.account.provider !== theirs.provider ? undefined : found;
  };
}

function toAccount({ signIn: _signIn, ...account }: BackupAccount): Account {
  return account;
}

/** Accounts are the same by service and by the service's own id of the person. */
export function planAccounts(findHeld: FindHeld, theirs: readonly BackupAccount[]): Planned<Account>[] {
  return theirs.map((told) => {
    const key = accountKey(told);
    const label = labelOf(told);
    if (findProvider(told.provider) === undefined) return refuse(key, label);
    const held = findHeld(told)?.account;
    if (held === undefined) return { key, label, state: 'new', differences: [], value: toAccount(told) };
    const { name } = told;
    const differences = listDifferences([['lookup_column_name', held.name, name]]);
    // Rights belong to the sign-in; weights and the account that is chosen first are of the last use here.
    return { key, label, ...judge(differences), value: { ...held, name } };
  });
}

/** A sign-in of a backup, for the account of this key. */
export interface PlannedSignIn {
  readonly account: BackupAccount;
  readonly signIn: BackupSignIn;
}

const isSame = (mine: BackupSignIn | undefined, theirs: BackupSignIn) =>
  theirs.refreshToken === undefined
    ? mine?.accessToken === theirs.accessToken && mine?.tokenSecret === theirs.tokenSecret
    : mine?.refreshToken === theirs.refreshToken;

const canSignIn = ({ refreshToken = '', accessToken = '' }: BackupSignIn) =>
  refreshToken !== '' || accessToken !== '';

/** A sign-in that works here is never replaced by itself: the one of a backup may be older. */
export function planSignIns(findHeld: FindHeld, theirs: readonly BackupAccount[]): Planned<PlannedSignIn>[] {
  return theirs.flatMap((account): Planned<PlannedSignIn>[] => {
    const { signIn } = account;
    if (signIn === undefined || !canSignIn(signIn)) return [];
    const key = accountKey(account);
    const label = labelOf(account);
    if (findProvider(account.provider) === undefined) return [refuse(key, label)];
    const held = findHeld(account);
    const value = { account, signIn };
    if (isSame(held?.signIn, signIn)) return [{ key, label, state: 'same', differences: [], value }];
    // One of another server or app may be good again by this very backup, and newer than what it brings.
    if (held === undefined || (held.fate === 'ended' && !held.isElsewhere))
      return [{ key, label, state: 'new', differences: [], value }];
    const moment = (at: number | undefined) =>
      at === undefined ? undefined : ({ kind: 'moment', at } as const);
    const title = 'backup_signed_in_at';
    const difference = { title, mine: moment(held.signIn?.signedInAt), theirs: moment(signIn.signedInAt) };
    return [{ key, label, state: 'different', differences: [difference], value }];
  });
}
