/** What a restored backup writes into the vault, sealed with this vault's key. */
import { never } from '../accounts/timing.ts';
import type { Ports } from '../ports.ts';
import { findProvider } from '../providers/index.ts';
import type { Account, Grant, JournalRecord, Person, Registration } from '../vault/schema.ts';
import { identityOf } from '../vault/sealed-places.ts';
import type { Vault } from '../vault/vault.ts';
import { accountKey, type BackupContent, type BackupService } from './content.ts';
import type { Holdings, PersonalRecords } from './holdings.ts';
import { choose, type Plan, type RestoreChoice } from './plan/make-plan.ts';
import { findHeld, type PlannedSignIn } from './plan/plan-accounts.ts';

type RecordPorts = Pick<Ports, 'clock' | 'random'>;

export interface RestoredRecords {
  readonly registrations: readonly Registration[];
  readonly accounts: readonly Account[];
  readonly grants: readonly Grant[];
  readonly settings: readonly { readonly key: string; readonly value: unknown }[];
  readonly people: readonly Person[];
  readonly journal: readonly JournalRecord[];
}

async function sealService(vault: Vault, service: BackupService): Promise<Registration> {
  const { provider, clientSecret, ...rest } = service;
  const seal = (text: string, field: string) => vault.seal(text, identityOf.registration(provider, field));
  const secrets = Object.entries(service.secrets).map(
    async ([field, text]) => [field, await seal(text, field)] as const,
  );
  return {
    ...rest,
    provider,
    secrets: Object.fromEntries(await Promise.all(secrets)),
    ...(clientSecret === undefined ? {} : { clientSecret: await seal(clientSecret, 'clientSecret') }),
  };
}

/**
 * A grant of a restored sign-in. Where a refresh token is all there is, it is as one whose access token has ended: it is
 * renewed at once, or when it is used.
 * @param planned undefined for an account that only the person can sign in.
 */
async function sealGrant(
  { clock }: RecordPorts,
  vault: Vault,
  held: Pick<Grant, 'account' | 'generation'>,
  planned: PlannedSignIn | undefined,
): Promise<Grant> {
  const { account, generation } = held;
  const {
    accessToken,
    refreshToken,
    tokenSecret,
    boundTo,
    renewableUntil,
    signedInAt = 0,
  } = planned?.signIn ?? {};
  const seal = (text: string, field: 'accessToken' | 'refreshToken' | 'tokenSecret') =>
    vault.seal(text, identityOf.grant(account, field));
  const isLasting = refreshToken === undefined && accessToken !== undefined;
  return {
    account,
    generation,
    accessToken: await seal(accessToken ?? '', 'accessToken'),
    ...(refreshToken === undefined ? {} : { refreshToken: await seal(refreshToken, 'refreshToken') }),
    ...(tokenSecret === undefined ? {} : { tokenSecret: await seal(tokenSecret, 'tokenSecret') }),
    ...(boundTo === undefined ? {} : { boundTo }),
    ...(renewableUntil === undefined ? {} : { renewableUntil }),
    signedInAt,
    renewsSilently: planned !== undefined,
    expiresAt: isLasting ? never : 0,
    dueAt: isLasting ? never : clock.now(),
    state: planned === undefined ? 'needs_sign_in' : 'live',
    attempts: 0,
    isRepeat: false,
    writtenAt: clock.now(),
    isRejected: !isLasting,
    ...(planned === undefined ? { trouble: 'restored_without_sign_in' as const } : {}),
  };
}

/** Actions that an account here is chosen first for, each of one chain. */
function createDefaults(accounts: readonly Account[]) {
  const nameOf = (action: string, provider: string) => `${action} ${findProvider(provider)?.chain ?? ''}`;
  const taken = new Set(
    accounts.flatMap(({ defaultFor, provider }) => defaultFor.map((action) => nameOf(action, provider))),
  );
  /** Those of a new account that no other has. */
  return ({ defaultFor, provider }: Account): string[] => {
    const free = defaultFor.filter((action) => !taken.has(nameOf(action, provider)));
    for (const action of free) taken.add(nameOf(action, provider));
    return free;
  };
}

