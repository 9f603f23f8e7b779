// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { App } from '../../../entrypoints/popup/app.tsx';
// The popup loads them when they are wanted; here they are at hand, so that no test waits for a file.
import '../../../entrypoints/popup/later.ts';
import '../../../entrypoints/popup/tabs/tweet-tab.tsx';
import '../../../entrypoints/popup/vote-tweet.tsx';
import '../../../entrypoints/popup/tabs/activity-tab.tsx';
import '../../../lib/ui/kept.tsx';
import {
  after,
  alert,
  button,
  click,
  createFakeViewPorts,
  field,
  hasButton,
  refuse,
  show,
  type,
  type Answers,
} from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';

const link = 'https://steemit.com/travel/@alice/my-post';
const bob = {
  id: 'b',
  name: 'bob',
  service: 'SteemLogin',
  chain: 'steem',
  isDefault: true,
  postWeight: 60,
  commentWeight: 20,
};
const post = {
  chain: 'steem',
  author: 'alice',
  permlink: 'my-post',
  title: 'My post',
  kind: 'post',
  url: link,
  authorReputation: 69.83,
  payout: { amount: 1, currency: 'SBD', isPaid: false, at: 0 },
};
const ada = { id: 'a', name: 'ada', service: 'X', isDefault: true, canPost: true };
/** 15:00 in Warsaw, where the fake person lives. */
const schedule = { at: Date.UTC(2026, 10, 28, 14), timeZone: 'Europe/Warsaw' };
const queued = { state: 'queued', reason: 'schedule', until: schedule.at };

const open = async (tab: 'vote' | 'tweet', answers: Answers = {}) => {
  const ports = createFakeViewPorts({
    'vote.start': () => ({ post: link, hasSiteChanged: false, accounts: [bob], undoSeconds: 3 }),
    'vote.preview': () => ({ post, warnings: [] }),
    'vote.cast': () => queued,
    'tweet.start': () => ({ accounts: [ada] }),
    'tweet.suggest': () => ({}),
    'tweet.take': () => ({}),
    'tweet.about': () => ({ text: `Title\n${link}`, price: 0.2, accounts: [ada] }),
    'tweet.post': () => queued,
    'tweet.hand-off': () => ({ url: 'https://x.com/intent/tweet?text=x' }),
    'draft.read': () => ({}),
    'draft.save': () => ({}),
    'accounts.list': () => ({ accounts: [] }),
    'services.list': () => ({ services: [] }),
    'journal.list': () => ({ entries: [], openCount: 0, accounts: [] }),
    'outbox.list': () => ({ entries: [] }),
    ...answers,
  });
  return { ports, root: await show(<App tab={tab} isInTab={false} />, ports) };
};
type Ports = Awaited<ReturnType<typeof open>>['ports'];
const inputsOf = ({ asked }: Ports, wanted: string) =>
  asked.filter(({ action }) => action === wanted).map(({ input }) => input);
const chooseTime = async (root: Element, time = '2026-11-28T15:00') => {
  await click(button(root, 'Later…'));
  await type(field(root, 'When'), time);
};
it.each(['vote', 'tweet'] as const)(
  'has no fault that axe-core finds where a %s is to go later',
  async (tab) => {
    const { root } = await open(tab);
    await chooseTime(root, '');
    expect(await findFaults(root)).toEqual([]);
    await click(button(root, 'Schedule'));
    expect(alert(root)).toBe('Choose a date and a time.');
    expect(await findFaults(root)).toEqual([]);
  },
);

const scheduled = /Scheduled for Nov 28, 2026, 3:00\sPM \(Europe\/Warsaw, UTC\+1\)\./;

