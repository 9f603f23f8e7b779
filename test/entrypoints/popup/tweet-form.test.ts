import { describe, expect, it, vi } from 'vitest';
import { createTweetForm, type TweetForm } from '../../../entrypoints/popup/tweet-form.ts';
import { createFakeViewPorts, refuse, type Answers, type FakePorts } from '../../fakes/view.tsx';

const ada = { id: 'a', name: 'ada', service: 'X', isDefault: false, canPost: true };
const ben = { ...ada, id: 'b', name: 'ben', isDefault: true };
const start = { accounts: [ada, ben] };
const suggestion = 'Title\nhttps://example.com';
const tweet = (id: string) => ({ id, url: `https://x.com/i/web/status/${id}` });
const thread = `one\n---\ntwo\n---\nthree`;
const uuid = expect.stringMatching(/^[\da-f-]{36}$/) as string;

/** Time that stands still until the countdown is ended. */
const never = (_ms: number, signal: AbortSignal) =>
  new Promise<void>((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
  );

async function create(
  answers: Answers = {},
  overrides: Parameters<typeof createFakeViewPorts>[1] = {},
): Promise<[TweetForm, FakePorts]> {
  const ports = createFakeViewPorts(
    {
      'tweet.start': () => start,
      'tweet.suggest': () => ({ suggestion }),
      'tweet.take': () => ({}),
      'tweet.post': () => ({ state: 'done', posted: [tweet('1')] }),
      'tweet.delete': () => ({}),
      'tweet.hand-off': () => ({ url: 'https://x.com/intent/tweet?text=x' }),
      'draft.read': () => ({}),
      'draft.save': () => ({}),
      ...answers,
    },
    { sleep: never, ...overrides },
  );
  const form = createTweetForm(ports);
  await form.open();
  return [form, ports];
}

const inputsOf = (ports: FakePorts, action: string) =>
  ports.asked.filter((question) => question.action === action).map(({ input }) => input);
const lastDraft = (ports: FakePorts) =>
  (inputsOf(ports, 'draft.save').at(-1) as { fields: Record<string, string> }).fields;

it('opens with the default account', async () => {
  const [form] = await create();
  expect(form.store.get()).toMatchObject({ isOpen: true, account: 'b', suggestion });
});

it('opens once, however often it is asked', async () => {
  const [form, ports] = await create();
  await form.open();
  expect(inputsOf(ports, 'tweet.start')).toHaveLength(1);
});

it('opens again after it could not', async () => {
  const answer = vi.fn().mockRejectedValueOnce(new Error('port closed')).mockResolvedValue(start);
  const [form] = await create({ 'tweet.start': answer });
  expect(form.store.get().step).toMatchObject({ state: 'failed' });
  await form.submit();
  expect(form.store.get().isOpen).toBe(true);
});

it('saves a draft with each keystroke and restores it, with the account', async () => {
  const [form, ports] = await create();
  form.type('Hello');
  expect(lastDraft(ports)).toEqual({ text: 'Hello' });
  form.choose('');
  expect(lastDraft(ports)).toEqual({ text: 'Hello', account: '' });
  const [again] = await create({ 'draft.read': () => ({ fields: { text: 'Hello', account: '' } }) });
  expect(again.store.get()).toMatchObject({ text: 'Hello', account: '' });
});

it('lets no late draft overwrite what is typed', async () => {
  const draft = Promise.withResolvers<unknown>();
  const ports = createFakeViewPorts({
    'tweet.start': () => start,
    'draft.read': () => draft.promise,
    'draft.save': () => ({}),
  });
  const form = createTweetForm(ports);
  const opened = form.open();
  form.type('new');
  draft.resolve({ fields: { text: 'old', account: 'a', replyTo: '7' } });
  await opened;
  expect(form.store.get()).toMatchObject({ text: 'new', resumption: undefined });
});

it('posts, tells the link, empties the text and offers Undo', async () => {
  const [form, ports] = await create();
  form.type(' Hello ');
  await form.submit();
  expect(inputsOf(ports, 'tweet.post')).toEqual([{ request: uuid, account: 'b', parts: ['Hello'] }]);
  expect(form.store.get()).toMatchObject({
    text: '',
    step: { state: 'done', posted: [tweet('1')], secondsLeft: 10 },
  });
  expect(lastDraft(ports)).toEqual({ text: '' });
});

it('ends the time for Undo after ten seconds', async () => {
  const sleep = vi.fn(() => Promise.resolve());
  const [form, ports] = await create({}, { sleep });
  form.type('Hello');
  await form.submit();
  await vi.waitFor(() => expect(form.store.get().step).toMatchObject({ secondsLeft: 0 }));
  expect(sleep).toHaveBeenCalledTimes(10);
  await form.undo();
  expect(inputsOf(ports, 'tweet.delete')).toEqual([]);
});

it('undoes a thread from its end and gives the text back', async () => {
  const posted = [tweet('1'), tweet('2'), tweet('3')];
  const [form, ports] = await create({ 'tweet.post': () => ({ state: 'done', posted }) });
  form.type(thread);
  await form.submit();
  await form.undo();
  expect(inputsOf(ports, 'tweet.delete')).toEqual(['3', '2', '1'].map((id) => ({ account: 'b', tweet: id })));
  expect(form.store.get()).toMatchObject({ text: thread, step: { state: 'undone', count: 3 } });
});

it('keeps offering Undo for what could not be deleted, and takes what is gone for deleted', async () => {
  const remove = vi
    .fn()
    .mockImplementationOnce(() => refuse('tweet_not_found'))
    .mockImplementationOnce(() => refuse('network'))
    .mockReturnValue({});
  const posted = [tweet('1'), tweet('2')];
  const [form, ports] = await create({
    'tweet.post': () => ({ state: 'done', posted }),
    'tweet.delete': remove,
  });
  form.type(thread);
  await form.submit();
  await form.undo();
  expect(form.store.get().step).toMatchObject({
    state: 'done',
    posted: [tweet('1')],
    failure: { code: 'network' },
    secondsLeft: 10,
  });
  await form.undo();
  expect(form.store.get().step).toMatchObject({ state: 'undone' });
  expect(inputsOf(ports, 'tweet.delete')).toHaveLength(3);
});

it('keeps what was posted in sight while the next tweet is typed', async () => {
  const [form] = await create();
  form.type('Hello');
  await form.submit();
  form.type('And');
  expect(form.store.get()).toMatchObject({ text: 'And', step: { state: 'done' } });
  await form.undo();
  expect(form.store.get().text).toBe('And');
});

it('keeps offering Undo when the button is pressed once more, too late for the tweet that just went out', async () => {
  const [form, ports] = await create();
  form.type('Hello');
  await form.submit();
  await form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'done', secondsLeft: 10 });
  expect(inputsOf(ports, 'tweet.post')).toHaveLength(1);
});

