/** Look-ups: what the connected accounts offer, and one page of an answer. Nothing is fetched before the person asks. */
import type { Access, Accounts, AccountState } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError, toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import { concealText, isSecretName } from '../lookup/secrets.ts';
import type { Ports, Translate } from '../ports.ts';
import type { Lookup, LookupPage, LookupRow } from '../providers/lookup.ts';
import type { Feature, Provider } from '../providers/provider.ts';
import type { Vault } from '../vault/vault.ts';
import { createLastLookups, type LastLookups } from './last-lookups.ts';
import { noteChange, readChangeFailure } from './lookup-changes.ts';
import { fillParams, readPasswords, withoutPasswords } from './lookup-params.ts';
import { createServiceCall } from './service-call.ts';
import { viewParam } from './view-param.ts';

type Lookups = ActionContext['lookups'];
type Order = Parameters<Lookups['run']>[0];
type Page = Awaited<ReturnType<Lookups['run']>>;
type Limit = ReturnType<NonNullable<Provider['findLimit']>>;

/** A right that the look-up needs and the person has not allowed. */
function findMissing(lookup: Lookup, provider: Provider, scopes: readonly string[]): Feature | undefined {
  const scope = lookup.needs && provider.scopeOf?.[lookup.needs];
  return scope === undefined || scopes.includes(scope) ? undefined : lookup.needs;
}

/** The columns on show; those that only the answer knows never bear secrets. */
function readColumns({ columns }: LookupPage, lookup: Lookup, translate: Translate): Page['columns'] {
  return (
    columns?.filter(({ id, title }) => !isSecretName(id) && !isSecretName(title)) ??
    lookup.columns.map(({ titleKey, ...column }) => ({ ...column, title: translate(titleKey) }))
  ).map((column) => ({ ...column }));
}

/** What is on show and nothing else, with what looks like a token masked. */
function readRow(row: LookupRow, { columns }: Pick<Page, 'columns'>, secrets: readonly string[]) {
  const cells = columns.flatMap(({ id }): [string, string | number][] => {
    const value = row[id];
    if (value === undefined) return [];
    return [[id, typeof value === 'string' ? concealText(value, secrets) : value]];
  });
  return Object.fromEntries(cells);
}

/** The failure without passwords, should the service repeat them. */
function concealFailure(error: AppError, secrets: readonly string[]): AppError {
  const { code, details, params, field } = error;
  if (details === undefined) return error;
  return new AppError(code, {
    params,
    cause: error,
    details: concealText(details, secrets),
    ...(field === undefined ? {} : { field }),
  });
}

export function createLookups(
  ports: Pick<Ports, 'http' | 'clock' | 'random' | 'randomBytes' | 'translate'>,
  {
    accounts,
    journal,
    vault,
  }: {
    readonly accounts: Pick<Accounts, 'access' | 'accessAfterRejection' | 'list'>;
    readonly journal: Journal;
    readonly vault: Vault;
  },
): Lookups {
  const { clock, translate } = ports;
  const callService = createServiceCall(ports, accounts);
  const lastLookups = createLastLookups(vault);
  /** What can be stopped, by request. */
  const running = new Map<string, AbortController>();

  function viewAccount({ account, provider }: AccountState, { orders }: LastLookups) {
    return {
      id: account.id,
      name: account.name,
      service: provider.title,
      last: orders[account.id],
      lookups: (provider.lookups ?? []).map((lookup) => ({
        id: lookup.id,
        title: translate(lookup.titleKey),
        params: lookup.params.map((param) => viewParam(param, translate)),
        effect: lookup.effect,
        pricePerRow: lookup.pricePerRow,
        missing: findMissing(lookup, provider, account.scopes),
      })),
    };
  }

  async function remember(lookup: Lookup, { account, params }: Order): Promise<void> {
    if (lookup.effect !== undefined) return;
    const known = (await accounts.list()).map((state) => state.account.id);
    const order = { lookup: lookup.id, params: withoutPasswords(lookup.params, params) };
    await lastLookups.remember(account, order, known);
  }

  /** @param onSend is told before each request leaves. */
  async function runPage(
    access: Access,
    lookup: Lookup,
    order: Order,
    { signal, onSend }: { readonly signal: AbortSignal; readonly onSend: () => void },
  ): Promise<Page> {
    const { bases, clientId, settings } = access.registration;
    let limit: Limit;
    const hear = (headers: Headers) => (limit = access.provider.findLimit?.(headers));
    const call = (request: Request) => {
      if (signal.aborted) throw new AppError('lookup_stopped');
      onSend();
      return callService(access, new Request(request, { signal }), hear);
    };
    const page = await lookup.run(call, {
      subject: access.account.subject,
      params: fillParams(lookup.params, order.params),
      next: order.next,
      bases,
      endpoints: await access.findEndpoints(),
      clientId,
      settings,
      language: translate('language_tag'),
      now: clock.now(),
      randomBytes: ports.randomBytes,
    });
    const columns = readColumns(page, lookup, translate);
    const secrets = [access.accessToken];
    return {
      columns,
      rows: page.rows.map((row) => readRow(row, { columns }, secrets)),
      next: page.next,
      limit,
    };
  }

  async function change(access: Access, lookup: Lookup, order: Order, signal: AbortSignal): Promise<Page> {
    const { request } = order;
    let left = 0;
    const onSend = () => (left += 1);
    try {
      const page = await runPage(access, lookup, order, { signal, onSend });
      await noteChange(ports, journal, { access, lookup, request });
      return page;
    } catch (thrown) {
      const error = toAppError(thrown);
      // What was refused at a field here never became a change.
      if (left === 0) throw error;
      const told = readChangeFailure(error);
      await noteChange(ports, journal, { access, lookup, request, error: told });
      throw told;
    }
  }

  async function run(order: Order, stop: AbortController): Promise<Page> {
    const access = await accounts.access(order.account);
    const lookup = access.provider.lookups?.find(({ id }) => id === order.lookup);
    if (lookup === undefined) throw new AppError('bad_input', { field: 'lookup' });
    if (findMissing(lookup, access.provider, access.account.scopes) !== undefined)
      throw new AppError('scope_missing');
    await remember(lookup, order);
    try {
      if (lookup.effect === undefined)
        return await runPage(access, lookup, order, { signal: stop.signal, onSend: () => undefined });
      // Nobody could say whether a change was made whose request was taken back on the way.
      if (order.request !== undefined) running.delete(order.request);
      return await change(access, lookup, order, stop.signal);
    } catch (thrown) {
      const passwords = readPasswords(lookup.params, order.params);
      throw concealFailure(toAppError(thrown), [access.accessToken, ...passwords]);
    }
  }

  return {
    async list() {
      const [last, states] = await Promise.all([lastLookups.read(), accounts.list()]);
      const offering = states.filter(({ provider }) => (provider.lookups ?? []).length > 0);
      const order = last.orders[last.account];
      return {
        accounts: offering.map((state) => viewAccount(state, last)),
        last: order === undefined ? undefined : { account: last.account, ...order },
      };
    },

    async run(order) {
      const stop = new AbortController();
      if (order.request !== undefined) running.set(order.request, stop);
      try {
        return await run(order, stop);
      } catch (thrown) {
        throw stop.signal.aborted ? new AppError('lookup_stopped', { cause: thrown }) : thrown;
      } finally {
        if (order.request !== undefined) running.delete(order.request);
      }
    },

    cancel(request) {
      const stop = running.get(request);
      stop?.abort();
      return Promise.resolve(stop !== undefined);
    },
  };
}
