// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';
import { App } from '../../../entrypoints/popup/app.tsx';
// The popup loads them when they are wanted; here they are at hand, so that no test waits for a file.
import '../../../entrypoints/popup/tabs/accounts-tab.tsx';
import '../../../entrypoints/popup/tabs/look-up-tab.tsx';
import '../../../entrypoints/popup/tabs/tweet-tab.tsx';
import '../../../entrypoints/popup/vote-tweet.tsx';
import '../../../entrypoints/popup/tabs/activity-tab.tsx';
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
    'tweet.start': () => ({ accounts: [] }),
    'tweet.suggest': () => ({}),
    'tweet.take': () => ({}),
    'draft.read': () => ({}),
    'draft.save': () => ({}),
    'accounts.list': () => ({ accounts: [] }),
    'services.list': () => ({ services: [] }),
    'outbox.list': () => ({ entries: [] }),
    'journal.list': () => ({ entries: [], openCount: 3, accounts: [] }),
    ...answers,
  });
  return { ports, root: await show(<App tab="vote" isInTab={false} />, ports) };
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

it.each(['number', 'range'])(
  'leaves the weight alone when facts arrive while the %s has the focus',
  async (kind) => {
    const facts = Promise.withResolvers<unknown>();
    const { root } = await open({ 'vote.preview': () => facts.promise });
    const control = root.querySelector<HTMLInputElement>(`[type=${kind}]`);
    const before = control?.value;
    await after(() => control?.focus());
    const late = { post, voter: { ...voter, currentWeight: 44 }, warnings: [] };
    await after(() => facts.resolve(late));
    expect(root.querySelector('.facts')?.textContent).toContain('44 %');
    expect(control?.value).toBe(before);
  },
);

