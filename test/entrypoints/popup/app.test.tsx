// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import { App } from '../../../entrypoints/popup/app.tsx';
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
  status,
  type,
  type Answers,
} from '../../fakes/view.tsx';

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
const start = { post: link, hasSiteChanged: false, site: 'steemit.com', accounts: [bob], undoSeconds: 0 };
const payout = { amount: 12.345, currency: 'SBD', isPaid: false, at: Date.UTC(2026, 10, 26, 12) };
const post = {
  chain: 'steem',
  author: 'alice',
  permlink: 'my-post',
  title: '<img src=x onerror=alert(1)>',
  kind: 'post',
  url: link,
  authorReputation: 69.83,
  payout,
};
const basis = {
  chain: 'steem',
  mana: 2e12,
  maxMana: 2e12,
  downvoteMana: 5e11,
  maxDownvoteMana: 5e11,
  votePowerReserveRate: 10,
  rewardBalance: 800_000,
  recentClaims: 5e17,
  price: 0.2,
  secondsToPayout: 400_000,
  currency: 'SBD',
};
const voter = { account: 'b', name: 'bob', powerPercent: 17.2, downvotePowerPercent: 100, basis };
const done = {
  state: 'done',
  wasThere: false,
  name: 'bob',
  weight: 50,
  transactionId: '1f2e',
  transactionUrl: 'https://steemscan.com/transaction/1f2e',
};

const open = async (answers: Answers = {}) => {
  const ports = createFakeViewPorts({
    'vote.start': () => start,
    'vote.preview': () => ({ post, voter, warnings: ['power_low'] }),
    'vote.cast': () => done,
    'draft.read': () => ({}),
    'draft.save': () => ({}),
    'accounts.list': () => ({ accounts: [] }),
    'services.list': () => ({ services: [] }),
    'journal.list': () => ({ entries: [], openCount: 3, accounts: [] }),
    ...answers,
  });
  return { ports, root: await show(<App />, ports) };
};

const tabs = (root: Element) => [...root.querySelectorAll<HTMLElement>('[role=tab]')];

it('has the five tabs, and tells how many failures wait for a look', async () => {
  const { root } = await open();
  const names = tabs(root).map((tab) => tab.querySelector('span')?.textContent);
  expect(names).toEqual(['Vote', 'Tweet', 'Look up', 'Accounts', 'Activity']);
  expect(root.querySelector('#tab-activity .count')?.textContent).toBe('3');
  expect(root.querySelector('#count-activity')?.textContent).toBe('3 failed entries not reviewed');
});

it('moves between tabs by arrow keys, Home and End', async () => {
  const { root } = await open();
  const press = (key: string) =>
    after(() =>
      root
        .querySelector('[role=tablist]')
        ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })),
    );
  const selected = () => root.querySelector('[aria-selected=true]')?.id;
  await press('ArrowRight');
  expect(selected()).toBe('tab-tweet');
  expect(document.activeElement?.id).toBe('tab-tweet');
  await press('End');
  expect(selected()).toBe('tab-activity');
  await press('ArrowRight');
  expect(selected()).toBe('tab-vote');
  await press('ArrowLeft');
  await press('Home');
  expect(selected()).toBe('tab-vote');
  expect(tabs(root).filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
});