it('follows a thread, asking each time for more than it has seen', async () => {
  const answer = vi
    .fn()
    .mockReturnValueOnce({ state: 'posting', posted: 1, of: 3 })
    .mockReturnValueOnce({ state: 'posting', posted: 2, of: 3 })
    .mockReturnValueOnce({ state: 'done', posted: [tweet('1'), tweet('2'), tweet('3')] });
  const [form, ports] = await create({ 'tweet.post': answer });
  const seen: number[] = [];
  form.store.subscribe(() => {
    const { step } = form.store.get();
    if (step.state === 'posting') seen.push(step.posted);
  });
  form.type(thread);
  await form.submit();
  const parts = ['one (1/3)', 'two (2/3)', 'three (3/3)'];
  expect(inputsOf(ports, 'tweet.post')).toEqual([
    { request: uuid, account: 'b', parts },
    { request: uuid, account: 'b', parts, seen: 1 },
    { request: uuid, account: 'b', parts, seen: 2 },
  ]);
  expect(
    new Set(inputsOf(ports, 'tweet.post').map((input) => (input as { request: string }).request)),
  ).toHaveLength(1);
  expect(new Set(seen)).toEqual(new Set([0, 1, 2]));
});

it('keeps the rest of a thread that stopped, and posts it under the last tweet', async () => {
  const rest = ['two (2/3)', 'three (3/3)'];
  const stopped = {
    state: 'stopped',
    posted: [tweet('1')],
    rest,
    code: 'network',
    message: 'No.',
    details: 'raw',
  };
  const answer = vi.fn().mockReturnValueOnce(stopped).mockReturnValueOnce({ state: 'done', posted: [] });
  const [form, ports] = await create({ 'tweet.post': answer });
  form.type(thread);
  await form.submit();
  expect(form.store.get()).toMatchObject({
    text: 'two (2/3)\n---\nthree (3/3)',
    step: { state: 'stopped', failure: { message: 'No.', details: 'raw' } },
  });
  const draft = lastDraft(ports);
  expect(draft).toEqual({ text: 'two (2/3)\n---\nthree (3/3)', account: 'b', replyTo: '1' });
  await form.submit();
  expect(inputsOf(ports, 'tweet.post').at(-1)).toMatchObject({ account: 'b', parts: rest, replyTo: '1' });

  const [again, later] = await create({ 'draft.read': () => ({ fields: draft }) });
  await again.submit();
  expect(inputsOf(later, 'tweet.post')).toMatchObject([{ parts: rest, replyTo: '1' }]);
});

