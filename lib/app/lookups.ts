/** Look-ups: what the connected accounts offer, and one page of an answer. Nothing is fetched before the person asks. */
import type { Accounts, AccountState } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Lookup, LookupParam } from '../providers/lookup.ts';
import type { Feature, Provider } from '../providers/provider.ts';
import type { Vault } from '../vault/vault.ts';
import type { CustomLookupStore } from './custom-lookups.ts';
import { createLastLookups, type LastLookups } from './last-lookups.ts';
import type { LookupChanges } from './lookup-changes.ts';
import { listOffers, type Offer } from './lookup-offers.ts';
import { readPasswords, withoutPasswords } from './lookup-params.ts';
import { type LookupRunner, concealFailure } from './lookup-runner.ts';
import { viewParam } from './view-param.ts';

type Lookups = ActionContext['lookups'];
type Order = Parameters<Lookups['run']>[0];
type Page = Awaited<ReturnType<Lookups['run']>>;

/** A right that the look-up needs and the person has not allowed. */
function findMissing(lookup: Lookup, provider: Provider, scopes: readonly string[]): Feature | undefined {
  const scope = lookup.needs && provider.scopeOf?.[lookup.needs];
  return scope === undefined || scopes.includes(scope) ? undefined : lookup.needs;
}

/** What the person wrote needs no translation. */
function viewOwnParam({ titleKey, ...param }: LookupParam) {
  return { ...param, choices: undefined, title: titleKey };
}

export function createLookups(
  { translate }: Pick<Ports, 'translate'>,
  {
    accounts,
    changes,
    vault,
    runPage,
    customLookups,
  }: {
    readonly accounts: Pick<Accounts, 'access' | 'list'>;
    readonly changes: Pick<LookupChanges, 'run'>;
    readonly vault: Vault;
    readonly runPage: LookupRunner;
    readonly customLookups: Pick<CustomLookupStore, 'list'>;
  },
): Lookups {
  const lastLookups = createLastLookups(vault);
  /** What can be stopped, by request. */
  const running = new Map<string, AbortController>();

  function viewAccount(
    { account, provider }: AccountState,
    { orders }: LastLookups,
    offers: readonly Offer[],
  ) {
    return {
      id: account.id,
      name: account.name,
      service: provider.title,
      last: orders[account.id],
      lookups: offers.map((lookup) => ({
        id: lookup.id,
        title: lookup.title,
        isOwn: lookup.isOwn,
        params: lookup.params.map((param) =>
          lookup.isOwn ? viewOwnParam(param) : viewParam(param, translate),
        ),
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

  async function run(order: Order, stop: AbortController): Promise<Page> {
    const access = await accounts.access(order.account);
    const offers = listOffers(access.provider, await customLookups.list(), translate);
    const lookup = offers.find(({ id }) => id === order.lookup);
    if (lookup === undefined) throw new AppError('bad_input', { field: 'lookup' });
    if (findMissing(lookup, access.provider, access.account.scopes) !== undefined)
      throw new AppError('scope_missing');
    await remember(lookup, order);
    try {
      if (lookup.effect === undefined) return await runPage(access, lookup, order, { signal: stop.signal });
      // Nobody could say whether a change was made whose request was taken back on the way.
      if (order.request !== undefined) running.delete(order.request);
      return await changes.run({ access, lookup, request: order.request }, (onSend) =>
        runPage(access, lookup, order, { signal: stop.signal, onSend }),
      );
    } catch (thrown) {
      const passwords = readPasswords(lookup.params, order.params);
      throw concealFailure(toAppError(thrown), [access.accessToken, ...passwords]);
    }
  }

  return {
    async list() {
      const [last, states, custom] = await Promise.all([
        lastLookups.read(),
        accounts.list(),
        customLookups.list(),
      ]);
      const offering = states
        .map((state) => ({ state, offers: listOffers(state.provider, custom, translate) }))
        .filter(({ offers }) => offers.length > 0);
      const order = last.orders[last.account];
      return {
        accounts: offering.map(({ state, offers }) => viewAccount(state, last, offers)),
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
