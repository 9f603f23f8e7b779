/** How the Look up tab behaves, without DOM. Nothing is fetched from a service before the person asks. */
import { readFailure, type Failure } from '../../lib/ui/failure.ts';
import { createStore, type Store } from '../../lib/ui/store.ts';
import type { ViewPorts } from '../../lib/ui/view-ports.ts';
import {
  buildLookupCsv,
  buildLookupJson,
  sortRows,
  turnSort,
  type LookupColumn,
  type LookupTable,
} from './lookup-rows.ts';
import {
  findAccount,
  findLookup,
  initialLookupState,
  isUnderWay,
  readParam,
  type LookupAnswer,
  type LookupOrder,
  type LookupParam,
  type LookupState,
} from './lookup-state.ts';

const draftName = 'lookup';
/** Keeps the params of a draft apart from its other fields. */
const paramPrefix = 'param:';

export interface LookupForm {
  readonly store: Store<LookupState>;
  /** Fills in what can be looked up, and what was typed or looked up last. */
  readonly open: () => Promise<void>;
  /** Accounts and look-ups again, without touching what is typed; nothing before the form was opened. */
  readonly reload: () => Promise<void>;
  readonly chooseAccount: (account: string) => void;
  readonly chooseLookup: (lookup: string) => void;
  readonly type: (param: string, value: string) => void;
  readonly submit: () => Promise<void>;
  /** Adds the next page to the table. */
  readonly more: () => Promise<void>;
  /** Drops the answer that is on its way. */
  readonly cancel: () => void;
  readonly sortBy: (column: LookupColumn) => void;
  /** Opens the sign-in window, where the person allows what the chosen look-up needs. */
  readonly allow: () => Promise<void>;
  readonly copyJson: () => Promise<void>;
  readonly saveCsv: () => void;
}

