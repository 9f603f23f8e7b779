import { describe, expect, it, vi } from 'vitest';
import { createLookupForm, type LookupForm } from '../../../entrypoints/popup/lookup-form.ts';
import { findLookup, readParam } from '../../../entrypoints/popup/lookup-state.ts';
import type { LookupResult } from '../../../lib/actions/lookup.ts';
import { createFakeViewPorts, refuse, type Answers, type FakePorts } from '../../fakes/view.tsx';
import { changes, firstPage, lastPage, offers } from './lookup-offers.ts';

async function open(
  answers: Answers = {},
  overrides: Parameters<typeof createFakeViewPorts>[1] = {},
): Promise<[LookupForm, FakePorts]> {
  const ports = createFakeViewPorts(
    {
      'lookup.list': () => offers,
      'lookup.run': ({ next }) => (next === undefined ? firstPage : lastPage),
      'draft.read': () => ({}),
      'draft.save': () => ({}),
      ...answers,
    },
    overrides,
  );
  const form = createLookupForm(ports);
  await form.open();
  return [form, ports];
}

const inputsOf = (ports: FakePorts, action: string) =>
  ports.asked.filter((question) => question.action === action).map(({ input }) => input);
const values = (form: LookupForm) => {
  const state = form.store.get();
  return (findLookup(state)?.params ?? []).map((param) => readParam(state, param));
};
/** A version 4 UUID. */
const anyId: unknown = expect.stringMatching(/^[\da-f-]{36}$/);
const texts = (form: LookupForm) => form.store.get().answer?.rows.map(({ text }) => text);

it('opens with the first look-up of the first account that offers any, and fetches nothing', async () => {
  const [form, ports] = await open();
  expect(form.store.get()).toMatchObject({ account: 'a', lookup: 'timeline', answer: undefined });
  expect(form.store.get().accounts.map(({ id }) => id)).toEqual(['a', 'g']);
  expect(values(form)).toEqual(['10']);
  expect(inputsOf(ports, 'lookup.run')).toEqual([]);
});

it('opens with what was looked up last', async () => {
  const last = { account: 'g', lookup: 'user', params: { user: 'bob', count: '3' } };
  const [form] = await open({ 'lookup.list': () => ({ ...offers, last }) });
  expect(form.store.get()).toMatchObject({ account: 'g', lookup: 'user' });
  expect(values(form)).toEqual(['bob', '3']);
});

it('takes what exists when the account or the look-up of last time is gone', async () => {
  const last = { account: 'gone', lookup: 'gone', params: { count: '3' } };
  const [form] = await open({ 'lookup.list': () => ({ ...offers, last }) });
  expect(form.store.get()).toMatchObject({ account: 'a', lookup: 'timeline' });
  expect(values(form)).toEqual(['10']);
});

it('prefers what was being typed when the popup closed', async () => {
  const last = { account: 'a', lookup: 'timeline', params: { count: '3' } };
  const fields = { account: 'g', lookup: 'user', 'param:user': 'bo' };
  const [form, ports] = await open({
    'lookup.list': () => ({ ...offers, last }),
    'draft.read': () => ({ fields }),
  });
  expect(values(form)).toEqual(['bo', '10']);
  form.type('user', 'bob');
  expect(inputsOf(ports, 'draft.save')).toEqual([
    { form: 'lookup', fields: { ...fields, 'param:user': 'bob' } },
  ]);
});

it('opens without the draft when that can’t be read, and again after a failure', async () => {
  const list = vi.fn(() => offers);
  list.mockImplementationOnce(() => refuse('vault_blocked'));
  const [form] = await open({ 'lookup.list': list, 'draft.read': () => refuse('internal') });
  expect(form.store.get()).toMatchObject({ isOpen: false, step: { state: 'failed' } });
  await form.open();
  await form.open();
  expect(form.store.get()).toMatchObject({ isOpen: true, step: { state: 'idle' } });
  expect(list).toHaveBeenCalledTimes(2);
});

