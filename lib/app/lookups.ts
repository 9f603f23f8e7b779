/** Look-ups: what the connected accounts offer, and one page of an answer. Nothing is fetched before the person asks. */
import * as z from 'zod/mini';
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError } from '../errors.ts';
import type { Ports, Translate } from '../ports.ts';
import type { Lookup, LookupParam, LookupRequest, LookupRow } from '../providers/lookup.ts';
import type { Feature, Provider } from '../providers/provider.ts';
import type { Vault } from '../vault/vault.ts';
import { createServiceCall } from './service-call.ts';

const lastKey = 'last-lookup';
const last = z.object({ account: z.string(), lookup: z.string(), params: z.record(z.string(), z.string()) });

/** A right that the look-up needs and the person has not allowed. */
function findMissing(lookup: Lookup, provider: Provider, scopes: readonly string[]): Feature | undefined {
  const scope = lookup.needs && provider.scopeOf?.[lookup.needs];
  return scope === undefined || scopes.includes(scope) ? undefined : lookup.needs;
}

const isTold = (entry: [string, string | number | undefined]): entry is [string, string | number] =>
  entry[1] !== undefined;
const cleanRow = (row: LookupRow) => Object.fromEntries(Object.entries(row).filter(isTold));

function viewParam({ titleKey, choices, ...param }: LookupParam, translate: Translate) {
  return {
    ...param,
    title: translate(titleKey),
    choices: choices?.map((choice) => ({ value: choice.value, title: translate(choice.titleKey) })),
  };
}

/** What was typed, without what is never to be kept. */
function withoutPasswords(lookup: Lookup, params: Readonly<Record<string, string>>): Record<string, string> {
  const passwords = new Set(lookup.params.filter(({ kind }) => kind === 'password').map(({ id }) => id));
  return Object.fromEntries(Object.entries(params).filter(([id]) => !passwords.has(id)));
}

export function createLookups(
  ports: Pick<Ports, 'http' | 'clock' | 'translate'>,
  accounts: Accounts,
  vault: Vault,
): ActionContext['lookups'] {
  const { clock, translate } = ports;

  const callService = createServiceCall(ports, accounts);

  return {
    async list() {
      const remembered = last.safeParse((await vault.store.settings.find(lastKey))?.value);
      const offering = (await accounts.list()).filter(({ provider }) => (provider.lookups ?? []).length > 0);
      return {
        accounts: offering.map(({ account, provider }) => ({
          id: account.id,
          name: account.name,
          service: provider.title,
          lookups: (provider.lookups ?? []).map((lookup) => ({
            id: lookup.id,
            title: translate(lookup.titleKey),
            params: lookup.params.map((param) => viewParam(param, translate)),
            effect: lookup.effect,
            pricePerRow: lookup.pricePerRow,
            missing: findMissing(lookup, provider, account.scopes),
          })),
        })),
        last: remembered.success ? remembered.data : undefined,
      };
    },

    async run({ account, lookup: id, params, next }) {
      const access = await accounts.access(account);
      const lookup = access.provider.lookups?.find((one) => one.id === id);
      if (lookup === undefined) throw new AppError('bad_input', { field: 'lookup' });
      if (findMissing(lookup, access.provider, access.account.scopes) !== undefined)
        throw new AppError('scope_missing');
      const value = { account, lookup: id, params: withoutPasswords(lookup, params) };
      await vault.store.settings.put({ key: lastKey, value });
      const { bases, clientId, settings } = access.registration;
      const asked: LookupRequest = {
        subject: access.account.subject,
        params,
        next,
        bases,
        endpoints: await access.findEndpoints(),
        clientId,
        settings,
        language: translate('language_tag'),
        now: clock.now(),
      };
      let limit: ReturnType<NonNullable<Provider['findLimit']>>;
      const hear = (headers: Headers) => (limit = access.provider.findLimit?.(headers));
      const page = await lookup.run((request) => callService(access, request, hear), asked);
      return {
        columns:
          page.columns?.map((column) => ({ ...column })) ??
          lookup.columns.map(({ titleKey, ...column }) => ({ ...column, title: translate(titleKey) })),
        rows: page.rows.map(cleanRow),
        next: page.next,
        limit,
      };
    },
  };
}
