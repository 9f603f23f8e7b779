/** Runs one page of a look-up with an account's access, and lets through what may be shown. */
import type { Access, Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError } from '../errors.ts';
import { concealText, isSecretName } from '../lookup/secrets.ts';
import type { Ports, Translate } from '../ports.ts';
import type { Lookup, LookupPage, LookupRow } from '../providers/lookup.ts';
import type { Provider } from '../providers/provider.ts';
import { fillParams } from './lookup-params.ts';
import { createServiceCall } from './service-call.ts';

type Page = Awaited<ReturnType<ActionContext['lookups']['run']>>;
type Limit = ReturnType<NonNullable<Provider['findLimit']>>;
type RunnableLookup = Omit<Lookup, 'id' | 'titleKey'>;

/**
 * @param onSend is told before each request leaves, which waits for it.
 * @throws AppError of the look-up's or the service's making; `lookup_stopped` before a request when `signal` has aborted.
 */
export type LookupRunner = (
  access: Access,
  lookup: RunnableLookup,
  order: { readonly params: Readonly<Record<string, string>>; readonly next?: string | undefined },
  more: { readonly signal: AbortSignal; readonly onSend?: () => Promise<void> },
) => Promise<Page>;

/** The columns on show; those that only the answer knows never bear secrets. */
function readColumns({ columns }: LookupPage, lookup: RunnableLookup, translate: Translate): Page['columns'] {
  return (
    columns?.filter(({ id, title }) => !isSecretName(id) && !isSecretName(title)) ??
    lookup.columns.map(({ titleKey, ...column }) => ({ ...column, title: translate(titleKey) }))
  ).map((column) => ({ ...column }));
}

/** Services write numbers that are none, and times that no calendar has. */
const isTime = (value: number) => !Number.isNaN(new Date(value).getTime());

/** What is on show and nothing else, with what looks like a token masked. */
function readRow(row: LookupRow, { columns }: Pick<Page, 'columns'>, secrets: readonly string[]) {
  const cells = columns.flatMap(({ id, kind }): [string, string | number][] => {
    const value = row[id];
    if (value === undefined) return [];
    if (typeof value === 'string') return [[id, concealText(value, secrets)]];
    return Number.isFinite(value) && (kind !== 'time' || isTime(value)) ? [[id, value]] : [];
  });
  return Object.fromEntries(cells);
}

/** The failure without passwords, should the service repeat them. */
export function concealFailure(error: AppError, secrets: readonly string[]): AppError {
  const { code, details, params, field } = error;
  if (details === undefined) return error;
  return new AppError(code, {
    params,
    cause: error,
    details: concealText(details, secrets),
    ...(field === undefined ? {} : { field }),
  });
}

export function createLookupRunner(
  ports: Pick<Ports, 'clock' | 'permissions' | 'randomBytes' | 'translate'>,
  accounts: Pick<Accounts, 'accessAfterRejection'>,
): LookupRunner {
  const { clock, permissions, translate } = ports;
  const callService = createServiceCall(ports, accounts);

  return async (access, lookup, order, { signal, onSend = () => Promise.resolve() }) => {
    const { bases, clientId, settings } = access.registration;
    const { keepsBigIntegers = false } = lookup;
    let limit: Limit;
    const hear = (headers: Headers) => {
      const told = access.provider.findLimit?.(headers);
      limit = told !== undefined && isTime(told.resetsAt) ? told : undefined;
    };
    const call = async (request: Request) => {
      if (!(await permissions.mayReach(request.url)))
        throw new AppError('permission_missing', { params: { host: new URL(request.url).host } });
      if (signal.aborted) throw new AppError('lookup_stopped');
      await onSend();
      return callService(access, new Request(request, { signal }), { hear, keepsBigIntegers });
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
  };
}