it('starts anew when the rest is deleted', async () => {
  const fields = { text: 'two', account: 'a', replyTo: '1' };
  const [form, ports] = await create({ 'draft.read': () => ({ fields }) });
  form.type('');
  form.type('new');
  await form.submit();
  expect(inputsOf(ports, 'tweet.post')).toEqual([{ request: uuid, account: 'a', parts: ['new'] }]);
});

it('asks with the same request again after the answer got lost, and with a new one for another text', async () => {
  const [form, ports] = await create({ 'tweet.post': () => Promise.reject(new Error('port closed')) });
  form.type('Hello');
  await form.submit();
  await form.submit();
  form.type('Hello!');
  await form.submit();
  const requests = inputsOf(ports, 'tweet.post').map((input) => (input as { request: string }).request);
  expect(new Set(requests.slice(0, 6))).toHaveLength(1);
  expect(new Set(requests.slice(6))).toHaveLength(1);
  expect(new Set(requests)).toHaveLength(2);
  expect(form.store.get()).toMatchObject({ text: 'Hello!', step: { state: 'failed' } });
});

it('follows a post that was under way when the popup closed, by its request', async () => {
  const answer = new Promise<never>(() => undefined);
  const [form, ports] = await create({ 'tweet.post': () => answer });
  form.type('Hello');
  void form.submit();
  const fields = lastDraft(ports);
  const [, later] = await create({ 'draft.read': () => ({ fields }) });
  await vi.waitFor(() => expect(inputsOf(ports, 'tweet.post')).toHaveLength(1));
  expect(inputsOf(later, 'tweet.post')).toEqual(inputsOf(ports, 'tweet.post'));
  expect(lastDraft(later)).toEqual({ text: '', account: 'b' });
});

it('takes no keystroke and no second click while it posts', async () => {
  const [form, ports] = await create({ 'tweet.post': () => new Promise(() => undefined) });
  form.type('Hello');
  void form.submit();
  form.type('Hello!');
  await form.submit();
  expect(form.store.get().text).toBe('Hello');
  expect(inputsOf(ports, 'tweet.post')).toHaveLength(1);
});

it('keeps the text after a refusal, at the field it belongs to', async () => {
  const [form, ports] = await create({
    'tweet.post': () => refuse('tweet_duplicate', { field: 'parts', details: 'raw' }),
  });
  form.type('Hello');
  await form.submit();
  expect(form.store.get()).toMatchObject({
    text: 'Hello',
    step: { state: 'failed', failure: { code: 'tweet_duplicate', field: 'text', details: 'raw' } },
  });
  expect(lastDraft(ports)).toEqual({ text: 'Hello' });
  form.type('Hello!');
  expect(form.store.get().step).toEqual({ state: 'editing' });
});

it.each([
  ['', 'This must not be empty.'],
  ['a\uFEFF', 'The text has a character in it that X does not take.'],
  ['a'.repeat(25_001), 'at most 25,000 characters'],
  ['a\n---\n'.repeat(51), 'at most 50 tweets'],
])('refuses %j in one sentence at the field, and sends nothing', async (text, sentence) => {
  const [form, ports] = await create();
  form.type(text);
  await form.submit();
  const { step } = form.store.get();
  expect(step).toMatchObject({ state: 'failed', failure: { field: 'text' } });
  expect(step.state === 'failed' && step.failure.message).toContain(sentence);
  expect(form.store.get().text).toBe(text);
  expect(inputsOf(ports, 'tweet.post')).toEqual([]);
});

