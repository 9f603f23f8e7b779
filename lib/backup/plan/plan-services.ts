import { parseCredential, parseRegistration } from '../../accounts/registrations.ts';
import { findProvider } from '../../providers/index.ts';
import type { Provider } from '../../providers/provider.ts';
import type { BackupContent, BackupService } from '../content.ts';
import { compareSecrets, judge, listDifferences, refuse, type Difference, type Planned } from './planned.ts';

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

function compare(provider: Provider, mine: BackupService, theirs: BackupService): Difference[] {
  return [
    ...listDifferences([
      ['service_client_id', mine.clientId, theirs.clientId],
      ['service_auth_base', mine.authBase, theirs.authBase],
      ['service_api_base', mine.apiBase, theirs.apiBase],
    ]),
    ...compareSecrets('service_client_secret', mine.clientSecret, theirs.clientSecret),
    ...(provider.settings ?? []).flatMap((field) =>
      field.kind === 'secret'
        ? compareSecrets(field.titleKey, mine.secrets[field.id], theirs.secrets[field.id])
        : listDifferences([
            [
              field.titleKey,
              mine.settings[field.id] ?? field.initial,
              theirs.settings[field.id] ?? field.initial,
            ],
          ]),
    ),
  ];
}

export function planServices(
  mine: readonly BackupService[],
  { services, hasSecrets }: Pick<BackupContent, 'services' | 'hasSecrets'>,
): Planned<BackupService>[] {
  return services.map((told) => {
    const found = tryConform(told);
    const key = told.provider;
    if (found === undefined) return refuse(key, findProvider(key)?.title ?? key);
    const { provider } = found;
    const before = mine.find((service) => service.provider === key);
    const value = hasSecrets ? found.theirs : withSecretsOf(provider, before, found.theirs);
    const label = provider.title;
    if (before === undefined) return { key, label, state: 'new', differences: [], value };
    return { key, label, ...judge(compare(provider, before, value)), value };
  });
}
