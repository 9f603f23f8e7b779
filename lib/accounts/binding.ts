/**
 * What tokens are good for: those of one server and one client are never shown to another, whatever is typed or restored
 * later (RFC 9700 section 2.1). Each grant says what it is bound to; one that is older than that is bound to the
 * registration that it lies beside, and is told so when that changes.
 */
import { AppError } from '../errors.ts';
import { findProvider, providers } from '../providers/index.ts';
import type { Provider } from '../providers/provider.ts';
import type { Grant, Registration } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';
import type { WriteTransaction } from '../vault/open-database.ts';
import type { RegisteredClient } from './registrations.ts';

/** What of a registration tokens are bound to; secrets are no part of it. */
export type BindingFacts = Pick<Registration, 'clientId' | 'authBase' | 'apiBase' | 'settings'>;

/** The key of the registration that a service uses, which may be another's. */
export const registrationKeyOf = ({ id, registeredAs = id }: Provider): string => registeredAs;

/** A saved registration as the service's protocol wants it, without what stays sealed. */
export function toRegisteredClient(
  provider: Provider,
  { clientId, authBase, apiBase, settings }: BindingFacts,
): RegisteredClient {
  return { provider, clientId, bases: { auth: authBase, api: apiBase }, settings };
}

/** The same text for the same servers and app, e.g. `https://id.example my-client`. It holds no secret. */
export function bindingOf({ provider, bases, clientId, settings }: RegisteredClient): string {
  if (provider.protocol === 'oidc') return `${provider.issuer(bases)} ${clientId}`;
  if (provider.protocol === 'user-api') return `${bases.api} ${provider.ownerOf({ clientId, settings })}`;
  // Where nobody can type another address there is nothing but the app to tell apart.
  return provider.addresses === 'fixed' ? clientId : `${bases.auth} ${bases.api} ${clientId}`;
}

/** @throws AppError `service_changed` where tokens are of another server or client. */
export function assertBound(client: RegisteredClient, { boundTo }: Pick<Grant, 'boundTo'>): void {
  if (boundTo !== undefined && boundTo !== bindingOf(client)) throw new AppError('service_changed');
}

/** Bindings of the services that use a registration, by their id. */
export type Bindings = ReadonlyMap<string, string>;

/** @param registration undefined where there is none, or none that can be read: its services have no binding then. */
export function listBindings(key: string, registration: BindingFacts | undefined): Bindings {
  const using = providers.filter((provider) => registrationKeyOf(provider) === key);
  return new Map(
    registration === undefined
      ? []
      : using.map((provider) => [provider.id, bindingOf(toRegisteredClient(provider, registration))]),
  );
}

/** What each account's service is bound to now; nothing for a service whose registration is gone or damaged. */
export async function readBindings(vault: Pick<Vault, 'store'>): Promise<Bindings> {
  const registrations = await vault.store.registrations.list();
  return new Map(registrations.flatMap((one) => [...listBindings(one.provider, one)]));
}

/** The same for the service of one account. */
export async function findBinding(vault: Pick<Vault, 'store'>, account: string): Promise<string | undefined> {
  const provider = findProvider((await vault.store.accounts.find(account))?.provider ?? '');
  if (provider === undefined) return undefined;
  const key = registrationKeyOf(provider);
  const registration = await vault.store.registrations.find(key).catch(() => undefined);
  return listBindings(key, registration).get(provider.id);
}

/**
 * Tells the grants that do not know what they are bound to, before the registration beside them becomes another.
 * @param before what was bound to so far; an empty text where nobody can tell.
 */
export async function noteBindings(
  transaction: Pick<WriteTransaction<('accounts' | 'grants')[]>, 'objectStore'>,
  before: Bindings,
): Promise<void> {
  const grants = transaction.objectStore('grants');
  const [accounts, all] = await Promise.all([transaction.objectStore('accounts').getAll(), grants.getAll()]);
  const providerOf = new Map(accounts.map(({ id, provider }) => [id, provider]));
  for (const grant of all) {
    const boundTo = before.get(providerOf.get(grant.account) ?? '');
    if (grant.boundTo === undefined && boundTo !== undefined) await grants.put({ ...grant, boundTo });
  }
}

/** What to tell the grants of a registration's services, where `after` binds them to something else than `before`. */
export function listFormerBindings(
  key: string,
  before: BindingFacts | undefined,
  after: BindingFacts,
): Bindings {
  const former = listBindings(key, before);
  return new Map(
    [...listBindings(key, after)].flatMap(([provider, binding]) =>
      former.get(provider) === binding ? [] : [[provider, former.get(provider) ?? ''] as const],
    ),
  );
}
