/** The app registrations that the person made: what they typed, checked, with the secret sealed. */
import { AppError, isTryLater, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { findProvider, providers } from '../providers/index.ts';
import type { Bases, Provider, TypedForm } from '../providers/provider.ts';
import type { SettingField } from '../providers/record/setting-field.ts';
import type { Client } from '../oauth/token-endpoint.ts';
import type { Account, Registration, Sealed } from '../vault/schema.ts';
import { listFormerBindings, noteBindings, registrationKeyOf, toRegisteredClient } from './binding.ts';
import { identityOf } from '../vault/sealed-places.ts';
import type { Vault } from '../vault/vault.ts';

export interface RegistrationInput {
  readonly provider: string;
  readonly clientId: string;
  /** undefined keeps what is there, an empty text forgets it. */
  readonly clientSecret?: string | undefined;
  readonly authBase: string;
  readonly apiBase: string;
  /** By field id. What is missing stays as it is; an empty text forgets it. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
}

export interface SettingView {
  readonly field: SettingField;
  /** Empty for a secret. */
  readonly value: string;
  /** True for a secret that is kept. */
  readonly isKept: boolean;
}

export interface AlternativeView {
  readonly provider: string;
  readonly forms: readonly TypedForm[];
}

export interface RegistrationView {
  readonly provider: string;
  readonly title: string;
  readonly chain: 'steem' | 'hive' | undefined;
  readonly guide: Provider['guide'];
  readonly fields: Provider['fields'];
  readonly isSecretRequired: boolean;
  readonly signInBy: 'page' | 'code';
  readonly addresses: Provider['addresses'];
  readonly isSetUp: boolean;
  readonly clientId: string;
  readonly hasSecret: boolean;
  readonly redirectUrl: string;
  readonly authBase: string;
  readonly apiBase: string;
  readonly presetAuthBase: string;
  readonly presetApiBase: string;
  readonly consoleUrl: string;
  readonly broadcaster: string | undefined;
  readonly settings: readonly SettingView[];
  /** Services that use this registration, with what the person types there instead of a sign-in page. */
  readonly alternatives: readonly AlternativeView[];
  /** Those of the alternatives too. */
  readonly accounts: number;
}

/** A registration without what must stay sealed. */
export type RegisteredClient = Omit<Client, 'clientSecret' | 'secrets'>;

export function withoutSecrets({ provider, bases, clientId, settings }: Client): RegisteredClient {
  return { provider, bases, clientId, settings };
}

/** The addresses that signing in must be allowed to reach. */
export function listAddresses({ provider, bases, settings }: RegisteredClient): string[] {
  const own = (provider.settings ?? []).flatMap((field) =>
    field.kind === 'address' && field.asksForHost ? (settings[field.id] ?? '').split(' ') : [],
  );
  return [bases.api, ...own].filter((address) => address !== '');
}

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * A base address without a slash at its end. Plain http only on this machine (RFC 8252 section 8.3).
 * @throws AppError `empty`, `bad_address`, `bad_address_not_https`.
 */
export function parseBase(text: string, field: string): string {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (trimmed === '') throw new AppError('empty', { field });
  if (!URL.canParse(trimmed)) throw new AppError('bad_address', { field });
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw new AppError('bad_address', { field });
  const isLoopback = url.protocol === 'http:' && loopbackHosts.has(url.hostname);
  if (url.protocol !== 'https:' && !isLoopback) throw new AppError('bad_address_not_https', { field });
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** A client id or secret as pasted: spaces and line ends around it fall off, inside they are refused. @throws AppError */
export function parseCredential(text: string, field: string): string {
  const trimmed = text.trim();
  // Printable ASCII, RFC 6749 appendix A.1 and A.2, without the space that a paste leaves behind.
  if (!/^[\x21-\x7e]*$/.test(trimmed)) throw new AppError('bad_client_id', { field });
  return trimmed;
}

/** @throws AppError `bad_input` for a provider that is not in the table. */
export function getProvider(id: string): Provider {
  const provider = findProvider(id);
  if (provider === undefined) throw new AppError('bad_input', { field: 'provider' });
  return provider;
}

const secretIdentity = (provider: string, field = 'clientSecret') => identityOf.registration(provider, field);

/** The services that use this one's registration. */
const listAlternatives = ({ id }: Provider) => providers.filter(({ registeredAs }) => registeredAs === id);

/** Text fields as they will be kept. @throws AppError naming the field and the rule. */
function parseSettings(
  fields: readonly SettingField[],
  typed: Readonly<Record<string, string>>,
  saved: Readonly<Record<string, string>>,
): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const field of fields) {
    if (field.kind === 'secret') continue;
    const text = (typed[field.id] ?? saved[field.id] ?? field.initial).trim();
    if (text === '' && field.isRequired) throw new AppError('empty', { field: field.id });
    if (field.kind === 'choice' && !field.choices.some(({ value }) => value === text))
      throw new AppError('bad_input', { field: field.id });
    settings[field.id] = text === '' ? '' : (field.parse?.(text) ?? text);
  }
  return settings;
}

