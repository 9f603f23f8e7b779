// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { BatchSection } from '../../../entrypoints/options/sections/batch.tsx';
import type { BatchView } from '../../../lib/actions/batch.ts';
import {
  after,
  alert,
  type Answers,
  button,
  click,
  createFakeViewPorts,
  field,
  hasButton,
  refuse,
  show,
  type,
} from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';

const bob = {
  ...{ id: 'a', provider: 'steemlogin', service: 'SteemLogin', chain: 'steem', name: 'bob' },
  ...{ health: { state: 'fresh' }, scopes: [], actsFor: 'vote', defaultFor: ['vote'] },
};
const basis = {
  ...{ chain: 'steem', mana: 1e12, maxMana: 1e12, downvoteMana: 0, maxDownvoteMana: 0 },
  ...{ votePowerReserveRate: 10, rewardBalance: 1, recentClaims: 1, price: 1, secondsToPayout: 9 },
  currency: 'SBD',
};
const id = '7f1a0c1e-6b0e-4c55-9d5c-0d4b6d1f2a3b';
const running: BatchView = {
  ...{ id, account: 'a', name: 'bob', chain: 'steem', createdAt: 1, state: 'running', total: 40, left: 28 },
  ...{ cancelled: 0, done: 12, wasThere: 0, failed: 0, unknown: 0, reasons: [], leftMs: 120_000 },
  isTriedAgain: false,
};
const name = { author: 'alice' };
const link = (permlink: string) => `https://steemit.com/@alice/${permlink}`;
const known = (permlink: string, state: string, more = {}) => ({
  ...{ ...name, permlink, state, isOwn: false, warnings: [] },
  post: { title: `About ${permlink}`, kind: 'post', url: link(permlink) },
  ...more,
});
const states: Record<string, object> = {
  one: known('one', 'ready', { warnings: ['last_hours'] }),
  two: known('two', 'same', { currentWeight: 50 }),
  three: known('three', 'change', { currentWeight: 20, isOwn: true }),
  four: known('four', 'failed', {
    post: undefined,
    trouble: { code: 'post_not_found', message: 'No such post.' },
  }),
};
const rows = ['one', 'two', 'three', 'four'].map((permlink, index) => ({
  ...{ line: index + 1, text: link(permlink), post: { ...name, permlink } },
  ...(permlink === 'two' ? { weight: 50 } : {}),
}));
const bad = { line: 5, text: 'nonsense', trouble: { code: 'bad_link', message: 'Not a link.' } };

async function open(answers: Answers = {}) {
  const ports = createFakeViewPorts({
    'accounts.list': () => ({ accounts: [bob] }),
    'batch.list': () => ({ batches: [] }),
    'batch.collected': () => ({ posts: [{ chain: 'steem', ...name, permlink: 'one', url: link('one') }] }),
    'batch.clear-collected': () => ({}),
    'batch.read': () => ({ chain: 'steem', rows: [...rows, bad] }),
    'batch.preview': ({ votes }) => ({
      ...{ basis, floorPercent: 0 },
      votes: votes.map(({ permlink }) => states[permlink]),
    }),
    'batch.start': () => ({ batch: running }),
    'draft.read': () => ({}),
    'draft.save': () => ({}),
    ...answers,
  });
  const root = await show(<BatchSection />, ports);
  const inputsOf = (action: string) =>
    ports.asked.filter((question) => question.action === action).map(({ input }) => input);
  return { ports, root, inputsOf };
}

async function preview(root: HTMLElement, list = 'a list', weight = '100') {
  await type(field(root, 'Posts'), list);
  await type(field(root, 'Weight for all (%)'), weight);
  await click(button(root, 'Preview'));
}
const tableOf = (root: HTMLElement) =>
  [...root.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  );

it('shows each line with what would come of it, and sends what is chosen', async () => {
  const { root, inputsOf } = await open();
  await preview(root);
  expect(inputsOf('batch.read')).toEqual([{ account: 'a', text: 'a list' }]);
  expect(inputsOf('batch.preview')).toMatchObject([
    { account: 'a', votes: [{ weight: 100 }, { weight: 50 }, { weight: 100 }, { weight: 100 }] },
  ]);
  expect(tableOf(root)).toEqual([
    ['', '1', 'About one', 'alice', '100 %', expect.stringMatching(/^ReadyLess than 12 hours/)],
    ['', '2', 'About two', 'alice', '50 %', 'You have cast this very vote'],
    ['', '3', 'About three', 'alice', '100 %', 'Changes your vote of 20 %Your own post'],
    ['', '4', 'alice/four', 'alice', '100 %', 'No such post.'],
    ['', '5', 'nonsense', 'Not a link.'],
  ]);
  expect(root.textContent).toContain('Voting power: from 100 % to 98 %');
  const boxes = [...root.querySelectorAll<HTMLInputElement>('tbody [type=checkbox]')];
  expect(boxes.map((box) => [box.getAttribute('aria-label'), box.checked])).toEqual([
    ['Vote on About one', true],
    ['Vote on About three', false],
  ]);
  await click(boxes[1] as HTMLInputElement);
  await click(button(root, 'Vote on 2 posts'));
  expect(inputsOf('batch.start')).toMatchObject([
    {
      account: 'a',
      votes: [
        { author: 'alice', permlink: 'one', weight: 100 },
        { author: 'alice', permlink: 'three', weight: 100 },
      ],
      isConfirmed: false,
    },
  ]);
  expect(root.textContent).toContain('2 votes are on their way.');
  expect(root.querySelector('table')).toBeNull();
});