it('shows what the chain says, as text, with warnings and the worth of the vote', async () => {
  const { root } = await open();
  const facts = root.querySelector('.facts');
  expect(facts?.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(facts?.querySelector('img')).toBeNull();
  expect(facts?.textContent).toContain('by alice · reputation 69.83');
  expect(facts?.textContent).toContain('12.345 SBD in 5 days');
  expect(facts?.textContent).toContain('The power of this account is below 20 %.');
  expect(root.querySelector('.worth')?.textContent).toBe('≈ 0.008 SBD');
});

it('votes with a preset and links the transaction', async () => {
  const { root, ports } = await open();
  await click(button(root, '50'));
  await click(button(root, 'Vote'));
  expect(ports.asked.find(({ action }) => action === 'vote.cast')?.input).toMatchObject({
    account: 'b',
    weight: 50,
  });
  expect(status(root)).toContain('Voted 50 % on alice/my-post as bob');
  expect(root.querySelector('[role=status] a')?.getAttribute('href')).toBe(done.transactionUrl);
});

it('shows a failure as an alert, with the raw text behind Details', async () => {
  const { root } = await open({ 'vote.cast': () => refuse('vote_power_empty', { details: 'raw text' }) });
  await click(button(root, 'Vote'));
  expect(alert(root)).toBe('sentence of vote_power_empty');
  expect(root.querySelector('details pre')?.textContent).toBe('raw text');
  expect(field(root, 'Post')).toHaveProperty('value', link);
});

it('shows an error at the field it belongs to, and moves the focus there', async () => {
  const { root } = await open({ 'vote.cast': () => refuse('bad_link', { field: 'post' }) });
  await click(button(root, 'Vote'));
  const control = field(root, 'Post');
  expect(control.getAttribute('aria-invalid')).toBe('true');
  const described = control.getAttribute('aria-describedby') ?? '';
  expect(root.querySelector(`[id="${described}"]`)?.textContent).toBe('sentence of bad_link');
  expect(document.activeElement).toBe(control);
  expect(root.querySelectorAll('[role=alert]')).toHaveLength(1);
});

it('asks once more before a downvote, and Escape means no', async () => {
  const { root, ports } = await open();
  await type(field(root, 'Weight'), '-25');
  await click(button(root, 'Vote'));
  expect(root.querySelector('.confirm')?.textContent).toContain('Downvote alice/my-post with -25 %?');
  await after(() =>
    root
      .querySelector('.confirm')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  );
  expect(root.querySelector('.confirm')).toBeNull();
  expect(ports.asked.some(({ action }) => action === 'vote.cast')).toBe(false);
});

it('offers to remove a vote only where there is one', async () => {
  const { root } = await open({
    'vote.preview': () => ({ post, voter: { ...voter, currentWeight: 50 }, warnings: [] }),
  });
  expect(field(root, 'Weight')).toHaveProperty('value', '50');
  expect(hasButton(root, 'Remove vote')).toBe(false);
  await type(field(root, 'Weight'), '0');
  expect(hasButton(root, 'Remove vote')).toBe(true);
});

it('says before the click that it hands off, and leads to Options', async () => {
  const { root, ports } = await open({
    'vote.start': () => ({ ...start, accounts: [] }),
    'vote.preview': () => ({ post, warnings: [] }),
    'vote.hand-off': () => ({ url: 'https://steemlogin.com/sign/vote?author=alice' }),
  });
  expect(root.querySelector('.notice')?.textContent).toContain('Vote opens the confirm page of SteemLogin');
  await click(button(root, 'Connect an account to vote with one click'));
  expect(ports.openOptions).toHaveBeenCalled();
  await click(button(root, 'Vote'));
  expect(status(root)).toContain('Opened steemlogin.com in a tab.');
});

it('says so when the site has changed', async () => {
  const { root } = await open({ 'vote.start': () => ({ ...start, post: undefined, hasSiteChanged: true }) });
  expect(root.textContent).toContain(
    'This site has changed: Latchkey found no post on this page of steemit.com.',
  );
});

it('keeps what was typed while another tab was looked at', async () => {
  const { root } = await open();
  await type(field(root, 'Weight'), '33');
  await click(tabs(root)[1] ?? root);
  await click(tabs(root)[0] ?? root);
  expect(field(root, 'Weight')).toHaveProperty('value', '33');
});

it('hands a tweet to X and keeps its draft', async () => {
  const { root, ports } = await open({
    'draft.read': ({ form }) => (form === 'tweet' ? { fields: { text: 'from before' } } : {}),
    'tweet.hand-off': () => ({ url: 'https://x.com/intent/post?text=x' }),
  });
  await click(tabs(root)[1] ?? root);
  expect(field(root, 'Text')).toHaveProperty('value', 'from before');
  await type(field(root, 'Text'), 'Hello');
  expect(ports.asked.at(-1)).toEqual({
    action: 'draft.save',
    input: { form: 'tweet', fields: { text: 'Hello' } },
  });
  await click(button(root, 'Tweet'));
  expect(ports.asked.at(-1)).toEqual({ action: 'tweet.hand-off', input: { text: 'Hello' } });
  expect(status(root)).toContain('Opened x.com in a tab.');
});

it('refuses an empty tweet at its field', async () => {
  const { root } = await open();
  await click(tabs(root)[1] ?? root);
  await click(button(root, 'Tweet'));
  expect(field(root, 'Text').getAttribute('aria-invalid')).toBe('true');
  expect(alert(root)).toBe('This must not be empty.');
});

it('is honest about look-ups', async () => {
  const { root } = await open();
  await click(tabs(root)[2] ?? root);
  expect(root.querySelector('[role=tabpanel]')?.textContent).toContain('Nothing to look up yet');
});

it('takes new accounts in while it is open', async () => {
  const startVote = vi.fn(() => ({ ...start, accounts: [] as unknown[] }));
  const { root, ports } = await open({ 'vote.start': startVote });
  startVote.mockReturnValue(start);
  await after(() => ports.announce('accounts'));
  expect(field(root, 'Account').textContent).toContain('bob · SteemLogin');
});
