/** What the vault holds of that which goes into a backup, opened. It is in memory only. */
import { readBindings } from '../accounts/binding.ts';
import { AppError, toAppError } from '../errors.ts';
import { findProvider } from '../providers/index.ts';
import type { Account, Grant, Person, Registration, Sealed } from '../vault/schema.ts';
import { identityOf } from '../vault/sealed-places.ts';
import type { Vault } from '../vault/vault.ts';
import type { BackupLookup, BackupService, BackupSignIn } from './content.ts';
import { judgeSignIn, type SignInFate } from './sign-in-fate.ts';

export interface HeldAccount {
  readonly account: Account;
  readonly grant: Grant | undefined;
  readonly fate: SignInFate;
  /** Server and app that its tokens are of; an empty text where nobody can tell. */
  readonly boundTo: string;
  /** Its tokens are of another server or app than the service is now, and good again once it is that one. */
  readonly isElsewhere: boolean;
  /** All that signs it in, whether or not it may be copied; undefined where it can't be opened. */
  readonly signIn: BackupSignIn | undefined;
}

/** What others keep among the vault's settings. */
export interface PersonalRecord<Value> {
  readonly key: string;
  /** Checks what was kept, here or in a backup; undefined for what this Latchkey does not understand. */
  readonly parse: (value: unknown) => Value | undefined;
}

export interface PersonalRecords {
  readonly settings: PersonalRecord<Readonly<Record<string, unknown>>>;
  readonly lookups: PersonalRecord<readonly BackupLookup[]>;
}

export interface Holdings {
  readonly services: readonly BackupService[];
  /** Services whose registration is there and can't be read: whatever it says, it is not what a backup brings. */
  readonly unreadable: readonly string[];
  readonly accounts: readonly HeldAccount[];
  readonly people: readonly Person[];
  /** Undefined where nothing was ever chosen. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  readonly lookups: readonly BackupLookup[];
}

/** What can't be opened, since the key is gone or the record is damaged, can't be copied either. */
async function tryOpen(vault: Vault, sealed: Sealed | undefined, identity: string) {
  if (sealed === undefined) return undefined;
  try {
    return await vault.open(sealed, identity);
  } catch (thrown) {
    if (toAppError(thrown).code !== 'vault_key_missing') throw thrown;
    return undefined;
  }
}

async function openService(vault: Vault, saved: Registration): Promise<BackupService> {
  const { provider, clientId, authBase, apiBase, settings } = saved;
  const open = (sealed: Sealed | undefined, field: string) =>
    tryOpen(vault, sealed, identityOf.registration(provider, field));
  const clientSecret = await open(saved.clientSecret, 'clientSecret');
  const secrets: Record<string, string> = {};
  for (const [field, sealed] of Object.entries(saved.secrets)) {
    const secret = await open(sealed, field);
    if (secret !== undefined) secrets[field] = secret;
  }
  const told = { provider, clientId, authBase, apiBase, settings, secrets };
  return clientSecret === undefined ? told : { ...told, clientSecret };
}

const signInFields = ['accessToken', 'refreshToken', 'tokenSecret'] as const;

async function openSignIn(vault: Vault, grant: Grant, boundTo: string): Promise<BackupSignIn | undefined> {
  const { account, signedInAt, renewableUntil } = grant;
  const opened: Partial<BackupSignIn> = {};
  for (const field of signInFields) {
    const text = await tryOpen(vault, grant[field], identityOf.grant(account, field));
    // One that can't be opened leaves nothing to sign in with.
    if (text === undefined && grant[field] !== undefined) return undefined;
    if (text !== undefined) opened[field] = text;
  }
  return {
    ...opened,
    signedInAt,
    boundTo,
    ...(renewableUntil === undefined ? {} : { renewableUntil }),
  };
}

/** @param binding of the account's service. */
async function openAccount(
  vault: Vault,
  account: Account,
  grant: Grant | undefined,
  binding: string | undefined,
): Promise<HeldAccount> {
  const boundTo = grant?.boundTo ?? binding ?? '';
  const signIn = grant && (await openSignIn(vault, grant, boundTo));
  // Tokens of another server or app are none here.
  const fate = judgeSignIn(findProvider(account.provider), signIn && grant);
  const isElsewhere = fate !== 'ended' && binding !== undefined && boundTo !== binding;
  return { account, grant, fate: isElsewhere ? 'ended' : fate, boundTo, isElsewhere, signIn };
}

/** A vault whose key is gone is not locked: a backup is what mends it. @throws AppError `vault_locked`. */
export async function assertUnlocked({ key }: Pick<Vault, 'key'>): Promise<void> {
  if ((await key.state()) === 'locked') throw new AppError('vault_locked');
}

/** @throws AppError `vault_locked`, `vault_broken`. */
export async function readHoldings(vault: Vault, personal: PersonalRecords): Promise<Holdings> {
  await assertUnlocked(vault);
  const { store } = vault;
  const [registrations, keys, bindings, accounts, grants, people] = await Promise.all([
    store.registrations.list(),
    vault.database.use((database) => database.getAllKeys('registrations')),
    readBindings(vault),
    store.accounts.list(),
    store.grants.list(),
    store.people.list(),
  ]);
  const grantOf = new Map(grants.map((grant) => [grant.account, grant]));
  const find = async <Value>({ key, parse }: PersonalRecord<Value>) => {
    const saved = await store.settings.find(key).catch(() => undefined);
    return saved && parse(saved.value);
  };
  return {
    services: await Promise.all(registrations.map((saved) => openService(vault, saved))),
    unreadable: keys.filter((key) => !registrations.some(({ provider }) => provider === key)),
    accounts: await Promise.all(
      accounts
        .sort((a, b) => a.createdAt - b.createdAt)
        .map((one) => openAccount(vault, one, grantOf.get(one.id), bindings.get(one.provider))),
    ),
    people,
    settings: await find(personal.settings),
    lookups: (await find(personal.lookups)) ?? [],
  };
}