it('asks once more before downvotes, and keeps its id over a try whose answer was lost', async () => {
  let isLost = true;
  const { root, inputsOf } = await open({
    'batch.start': () => {
      if (!isLost) return { batch: running };
      isLost = false;
      throw new Error('the worker died');
    },
  });
  await preview(root, 'a list', '-5');
  for (let time = 0; time < 2; time += 1) {
    await click(button(root, 'Vote on 1 post'));
    expect(root.textContent).toContain('1 of these votes is a downvote.');
    await click(button(root, 'Confirm'));
  }
  const orders = inputsOf('batch.start') as { batch: string; isConfirmed: boolean }[];
  expect(orders).toHaveLength(2);
  expect(orders[0]).toEqual(orders[1]);
  expect(orders[0]?.isConfirmed).toBe(true);
});

it('keeps what was typed until its votes are on their way, the page closed meanwhile or not', async () => {
  let kept: Record<string, string> = {};
  let isLost = true;
  const answers: Answers = {
    'draft.read': () => ({ fields: kept }),
    'draft.save': ({ fields }) => {
      kept = fields;
      return {};
    },
    'batch.start': () => {
      if (!isLost) return { batch: running };
      isLost = false;
      throw new Error('the worker died');
    },
  };
  const texts = (root: HTMLElement) =>
    ['Posts', 'Weight for all (%)'].map((label) => (field(root, label) as HTMLInputElement).value);
  const first = await open(answers);
  await preview(first.root, 'a list', '5');
  await click(button(first.root, 'Vote on 1 post'));
  const second = await open(answers);
  expect(texts(second.root)).toEqual(['a list', '5']);
  await click(button(second.root, 'Preview'));
  await click(button(second.root, 'Vote on 1 post'));
  // The very same batch: should the first have been accepted, nothing is sent twice.
  expect(second.inputsOf('batch.start')).toEqual(first.inputsOf('batch.start'));
  const third = await open(answers);
  expect(texts(third.root)).toEqual(['', '100']);
});

it('takes two clicks that nothing was drawn between for one batch', async () => {
  const { root, inputsOf } = await open();
  await preview(root);
  await after(() => {
    for (let clicks = 0; clicks < 2; clicks += 1) button(root, 'Vote on 1 post').click();
  });
  expect(new Set(inputsOf('batch.start').map((order) => (order as { batch: string }).batch)).size).toBe(1);
});

it('puts no draft in the place of what is typed already', async () => {
  const draft = Promise.withResolvers<unknown>();
  const { root } = await open({ 'draft.read': () => draft.promise });
  await type(field(root, 'Posts'), 'a new list');
  await after(() => draft.resolve({ fields: { list: 'an old one' } }));
  expect((field(root, 'Posts') as HTMLTextAreaElement).value).toBe('a new list');
});

it('forgets the preview when the list changes, so that nothing is sent that is not on show', async () => {
  const { root } = await open();
  await preview(root);
  expect(hasButton(root, 'Vote on 1 post')).toBe(true);
  await type(field(root, 'Weight for all (%)'), '-100');
  expect(hasButton(root, 'Vote on 1 post')).toBe(false);
});

it('looks a long list up in parts, shows how far it is, and stops when told', async () => {
  const many = Array.from({ length: 90 }, (_, index) => ({
    ...{ line: index + 1, text: 'x', post: { ...name, permlink: `p${String(index)}` } },
  }));
  const held: (() => void)[] = [];
  const { root, inputsOf } = await open({
    'batch.read': () => ({ chain: 'steem', rows: many }),
    'batch.preview': ({ votes }) =>
      new Promise((resolve) =>
        held.push(() =>
          resolve({ basis, floorPercent: 0, votes: votes.map(({ permlink }) => known(permlink, 'ready')) }),
        ),
      ),
  });
  await preview(root);
  expect(inputsOf('batch.preview')).toHaveLength(2);
  await after(() => held[0]?.());
  expect(inputsOf('batch.preview')).toHaveLength(3);
  expect(root.textContent).toContain('20 of 90 looked up');
  expect(root.querySelector('progress')?.value).toBe(20);
  await click(button(root, 'Stop'));
  await after(() => held.splice(0).forEach((release) => release()));
  expect(inputsOf('batch.preview')).toHaveLength(3);
  expect(root.querySelector('table')).toBeNull();
});