it('keeps what was typed for a look-up while another one is chosen', async () => {
  const [form] = await open();
  form.type('count', '25');
  form.chooseLookup('user');
  expect(values(form)).toEqual(['', '10']);
  form.chooseLookup('timeline');
  expect(values(form)).toEqual(['25']);
  form.chooseAccount('g');
  expect(form.store.get()).toMatchObject({ account: 'g', lookup: 'timeline' });
});

it('asks with the params trimmed and shows the answer', async () => {
  const [form, ports] = await open();
  form.chooseLookup('user');
  form.type('user', '  bob ');
  await form.submit();
  expect(inputsOf(ports, 'lookup.run')).toEqual([
    { account: 'a', lookup: 'user', params: { user: 'bob', count: '10' }, request: anyId },
  ]);
  expect(form.store.get()).toMatchObject({
    step: { state: 'idle' },
    answer: { title: 'A person', name: 'ada', limit: { remaining: 14 } },
  });
});

it.each([
  ['user', '  ', 'This must not be empty.'],
  ['count', 'ten', 'This must be a number.'],
])('refuses at the field %s: "%s"', async (param, value, message) => {
  const [form, ports] = await open();
  form.chooseLookup('user');
  form.type('user', 'bob');
  form.type(param, value);
  await form.submit();
  expect(form.store.get().step).toEqual({ state: 'failed', failure: { message, field: param } });
  expect(inputsOf(ports, 'lookup.run')).toEqual([]);
  form.type(param, '1');
  expect(form.store.get().step).toEqual({ state: 'idle' });
});

it('adds the next page of what was asked, whatever is chosen meanwhile', async () => {
  const [form, ports] = await open();
  await form.submit();
  form.chooseLookup('user');
  await form.more();
  expect(inputsOf(ports, 'lookup.run').at(-1)).toEqual({
    account: 'a',
    lookup: 'timeline',
    params: { count: '10' },
    next: 'page2',
    request: anyId,
  });
  expect(texts(form)).toEqual(['zebra', '=Äpfel', 'birch', 'acorn']);
  // The last page has neither; those of the page before would be lies.
  expect(form.store.get().answer).toMatchObject({ next: undefined, limit: undefined });
  await form.more();
  expect(inputsOf(ports, 'lookup.run')).toHaveLength(2);
});

it('keeps the table when the next page fails, and its way to ask again', async () => {
  const [form] = await open({
    'lookup.run': ({ next }) => (next === undefined ? firstPage : refuse('too_many_requests')),
  });
  await form.submit();
  await form.more();
  expect(form.store.get()).toMatchObject({
    step: { state: 'failed', failure: { code: 'too_many_requests' } },
    answer: { next: 'page2' },
  });
});

it('asks once while an answer is on its way, and keeps the form as it is', async () => {
  const answer = Promise.withResolvers<LookupResult>();
  const [form, ports] = await open({ 'lookup.run': () => answer.promise });
  const first = form.submit();
  await form.submit();
  form.chooseLookup('user');
  expect(form.store.get()).toMatchObject({ lookup: 'timeline', step: { state: 'running', isMore: false } });
  answer.resolve(firstPage);
  await first;
  expect(inputsOf(ports, 'lookup.run')).toHaveLength(1);
});

it.each(['resolve', 'reject'] as const)('drops a cancelled answer that comes later (%s)', async (end) => {
  const late = Promise.withResolvers<LookupResult>();
  const run = vi.fn().mockReturnValueOnce(late.promise).mockReturnValue(lastPage);
  const [form] = await open({ 'lookup.run': run });
  const first = form.submit();
  form.cancel();
  expect(form.store.get().step).toEqual({
    state: 'idle',
    notice: 'Cancelled. The service may still count this request.',
  });
  await form.submit();
  if (end === 'resolve') late.resolve(firstPage);
  else late.reject(new Error('late'));
  await first;
  expect(texts(form)).toEqual(['acorn']);
  expect(form.store.get().step).toEqual({ state: 'idle' });
});

