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
  type OfferedLookup,
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
  /** Looks up; what changes something is asked once more first. */
  readonly submit: () => Promise<void>;
  /** Sends the change that was asked about, once. */
  readonly confirm: () => Promise<void>;
  /** Takes the question back. */
  readonly decline: () => void;
  /** Adds the next page to the table. */
  readonly more: () => Promise<void>;
  /** Stops the request that is on its way; one that changes something runs on. */
  readonly cancel: () => void;
  readonly sortBy: (column: LookupColumn) => void;
  /** Opens the sign-in window, where the person allows what the chosen look-up needs. */
  readonly allow: () => Promise<void>;
  readonly copyJson: () => Promise<void>;
  readonly saveCsv: () => void;
}

export function createLookupForm({ invoke, t, now, newId, copy, saveFile }: ViewPorts): LookupForm {
  const store = createStore(initialLookupState);
  const { get, set } = store;
  let opening: Promise<void> | undefined;
  let fetches = 0;
  let running = { request: '', stop: new AbortController() };

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

  /** With the account's own look-up of last time, unless something is typed for it. */
  function chooseAccount(account: string): void {
    const { accounts, lookup, typed } = get();
    const last = accounts.find(({ id }) => id === account)?.last;
    choose(account, last?.lookup ?? lookup);
    if (last !== undefined && get().lookup === last.lookup)
      set({ typed: { ...typed, [last.lookup]: { ...last.params, ...typed[last.lookup] } } });
  }

  function edit(change: () => void): void {
    if (isUnderWay(get())) return;
    change();
    set({ step: { state: 'idle' } });
    const { account, lookup, typed } = get();
    const fields: Record<string, string> = { account, lookup };
    for (const [id, value] of Object.entries(withoutPasswords(findLookup(get()), typed[lookup])))
      fields[`${paramPrefix}${id}`] = value;
    saveDraft(fields);
  }

  function saveDraft(fields: Record<string, string>): void {
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
    const values = lookup.params.map((param) => ({ param, value: readValue(param) }));
    for (const { param, value } of values) {
      const message = findFault(param, value);
      if (message !== undefined) {
        fail({ message, field: param.id });
        return;
      }
    }
    const params = Object.fromEntries(values.map(({ param, value }) => [param.id, value]));
    const order = { account: account.id, lookup: lookup.id, params };
    if (lookup.effect === undefined) await ask(order, lookup);
    else set({ step: { state: 'confirming', order, lookup } });
  }

  async function confirm(): Promise<void> {
    const { step } = get();
    if (step.state === 'confirming') await ask(step.order, step.lookup);
  }

  function decline(): void {
    if (get().step.state === 'confirming') set({ step: { state: 'idle' } });
  }

  async function ask(order: LookupOrder, lookup: OfferedLookup): Promise<void> {
    const { title, effect, isOwn = false } = lookup;
    const name = findAccount(get())?.name ?? '';
    await run({ order, effect }, (page) => {
      const { sort, typed } = get();
      const isSortKept = page.columns.some(({ id }) => id === sort?.column);
      set({
        answer: { ...page, order, title, isOwn, name, effect },
        typed: { ...typed, [lookup.id]: withoutPasswords(lookup, typed[lookup.id]) },
        ...(!isSortKept && { sort: undefined }),
      });
      // What was changed is not what the person begins with next time.
      if (effect !== undefined) saveDraft({});
    });
  }

  /** What is typed, without the spaces that a paste leaves; those of a password may be meant. */
  function readValue(param: LookupParam): string {
    const value = readParam(get(), param);
    return param.kind === 'password' ? value : value.trim();
  }

  function findFault({ kind, isRequired }: LookupParam, value: string): string | undefined {
    if (value === '') return isRequired ? t('error_empty') : undefined;
    return kind === 'number' && !Number.isFinite(Number(value)) ? t('error_bad_number') : undefined;
  }

  async function more(): Promise<void> {
    const { answer } = get();
    if (isUnderWay(get()) || answer?.next === undefined) return;
    await run(
      { order: answer.order, effect: undefined },
      (page) => set({ answer: { ...answer, ...page, rows: [...answer.rows, ...page.rows] } }),
      answer,
    );
  }

  async function run(
    { order, effect }: { readonly order: LookupOrder; readonly effect: OfferedLookup['effect'] },
    show: (page: Awaited<ReturnType<typeof fetchPage>>) => void,
    before?: LookupAnswer,
  ): Promise<void> {
    running = { request: newId(), stop: new AbortController() };
    const {
      request,
      stop: { signal },
    } = running;
    set({ step: { state: 'running', isMore: before !== undefined, effect } });
    try {
      const page = await fetchPage({ ...order, request }, before?.next);
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
  async function fetchPage(order: LookupOrder & { readonly request: string }, from: string | undefined) {
    const page = await invoke('lookup.run', { ...order, ...(from !== undefined && { next: from }) });
    return { ...page, next: page.next, limit: page.limit };
  }

  function cancel(): void {
    const { step } = get();
    if (step.state !== 'running' || step.effect !== undefined) return;
    running.stop.abort();
    // Where nobody hears it, the answer is dropped all the same.
    void invoke('lookup.cancel', { request: running.request }).catch(() => undefined);
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
    // The id of one's own look-up tells nobody anything.
    const words = answer.isOwn ? readWords(answer.title) : answer.order.lookup;
    const name = `latchkey-${words}-${day}.csv`;
    saveFile(name, buildLookupCsv(readTable(answer)));
    say(t('activity_exported', { name }));
  }

  return {
    store,
    open,
    reload,
    chooseAccount: (account) => edit(() => chooseAccount(account)),
    chooseLookup: (lookup) => edit(() => choose(get().account, lookup)),
    type,
    submit,
    confirm,
    decline,
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

function withoutPasswords(
  lookup: OfferedLookup | undefined,
  typed: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const passwords = lookup?.params.filter(({ kind }) => kind === 'password').map(({ id }) => id) ?? [];
  return Object.fromEntries(Object.entries(typed).filter(([id]) => !passwords.includes(id)));
}

/** A title as part of a file's name. */
function readWords(title: string): string {
  return (title.match(/[\p{L}\p{N}]+/gu) ?? ['look-up']).join('-');
}
