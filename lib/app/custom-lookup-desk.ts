/** Where the person writes look-ups of their own, checks them and tries them out. */
import type { Accounts } from '../accounts/accounts.ts';
import { getProvider, type Registrations } from '../accounts/registrations.ts';
import type { ActionContext } from '../actions/context.ts';
import type { CustomLookupView } from '../actions/custom-lookups.ts';
import { AppError, toAppError } from '../errors.ts';
import { listOrigins, listParams, type Origins, parseAddress } from '../lookup/custom-address.ts';
import { parseRowsPath } from '../lookup/rows-path.ts';
import type { Ports } from '../ports.ts';
import type { Provider } from '../providers/provider.ts';
import {
  type CustomLookup,
  type CustomLookupStore,
  homeOf,
  toLookup,
  type WrittenLookup,
} from './custom-lookups.ts';
import { concealFailure, type LookupRunner } from './lookup-runner.ts';

const longestName = 60;

/** @throws AppError at the field `name`: `empty`, `lookup_bad_name`. */
function parseName(text: string): string {
  const name = text.trim();
  if (name === '') throw new AppError('empty', { field: 'name' });
  if (name.length > longestName || /\p{Cc}/u.test(name))
    throw new AppError('lookup_bad_name', { field: 'name' });
  return name;
}

/** @throws AppError at the field `address` or `rows`. */
function parseWritten({ address, rows }: { address: string; rows: string }, origins: Origins): WrittenLookup {
  const parsed = parseAddress(address, origins);
  parseRowsPath(rows);
  return { ...parsed, rows: rows.trim() };
}

function view(lookup: CustomLookup, origins: Origins): CustomLookupView {
  const { id, provider, name, base, path, rows } = lookup;
  const origin = URL.canParse(origins[base]) ? new URL(origins[base]).origin : '';
  return { id, provider, name, address: `${origin}${path}`, rows, params: listParams(lookup) };
}

export function createCustomLookupDesk(
  { random, shell }: Pick<Ports, 'random' | 'shell'>,
  {
    accounts,
    registrations,
    runPage,
    store,
  }: {
    readonly accounts: Pick<Accounts, 'access' | 'list'>;
    readonly registrations: Pick<Registrations, 'find'>;
    readonly runPage: LookupRunner;
    readonly store: CustomLookupStore;
  },
): ActionContext['customLookups'] {
  /** Those of the registration: an address that is moved moves the look-ups along. @throws AppError `needs_set_up`. */
  const originsOf = async (provider: Provider): Promise<Origins> =>
    (await registrations.find(provider)).bases;

  return {
    async list(id) {
      const provider = getProvider(id);
      const origins = await originsOf(provider).catch(() => provider.bases);
      const [all, states] = await Promise.all([store.list(), accounts.list()]);
      return {
        lookups: all.filter((one) => one.provider === homeOf(provider)).map((one) => view(one, origins)),
        origins: listOrigins(origins),
        accounts: states
          .filter((state) => homeOf(state.provider) === homeOf(provider))
          .map(({ account }) => ({ id: account.id, name: account.name })),
      };
    },

    async save(input) {
      const provider = getProvider(input.provider);
      const origins = await originsOf(provider);
      const name = parseName(input.name);
      const lookup: CustomLookup = {
        id: input.id ?? random.id(),
        provider: homeOf(provider),
        name,
        ...parseWritten(input, origins),
      };
      await store.put(lookup);
      shell.announce('services');
      return view(lookup, origins);
    },

    async remove(id) {
      await store.remove(id);
      shell.announce('services');
    },

    async tryOut({ provider: id, account, params, ...written }) {
      const provider = getProvider(id);
      const origins = await originsOf(provider);
      const parsed = parseWritten(written, origins);
      const access = await accounts.access(account);
      if (homeOf(access.provider) !== homeOf(provider)) throw new AppError('bad_input', { field: 'account' });
      const { signal } = new AbortController();
      try {
        const lookup = toLookup(parsed, { accept: access.provider.accept, isTrial: true });
        return await runPage(access, lookup, { params }, { signal });
      } catch (thrown) {
        throw concealFailure(toAppError(thrown), [access.accessToken]);
      }
    },
  };
}