it('stops the request itself on Cancel', async () => {
  const late = Promise.withResolvers<LookupResult>();
  const [form, ports] = await open({
    'lookup.run': () => late.promise,
    'lookup.cancel': () => ({ wasStopped: true }),
  });
  const asking = form.submit();
  form.cancel();
  const [sent] = inputsOf(ports, 'lookup.run') as { request: string }[];
  expect(inputsOf(ports, 'lookup.cancel')).toEqual([{ request: sent?.request }]);
  late.resolve(firstPage);
  await asking;
});

it('takes up what each account looked up last, and keeps what is typed for it', async () => {
  const [ada, grace, sam] = offers.accounts;
  const last = { lookup: 'user', params: { user: 'linus', count: '5' } };
  const accounts = [ada, { ...grace, last }, sam] as typeof offers.accounts;
  const [form] = await open({ 'lookup.list': () => ({ accounts }) });
  form.chooseAccount('g');
  expect(form.store.get()).toMatchObject({ account: 'g', lookup: 'user' });
  expect(values(form)).toEqual(['linus', '5']);
  form.type('user', 'bob');
  form.chooseAccount('a');
  form.chooseAccount('g');
  expect(values(form)).toEqual(['bob', '5']);
});

describe('a look-up that changes something', () => {
  const changed: LookupResult = { columns: [], rows: [] };
  async function openChange(answers: Answers = {}) {
    const opened = await open({
      'lookup.list': () => changes,
      'lookup.run': () => changed,
      ...answers,
    });
    const [form] = opened;
    form.type('name', 'Ada');
    form.type('password', ' hunter2 ');
    return opened;
  }

  it('asks once more, and sends it once', async () => {
    const answer = Promise.withResolvers<LookupResult>();
    const [form, ports] = await openChange({ 'lookup.run': () => answer.promise });
    await form.submit();
    expect(form.store.get().step).toMatchObject({ state: 'confirming', lookup: { id: 'rename' } });
    // Enter in a field, or a second click.
    await form.submit();
    expect(inputsOf(ports, 'lookup.run')).toEqual([]);
    const sending = form.confirm();
    await form.confirm();
    form.cancel();
    expect(form.store.get().step).toMatchObject({ state: 'running', effect: 'change' });
    answer.resolve(changed);
    await sending;
    await form.confirm();
    expect(inputsOf(ports, 'lookup.run')).toEqual([
      {
        account: 'a',
        lookup: 'rename',
        // The spaces of a password may be meant.
        params: { name: 'Ada', password: ' hunter2 ' },
        request: anyId,
      },
    ]);
    expect(form.store.get().answer).toMatchObject({ title: 'Rename me', effect: 'change' });
  });

  it('sends nothing when the person thinks better of it', async () => {
    const [form, ports] = await openChange();
    await form.submit();
    form.decline();
    await form.confirm();
    expect(form.store.get().step).toEqual({ state: 'idle' });
    expect(inputsOf(ports, 'lookup.run')).toEqual([]);
    expect(values(form)).toEqual(['Ada', ' hunter2 ']);
  });

  it('keeps no password: not in a draft, and not in the field once it is done', async () => {
    const [form, ports] = await openChange();
    expect(JSON.stringify(inputsOf(ports, 'draft.save'))).toContain('Ada');
    expect(JSON.stringify(inputsOf(ports, 'draft.save'))).not.toContain('hunter2');
    await form.submit();
    await form.confirm();
    expect(values(form)).toEqual(['Ada', '']);
    expect(inputsOf(ports, 'draft.save').at(-1)).toEqual({ form: 'lookup', fields: {} });
  });

  it('leaves what was typed when it is refused', async () => {
    const [form] = await openChange({ 'lookup.run': () => refuse('bad_user_name', { field: 'name' }) });
    await form.submit();
    await form.confirm();
    expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { field: 'name' } });
    expect(values(form)).toEqual(['Ada', ' hunter2 ']);
  });
});

