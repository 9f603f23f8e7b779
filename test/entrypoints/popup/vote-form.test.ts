import { expect, it, vi } from 'vitest';
import { createVoteForm, type VoteForm } from '../../../entrypoints/popup/vote-form.ts';
import type { VotePreview } from '../../../lib/actions/vote.ts';
import { createFakeViewPorts, refuse, type Answers, type FakePorts } from '../../fakes/view.tsx';

const bob = {
  id: 'b',
  name: 'bob',
  service: 'SteemLogin',
  chain: 'steem',
  isDefault: true,
  postWeight: 60,
  commentWeight: 20,
} as const;
const carol = {
  ...bob,
  id: 'c',
  name: 'carol',
  service: 'HiveSigner',
  chain: 'hive',
  isDefault: false,
  postWeight: 30,
} as const;
const link = 'https://steemit.com/travel/@alice/my-post';

function preview(
  more: { currentWeight?: number; kind?: 'post' | 'comment'; chain?: 'steem' | 'hive' } = {},
): VotePreview {
  const { currentWeight, kind = 'post', chain = 'steem' } = more;
  const basis = {
    chain,
    mana: 1e12,
    maxMana: 1e12,
    downvoteMana: 1e11,
    maxDownvoteMana: 1e11,
    votePowerReserveRate: 10,
    rewardBalance: 800_000,
    recentClaims: 5e17,
    price: 0.2,
    secondsToPayout: 1000,
    currency: 'SBD',
  };
  return {
    post: {
      chain,
      author: 'alice',
      permlink: 'my-post',
      title: 'My post',
      kind,
      url: link,
      authorReputation: 69.83,
      payout: { amount: 1, currency: 'SBD', isPaid: false, at: 0 },
    },
    voter: {
      account: 'b',
      name: 'bob',
      powerPercent: 90,
      downvotePowerPercent: 100,
      ...(currentWeight !== undefined && { currentWeight }),
      basis,
    },
    warnings: [],
  };
}

const done = {
  state: 'done',
  wasThere: false,
  name: 'bob',
  weight: 60,
  transactionId: '1f',
  transactionUrl: 'https://x/1f',
};

function start(more: Partial<{ post: string; accounts: unknown[]; undoSeconds: number }> = {}) {
  return {
    post: link,
    hasSiteChanged: false,
    site: 'steemit.com',
    accounts: [bob, carol],
    undoSeconds: 0,
    ...more,
  };
}

function create(
  answers: Answers = {},
  overrides: Parameters<typeof createFakeViewPorts>[1] = {},
): [VoteForm, FakePorts] {
  const ports = createFakeViewPorts(
    {
      'vote.start': () => start(),
      'vote.preview': () => preview(),
      'vote.cast': () => done,
      'draft.read': () => ({}),
      'draft.save': () => ({}),
      ...answers,
    },
    overrides,
  );
  return [createVoteForm(ports), ports];
}

const inputsOf = (ports: FakePorts, action: string) =>
  ports.asked.filter((question) => question.action === action).map(({ input }) => input);

it('opens with the current tab’s post, the default account and its remembered weight', async () => {
  const [form] = create();
  await form.open();
  expect(form.store.get()).toMatchObject({
    post: link,
    account: 'b',
    weight: '60',
    facts: { state: 'shown' },
  });
});

it('takes the weight remembered for comments on a comment', async () => {
  const [form] = create({ 'vote.preview': () => preview({ kind: 'comment' }) });
  await form.open();
  expect(form.store.get().weight).toBe('20');
});

it('shows the weight of a vote already cast, a downvote too', async () => {
  const [form] = create({ 'vote.preview': () => preview({ currentWeight: -25 }) });
  await form.open();
  expect(form.store.get().weight).toBe('-25');
});

it('never overwrites what the person moved while the facts were on their way', async () => {
  const facts = Promise.withResolvers<VotePreview>();
  const [form] = create({ 'vote.preview': () => facts.promise });
  const opened = form.open();
  form.edit('weight', '33');
  facts.resolve(preview({ currentWeight: 80 }));
  await opened;
  expect(form.store.get().weight).toBe('33');
});

it('leaves the weight alone that someone is about to type into, whatever arrives', async () => {
  const [begun, drafts] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
  const facts = Promise.withResolvers<VotePreview>();
  const [form] = create({
    'vote.start': () => begun.promise,
    'draft.read': () => drafts.promise,
    'vote.preview': () => facts.promise,
  });
  const opened = form.open();
  const shown = form.store.get().weight;
  form.touchWeight();
  begun.resolve(start());
  drafts.resolve({ fields: { post: link, tabPost: link, weight: '7' } });
  await vi.waitFor(() => expect(form.store.get().facts.state).toBe('loading'));
  expect(form.store.get().weight).toBe(shown);
  facts.resolve(preview({ currentWeight: 80 }));
  await opened;
  expect(form.store.get().weight).toBe(shown);
  // Another post by their own hand is another matter, as nothing was typed.
  form.edit('post', `${link}#now`);
  await vi.waitFor(() => expect(form.store.get().weight).toBe('80'));
});

