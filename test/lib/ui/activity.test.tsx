// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { Activity } from '../../../lib/ui/activity.tsx';
import {
  after,
  button,
  click,
  createFakeViewPorts,
  hasButton,
  show,
  status,
  type,
  type Answers,
} from '../../fakes/view.tsx';

const entry = {
  id: 7,
  at: 0,
  action: 'vote.cast',
  provider: 'steemlogin',
  service: 'SteemLogin',
  account: 'bob',
  chain: 'steem',
  author: 'alice',
  permlink: 'my-post',
  weight: -12.5,
  outcome: 'failed',
  message: 'The sentence.',
  details: 'raw text',
  isReviewed: false,
  canTryAgain: true,
  isRestored: false,
};
const page = { entries: [entry], next: 7, openCount: 1, accounts: ['bob'] };
const open = async (answers: Answers = {}) => {
  const ports = createFakeViewPorts({
    'journal.list': () => page,
    'outbox.list': () => ({ entries: [] }),
    'services.list': () => ({ services: [{ provider: 'steemlogin', title: 'SteemLogin' }] }),
    ...answers,
  });
  return { ports, root: await show(<Activity />, ports) };
};
const lists = (asked: readonly { action: string; input: unknown }[]) =>
  asked.filter(({ action }) => action === 'journal.list').map(({ input }) => input);
const labelled = (root: Element, label: string) => {
  const found = root.querySelector(`[aria-label="${label}"]`);
  if (found === null) throw new Error(`No ${label}.`);
  return found;
};

it('shows what was done, why it failed and the raw text', async () => {
  const { root } = await open();
  const row = root.querySelector('li');
  expect(row?.querySelector('.name')?.textContent).toBe('Vote -12.5 % alice/my-post');
  expect(row?.querySelector('a')?.href).toBe('https://steemit.com/@alice/my-post');
  expect(row?.textContent).toContain('The sentence.');
  expect(row?.querySelector('pre')?.textContent).toBe('raw text');
});

it('tells what was taken back from what failed', async () => {
  const takenBack = { ...entry, id: 8, code: 'taken_back', isReviewed: true };
  const { root } = await open({ 'journal.list': () => ({ ...page, entries: [entry, takenBack] }) });
  const chips = [...root.querySelectorAll('.chip')];
  expect(chips.map(({ textContent }) => textContent)).toEqual(['Failed', 'Taken back']);
  expect(chips[1]?.className).toBe('chip');
});

it('has what waits above what was done', async () => {
  const waiting = { ...entry, request: 'r', waitsFor: 'network', createdAt: 0, name: 'bob', account: 'b' };
  const { root } = await open({ 'outbox.list': () => ({ entries: [waiting] }) });
  const lists = [...root.querySelectorAll('ul.rows')].map((list) => list.getAttribute('aria-labelledby'));
  expect(lists).toEqual(['waiting-title', null]);
  expect(root.querySelector('#waiting-title')?.textContent).toBe('Waiting');
});

it('filters by service, account, outcome and text, and begins at the newest again', async () => {
  const { root, ports } = await open();
  await click(button(root, 'Older'));
  expect(lists(ports.asked).at(-1)).toEqual({ filter: {}, limit: 20, before: 7 });
  await type(labelled(root, 'Service'), 'steemlogin');
  await type(labelled(root, 'Account'), 'bob');
  await type(labelled(root, 'Outcome'), 'open');
  await type(labelled(root, 'Search text'), 'alice');
  expect(lists(ports.asked).at(-1)).toEqual({
    filter: { provider: 'steemlogin', account: 'bob', isOpen: true, text: 'alice' },
    limit: 20,
  });
  await type(labelled(root, 'Outcome'), 'failed');
  await type(labelled(root, 'Search text'), '');
  expect(lists(ports.asked).at(-1)).toEqual({
    filter: { provider: 'steemlogin', account: 'bob', outcome: 'failed' },
    limit: 20,
  });
});

it('turns back to newer entries', async () => {
  const { root, ports } = await open();
  expect(hasButton(root, 'Newer')).toBe(false);
  await click(button(root, 'Older'));
  await click(button(root, 'Newer'));
  expect(lists(ports.asked).at(-1)).toEqual({ filter: {}, limit: 20 });
});

it('tries again with a request of its own, asking until it is through', async () => {
  const answers = [
    { state: 'waiting', until: 1 },
    { state: 'done', wasThere: false, name: 'bob', weight: 50 },
  ];
  const { root, ports } = await open({ 'journal.try-again': () => answers.shift() });
  await click(button(root, 'Try again'));
  // It is a downvote.
  expect(ports.asked.some(({ action }) => action === 'journal.try-again')).toBe(false);
  expect(root.querySelector('[role=group] p')?.textContent).toBe(
    'Downvote alice/my-post with -12.5 %? It lowers the payout.',
  );
  await click(button(root, 'Confirm'));
  const requests = ports.asked
    .filter(({ action }) => action === 'journal.try-again')
    .map(({ input }) => input);
  expect(requests).toHaveLength(2);
  expect(requests[0]).toEqual(requests[1]);
  expect(requests[0]).toMatchObject({ id: 7, isConfirmed: true });
  expect(status(root)).toContain('Voted 50 % on alice/my-post as bob');
});

it('tries an upvote again without a word', async () => {
  const { root, ports } = await open({
    'journal.list': () => ({ ...page, entries: [{ ...entry, weight: 12.5 }] }),
    'journal.try-again': () => ({ state: 'done', wasThere: false, name: 'bob', weight: 12.5 }),
  });
  await click(button(root, 'Try again'));
  const asked = ports.asked.find(({ action }) => action === 'journal.try-again');
  expect(asked?.input).not.toHaveProperty('isConfirmed');
  expect(status(root)).toContain('Voted 12.5 % on alice/my-post as bob');
});