it('does not ask for what the person has not allowed, but for the right', async () => {
  const list = vi.fn(() => offers);
  const [form, ports] = await open({
    'lookup.list': list,
    'accounts.list': () => ({ accounts: [{ id: 'a', provider: 'x' }] }),
    'accounts.sign-in': () => ({ account: {} }),
  });
  form.chooseLookup('followers');
  await form.submit();
  expect(inputsOf(ports, 'lookup.run')).toEqual([]);
  await form.allow();
  expect(inputsOf(ports, 'accounts.sign-in')).toEqual([{ provider: 'x', account: 'a', allow: ['follows'] }]);
  expect(list).toHaveBeenCalledTimes(2);
  expect(form.store.get()).toMatchObject({ lookup: 'followers', step: { state: 'idle' } });
});

it('tells why a right was not given', async () => {
  const [form] = await open({
    'accounts.list': () => ({ accounts: [{ id: 'a', provider: 'x' }] }),
    'accounts.sign-in': () => refuse('cancelled'),
  });
  form.chooseLookup('followers');
  await form.allow();
  expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
});

it('learns of a right that is missing when the service says so', async () => {
  const list = vi.fn(() => offers);
  const [form] = await open({ 'lookup.list': list, 'lookup.run': () => refuse('scope_missing') });
  await form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { code: 'scope_missing' } });
  expect(list).toHaveBeenCalledTimes(2);
});

it('takes a copy as JSON and a file as CSV, in the order on show', async () => {
  const [form, ports] = await open();
  form.saveCsv();
  await form.copyJson();
  expect(ports.saveFile).not.toHaveBeenCalled();
  await form.submit();
  form.sortBy({ id: 'text', title: 'Text', kind: 'text' });
  await form.copyJson();
  const copied = vi.mocked(ports.copy).mock.calls[0]?.[0] ?? '';
  expect((JSON.parse(copied) as { text: string }[]).map(({ text }) => text)).toEqual([
    '=Äpfel',
    'birch',
    'zebra',
  ]);
  expect(form.store.get().step).toEqual({ state: 'idle', notice: 'Copied as JSON.' });
  form.saveCsv();
  const name = 'latchkey-timeline-2026-11-21.csv';
  expect(ports.saveFile).toHaveBeenCalledWith(
    name,
    expect.stringMatching(/^text,createdAt,likes,link\r\n'=/),
  );
  expect(form.store.get().step).toEqual({ state: 'idle', notice: `Saved ${name}.` });
});

it('says so when the browser does not let it copy', async () => {
  const [form] = await open({}, { copy: () => Promise.reject(new Error('denied')) });
  await form.submit();
  await form.copyJson();
  expect(form.store.get().step).toEqual({
    state: 'failed',
    failure: { message: 'The browser did not allow copying.' },
  });
});

it('forgets an order by a column that the next answer lacks', async () => {
  const [form] = await open({
    'lookup.run': ({ lookup }) => (lookup === 'user' ? { columns: [], rows: [] } : firstPage),
  });
  await form.submit();
  form.sortBy({ id: 'likes', title: 'Likes', kind: 'number' });
  await form.submit();
  expect(form.store.get().sort).toEqual({ column: 'likes', isDescending: true });
  form.chooseLookup('user');
  form.type('user', 'bob');
  await form.submit();
  expect(form.store.get().sort).toBeUndefined();
});

it('asks once more when the accounts change while it opens', async () => {
  const [before, after] = [vi.fn(), { ...offers, accounts: offers.accounts.slice(1) }];
  before.mockReturnValueOnce(offers).mockReturnValue(after);
  const ports = createFakeViewPorts({ 'lookup.list': before, 'draft.read': () => ({}) });
  const form = createLookupForm(ports);
  await form.reload();
  expect(ports.asked).toEqual([]);
  const opening = form.open();
  await form.reload();
  await opening;
  expect(form.store.get().accounts.map(({ id }) => id)).toEqual(['g']);
});