it('hands off without an account, and with one when asked to', async () => {
  const [form, ports] = await create();
  form.type(' Hello ');
  await form.handOff();
  form.choose('');
  await form.submit();
  expect(inputsOf(ports, 'tweet.hand-off')).toEqual([{ text: 'Hello' }, { text: 'Hello' }]);
  expect(inputsOf(ports, 'tweet.post')).toEqual([]);
  expect(form.store.get()).toMatchObject({ text: ' Hello ', step: { state: 'handed-off' } });
  form.type(' ');
  await form.handOff();
  expect(form.store.get().step).toMatchObject({ failure: { field: 'text' } });
});

it('asks for the right to post when it is missing, of that very account', async () => {
  const answer = vi.fn();
  answer.mockReturnValueOnce({ ...start, accounts: [{ ...ada, canPost: false }] });
  answer.mockReturnValue({ ...start, accounts: [ada] });
  const [form, ports] = await create({
    'tweet.start': answer,
    'accounts.list': () => ({ accounts: [{ id: 'a', provider: 'x' }] }),
    'accounts.sign-in': () => ({ account: {} }),
  });
  form.type('Hello');
  await form.submit();
  expect(form.store.get().step).toMatchObject({ failure: { code: 'scope_missing', field: 'account' } });
  await form.allow();
  expect(inputsOf(ports, 'accounts.sign-in')).toEqual([{ provider: 'x', account: 'a', allow: ['post'] }]);
  await form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'done' });
});

it('takes another account when the chosen one is gone', async () => {
  const answer = vi
    .fn()
    .mockReturnValueOnce(start)
    .mockReturnValue({ ...start, accounts: [ben] });
  const [form] = await create({ 'tweet.start': answer });
  form.choose('a');
  form.type('Hello');
  await form.reload();
  expect(form.store.get()).toMatchObject({ account: 'b', text: 'Hello' });
});

it('asks once more when the accounts change while it opens', async () => {
  const answer = vi
    .fn()
    .mockReturnValueOnce(start)
    .mockReturnValue({ ...start, accounts: [ben] });
  const ports = createFakeViewPorts({
    'tweet.start': answer,
    'tweet.suggest': () => ({}),
    'tweet.take': () => ({}),
    'draft.read': () => ({}),
  });
  const form = createTweetForm(ports);
  await form.reload();
  expect(ports.asked).toEqual([]);
  const opening = form.open();
  await form.reload();
  await opening;
  expect(form.store.get().accounts).toEqual([ben]);
});

it('looks for a tweet whose answer was lost, and goes on as if it had arrived when it is there', async () => {
  const [form, ports] = await create({
    'tweet.post': () => refuse('tweet_unknown'),
    'tweet.check': () => ({ found: tweet('7') }),
  });
  form.type('Did it arrive?');
  await form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { code: 'tweet_unknown' } });
  await form.check();
  expect(inputsOf(ports, 'tweet.check')).toEqual([{ account: 'b', text: 'Did it arrive?' }]);
  expect(form.store.get()).toMatchObject({ text: '', step: { state: 'done', posted: [{ id: '7' }] } });
});

it('keeps the text of a tweet that is not there, to be sent again', async () => {
  const [form] = await create({ 'tweet.post': () => refuse('tweet_unknown'), 'tweet.check': () => ({}) });
  form.type('Did it arrive?');
  await form.submit();
  await form.check();
  expect(form.store.get()).toMatchObject({ text: 'Did it arrive?', step: { state: 'failed' } });
});

it('goes on with a thread below the tweet that was found', async () => {
  const [form] = await create({
    'tweet.post': () => ({
      state: 'stopped',
      posted: [tweet('1')],
      rest: ['two', 'three'],
      code: 'tweet_unknown',
      message: 'Not known.',
    }),
    'tweet.check': () => ({ found: tweet('2') }),
  });
  form.type(thread);
  await form.submit();
  await form.check();
  expect(form.store.get()).toMatchObject({ text: 'three', resumption: { replyTo: '2' } });
});

