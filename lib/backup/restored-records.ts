/** What a restored backup writes into the vault, sealed with this vault's key. */
import { type Bindings, listBindings, listFormerBindings } from '../accounts/binding.ts';
import { never } from '../accounts/timing.ts';
import type { Ports } from '../ports.ts';
import { findProvider } from '../providers/index.ts';
import type { Account, Grant, JournalRecord, Person, Registration } from '../vault/schema.ts';
import type { Seal } from '../vault/encryption.ts';
import { type GrantField, identityOf } from '../vault/sealed-places.ts';
import { accountKey, type BackupContent, type BackupService } from './content.ts';
import type { Holdings, PersonalRecords } from './holdings.ts';
import { choose, type Plan, type RestoreChoice } from './plan/make-plan.ts';
import { createFindHeld, type PlannedSignIn } from './plan/plan-accounts.ts';

type RecordPorts = Pick<Ports, 'clock' | 'random'>;

export interface RestoredRecords {
  readonly registrations: readonly Registration[];
  /** What grants that do not say what they are bound to are to be told. */
  readonly formerBindings: Bindings;
  readonly accounts: readonly Account[];
  readonly grants: readonly Grant[];
  readonly settings: readonly { readonly key: string; readonly value: unknown }[];
  readonly people: readonly Person[];
  readonly journal: readonly JournalRecord[];
}

export interface RestoredCounts {
  readonly signIns: { readonly added: number; readonly changed: number };
  /** Accounts that came without a sign-in that can be used here. */
  readonly unsigned: number;
  /** Accounts that were here and have to sign in again, since their service is another now. */
  readonly ended: number;
}

async function sealService(seal: Seal, service: BackupService): Promise<Registration> {
  const { provider, clientSecret, ...rest } = service;
  const sealField = (text: string, field: string) => seal(text, identityOf.registration(provider, field));
  const secrets = Object.entries(service.secrets).map(
    async ([field, text]) => [field, await sealField(text, field)] as const,
  );
  return {
    ...rest,
    provider,
    secrets: Object.fromEntries(await Promise.all(secrets)),
    ...(clientSecret === undefined ? {} : { clientSecret: await sealField(clientSecret, 'clientSecret') }),
  };
}

/**
 * A grant of a restored sign-in. Where a refresh token is all there is, it is as one whose access token has ended: it is
 * renewed at once, or when it is used.
 * @param planned undefined for an account that only the person can sign in.
 */