interface RestoredAccounts {
  readonly accounts: readonly Account[];
  readonly grants: readonly Grant[];
  /** From the id in the backup to the one here. */
  readonly ids: ReadonlyMap<string, string>;
  /** How many only the person can sign in. */
  readonly unsigned: number;
}

async function restoreAccounts(
  ports: RecordPorts,
  vault: Vault,
  { mine, theirs, plan, choice }: RestoreInput,
): Promise<RestoredAccounts> {
  const { added, changed } = choose('accounts', plan.accounts, choice);
  const signIns = choose('signIns', plan.signIns, choice);
  const signInOf = new Map(
    [...signIns.added, ...signIns.changed].map((one) => [accountKey(one.account), one] as const),
  );
  const keepFree = createDefaults(mine.accounts.map(({ account }) => account));
  const isTaken = (id: string) => mine.accounts.some(({ account }) => account.id === id);
  const fresh = added.map((account) => ({
    ...account,
    id: isTaken(account.id) ? ports.random.id() : account.id,
    defaultFor: keepFree(account),
  }));
  const accounts = new Map([...fresh, ...changed].map((account) => [account.id, account] as const));
  const grants: Grant[] = [];
  for (const { id, ...account } of fresh)
    grants.push(
      await sealGrant(ports, vault, { account: id, generation: 1 }, signInOf.get(accountKey(account))),
    );
  const ids = new Map<string, string>();
  for (const told of theirs.accounts) {
    const held = findHeld(mine.accounts, told);
    const id = held?.account.id ?? fresh.find((one) => accountKey(one) === accountKey(told))?.id;
    if (id !== undefined) ids.set(told.id, id);
    const signIn = signInOf.get(accountKey(told));
    if (held === undefined || signIn === undefined) continue;
    const generation = (held.grant?.generation ?? 0) + 1;
    grants.push(await sealGrant(ports, vault, { account: held.account.id, generation }, signIn));
    // Rights belong to the sign-in.
    const before = accounts.get(held.account.id) ?? held.account;
    accounts.set(before.id, { ...before, scopes: told.scopes });
  }
  const unsigned = grants.filter(({ state }) => state === 'needs_sign_in').length;
  return { accounts: [...accounts.values()], grants, ids, unsigned };
}

function restorePersonal(personal: PersonalRecords, { mine, plan, choice }: RestoreInput) {
  const lookups = choose('lookups', plan.lookups, choice);
  const { added, changed } = choose('settings', plan.settings, choice);
  const written = [...lookups.added, ...lookups.changed];
  const kept = mine.lookups.map((lookup) => lookups.changed.find(({ id }) => id === lookup.id) ?? lookup);
  return [
    ...(written.length === 0
      ? []
      : [{ key: personal.lookups.key, value: [...kept, ...lookups.added] as unknown }]),
    ...[...added, ...changed].map((value) => ({ key: personal.settings.key, value })),
  ];
}

export interface RestoreInput {
  readonly mine: Holdings;
  readonly theirs: BackupContent;
  readonly plan: Plan;
  readonly choice: RestoreChoice;
}

/** @throws AppError `vault_locked`. */
export async function makeRecords(
  ports: RecordPorts,
  vault: Vault,
  personal: PersonalRecords,
  input: RestoreInput,
): Promise<{ readonly records: RestoredRecords; readonly unsigned: number }> {
  const { plan, choice } = input;
  const services = choose('services', plan.services, choice);
  const people = choose('people', plan.people, choice);
  const { accounts, grants, ids, unsigned } = await restoreAccounts(ports, vault, input);
  const isWithJournal = !choice.leaveOut.includes('journal');
  return {
    records: {
      registrations: await Promise.all(
        [...services.added, ...services.changed].map((service) => sealService(vault, service)),
      ),
      accounts,
      grants,
      settings: restorePersonal(personal, input),
      people: [...people.added, ...people.changed],
      journal: isWithJournal
        ? plan.journal.added.map((entry) => ({ ...entry, account: ids.get(entry.account) ?? entry.account }))
        : [],
    },
    unsigned,
  };
}