it('keeps what is typed while a vote is on its way, for the next one and in the draft', async () => {
  const sent = Promise.withResolvers<unknown>();
  const [form, ports] = create({ 'vote.cast': () => sent.promise });
  await form.open();
  form.edit('weight', '50');
  const submitted = form.submit();
  form.edit('weight', '35');
  sent.resolve(done);
  await submitted;
  expect(form.store.get()).toMatchObject({
    weight: '35',
    step: { state: 'done' },
    facts: { state: 'shown' },
  });
  expect(inputsOf(ports, 'draft.save').at(-1)).toMatchObject({ fields: { weight: '35' } });
});

it('restores the draft of this page, with account and weight', async () => {
  const fields = { post: 'x/y', tabPost: link, account: 'c', weight: '7' };
  const [form] = create({ 'draft.read': () => ({ fields }) });
  await form.open();
  expect(form.store.get()).toMatchObject({ post: 'x/y', account: 'c', weight: '7' });
});

it('puts the post of the page before a draft of another page', async () => {
  const fields = { post: 'x/y', tabPost: 'https://steemit.com/@x/y', weight: '7' };
  const [form] = create({ 'draft.read': () => ({ fields }) });
  await form.open();
  expect(form.store.get()).toMatchObject({ post: link, weight: '60' });
});

it('restores any draft where the tab has no post', async () => {
  const [form] = create({
    'vote.start': () => ({ ...start(), post: undefined }),
    'draft.read': () => ({ fields: { post: 'x/y', tabPost: 'https://steemit.com/@x/y' } }),
  });
  await form.open();
  expect(form.store.get().post).toBe('x/y');
});

it('saves a draft with each keystroke, with nothing the person has not set', async () => {
  const [form, ports] = create();
  await form.open();
  form.edit('post', 'x/y');
  expect(inputsOf(ports, 'draft.save')).toEqual([{ form: 'vote', fields: { post: 'x/y', tabPost: link } }]);
});

it('votes, tells the result, forgets the draft and shows what the chain now holds', async () => {
  const [form, ports] = create();
  await form.open();
  form.edit('weight', '50');
  await form.submit();
  expect(inputsOf(ports, 'vote.cast')).toEqual([
    {
      request: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      account: 'b',
      post: link,
      weight: 50,
      kind: 'post',
    },
  ]);
  expect(form.store.get()).toMatchObject({
    step: { state: 'done', order: { postName: 'alice/my-post' } },
    moved: { weight: false },
  });
  expect(inputsOf(ports, 'draft.save').at(-1)).toEqual({ form: 'vote', fields: {} });
});

it('stays as typed on a failure', async () => {
  const [form] = create({ 'vote.cast': () => refuse('vote_power_empty', { details: 'raw' }) });
  await form.open();
  form.edit('weight', '12.5');
  await form.submit();
  expect(form.store.get()).toMatchObject({
    post: link,
    weight: '12.5',
    step: { state: 'failed', failure: { code: 'vote_power_empty', details: 'raw' } },
  });
});

it('asks once more before a downvote, and sends the confirmation', async () => {
  const [form, ports] = create();
  await form.open();
  form.edit('weight', '-25');
  await form.submit();
  expect(form.store.get().step.state).toBe('confirming');
  expect(inputsOf(ports, 'vote.cast')).toEqual([]);
  await form.confirm();
  expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ weight: -25, isConfirmed: true }]);
});

it('does not send a downvote that was cancelled', async () => {
  const [form, ports] = create();
  await form.open();
  form.edit('weight', '-25');
  await form.submit();
  form.undo();
  await form.confirm();
  expect(inputsOf(ports, 'vote.cast')).toEqual([]);
});

it('lets a vote be taken back while it counts down', async () => {
  const sleep = (_ms: number, signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error('taken back'))),
    );
  const [form, ports] = create({ 'vote.start': () => start({ undoSeconds: 3 }) }, { sleep });
  await form.open();
  const submitted = form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'counting', secondsLeft: 3 });
  form.undo();
  await submitted;
  expect(inputsOf(ports, 'vote.cast')).toEqual([]);
  expect(form.store.get().step.state).toBe('editing');
});