describe('a vote for later', () => {
  it('is scheduled at once, without the time for Undo, and leads to the Activity', async () => {
    const { root, ports } = await open('vote');
    await chooseTime(root);
    expect(() => button(root, 'Vote')).toThrow();
    await click(button(root, 'Schedule'));
    expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ account: 'b', weight: 60, schedule }]);
    expect(root.querySelector('[role=status]')?.textContent).toMatch(scheduled);
    // The next one is for now again.
    expect(button(root, 'Vote').type).toBe('submit');
    await click(button(root, 'See in Activity'));
    expect(root.querySelector('[aria-selected=true]')?.id).toBe('tab-activity');
    expect(document.activeElement?.id).toBe('tab-activity');
  });

  it('is asked for once more when it is a downvote', async () => {
    const { root, ports } = await open('vote');
    await type(field(root, 'Weight'), '-25');
    await chooseTime(root);
    await click(button(root, 'Schedule'));
    expect(inputsOf(ports, 'vote.cast')).toEqual([]);
    await click(button(root, 'Confirm'));
    expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ weight: -25, isConfirmed: true, schedule }]);
  });

  it('does not leave without a time', async () => {
    const { root, ports } = await open('vote');
    await chooseTime(root, '');
    await click(button(root, 'Schedule'));
    expect(alert(root)).toBe('Choose a date and a time.');
    expect(inputsOf(ports, 'vote.cast')).toEqual([]);
  });

  it.each(['schedule_in_the_past', 'schedule_too_far'] as const)('tells %s at the field', async (code) => {
    const { root } = await open('vote', { 'vote.cast': () => refuse(code, { field: 'schedule' }) });
    await chooseTime(root);
    await click(button(root, 'Schedule'));
    expect(alert(root)).toBe(`sentence of ${code}`);
    expect(root.querySelectorAll('[role=alert]')).toHaveLength(1);
    expect(document.activeElement).toBe(field(root, 'When'));
    expect(field(root, 'When').getAttribute('aria-invalid')).toBe('true');
  });

  it('is cast now after all', async () => {
    const { root, ports } = await open('vote', { 'vote.cast': () => ({ ...queued, reason: 'network' }) });
    await click(button(root, 'Later…'));
    await click(button(root, 'Now instead'));
    await click(button(root, 'Vote'));
    expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ schedule: undefined }]);
    expect(root.querySelector('[role=status]')?.textContent).toContain(
      'No network. It is kept and goes out when you are back online.',
    );
    expect(hasButton(root, 'Cancel')).toBe(true);
  });

  it('is scheduled by a double click, whose second half votes for nothing now', async () => {
    const { root, ports } = await open('vote');
    await chooseTime(root);
    await click(button(root, 'Schedule'));
    const second = new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2 });
    await after(() => button(root, 'Vote').dispatchEvent(second));
    expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ schedule }]);
  });

  it('is not offered where the signer’s page casts it', async () => {
    const { root } = await open('vote', {
      'vote.start': () => ({ post: link, hasSiteChanged: false, accounts: [], undoSeconds: 0 }),
    });
    expect(hasButton(root, 'Later…')).toBe(false);
  });
});

describe('a tweet for later', () => {
  it('is scheduled, by Ctrl+Enter too, and empties the form', async () => {
    const { root, ports } = await open('tweet');
    await type(field(root, 'Text'), 'Good morning');
    await chooseTime(root);
    await after(() =>
      field(root, 'Text').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }),
      ),
    );
    expect(inputsOf(ports, 'tweet.post')).toMatchObject([
      { account: 'a', parts: ['Good morning'], schedule },
    ]);
    expect(root.querySelector('[role=status]')?.textContent).toMatch(scheduled);
    expect(field(root, 'Text')).toHaveProperty('value', '');
    expect(button(root, 'Tweet').type).toBe('submit');
  });

  it('gives its text back when it is taken back', async () => {
    const { root } = await open('tweet', { 'outbox.cancel': () => ({ wasInTime: true }) });
    await type(field(root, 'Text'), 'Good morning');
    await chooseTime(root);
    await click(button(root, 'Schedule'));
    await click(button(root, 'Cancel'));
    expect(field(root, 'Text')).toHaveProperty('value', 'Good morning');
  });

  it('keeps what is being written when an older one is taken back', async () => {
    const { root } = await open('tweet', { 'outbox.cancel': () => ({ wasInTime: true }) });
    await type(field(root, 'Text'), 'Good morning');
    await chooseTime(root);
    await click(button(root, 'Schedule'));
    const cancel = button(root, 'Cancel');
    await type(field(root, 'Text'), 'Good evening');
    await click(cancel);
    expect(field(root, 'Text')).toHaveProperty('value', 'Good evening');
  });

  it('is not offered in X’s own composer', async () => {
    const { root } = await open('tweet');
    expect(hasButton(root, 'Later…')).toBe(true);
    await type(field(root, 'Account'), '');
    expect(hasButton(root, 'Later…')).toBe(false);
  });
});