/** Both addresses of a service that has one are what was typed for the first. */
function parseBases(
  { addresses, bases }: Provider,
  input: Pick<RegistrationInput, 'authBase' | 'apiBase'>,
): Bases {
  if (addresses === 'fixed') return bases;
  const typed = input.authBase.trim();
  // The hosts of one's own apps are shown without a scheme at the console.
  const isBareHost = addresses === 'app-host' && typed !== '' && !typed.includes('://');
  const auth = parseBase(isBareHost ? `https://${typed}` : typed, 'authBase');
  return { auth, api: addresses === 'editable' ? parseBase(input.apiBase, 'apiBase') : auth };
}

/**
 * What was typed for an app as it will be kept, secrets aside; what a backup says was typed has to pass as well.
 * @param saved settings, for those that were not typed.
 * @throws AppError naming the field and the rule.
 */
export function parseRegistration(
  provider: Provider,
  input: Pick<RegistrationInput, 'clientId' | 'authBase' | 'apiBase' | 'settings'>,
  saved: Registration['settings'] = {},
): Omit<Registration, 'clientSecret' | 'secrets'> {
  const clientId = parseCredential(input.clientId, 'clientId');
  if (clientId === '') throw new AppError('empty', { field: 'clientId' });
  provider.assertClientId?.(clientId);
  const bases = parseBases(provider, input);
  return {
    provider: provider.id,
    clientId,
    authBase: bases.auth,
    apiBase: bases.api,
    settings: parseSettings(provider.settings ?? [], input.settings ?? {}, saved),
  };
}

function readSignInBy(provider: Provider, settings: Registration['settings']): RegistrationView['signInBy'] {
  const isDevice = provider.protocol === 'oauth2' && provider.device?.isChosen(settings) === true;
  return isDevice ? 'code' : 'page';
}

export interface Registrations {
  list(): Promise<RegistrationView[]>;
  /** @throws AppError naming the field and the rule; nothing is kept then. */
  save(input: RegistrationInput): Promise<RegistrationView>;
  /** What a view may know of it. @throws AppError `needs_set_up`. */
  find(provider: Provider): Promise<RegisteredClient>;
  /** The client as the protocol engine wants it. @throws AppError `needs_set_up`. */
  client(provider: Provider): Promise<Client>;
}