async function sealGrant(
  { clock }: RecordPorts,
  seal: Seal,
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
  const sealField = (text: string, field: GrantField) => seal(text, identityOf.grant(account, field));
  const isLasting = refreshToken === undefined && accessToken !== undefined;
  return {
    account,
    generation,
    accessToken: await sealField(accessToken ?? '', 'accessToken'),
    ...(refreshToken === undefined ? {} : { refreshToken: await sealField(refreshToken, 'refreshToken') }),
    ...(tokenSecret === undefined ? {} : { tokenSecret: await sealField(tokenSecret, 'tokenSecret') }),
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
  /** Accounts here by their id in the backup. */
  readonly known: ReadonlyMap<string, Account>;
  readonly counts: RestoredCounts;
}

/** What each service is bound to once the backup is restored. */
function listBindingsAfter({ mine, plan, choice }: RestoreInput): Bindings {
  const { added, changed } = choose('services', plan.services, choice);
  const services = new Map([...mine.services, ...added, ...changed].map((one) => [one.provider, one]));
  return new Map([...services.values()].flatMap((one) => [...listBindings(one.provider, one)]));
}

interface ChosenSignIn extends PlannedSignIn {
  readonly kind: 'added' | 'changed';
}

/** The sign-ins that were chosen and that the services, as they will be, may be shown; by the account's key. */
function chooseSignIns({ plan, choice }: RestoreInput, after: Bindings): ReadonlyMap<string, ChosenSignIn> {
  const told = new Map(plan.services.flatMap(({ key, value }) => [...listBindings(key, value)]));
  const chosen = choose('signIns', plan.signIns, choice);
  const bind = (kind: ChosenSignIn['kind']) =>
    chosen[kind].map(({ account, signIn }): ChosenSignIn => {
      // A backup of before sign-ins said what they are bound to has the registration that they lay beside.
      const { boundTo = told.get(account.provider) ?? '' } = signIn;
      return { kind, account, signIn: { ...signIn, boundTo } };
    });
  return new Map(
    [...bind('added'), ...bind('changed')]
      .filter(({ account, signIn: { boundTo } }) => (after.get(account.provider) ?? boundTo) === boundTo)
      .map((one) => [accountKey(one.account), one]),
  );
}

/** Accounts that are new here, by their key, each with an id that none here has. */
function makeAccounts(
  { random }: RecordPorts,
  mine: RestoreInput['mine'],
  added: readonly Account[],
): ReadonlyMap<string, Account> {
  const keepFree = createDefaults(mine.accounts.map(({ account }) => account));
  const taken = new Set(mine.accounts.map(({ account }) => account.id));
  return new Map(
    added.map((account) => {
      const id = taken.has(account.id) ? random.id() : account.id;
      return [accountKey(account), { ...account, id, defaultFor: keepFree(account) }] as const;
    }),
  );
}

async function restoreAccounts(
  ports: RecordPorts,
  seal: Seal,
  input: RestoreInput,
): Promise<RestoredAccounts> {
  const { mine, theirs, plan, choice } = input;
  const { added, changed } = choose('accounts', plan.accounts, choice);
  const after = listBindingsAfter(input);
  const signIns = chooseSignIns(input, after);
  const fresh = makeAccounts(ports, mine, added);
  const findHeld = createFindHeld(mine.accounts);
  const accounts = new Map([...fresh.values(), ...changed].map((account) => [account.id, account] as const));
  const grants = new Map<string, Grant>();
  const known = new Map<string, Account>();
  const counts = { added: 0, changed: 0 };
  for (const told of theirs.accounts) {
    const key = accountKey(told);
    const held = findHeld(told);
    const account = held?.account ?? fresh.get(key);
    if (account === undefined) continue;
    known.set(told.id, account);
    const signIn = signIns.get(key);
    if (held !== undefined && signIn === undefined) continue;
    const generation = (held?.grant?.generation ?? 0) + 1;
    grants.set(account.id, await sealGrant(ports, seal, { account: account.id, generation }, signIn));
    if (signIn !== undefined) counts[signIn.kind] += 1;
    // Rights belong to the sign-in.
    if (held !== undefined)
      accounts.set(account.id, { ...(accounts.get(account.id) ?? account), scopes: told.scopes });
  }
  return {
    accounts: [...accounts.values()],
    grants: [...grants.values()],
    known,
    counts: { signIns: counts, ...countSignedOut(mine, grants, after) },
  };
}

/** @param grants that are written, by account. */
function countSignedOut(
  { accounts }: RestoreInput['mine'],
  grants: ReadonlyMap<string, Grant>,
  after: Bindings,
): Pick<RestoredCounts, 'unsigned' | 'ended'> {
  const ended = accounts.filter(
    ({ account: { id, provider }, fate, boundTo }) =>
      fate !== 'ended' && !grants.has(id) && (after.get(provider) ?? boundTo) !== boundTo,
  );
  const unsigned = [...grants.values()].filter(({ state }) => state === 'needs_sign_in');
  return { unsigned: unsigned.length, ended: ended.length };
}

/**
 * An entry that says another name, service or chain than its account has can't be acted on: what is shown would not be what
 * is done. What a backup knows no account of keeps none, so that it can't pick one of those that are here.
 */
function restoreEntry(entry: JournalRecord, known: RestoredAccounts['known']): JournalRecord {
  const account = known.get(entry.account);
  const isTrue =
    account?.name === entry.name &&
    account.provider === entry.provider &&
    (entry.chain ?? findProvider(account.provider)?.chain) === findProvider(account.provider)?.chain;
  return { ...entry, account: isTrue ? account.id : '', isRestored: true };
}

function restorePersonal(personal: PersonalRecords, { mine, plan, choice }: RestoreInput) {
  const lookups = choose('lookups', plan.lookups, choice);
  const settings = choose('settings', plan.settings, choice);
  const written = [...lookups.added, ...lookups.changed];
  const changed = new Map(lookups.changed.map((lookup) => [lookup.id, lookup]));
  const kept = mine.lookups.map((lookup) => changed.get(lookup.id) ?? lookup);
  return [
    ...(written.length === 0
      ? []
      : [{ key: personal.lookups.key, value: [...kept, ...lookups.added] as unknown }]),
    ...[...settings.added, ...settings.changed].map((value) => ({ key: personal.settings.key, value })),
  ];
}

export interface RestoreInput {
  readonly mine: Holdings;
  readonly theirs: BackupContent;
  readonly plan: Plan;
  readonly choice: RestoreChoice;
}

export async function makeRecords(
  ports: RecordPorts,
  seal: Seal,
  personal: PersonalRecords,
  input: RestoreInput,
): Promise<{ readonly records: RestoredRecords; readonly counts: RestoredCounts }> {
  const { mine, plan, choice } = input;
  const services = choose('services', plan.services, choice);
  const people = choose('people', plan.people, choice);
  const { accounts, grants, known, counts } = await restoreAccounts(ports, seal, input);
  const isWithJournal = !choice.leaveOut.includes('journal');
  const chosen = [...services.added, ...services.changed];
  const beforeOf = (key: string) => mine.services.find(({ provider }) => provider === key);
  return {
    records: {
      registrations: await Promise.all(chosen.map((service) => sealService(seal, service))),
      formerBindings: new Map(
        chosen.flatMap((service) => [
          ...listFormerBindings(service.provider, beforeOf(service.provider), service),
        ]),
      ),
      accounts,
      grants,
      settings: restorePersonal(personal, input),
      people: [...people.added, ...people.changed],
      journal: isWithJournal ? plan.journal.added.map((entry) => restoreEntry(entry, known)) : [],
    },
    counts,
  };
}
