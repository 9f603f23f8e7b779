/** What of the vault goes into a backup, as the person chose. */
import type { JournalRecord } from '../vault/schema.ts';
import type { BackupAccount, BackupContent, BackupEntry, BackupSignIn } from './content.ts';
import type { HeldAccount, Holdings } from './holdings.ts';
import type { SignInFate } from './sign-in-fate.ts';

export interface BackupChoice {
  /** Client secrets of app registrations. */
  readonly secrets: boolean;
  /** Sign-ins of which a copy harms nothing. */
  readonly signIns: boolean;
  /** Those that the copy and the original take from each other. */
  readonly rotating: boolean;
  readonly journal: boolean;
}

function isChosen(fate: SignInFate, { signIns, rotating }: BackupChoice): boolean {
  return (fate === 'lasting' && signIns) || (fate === 'rotating' && rotating);
}

/** What is needed elsewhere and no more: an access token that ends is renewed there. */
function reduce({ accessToken, ...signIn }: BackupSignIn): BackupSignIn {
  return signIn.refreshToken === undefined && accessToken !== undefined ? { ...signIn, accessToken } : signIn;
}

function toAccount({ account, fate, signIn }: HeldAccount, choice: BackupChoice): BackupAccount {
  return signIn !== undefined && isChosen(fate, choice) ? { ...account, signIn: reduce(signIn) } : account;
}

function toEntry(record: JournalRecord): BackupEntry {
  const entry: Partial<JournalRecord> & BackupEntry = { ...record };
  delete entry.id;
  delete entry.open;
  // Both are of this browser alone.
  delete entry.batch;
  delete entry.isRestored;
  return entry;
}

/** @param madeAt UTC ms. @param journal oldest first. */
export function makeContent(
  holdings: Holdings,
  journal: readonly JournalRecord[],
  choice: BackupChoice,
  madeAt: number,
): BackupContent {
  const { services, accounts, people, settings = {}, lookups } = holdings;
  return {
    madeAt,
    hasSecrets: choice.secrets,
    services: services.map(({ clientSecret, secrets, ...service }) =>
      choice.secrets
        ? { ...service, secrets, ...(clientSecret === undefined ? {} : { clientSecret }) }
        : { ...service, secrets: {} },
    ),
    accounts: accounts.map((held) => toAccount(held, choice)),
    lookups: [...lookups],
    settings,
    people: [...people],
    journal: choice.journal ? journal.map(toEntry) : [],
  };
}