it('counts down second by second, then sends', async () => {
  const sleep = vi.fn(() => Promise.resolve());
  const [form, ports] = create({ 'vote.start': () => start({ undoSeconds: 3 }) }, { sleep });
  await form.open();
  await form.submit();
  expect(sleep).toHaveBeenCalledTimes(3);
  expect(inputsOf(ports, 'vote.cast')).toHaveLength(1);
});

it('asks with the same request after lost answers, and on the next press for the same vote', async () => {
  let isAlive = false;
  const [form, ports] = create({
    'vote.cast': () => {
      if (!isAlive) throw new Error('port closed');
      return done;
    },
  });
  await form.open();
  await form.submit();
  expect(form.store.get().step.state).toBe('failed');
  isAlive = true;
  await form.submit();
  const requests = inputsOf(ports, 'vote.cast').map((input) => (input as { request: string }).request);
  expect(requests).toHaveLength(4);
  expect(new Set(requests).size).toBe(1);
  expect(form.store.get().step.state).toBe('done');
});

it('makes a new request for a vote after a refusal', async () => {
  const [form, ports] = create({ 'vote.cast': () => refuse('service_busy') });
  await form.open();
  await form.submit();
  await form.submit();
  const requests = inputsOf(ports, 'vote.cast').map((input) => (input as { request: string }).request);
  expect(new Set(requests).size).toBe(2);
});

it('says that a vote waits in line', async () => {
  const through = Promise.withResolvers<unknown>();
  const answers = [() => ({ state: 'waiting', until: 1 }), () => through.promise];
  const [form] = create({ 'vote.cast': () => answers.shift()?.() });
  await form.open();
  const submitted = form.submit();
  await vi.waitFor(() => expect(form.store.get().step.state).toBe('waiting'));
  through.resolve(done);
  await submitted;
  expect(form.store.get().step.state).toBe('done');
});

it('refuses a weight that is none, before anything is sent', async () => {
  const [form, ports] = create();
  await form.open();
  form.edit('weight', '250');
  await form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { field: 'weight' } });
  expect(inputsOf(ports, 'vote.cast')).toEqual([]);
});

it('removes a vote only where there is one', async () => {
  const [form, ports] = create();
  await form.open();
  form.edit('weight', '0');
  await form.submit();
  expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { field: 'weight' } });
  expect(inputsOf(ports, 'vote.cast')).toEqual([]);
});

it('takes an account of the post’s own chain', async () => {
  const [form] = create({
    'vote.preview': ({ account }) =>
      account === 'b' ? refuse('wrong_chain', { field: 'post' }) : preview({ chain: 'hive' }),
  });
  await form.open();
  expect(form.store.get()).toMatchObject({ account: 'c', weight: '30', facts: { state: 'shown' } });
});

it('keeps the account that the person chose, even on the wrong chain', async () => {
  const [form] = create({
    'vote.preview': ({ account }) =>
      account === 'b' ? refuse('wrong_chain', { field: 'post' }) : preview({ chain: 'hive' }),
  });
  await form.open();
  form.edit('account', 'b');
  await vi.waitFor(() => expect(form.store.get().facts.state).toBe('failed'));
  expect(form.store.get().account).toBe('b');
});

it('hands off to the signer where no account can vote', async () => {
  const [form, ports] = create({
    'vote.start': () => start({ accounts: [] }),
    'vote.hand-off': () => ({ url: 'https://steemlogin.com/sign/vote' }),
  });
  await form.open();
  await form.submit();
  expect(inputsOf(ports, 'vote.hand-off')).toEqual([{ post: link, weight: 100, chain: 'steem' }]);
  expect(form.store.get().step.state).toBe('handed-off');
});

it('looks the facts up only of the last link typed', async () => {
  const [form, ports] = create(
    {},
    { sleep: (_ms, signal) => Promise.resolve().then(() => signal.throwIfAborted()) },
  );
  await form.open();
  form.edit('post', 'a/b');
  form.edit('post', 'a/bc');
  await vi.waitFor(() => expect(form.store.get().facts.state).toBe('shown'));
  expect(inputsOf(ports, 'vote.preview').slice(1)).toEqual([{ post: 'a/bc', account: 'b' }]);
});

it('tells what stands in the way of opening, and opens on the next press', async () => {
  let isBroken = true;
  const [form] = create({ 'vote.start': () => (isBroken ? refuse('vault_newer') : start()) });
  await form.open();
  expect(form.store.get().step).toMatchObject({ state: 'failed', failure: { code: 'vault_newer' } });
  isBroken = false;
  await form.submit();
  expect(form.store.get()).toMatchObject({ isOpen: true, account: 'b' });
});