export function createRegistrations(
  { identity, shell }: Pick<Ports, 'identity' | 'shell'>,
  vault: Vault,
  /** Looks whether the service is what the person says. @throws AppError */
  check: (client: Client) => Promise<void> = () => Promise.resolve(),
): Registrations {
  /** Opens a secret. @throws AppError `vault_secret_lost` where the key is not the one it was sealed with. */
  async function openSecret(sealed: Sealed, provider: string, field = 'clientSecret'): Promise<string> {
    try {
      return await vault.open(sealed, secretIdentity(provider, field));
    } catch (failure) {
      if (toAppError(failure).code !== 'vault_key_missing') throw failure;
      throw new AppError('vault_secret_lost', { field, cause: failure });
    }
  }

  /** Whether a secret is kept that can be used. While the vault is locked it counts as such. */
  async function isKept(sealed: Sealed | undefined, provider: string, field?: string): Promise<boolean> {
    if (sealed === undefined) return false;
    return openSecret(sealed, provider, field).then(
      () => true,
      (failure: unknown) => toAppError(failure).code !== 'vault_secret_lost',
    );
  }

  async function view(
    provider: Provider,
    saved?: Registration,
    listed?: readonly Account[],
  ): Promise<RegistrationView> {
    const accounts = listed ?? (await vault.store.accounts.list());
    const others = listAlternatives(provider);
    const ids = [provider, ...others].map(({ id }) => id);
    return {
      provider: provider.id,
      title: provider.title,
      chain: provider.chain,
      guide: provider.guide,
      fields: provider.fields,
      isSecretRequired: provider.isSecretRequired,
      signInBy: readSignInBy(provider, saved?.settings ?? {}),
      addresses: provider.addresses,
      isSetUp: saved !== undefined,
      clientId: saved?.clientId ?? '',
      hasSecret: await isKept(saved?.clientSecret, provider.id),
      redirectUrl: identity.redirectUrl(provider.id),
      authBase: saved?.authBase ?? provider.bases.auth,
      apiBase: saved?.apiBase ?? provider.bases.api,
      presetAuthBase: provider.bases.auth,
      presetApiBase: provider.bases.api,
      consoleUrl: provider.consoleUrl,
      broadcaster: provider.broadcaster,
      settings: await Promise.all(
        (provider.settings ?? []).map(async (field) => ({
          field,
          value: field.kind === 'secret' ? '' : (saved?.settings[field.id] ?? field.initial),
          isKept: await isKept(saved?.secrets[field.id], provider.id, field.id),
        })),
      ),
      alternatives: others.map(({ id, forms = [] }) => ({ provider: id, forms })),
      accounts: accounts.filter((account) => ids.includes(account.provider)).length,
    };
  }

  async function sealSecret(provider: string, text: string | undefined, saved: Registration | undefined) {
    if (text === undefined) return saved?.clientSecret;
    const secret = parseCredential(text, 'clientSecret');
    return secret === '' ? undefined : vault.seal(secret, secretIdentity(provider));
  }

  async function sealSettings(
    { id, settings = [] }: Provider,
    typed: Readonly<Record<string, string>>,
    saved: Registration | undefined,
  ): Promise<Registration['secrets']> {
    const secrets = new Map(Object.entries(saved?.secrets ?? {}));
    for (const field of settings) {
      const text = field.kind === 'secret' ? typed[field.id] : undefined;
      if (text === undefined) continue;
      const secret = parseCredential(text, field.id);
      if (secret === '') secrets.delete(field.id);
      else secrets.set(field.id, await vault.seal(secret, secretIdentity(id, field.id)));
    }
    const missing = settings.find(
      (field) => field.kind === 'secret' && field.isRequired && !secrets.has(field.id),
    );
    if (missing !== undefined) throw new AppError('empty', { field: missing.id });
    return Object.fromEntries(secrets);
  }

  async function getSaved(provider: Provider): Promise<Registration> {
    const saved = await vault.store.registrations.find(registrationKeyOf(provider));
    if (saved === undefined) throw new AppError('needs_set_up');
    return saved;
  }

  async function open(provider: Provider, saved: Registration): Promise<Client> {
    const key = registrationKeyOf(provider);
    const { clientSecret } = saved;
    const secrets = Object.entries(saved.secrets).map(async ([field, sealed]) => [
      field,
      await openSecret(sealed, key, field),
    ]);
    return {
      ...toRegisteredClient(provider, saved),
      clientSecret: clientSecret === undefined ? '' : await openSecret(clientSecret, key),
      secrets: Object.fromEntries(await Promise.all(secrets)) as Record<string, string>,
    };
  }

  /** A service that does not answer now may be right all the same, and so may one that speaks an alternative only. */
  async function look(client: Client): Promise<void> {
    try {
      await check(client);
    } catch (failure) {
      if (isTryLater(toAppError(failure))) return;
      const others = listAlternatives(client.provider);
      if (others.length === 0) throw failure;
      await Promise.any(others.map((provider) => check({ ...client, provider }))).catch(() => {
        throw failure;
      });
    }
  }

  return {
    async list() {
      const [saved, accounts] = await Promise.all([
        vault.store.registrations.list(),
        vault.store.accounts.list(),
      ]);
      return Promise.all(
        providers
          .filter(({ registeredAs }) => registeredAs === undefined)
          .map((provider) =>
            view(
              provider,
              saved.find((row) => row.provider === provider.id),
              accounts,
            ),
          ),
      );
    },

    async save(input) {
      const provider = getProvider(input.provider);
      // A damaged one can be replaced, or the person could never mend it.
      const before = await vault.store.registrations.find(provider.id).catch(() => undefined);
      const typed = parseRegistration(provider, input, before?.settings);
      const clientSecret = await sealSecret(provider.id, input.clientSecret, before);
      if (provider.isSecretRequired && clientSecret === undefined)
        throw new AppError('empty', { field: 'clientSecret' });
      const after: Registration = {
        ...typed,
        ...(clientSecret === undefined ? {} : { clientSecret }),
        secrets: await sealSettings(provider, input.settings ?? {}, before),
      };
      await look(await open(provider, after));
      const former = listFormerBindings(provider.id, before, after);
      await vault.write(['registrations', 'accounts', 'grants'], async (transaction) => {
        await noteBindings(transaction, former);
        await transaction.objectStore('registrations').put(after);
      });
      shell.announce('services');
      return view(provider, after);
    },

    find: async (provider) => toRegisteredClient(provider, await getSaved(provider)),

    client: async (provider) => open(provider, await getSaved(provider)),
  };
}