describe('what was chosen to tweet about', () => {
  const chosen = 'Title\nhttps://steemit.com/@alice/my-post\n#bees';
  const take = () => ({ text: chosen });

  it('is the text to begin with', async () => {
    const [form, ports] = await create({ 'tweet.take': take });
    expect(form.store.get().text).toBe(chosen);
    expect(lastDraft(ports)).toMatchObject({ text: chosen, subject: chosen });
  });

  it('goes behind what the person has written, and in place of what was chosen before', async () => {
    const draft = (fields: Record<string, string>) => ({
      'draft.read': () => ({ fields }),
      'tweet.take': take,
    });
    const [mine] = await create(draft({ text: 'My own words' }));
    expect(mine.store.get().text).toBe(`My own words\n\n${chosen}`);
    const [other] = await create(draft({ text: 'Other title', subject: 'Other title' }));
    expect(other.store.get().text).toBe(chosen);
  });

  it('stays out of the rest of a thread, and is offered beside it', async () => {
    const fields = { text: 'Two (2/2)', account: start.accounts[0]?.id ?? '', replyTo: '1' };
    const [form] = await create({ 'draft.read': () => ({ fields }), 'tweet.take': take });
    expect(form.store.get()).toMatchObject({ text: 'Two (2/2)', suggestion: chosen });
  });

  it('keeps nobody from writing when it cannot be had', async () => {
    const [form] = await create({ 'tweet.take': () => refuse('network') });
    expect(form.store.get()).toMatchObject({ isOpen: true, isFilling: false, text: '' });
  });
});

describe('a form about one post', () => {
  const about = 'https://steemit.com/@alice/my-post';
  const answer = () => ({ text: 'The post', price: 0.2, accounts: [] });

  it('begins with that post, and has a draft of its own', async () => {
    const ports = createFakeViewPorts({
      'tweet.start': () => start,
      'tweet.suggest': () => ({}),
      'tweet.about': answer,
      'draft.read': () => ({}),
      'draft.save': () => ({}),
    });
    const form = createTweetForm(ports, about);
    await form.open();
    expect(form.store.get().text).toBe('The post');
    form.type('The post, and my words');
    expect(inputsOf(ports, 'draft.save').at(-1)).toMatchObject({ form: `tweet ${about}` });
    expect(inputsOf(ports, 'tweet.about')).toEqual([{ post: about }]);
  });
});

describe('the rest of a thread that went on in the Activity', () => {
  const rest = { text: 'two (2/2)', account: 'b', replyTo: '1' };

  it('is let go, so that what is written next is no answer to it', async () => {
    const read = vi.fn().mockReturnValueOnce({ fields: rest });
    const [form, ports] = await create({ 'draft.read': read.mockReturnValue({ fields: { text: '' } }) });
    expect(form.store.get()).toMatchObject({ text: rest.text, resumption: { replyTo: '1' } });
    await form.catchUp();
    expect(form.store.get()).toMatchObject({ text: '', resumption: undefined });
    form.type('Something else');
    await form.submit();
    expect(inputsOf(ports, 'tweet.post')).toEqual([
      { request: uuid, account: 'b', parts: ['Something else'] },
    ]);
  });

  it('stays while it is still the draft', async () => {
    const [form] = await create({ 'draft.read': () => ({ fields: rest }) });
    await form.catchUp();
    expect(form.store.get()).toMatchObject({ text: rest.text, resumption: { replyTo: '1' } });
  });
});

describe('a tweet for later', () => {
  const schedule = { at: Date.UTC(2026, 10, 28, 14), timeZone: 'Europe/Warsaw' };
  const queued = { state: 'queued', reason: 'schedule', until: schedule.at };

  it('is kept under its request, and the form is empty for the next', async () => {
    const [form, ports] = await create({ 'tweet.post': () => queued });
    form.type('Hello');
    await form.submit(schedule);
    expect(inputsOf(ports, 'tweet.post')).toEqual([
      { request: uuid, account: 'b', parts: ['Hello'], schedule },
    ]);
    expect(form.store.get()).toMatchObject({
      text: '',
      step: { state: 'kept', kept: { request: uuid, wait: queued, schedule } },
    });
    expect(lastDraft(ports)).toEqual({ text: '' });
  });

  it('is still for later when the popup was closed before it was accepted', async () => {
    const lost = await create({ 'tweet.post': () => new Promise(() => undefined) });
    lost[0].type('Hello');
    void lost[0].submit(schedule);
    const fields = lastDraft(lost[1]);
    const [form, ports] = await create({ 'draft.read': () => ({ fields }), 'tweet.post': () => queued });
    expect(inputsOf(ports, 'tweet.post')).toEqual([
      { request: fields['request'], account: 'b', parts: ['Hello'], schedule },
    ]);
    expect(form.store.get().step.state).toBe('kept');
  });
});