it('marks an entry as reviewed', async () => {
  const { root, ports } = await open({ 'journal.review': () => ({}) });
  await click(root.querySelector('li input') ?? root);
  expect(ports.asked.at(-1)).toEqual({ action: 'journal.review', input: { id: 7, isReviewed: true } });
});

it('hands out the filtered Activity as a file', async () => {
  const { root, ports } = await open({ 'journal.export': () => ({ name: 'activity.csv', text: 'a,b' }) });
  await click(button(root, 'Export CSV'));
  expect(ports.saveFile).toHaveBeenCalledWith('activity.csv', 'a,b');
  expect(status(root)).toBe('Saved activity.csv.');
});

it('joins the pieces of a long Activity in their order, and says meanwhile that it works on it', async () => {
  const last = Promise.withResolvers<object>();
  const { root, ports } = await open({
    'journal.export': ({ before }) =>
      before === undefined ? { name: 'activity.json', text: '[1', next: 7 } : last.promise,
  });
  await click(button(root, 'Export JSON'));
  expect(status(root)).toBe('Reading the Activity…');
  expect(button(root, 'Export CSV').disabled).toBe(true);
  expect(ports.saveFile).not.toHaveBeenCalled();
  await after(() => last.resolve({ name: 'activity-of-the-next-day.json', text: ',2]' }));
  expect(ports.asked.filter(({ action }) => action === 'journal.export').map(({ input }) => input)).toEqual([
    { format: 'json', filter: {} },
    { format: 'json', filter: {}, before: 7 },
  ]);
  expect(ports.saveFile).toHaveBeenCalledWith('activity.json', '[1', ',2]');
  expect(status(root)).toBe('Saved activity.json.');
});

it('forgets everything only when confirmed', async () => {
  const { root, ports } = await open({ 'journal.clear': () => ({}) });
  await click(button(root, 'Clear'));
  await click(button(root, 'Cancel'));
  expect(ports.asked.some(({ action }) => action === 'journal.clear')).toBe(false);
  await click(button(root, 'Clear'));
  await click(button(root, 'Confirm'));
  expect(ports.asked.some(({ action }) => action === 'journal.clear')).toBe(true);
});

it('says that nothing was done yet', async () => {
  const { root } = await open({ 'journal.list': () => ({ entries: [], openCount: 0, accounts: [] }) });
  expect(root.textContent).toContain('Nothing done yet');
  expect(hasButton(root, 'Export CSV')).toBe(false);
});

const link = { id: '1', url: 'https://x.com/i/web/status/1', isDeleted: false };
const tweetEntry = {
  id: 9,
  at: 0,
  action: 'tweet.post',
  provider: 'x',
  service: 'X',
  account: 'bob_on_x',
  outcome: 'done',
  parts: ['Good morning'],
  posted: [link],
  isReviewed: false,
  canTryAgain: false,
};
const withTweet = (more: object, answers: Answers = {}) =>
  open({ 'journal.list': () => ({ ...page, entries: [{ ...tweetEntry, ...more }] }), ...answers });

it('shows a tweet with its text and link, and deletes it only when the price was confirmed', async () => {
  const { root, ports } = await withTweet({}, { 'tweet.delete-entry': () => ({ count: 1 }) });
  expect(root.querySelector('.tweets')?.textContent).toContain('Good morning');
  expect(root.querySelector<HTMLAnchorElement>('.tweets a')?.href).toBe(link.url);
  await click(button(root, 'Delete'));
  expect(root.textContent).toContain('X charges about $0.01');
  await click(button(root, 'Cancel'));
  expect(ports.asked.some(({ action }) => action === 'tweet.delete-entry')).toBe(false);
  await click(button(root, 'Delete'));
  await click(button(root, 'Confirm'));
  expect(ports.asked).toContainEqual({ action: 'tweet.delete-entry', input: { id: 9 } });
  expect(status(root)).toBe('Deleted 1 tweet.');
});

it('says that a tweet was deleted, and does not offer it again', async () => {
  const { root } = await withTweet({ posted: [{ ...link, isDeleted: true }] });
  expect(root.querySelector('.tweets')?.textContent).toContain('Deleted');
  expect(hasButton(root, 'Delete')).toBe(false);
});

it('takes a thread up where it stopped, as one request', async () => {
  const answers = [
    { state: 'posting', posted: 1, of: 2 },
    { state: 'done', posted: [link, link] },
  ];
  const { root, ports } = await withTweet(
    { outcome: 'failed', parts: ['One', 'Two', 'Three'], canTryAgain: true },
    { 'tweet.resume': () => answers.shift() },
  );
  await click(button(root, 'Try again'));
  const asked = ports.asked.filter(({ action }) => action === 'tweet.resume').map(({ input }) => input);
  expect(asked).toMatchObject([{ id: 9 }, { id: 9, seen: 1 }]);
  expect(new Set(asked.map((input) => (input as { request: string }).request)).size).toBe(1);
  expect(status(root)).toContain('Posted as bob_on_x.');
});

it('looks for a tweet whose answer did not arrive, with the price on the button, before it can be sent again', async () => {
  const { root } = await withTweet(
    { outcome: 'unknown', posted: [] },
    { 'tweet.check-entry': () => ({}), 'tweet.resume': () => ({ state: 'done', posted: [link] }) },
  );
  expect(hasButton(root, 'Try again')).toBe(false);
  await click(button(root, 'Look whether it is there (about $0.025)'));
  expect(status(root)).toContain('It is not among your newest tweets.');
  await click(button(root, 'Try again'));
  expect(status(root)).toContain('Posted as bob_on_x.');
});
