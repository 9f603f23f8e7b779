/** Look-ups that the person wrote: kept with the settings, checked when they are read back, and run like any other. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { buildAddress, type CustomAddress, listParams, type Origins } from '../lookup/custom-address.ts';
import { readTable } from '../lookup/read-table.ts';
import { findRows, parseRowsPath } from '../lookup/rows-path.ts';
import type { Lookup, LookupPage } from '../providers/lookup.ts';
import type { Provider } from '../providers/provider.ts';
import type { Vault } from '../vault/vault.ts';

const key = 'custom-lookups';
/** Rows on one page; the next one asks the service once more. */
const pageSize = 200;

const customLookup = z.object({
  id: z.string(),
  /** The service whose registration it belongs to. */
  provider: z.string(),
  name: z.string(),
  base: z.enum(['api', 'auth']),
  path: z.string(),
  rows: z.string(),
});
export type CustomLookup = z.output<typeof customLookup>;

/** What a run needs of one, saved or not. */
export type WrittenLookup = CustomAddress & Pick<CustomLookup, 'rows'>;

export interface CustomLookupStore {
  /** All, in the order they were written; damaged ones are left out. */
  list(): Promise<CustomLookup[]>;
  put(lookup: CustomLookup): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Where they lie in the vault, for a backup too; damaged ones are left out. */
export const customLookupsRecord = {
  key,
  parse: (value: unknown): CustomLookup[] =>
    (z.array(z.unknown()).safeParse(value).data ?? []).flatMap(
      (raw) => customLookup.safeParse(raw).data ?? [],
    ),
};

export function createCustomLookupStore({ store }: Pick<Vault, 'store'>): CustomLookupStore {
  const list = async () => customLookupsRecord.parse((await store.settings.find(key))?.value);
  const keep = (value: readonly CustomLookup[]) => store.settings.put({ key, value });
  return {
    list,
    async put(lookup) {
      const before = await list();
      const isNew = !before.some(({ id }) => id === lookup.id);
      await keep(isNew ? [...before, lookup] : before.map((one) => (one.id === lookup.id ? lookup : one)));
    },
    remove: async (id) => keep((await list()).filter((one) => one.id !== id)),
  };
}

/** The service in whose region of Options it is written. */
export const homeOf = ({ id, registeredAs = id }: Provider) => registeredAs;

/** How look-ups of the person's own are told from a service's, whose ids have no colon. */
const prefix = 'custom:';

function request(lookup: CustomAddress, origins: Origins, params: Record<string, string>, accept: string) {
  return new Request(buildAddress(lookup, origins, params), {
    headers: { accept },
    // Wherever it would lead, the token does not go along.
    redirect: 'manual',
  });
}

/** Which rows of the answer a page shows. @param next of the page before. */
function cutPage(rows: readonly unknown[], next: string | undefined) {
  const start = Number(next ?? 0);
  const end = start + pageSize;
  return { rows: rows.slice(start, end), ...(end < rows.length ? { next: String(end) } : {}) };
}

/**
 * A look-up as those of the services are.
 * @param isTrial refuses an answer that has nothing where the rows should be (`lookup_no_rows`); many services leave out a
 *   list that is empty, which is an empty table otherwise.
 */
export function toLookup(
  written: WrittenLookup,
  { accept = 'application/json', isTrial = false }: { accept?: string | undefined; isTrial?: boolean },
): Omit<Lookup, 'id' | 'titleKey'> {
  return {
    params: listParams(written).map(({ name, isRequired }) => ({
      id: name,
      titleKey: name,
      kind: 'text',
      isRequired,
      initial: '',
    })),
    columns: [],
    keepsBigIntegers: true,
    run: async (call, { bases, params, next }): Promise<LookupPage> => {
      const path = parseRowsPath(written.rows);
      const { rows, instead } = findRows(await call(request(written, bases, { ...params }, accept)), path);
      if (isTrial && instead !== undefined)
        throw new AppError('lookup_no_rows', {
          field: 'rows',
          params: { names: instead.slice(0, 10).join(', ').slice(0, 200) },
        });
      const page = cutPage(rows, next);
      return { ...readTable(page.rows, { path, secrets: [] }), ...('next' in page && { next: page.next }) };
    },
  };
}

/** The id by which a look-up of the person's own is asked for in `lookup.run`. */
export const toLookupId = (id: string) => `${prefix}${id}`;