it('does not put the weight back into a field that is being emptied when facts arrive', async () => {
  const facts = Promise.withResolvers<unknown>();
  const { root } = await open({ 'vote.preview': () => facts.promise });
  const number = root.querySelector<HTMLInputElement>('[type=number]');
  if (number === null) throw new Error('no number');
  // As some tools do it, without an event.
  number.value = '';
  await after(() => facts.resolve({ post, voter, warnings: [] }));
  expect(number.value).toBe('');
  await type(number, '44');
  expect(number.value).toBe('44');
  await click(button(root, '50'));
  expect(number.value).toBe('50');
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

const ada = { id: 'a', name: 'ada', service: 'X', isDefault: true, canPost: true };
const tweetStart = { accounts: [ada] };
const suggestion = 'A title\nhttps://example.com/a';
const openTweet = async (answers: Answers = {}) => {
  const opened = await open({
    'tweet.start': () => tweetStart,
    'tweet.suggest': () => ({ suggestion }),
    ...answers,
  });
  await click(tabs(opened.root)[1] ?? opened.root);
  return opened;
};
const noAccounts = { 'tweet.start': () => ({ accounts: [] }) };

it('hands a tweet to X and keeps its draft', async () => {
  const { root, ports } = await openTweet({
    ...noAccounts,
    'draft.read': ({ form }) => (form === 'tweet' ? { fields: { text: 'from before' } } : {}),
    'tweet.hand-off': () => ({ url: 'https://x.com/intent/post?text=x' }),
  });
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

it('has no account to choose and no price where tweets only go the free way', async () => {
  const { root, ports } = await openTweet(noAccounts);
  expect(root.querySelector('select')).toBeNull();
  expect(root.textContent).not.toContain('costs');
  expect(hasButton(root, 'Open in X’s composer, free')).toBe(false);
  await click(button(root, 'Connect an X account to post from here'));
  expect(ports.openOptions).toHaveBeenCalled();
});

it('refuses an empty tweet at its field', async () => {
  const { root } = await openTweet(noAccounts);
  await click(button(root, 'Tweet'));
  expect(field(root, 'Text').getAttribute('aria-invalid')).toBe('true');
  expect(alert(root)).toBe('This must not be empty.');
});

it('says what posting costs, with a link and as a thread, beside the free way', async () => {
  const { root } = await openTweet();
  const price = () => root.querySelector('.dock .hint')?.textContent;
  expect(price()).toBe('Posting costs about $0.015 (with a link $0.20). X’s prices of Apr 20, 2026');
  await type(field(root, 'Text'), 'see https://example.com');
  expect(price()).toContain('Posting this costs about $0.20.');
  await type(field(root, 'Text'), 'one\n---\ntwo');
  expect(price()).toContain('Posting this costs about $0.03.');
  expect(hasButton(root, 'Open in X’s composer, free')).toBe(true);
  await type(field(root, 'Account'), '');
  expect(price()).toBeUndefined();
  expect(root.textContent).toContain('Tweet opens X in a tab with this text.');
});

it('counts what is left, aloud when it runs short, and names what is too much', async () => {
  const { root } = await openTweet();
  const counter = () => root.querySelector('.counter');
  expect(counter()?.textContent).toBe('Characters left: 280');
  expect(counter()?.getAttribute('aria-live')).toBe('off');
  await type(field(root, 'Text'), 'a'.repeat(265));
  expect(counter()?.getAttribute('aria-live')).toBe('polite');
  await type(field(root, 'Text'), `${'a'.repeat(280)}<b>`);
  expect(counter()?.textContent).toBe('Characters left: -3');
  expect(counter()?.classList).toContain('over');
  expect(root.querySelector('mark')?.textContent).toBe('<b>');
});

it('shows the thread that a long text becomes, and posts it with its progress', async () => {
  const end = Promise.withResolvers<unknown>();
  const answer = vi.fn().mockReturnValueOnce({ state: 'posting', posted: 1, of: 2 });
  answer.mockReturnValue(end.promise);
  const { root } = await openTweet({ 'tweet.post': answer });
  await type(field(root, 'Text'), 'one\n---\ntwo');
  expect([...root.querySelectorAll('.thread li p')].map(({ textContent }) => textContent)).toEqual([
    'one (1/2)',
    'two (2/2)',
  ]);
  await click(button(root, 'Tweet thread of 2'));
  expect(status(root)).toBe('Posting tweet 2 of 2…');
  expect(root.querySelector('progress')).toMatchObject({ value: 1, max: 2 });
  expect(field(root, 'Text')).toHaveProperty('readOnly', true);
  const urls = ['1', '2'].map((id) => ({ id, url: `https://x.com/i/web/status/${id}` }));
  end.resolve({ state: 'done', posted: urls });
  await after(() => undefined);
  expect(status(root)).toContain('Posted a thread of 2 tweets as ada.');
  expect([...root.querySelectorAll('.links a')].map((link) => link.getAttribute('href'))).toEqual(
    urls.map(({ url }) => url),
  );
});

it('sends by Ctrl+Enter and by Cmd+Enter, not by Enter', async () => {
  const { root, ports } = await openTweet({ 'tweet.post': () => refuse('tweet_duplicate') });
  await type(field(root, 'Text'), 'Hello');
  const press = (keys: KeyboardEventInit) =>
    after(() =>
      field(root, 'Text').dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...keys }),
      ),
    );
  const count = () => ports.asked.filter(({ action }) => action === 'tweet.post').length;
  await press({});
  expect(count()).toBe(0);
  await press({ ctrlKey: true });
  await press({ metaKey: true });
  expect(count()).toBe(2);
});

it('adds title and link of the page at the cursor, and offers it once', async () => {
  const { root } = await openTweet();
  const text = field(root, 'Text') as HTMLTextAreaElement;
  await type(text, 'Look: nice');
  text.setSelectionRange(5, 5);
  await click(button(root, 'Add page title and link'));
  expect(text.value).toBe(`Look: ${suggestion} nice`);
  expect(hasButton(root, 'Add page title and link')).toBe(false);
});

it('names a character that X does not take, and takes it out', async () => {
  const { root } = await openTweet();
  await type(field(root, 'Text'), 'Hello\uFEFF you');
  expect(root.querySelector('.marks')?.textContent).toContain(
    'X does not take the character U+FEFF after “Hello”.',
  );
  await click(button(root, 'Remove it'));
  expect(field(root, 'Text')).toHaveProperty('value', 'Hello you');
});

it('tells what of a thread was posted, why it stopped, and posts the rest', async () => {
  const stopped = {
    state: 'stopped',
    posted: [{ id: '1', url: 'https://x.com/i/web/status/1' }],
    rest: ['two (2/2)'],
    code: 'network',
    message: 'No connection.',
    details: 'raw text',
  };
  const { root } = await openTweet({ 'tweet.post': () => stopped });
  await type(field(root, 'Text'), 'one\n---\ntwo');
  await click(button(root, 'Tweet thread of 2'));
  expect(alert(root)).toBe('The thread stopped: 1 of 2 posted. The rest is kept in the text. No connection.');
  expect(root.querySelector('details pre')?.textContent).toBe('raw text');
  expect(field(root, 'Text')).toHaveProperty('value', 'two (2/2)');
  expect(hasButton(root, 'Post the rest')).toBe(true);
});

it('asks for the right to post beside an account that may only read', async () => {
  const { root, ports } = await openTweet({
    'tweet.start': () => ({ accounts: [{ ...ada, canPost: false }] }),
    'accounts.list': () => ({ accounts: [{ id: 'a', provider: 'x', health: { state: 'fresh', until: 0 } }] }),
    'accounts.sign-in': () => ({ account: ada }),
  });
  expect(root.querySelector('.notice')?.textContent).toContain('ada is connected for reading only so far.');
  await click(button(root, 'Allow posting'));
  expect(ports.asked).toContainEqual({
    action: 'accounts.sign-in',
    input: { provider: 'x', account: 'a', allow: ['post'] },
  });
});

it('is honest about look-ups', async () => {
  const { root } = await open({ 'lookup.list': () => ({ accounts: [] }) });
  await click(tabs(root)[2] ?? root);
  expect(root.querySelector('[role=tabpanel]')?.textContent).toContain('Nothing to look up yet');
});

it('asks for look-ups only in their tab, and begins there in a tab of its own', async () => {
  const list = vi.fn(() => ({ accounts: [] }));
  const { ports } = await open({ 'lookup.list': list });
  expect(list).not.toHaveBeenCalled();
  const wide = await show(<App tab="lookup" isInTab />, ports);
  expect(wide.querySelector('[role=tab][aria-selected=true]')?.id).toBe('tab-lookup');
  expect(list).toHaveBeenCalledOnce();
});

it('takes new accounts in while it is open', async () => {
  const startVote = vi.fn(() => ({ ...start, accounts: [] as unknown[] }));
  const { root, ports } = await open({ 'vote.start': startVote });
  startVote.mockReturnValue(start);
  await after(() => ports.announce('accounts'));
  expect(field(root, 'Account').textContent).toContain('bob · SteemLogin');
});

describe('vote and tweet', () => {
  const ben = { id: 'x', name: 'ben', service: 'X', isDefault: true, canPost: true };
  const about = 'Title\nhttps://steemit.com/@alice/my-post';
  const posted = { state: 'done', posted: [{ id: '1', url: 'https://x.com/i/web/status/1' }] };
  const begin = async (answers: Answers = {}) => {
    const opened = await open({
      'tweet.start': () => ({ accounts: [ben] }),
      'tweet.about': () => ({ text: about, price: 0.2, accounts: [ben] }),
      'tweet.post': () => posted,
      ...answers,
    });
    await click(button(opened.root, 'Vote and tweet'));
    return opened;
  };
  const asked = (ports: { readonly asked: readonly { readonly action: string }[] }) =>
    ports.asked
      .map(({ action }) => action)
      .filter((action) => /^(vote.cast|tweet.post|tweet.hand-off)$/.test(action));

  it('shows the tweet with its price first, and does both', async () => {
    const { root, ports } = await begin();
    expect(field(root, 'Text')).toHaveProperty('value', about);
    expect(root.textContent).toContain('about $0.20');
    expect(asked(ports)).toEqual([]);
    await type(field(root, 'Text'), 'In my own words https://steemit.com/@alice/my-post');
    await click(button(root, 'Vote and tweet'));
    expect(asked(ports).sort()).toEqual(['tweet.post', 'vote.cast']);
    expect(root.textContent).toContain('Posted as ben.');
    expect(root.textContent).toContain('Voted 50 % on alice/my-post as bob');
    expect(hasButton(root, 'Close')).toBe(true);
  });

  it('tries only the part again that failed', async () => {
    const replies = [() => refuse('network'), () => posted];
    const { root, ports } = await begin({ 'tweet.post': () => replies.shift()?.() });
    await click(button(root, 'Vote and tweet'));
    expect(alert(root)).toContain('sentence of network');
    await click(button(root, 'Try the tweet again'));
    expect(asked(ports).sort()).toEqual(['tweet.post', 'tweet.post', 'vote.cast']);

    const votes = [() => refuse('vote_power_empty'), () => done];
    const other = await begin({ 'vote.cast': () => votes.shift()?.() });
    await click(button(other.root, 'Vote and tweet'));
    await click(button(other.root, 'Try the vote again'));
    expect(asked(other.ports).sort()).toEqual(['tweet.post', 'vote.cast', 'vote.cast']);
  });

  it('lets no vote leave while the tweet cannot be sent', async () => {
    const { root, ports } = await begin();
    await type(field(root, 'Text'), '   ');
    await click(button(root, 'Vote and tweet'));
    expect(alert(root)).not.toBe('');
    expect(asked(ports)).toEqual([]);
    await click(button(root, 'Only vote'));
    await click(button(root, 'Vote'));
    expect(asked(ports)).toEqual(['vote.cast']);
  });

  it('opens X’s own composer after the vote where no account is connected', async () => {
    const { root, ports } = await begin({
      'tweet.start': () => ({ accounts: [] }),
      'tweet.hand-off': () => ({ url: 'https://x.com/intent/tweet?text=x' }),
    });
    await click(button(root, 'Vote and tweet'));
    expect(asked(ports)).toEqual(['vote.cast', 'tweet.hand-off']);
  });
});