it('says at its field what is wrong with list and weight', async () => {
  const { root } = await open({ 'batch.read': () => refuse('batch_too_long', { field: 'list' }) });
  await preview(root);
  expect(alert(root)).toBe('sentence of batch_too_long');
  expect(field(root, 'Posts').getAttribute('aria-invalid')).toBe('true');
  await preview(root, 'x', '');
  expect(field(root, 'Weight for all (%)').getAttribute('aria-invalid')).toBe('true');
});

it('takes in what was collected on pages, and a file', async () => {
  const { root, inputsOf } = await open();
  await click(button(root, 'Add 1 collected post'));
  const list = field(root, 'Posts') as HTMLTextAreaElement;
  expect(list.value).toBe(link('one'));
  const input = field(root, 'From a file (text or CSV)') as HTMLInputElement;
  const files = [new File(['alice/two 5'], 'list.txt')];
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  await after(() => void input.dispatchEvent(new Event('change', { bubbles: true })));
  expect(list.value).toBe(`${link('one')}\nalice/two 5`);
  await click(button(root, 'Forget them'));
  expect(inputsOf('batch.clear-collected')).toEqual([{ chain: 'steem' }]);
});

it('shows batches under way with their buttons, and how others ended', async () => {
  const paused: BatchView = {
    ...{ ...running, id: '2', state: 'paused', waitsFor: 'paused' },
    stopped: { code: 'needs_sign_in', message: 'Sign in again.' },
  };
  const waiting: BatchView = { ...running, id: '3', waitsFor: 'network' };
  const ended: BatchView = {
    ...{ ...running, id: '4', state: 'ended', left: 0, done: 36, failed: 2, cancelled: 1, leftMs: 0 },
    reasons: [{ code: 'vote_not_allowed', message: 'Votes are off.', count: 2 }],
  };
  const act = () => ({ batch: running });
  const { root, inputsOf } = await open({
    'batch.list': () => ({ batches: [running, paused, waiting, ended] }),
    ...{ 'batch.pause': act, 'batch.resume': act, 'batch.cancel': act, 'batch.try-again': act },
  });
  const [first, second, third, , fifth] = root.querySelectorAll<HTMLElement>('section, form');
  expect(first?.querySelector('progress')?.value).toBe(12);
  expect(first?.textContent).toContain('12 of 40, about 2 minutes left');
  expect(second?.textContent).toContain('12 of 40, paused');
  expect(second?.textContent).toContain('Sign in again.');
  expect(third?.textContent).toContain('No network.');
  if (first === undefined || second === undefined || fifth === undefined)
    throw new Error('sections are missing');
  await click(button(first, 'Pause'));
  await click(button(second, 'Resume'));
  await click(button(first, 'Cancel'));
  expect(first.textContent).toContain('Take 28 votes back that have not been sent?');
  await click(button(first, 'Confirm'));
  expect(inputsOf('batch.pause')).toEqual([{ batch: id }]);
  expect(inputsOf('batch.resume')).toEqual([{ batch: '2' }]);
  expect(inputsOf('batch.cancel')).toEqual([{ batch: id }]);
  expect(fifth.textContent).toContain('36 votes were cast.');
  expect(fifth.textContent).toContain('2 × Votes are off.');
  expect(fifth.textContent).toContain('1 vote is no longer in the Activity.');
  expect(fifth.querySelector('a')?.getAttribute('href')).toBe('#activity/4');
  await click(button(fifth, 'Try the failed ones again'));
  expect(inputsOf('batch.try-again')).toMatchObject([{ batch: '4' }]);
});

it('says no longer that votes are on their way when all have ended', async () => {
  let batches: BatchView[] = [];
  const { ports, root } = await open({
    'batch.list': () => ({ batches }),
    'batch.start': () => {
      batches = [running];
      return { batch: running };
    },
  });
  await preview(root);
  await click(button(root, 'Vote on 1 post'));
  await after(() => ports.announce('batches'));
  expect(root.textContent).toContain('1 vote is on its way.');
  batches = [{ ...running, state: 'ended', left: 0, cancelled: 2 }];
  await after(() => ports.announce('batches'));
  expect(root.textContent).not.toContain('on its way');
});

it('sends those without an account to the services', async () => {
  const { root } = await open({ 'accounts.list': () => ({ accounts: [] }) });
  expect(root.querySelector('a')?.getAttribute('href')).toBe('#services');
  expect(root.querySelector('form')).toBeNull();
});

it('has no fault that axe-core finds, in any state', async () => {
  const { root } = await open({
    'batch.list': () => ({ batches: [running, { ...running, id: '2', state: 'ended', left: 0 }] }),
  });
  await preview(root);
  expect(await findFaults(root)).toEqual([]);
});