describe('vote and tweet for later', () => {
  const begin = async (answers: Answers = {}) => {
    const opened = await open('vote', answers);
    await click(button(opened.root, 'Vote and tweet'));
    await chooseTime(opened.root);
    return opened;
  };

  it('schedules both', async () => {
    const { root, ports } = await begin();
    await click(button(root, 'Schedule'));
    expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ schedule }]);
    expect(inputsOf(ports, 'tweet.post')).toMatchObject([{ account: 'a', schedule }]);
    const said = [...root.querySelectorAll('[role=status]')].map(({ textContent }) => textContent);
    expect(said).toEqual([expect.stringMatching(scheduled), expect.stringMatching(scheduled)]);
    await click(button(root, 'Close'));
    expect(button(root, 'Vote').type).toBe('submit');
  });

  it('tries the part that failed again for the same time', async () => {
    const replies = [() => refuse('scope_missing'), () => queued];
    const { root, ports } = await begin({ 'tweet.post': () => replies.shift()?.() });
    await click(button(root, 'Schedule'));
    expect(field(root, 'When')).toHaveProperty('value', '2026-11-28T15:00');
    await click(button(root, 'Try the tweet again'));
    expect(inputsOf(ports, 'vote.cast')).toHaveLength(1);
    expect(inputsOf(ports, 'tweet.post')).toMatchObject([{ schedule }, { schedule }]);
  });

  it('says that only the vote is scheduled where X’s own composer takes the tweet', async () => {
    const { root, ports } = await begin({ 'tweet.start': () => ({ accounts: [] }) });
    expect(root.textContent).toContain('Only the vote is scheduled.');
    await click(button(root, 'Schedule'));
    expect(inputsOf(ports, 'vote.cast')).toMatchObject([{ schedule }]);
    expect(inputsOf(ports, 'tweet.hand-off')).toHaveLength(1);
    expect(inputsOf(ports, 'tweet.post')).toEqual([]);
  });
});

it('counts what missed its time among what the Activity asks for', async () => {
  const missed = { request: 'r', action: 'vote.cast', waitsFor: 'missed' };
  const { root } = await open('vote', {
    'outbox.list': () => ({ entries: [missed, { ...missed, request: 's', waitsFor: 'turn' }] }),
    'journal.list': () => ({ entries: [], openCount: 2, accounts: [] }),
  });
  expect(root.querySelector('#tab-activity .count')?.textContent).toBe('3');
  expect(root.querySelector('#count-activity')?.textContent).toBe(
    '1 missed its time, 2 failed entries not reviewed',
  );
});

it('goes back to sending now on Escape, which so does not close the popup, with the focus where it was', async () => {
  const { root } = await open('vote');
  await click(button(root, 'Later…'));
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  await after(() => field(root, 'When').dispatchEvent(escape));
  expect(escape.defaultPrevented).toBe(true);
  expect(hasButton(root, 'Schedule')).toBe(false);
  expect(document.activeElement).toBe(button(root, 'Later…'));
});
