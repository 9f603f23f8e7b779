/** The app registrations that the person made: what they typed, checked, with the secret sealed. */
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { findProvider, providers } from '../providers/index.ts';
import type { Bases, Provider } from '../providers/provider.ts';
import type { Client } from '../oauth/token-endpoint.ts';
import type { Registration } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';

export interface RegistrationInput {
  readonly provider: string;
  readonly clientId: string;
  /** undefined keeps what is there, an empty text forgets it. */
  readonly clientSecret?: string | undefined;
  readonly authBase: string;
  readonly apiBase: string;
}

export interface RegistrationView {
  readonly provider: string;
  readonly title: string;
  readonly chain: 'steem' | 'hive' | undefined;
  readonly guide: Provider['guide'];
  readonly fields: Provider['fields'];
  readonly isSecretRequired: boolean;
  readonly areBasesFixed: boolean;
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
  readonly accounts: number;
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

/** A client id or secret as pasted: spaces and line ends around it fall off, inside they are refused. */
function parseCredential(text: string, field: string): string {
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

const secretIdentity = (provider: string) => `registrations/${provider}/clientSecret`;

export interface Registrations {
  list(): Promise<RegistrationView[]>;
  /** @throws AppError naming the field and the rule; nothing is kept then. */
  save(input: RegistrationInput): Promise<RegistrationView>;
  /** The client as the protocol engine wants it. @throws AppError `needs_set_up`. */
  client(provider: Provider): Promise<Client>;
}

export function createRegistrations(
  { identity, shell }: Pick<Ports, 'identity' | 'shell'>,
  vault: Vault,
): Registrations {
  async function view(provider: Provider, saved?: Registration): Promise<RegistrationView> {
    const accounts = await vault.store.accounts.list();
    return {
      provider: provider.id,
      title: provider.title,
      chain: provider.chain,
      guide: provider.guide,
      fields: provider.fields,
      isSecretRequired: provider.isSecretRequired,
      areBasesFixed: provider.areBasesFixed,
      isSetUp: saved !== undefined,
      clientId: saved?.clientId ?? '',
      hasSecret: saved?.clientSecret !== undefined,
      redirectUrl: identity.redirectUrl(provider.id),
      authBase: saved?.authBase ?? provider.bases.auth,
      apiBase: saved?.apiBase ?? provider.bases.api,
      presetAuthBase: provider.bases.auth,
      presetApiBase: provider.bases.api,
      consoleUrl: provider.consoleUrl,
      broadcaster: provider.broadcaster,
      accounts: accounts.filter((account) => account.provider === provider.id).length,
    };
  }

  async function sealSecret(provider: string, text: string | undefined, saved: Registration | undefined) {
    if (text === undefined) return saved?.clientSecret;
    const secret = parseCredential(text, 'clientSecret');
    return secret === '' ? undefined : vault.seal(secret, secretIdentity(provider));
  }

  return {
    async list() {
      const saved = await vault.store.registrations.list();
      return Promise.all(
        providers.map((provider) =>
          view(
            provider,
            saved.find((row) => row.provider === provider.id),
          ),
        ),
      );
    },

    async save(input) {
      const provider = getProvider(input.provider);
      const clientId = parseCredential(input.clientId, 'clientId');
      if (clientId === '') throw new AppError('empty', { field: 'clientId' });
      const bases: Bases = {
        auth: parseBase(input.authBase, 'authBase'),
        api: parseBase(input.apiBase, 'apiBase'),
      };
      // A damaged one can be replaced, or the person could never mend it.
      const before = await vault.store.registrations.find(provider.id).catch(() => undefined);
      const clientSecret = await sealSecret(provider.id, input.clientSecret, before);
      if (provider.isSecretRequired && clientSecret === undefined)
        throw new AppError('empty', { field: 'clientSecret' });
      const after: Registration = {
        provider: provider.id,
        clientId,
        ...(clientSecret === undefined ? {} : { clientSecret }),
        authBase: bases.auth,
        apiBase: bases.api,
      };
      await vault.store.registrations.put(after);
      shell.announce('services');
      return view(provider, after);
    },

    async client(provider) {
      const saved = await vault.store.registrations.find(provider.id);
      if (saved === undefined) throw new AppError('needs_set_up');
      const { clientSecret } = saved;
      return {
        provider,
        clientId: saved.clientId,
        bases: { auth: saved.authBase, api: saved.apiBase },
        clientSecret:
          clientSecret === undefined ? '' : await vault.open(clientSecret, secretIdentity(provider.id)),
      };
    },
  };
}
