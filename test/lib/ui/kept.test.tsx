// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { Kept, type KeptRequest } from '../../../lib/ui/kept.tsx';
import {
  after,
  button,
  click,
  createFakeViewPorts,
  hasButton,
  refuse,
  show,
  type Answers,
} from '../../fakes/view.tsx';

const wait = { state: 'queued', reason: 'network' } as const;
const kept: KeptRequest = { request: 'r1', wait, schedule: undefined };
const waiting = { request: 'r1', action: 'vote.cast', account: 'b', name: 'bob', service: '', createdAt: 0 };
const done = {
  id: 1,
  request: 'r1',
  at: 0,
  action: 'vote.cast',
  provider: 'steemlogin',
  service: 'SteemLogin',
  account: 'bob',
  author: 'alice',
  permlink: 'my-post',
  weight: 50,
  outcome: 'done',
  transactionId: '1f',
  transactionUrl: 'https://steemscan.com/transaction/1f',
  isReviewed: false,
  canTryAgain: false,
};

const open = async (answers: Answers = {}, request: KeptRequest = kept) => {
  const ports = createFakeViewPorts({
    'outbox.list': () => ({ entries: [{ ...waiting, waitsFor: 'network' }] }),
    'journal.list': () => ({ entries: [], openCount: 0, accounts: [] }),
    ...answers,
  });
  const [onSeeActivity, onTakenBack] = [vi.fn(), vi.fn()];
  const view = <Kept kept={request} onSeeActivity={onSeeActivity} onTakenBack={onTakenBack} />;
  return { ports, onSeeActivity, onTakenBack, root: await show(view, ports) };
};

it('says why it waits, as it was told, until it is known anew', async () => {
  const { root } = await open({ 'outbox.list': () => refuse('vault_broken') });
  expect(root.querySelector('p')?.textContent).toBe(
    'No network. It is kept and goes out when you are back online.',
  );
});

it('says when and where in the world it is scheduled', async () => {
  const schedule = { at: Date.UTC(2026, 10, 28, 14), timeZone: 'Asia/Kathmandu' };
  const { root } = await open(
    { 'outbox.list': () => ({ entries: [] }) },
    { ...kept, wait: { state: 'queued', reason: 'schedule', until: schedule.at }, schedule },
  );
  expect(root.textContent).toMatch(/Scheduled for Nov 28, 2026, 7:45\sPM \(Asia\/Kathmandu, UTC\+5:45\)\./);
});

it('leads to the Activity', async () => {
  const { root, onSeeActivity } = await open();
  await click(button(root, 'See in Activity'));
  expect(onSeeActivity).toHaveBeenCalledOnce();
});

it('is taken back once, however often it is pressed', async () => {
  const cancel = vi.fn(() => new Promise(() => undefined));
  const { root } = await open({ 'outbox.cancel': cancel });
  await click(button(root, 'Cancel'));
  await click(button(root, 'Cancel'));
  expect(cancel).toHaveBeenCalledOnce();
});

it('tells whoever wrote it that it was taken back, and what the journal says', async () => {
  let entries: object[] = [];
  const { root, ports, onTakenBack } = await open({
    'journal.list': () => ({ entries, openCount: 0, accounts: [] }),
    'outbox.list': () => ({ entries: entries.length === 0 ? [{ ...waiting, waitsFor: 'network' }] : [] }),
    'outbox.cancel': () => {
      entries = [{ ...done, outcome: 'failed', message: 'You took it back before it left.' }];
      return { wasInTime: true };
    },
  });
  await click(button(root, 'Cancel'));
  await after(() => {
    ports.announce('outbox');
    ports.announce('journal');
  });
  expect(onTakenBack).toHaveBeenCalledOnce();
  expect(root.querySelector('p')?.textContent).toBe('You took it back before it left.');
  expect(hasButton(root, 'Cancel')).toBe(false);
});

it('says so when it was too late, and gives nothing back', async () => {
  const { root, onTakenBack } = await open({ 'outbox.cancel': () => ({ wasInTime: false }) });
  await click(button(root, 'Cancel'));
  expect(root.textContent).toContain('Too late: it has left or ended meanwhile.');
  expect(onTakenBack).not.toHaveBeenCalled();
});

it('can not be taken back once it has left, and tells how it ended', async () => {
  let isOver = false;
  const { root, ports } = await open({
    'outbox.list': () => ({ entries: isOver ? [] : [{ ...waiting, waitsFor: 'answer' }] }),
    'journal.list': () => ({ entries: isOver ? [done] : [], openCount: 0, accounts: [] }),
  });
  expect(hasButton(root, 'Cancel')).toBe(false);
  isOver = true;
  await after(() => {
    ports.announce('outbox');
    ports.announce('journal');
  });
  expect(root.textContent).toContain('Voted 50 % on alice/my-post as bob');
  expect(root.querySelector('a')?.href).toBe(done.transactionUrl);
});

it('tells that a tweet went out', async () => {
  const { root } = await open({
    'outbox.list': () => ({ entries: [] }),
    'journal.list': () => ({
      entries: [{ ...done, action: 'tweet.post' }],
      openCount: 0,
      accounts: [],
    }),
  });
  expect(root.textContent).toContain('Posted as bob.');
});