export function createLookupForm({ invoke, t, now, copy, saveFile }: ViewPorts): LookupForm {
  const store = createStore(initialLookupState);
  const { get, set } = store;
  let opening: Promise<void> | undefined;
  let fetches = 0;
  let running = new AbortController();

  const fail = (failure: Failure) => set({ step: { state: 'failed', failure } });
  const say = (notice: string) => set({ step: { state: 'idle', notice } });

  /** The account and its look-up, or the nearest that exist. */
  function choose(account: string, lookup: string): void {
    const { accounts } = get();
    const chosen = accounts.find(({ id }) => id === account) ?? accounts[0];
    const offered = chosen?.lookups.find(({ id }) => id === lookup) ?? chosen?.lookups[0];
    set({ account: chosen?.id ?? '', lookup: offered?.id ?? '' });
  }

  async function fetchLookups() {
    fetches += 1;
    const number = fetches;
    const { accounts, last } = await invoke('lookup.list', {});
    // An answer that was overtaken by a newer one is old.
    if (number === fetches) set({ accounts: accounts.filter(({ lookups }) => lookups.length > 0) });
    return last;
  }

  async function reload(): Promise<void> {
    if (opening === undefined) return;
    // What is being fetched to open with may be from before the change.
    await opening;
    await fetchLookups();
    choose(get().account, get().lookup);
  }

  function open(): Promise<void> {
    opening ??= fill().finally(() => {
      if (!get().isOpen) opening = undefined;
    });
    return opening;
  }

  async function fill(): Promise<void> {
    set({ step: { state: 'idle' } });
    // A draft that can't be read must not keep anyone from looking up.
    const draft = invoke('draft.read', { form: draftName }).catch(() => ({ fields: undefined }));
    try {
      const last = await fetchLookups();
      const { account, lookup, params } = readDraft((await draft).fields) ?? last ?? noOrder;
      choose(account, lookup);
      set({ isOpen: true, typed: { [lookup]: params } });
    } catch (thrown) {
      fail(readFailure(thrown, t));
    }
  }

  function edit(change: () => void): void {
    if (isUnderWay(get())) return;
    change();
    set({ step: { state: 'idle' } });
    const { account, lookup, typed } = get();
    const fields: Record<string, string> = { account, lookup };
    for (const [id, value] of Object.entries(typed[lookup] ?? {})) fields[`${paramPrefix}${id}`] = value;
    // Losing a draft is no reason to interrupt someone who types.
    void invoke('draft.save', { form: draftName, fields }).catch(() => undefined);
  }

  function type(param: string, value: string): void {
    edit(() => {
      const { typed, lookup } = get();
      set({ typed: { ...typed, [lookup]: { ...typed[lookup], [param]: value } } });
    });
  }

  async function submit(): Promise<void> {
    if (isUnderWay(get())) return;
    const account = findAccount(get());
    const lookup = findLookup(get());
    if (account === undefined || lookup === undefined || lookup.missing !== undefined) return;
    const values = lookup.params.map((param) => ({ param, value: readParam(get(), param).trim() }));
    for (const { param, value } of values) {
      const message = findFault(param, value);
      if (message !== undefined) {
        fail({ message, field: param.id });
        return;
      }
    }
    const params = Object.fromEntries(values.map(({ param, value }) => [param.id, value]));
    const order = { account: account.id, lookup: lookup.id, params };
    await run(order, (page) => {
      const isSortKept = page.columns.some(({ id }) => id === get().sort?.column);
      set({
        answer: { ...page, order, title: lookup.title, name: account.name },
        ...(!isSortKept && { sort: undefined }),
      });
    });
  }

  function findFault({ kind, isRequired }: LookupParam, value: string): string | undefined {
    if (value === '') return isRequired ? t('error_empty') : undefined;
    return kind === 'number' && !Number.isFinite(Number(value)) ? t('look_up_bad_number') : undefined;
  }

  async function more(): Promise<void> {
    const { answer } = get();
    if (isUnderWay(get()) || answer?.next === undefined) return;
    await run(
      answer.order,
      (page) => set({ answer: { ...answer, ...page, rows: [...answer.rows, ...page.rows] } }),
      answer,
    );
  }

  async function run(
    order: LookupOrder,
    show: (page: Awaited<ReturnType<typeof fetchPage>>) => void,
    before?: LookupAnswer,
  ): Promise<void> {
    running = new AbortController();
    const { signal } = running;
    set({ step: { state: 'running', isMore: before !== undefined } });
    try {
      const page = await fetchPage(order, before?.next);
      if (signal.aborted) return;
      show(page);
      set({ step: { state: 'idle' } });
    } catch (thrown) {
      if (signal.aborted) return;
      const failure = readFailure(thrown, t);
      fail(failure);
      // Which right is missing stands in the list.
      if (failure.code === 'scope_missing') await reload().catch(() => undefined);
    }
  }

  /** Without the `next` and `limit` that a page lacks, so that those of the page before do not stay. */
  async function fetchPage(order: LookupOrder, from: string | undefined) {
    const page = await invoke('lookup.run', { ...order, ...(from !== undefined && { next: from }) });
    return { ...page, next: page.next, limit: page.limit };
  }

  function cancel(): void {
    if (get().step.state !== 'running') return;
    running.abort();
    say(t('look_up_cancelled'));
  }

  async function allow(): Promise<void> {
    const missing = findLookup(get())?.missing;
    if (isUnderWay(get()) || missing === undefined) return;
    const { account } = get();
    set({ step: { state: 'allowing' } });
    try {
      const { accounts } = await invoke('accounts.list', {});
      const provider = accounts.find(({ id }) => id === account)?.provider ?? '';
      await invoke('accounts.sign-in', { provider, account, allow: [missing] });
      await reload();
      set({ step: { state: 'idle' } });
    } catch (thrown) {
      fail(readFailure(thrown, t));
    }
  }

  /** The table as it is on show. */
  function readTable({ columns, rows }: LookupAnswer): LookupTable {
    return { columns, rows: [...sortRows(rows, get().sort, t('language_tag'))] };
  }

  async function copyJson(): Promise<void> {
    const { answer } = get();
    if (answer === undefined || isUnderWay(get())) return;
    try {
      await copy(buildLookupJson(readTable(answer)));
      say(t('look_up_copied'));
    } catch {
      fail({ message: t('look_up_copy_failed') });
    }
  }

  function saveCsv(): void {
    const { answer } = get();
    if (answer === undefined || isUnderWay(get())) return;
    const day = new Date(now()).toISOString().slice(0, 10);
    const name = `latchkey-${answer.order.lookup}-${day}.csv`;
    saveFile(name, buildLookupCsv(readTable(answer)));
    say(t('activity_exported', { name }));
  }

  return {
    store,
    open,
    reload,
    chooseAccount: (account) => edit(() => choose(account, get().lookup)),
    chooseLookup: (lookup) => edit(() => choose(get().account, lookup)),
    type,
    submit,
    more,
    cancel,
    sortBy: (column) => set({ sort: turnSort(get().sort, column) }),
    allow,
    copyJson,
    saveCsv,
  };
}

const noOrder: LookupOrder = { account: '', lookup: '', params: {} };

function readDraft(fields: Readonly<Record<string, string>> = {}): LookupOrder | undefined {
  const { account, lookup } = fields;
  if (account === undefined || lookup === undefined) return undefined;
  const params = Object.entries(fields)
    .filter(([name]) => name.startsWith(paramPrefix))
    .map(([name, value]): [string, string] => [name.slice(paramPrefix.length), value]);
  return { account, lookup, params: Object.fromEntries(params) };
}
