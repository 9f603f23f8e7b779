import { parseCredential, parseRegistration } from '../../accounts/registrations.ts';
import { listBindings } from '../../accounts/binding.ts';
import { findProvider } from '../../providers/index.ts';
import type { Provider } from '../../providers/provider.ts';
import type { BackupAccount, BackupContent, BackupService } from '../content.ts';
import type { Holdings } from '../holdings.ts';
import {
  compareSecrets,
  type Difference,
  judge,
  listDifferences,
  type Planned,
  refuse,
  unreadable,
} from './planned.ts';

/** By the rules that hold for what is typed. @throws AppError */
function conform(provider: Provider, told: BackupService): BackupService {
  const secretFields = (provider.settings ?? []).filter(({ kind }) => kind === 'secret');
  const secrets = secretFields.flatMap(({ id }) => {
    const secret = told.secrets[id];
    return secret === undefined ? [] : [[id, parseCredential(secret, id)] as const];
  });
  return {
    ...parseRegistration(provider, told),
    secrets: Object.fromEntries(secrets),
    ...(told.clientSecret === undefined
      ? {}
      : { clientSecret: parseCredential(told.clientSecret, 'clientSecret') }),
  };
}

function tryConform(told: BackupService): { provider: Provider; theirs: BackupService } | undefined {
  const provider = findProvider(told.provider);
  if (provider === undefined || provider.registeredAs !== undefined) return undefined;
  try {
    return { provider, theirs: conform(provider, told) };
  } catch {
    return undefined;
  }
}

/** A client id is no secret, so whoever made the file may have written another server beside it. */
function isSameApp({ settings = [] }: Provider, mine: BackupService, theirs: BackupService): boolean {
  return (
    mine.clientId === theirs.clientId &&
    mine.authBase === theirs.authBase &&
    mine.apiBase === theirs.apiBase &&
    settings.every(
      (field) =>
        field.kind !== 'address' ||
        (mine.settings[field.id] ?? field.initial) === (theirs.settings[field.id] ?? field.initial),
    )
  );
}

/** Secrets that were left out are those that are here, as long as it is the same app at the same servers. */
function withSecretsOf(
  provider: Provider,
  mine: BackupService | undefined,
  theirs: BackupService,
): BackupService {
  if (mine === undefined || !isSameApp(provider, mine, theirs)) return theirs;
  const { clientSecret, secrets } = mine;
  return { ...theirs, secrets, ...(clientSecret === undefined ? {} : { clientSecret }) };
}

/** The differences of two services, or of one here that nobody can read. */
function compare(provider: Provider, mine: BackupService | undefined, theirs: BackupService): Difference[] {
  const here = (value: string | undefined) => (mine === undefined ? unreadable : value);
  const secret = (title: string, held: string | undefined, told: string | undefined) =>
    mine === undefined ? [] : compareSecrets(title, held, told);
  return [
    ...listDifferences([
      ['service_client_id', here(mine?.clientId), theirs.clientId],
      ['service_auth_base', here(mine?.authBase), theirs.authBase],
      ['service_api_base', here(mine?.apiBase), theirs.apiBase],
    ]),
    ...secret('service_client_secret', mine?.clientSecret, theirs.clientSecret),
    ...(provider.settings ?? []).flatMap((field) =>
      field.kind === 'secret'
        ? secret(field.titleKey, mine?.secrets[field.id], theirs.secrets[field.id])
        : listDifferences([
            [
              field.titleKey,
              here(mine?.settings[field.id] ?? field.initial),
              theirs.settings[field.id] ?? field.initial,
            ],
          ]),
    ),
  ];
}

/** The accounts that stand and fall with a registration, as it is and as it would be. */
function countBound(
  { services, accounts }: Pick<Holdings, 'services' | 'accounts'>,
  theirs: readonly BackupAccount[],
  value: BackupService,
): Pick<Planned<never>, 'ends' | 'misses'> {
  const key = value.provider;
  const after = listBindings(key, value);
  const now = listBindings(
    key,
    services.find(({ provider }) => provider === key),
  );
  const count = <T>(all: readonly T[], isCounted: (one: T) => boolean) => all.filter(isCounted).length;
  const ends = count(accounts, ({ account: { provider }, fate, boundTo }) => {
    const binding = after.get(provider);
    return binding !== undefined && fate !== 'ended' && boundTo !== binding;
  });
  const misses = count(theirs, ({ provider, signIn }) => {
    const binding = after.get(provider);
    return signIn !== undefined && binding !== undefined && (signIn.boundTo ?? binding) !== now.get(provider);
  });
  return { ...(ends > 0 && { ends }), ...(misses > 0 && { misses }) };
}

export function planServices(
  mine: Pick<Holdings, 'services' | 'unreadable' | 'accounts'>,
  { services, accounts, hasSecrets }: Pick<BackupContent, 'services' | 'accounts' | 'hasSecrets'>,
): Planned<BackupService>[] {
  return services.map((told): Planned<BackupService> => {
    const found = tryConform(told);
    const key = told.provider;
    if (found === undefined) return refuse(key, findProvider(key)?.title ?? key);
    const { provider } = found;
    const before = mine.services.find((service) => service.provider === key);
    const value = hasSecrets ? found.theirs : withSecretsOf(provider, before, found.theirs);
    const label = provider.title;
    const isThere = before !== undefined || mine.unreadable.includes(key);
    if (!isThere) return { key, label, state: 'new', differences: [], value };
    const compared = judge(compare(provider, before, value));
    const bound = compared.state === 'different' ? countBound(mine, accounts, value) : {};
    return { key, label, ...compared, value, ...bound };
  });
}
