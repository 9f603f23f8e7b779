// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openVotePopover, type Page } from '../../../entrypoints/vote-popover/open-vote-popover.ts';
import type { Preview } from '../../../entrypoints/vote-popover/read-facts.ts';
import type { Sight } from '../../../entrypoints/vote-popover/watch-sight.ts';
import messages from '../../../assets/static/_locales/en/messages.json';
import polish from '../../../assets/static/_locales/pl/messages.json';
import { ActionError, type Invoke } from '../../../lib/bus/client.ts';
import { createTranslate } from '../../../lib/locale/translate.ts';
import { keepShadowRoots, makeTrusted, press } from '../shadow-roots.ts';

const speak = (file: Readonly<Record<string, { readonly message: string }>>) =>
  createTranslate((key) => file[key]?.message ?? '', 'en');

const bob = { id: 'bob-id', name: 'bob', postWeight: 80, commentWeight: 30 };
const carol = { id: 'carol-id', name: 'carol', postWeight: 60, commentWeight: 20 };

function makePreview(more: Partial<NonNullable<Preview['voter']>> = {}): Preview {
  return {
    post: {
      chain: 'steem',
      author: 'alice',
      permlink: 'my-post',
      title: '<b>The chain’s title</b>',
      kind: 'post',
      url: 'https://steemit.com/@alice/my-post',
      authorReputation: 69.83,
      payout: { amount: 1.5, currency: 'SBD', isPaid: false, at: Date.now() + 3 * 86_400_000 },
    },
    voter: {
      account: bob.id,
      name: 'bob',
      powerPercent: 90,
      downvotePowerPercent: 100,
      basis: {
        chain: 'steem',
        mana: 2e12,
        maxMana: 2e12,
        downvoteMana: 5e11,
        maxDownvoteMana: 5e11,
        votePowerReserveRate: 10,
        rewardBalance: 800_000,
        recentClaims: 5e17,
        price: 0.2,
        secondsToPayout: 259_200,
        currency: 'SBD',
      },
      ...more,
    },
    warnings: ['power_low'],
  };
}

type Answer = (input: Record<string, unknown>) => unknown;

function open({
  accounts = [bob, carol],
  undoSeconds = 0,
  preview = () => makePreview(),
  cast = ({ weight }) => ({ state: 'done', wasThere: false, name: 'bob', weight }),
  tweet = () => ({ state: 'done', posted: [{ id: '1', url: 'https://x.com/i/web/status/1' }] }),
  posters = [{ id: 'x', name: 'bob_on_x' }],
  language = messages,
  judge = () => 'clear',
}: {
  accounts?: Page['accounts'];
  undoSeconds?: number;
  preview?: Answer;
  cast?: Answer;
  tweet?: Answer;
  posters?: readonly { readonly id: string; readonly name: string }[];
  language?: Parameters<typeof speak>[0];
  judge?: Sight['judge'];
} = {}) {
  const roots = keepShadowRoots();
  const calls: [string, Record<string, unknown>][] = [];
  const answers: Record<string, Answer> = {
    'vote.preview': preview,
    'vote.cast': cast,
    'vote.hand-off': () => ({ url: 'x' }),
    'tweet.about': () => ({ text: 'Title\nlink', price: 0.2, accounts: posters }),
    'tweet.post-about': tweet,
    'tweet.open': () => ({}),
  };
  const invoke = (action: string, input: Record<string, unknown>) => {
    calls.push([action, input]);
    return new Promise((resolve) => resolve(answers[action]?.(input)));
  };
  const page: Page = { isEnabled: true, undoSeconds, collected: [], accounts };
  const opener = document.body.appendChild(document.createElement('button'));
  const marks: unknown[] = [];
  let tell: (isClear: boolean) => void = () => undefined;
  openVotePopover(
    {
      spot: {
        post: { author: 'alice', permlink: 'my-post' },
        kind: 'post',
        place: document.body,
        how: 'append',
      },
      chain: 'steem',
      link: 'https://steemit.com/@alice/my-post',
      findOpener: () => opener,
      page,
      weight: undefined,
      isCollecting: false,
    },
    {
      // Stands in for the three actions that the popover uses.
      invoke: invoke as unknown as Invoke,
      translate: speak(language),
      reload: () => Promise.resolve(page),
      onMark: (mark) => marks.push(mark),
      explain: (error) => (error instanceof ActionError ? error.message : 'No answer.'),
    },
    (_element, _signal, onChange) => {
      tell = onChange;
      return { judge, renew: () => onChange(false) };
    },
  );
  const root = roots.at(-1);
  if (!root) throw new Error('no popover');
  const find = (selector: string) => root.querySelector<HTMLElement>(selector);
  const button = (text: string) =>
    [...root.querySelectorAll('button')].find((one) => one.textContent === text);
  const number = root.querySelector<HTMLInputElement>('[type=number]');
  if (!number) throw new Error('no number field');
  const type = (value: string) => {
    number.value = value;
    number.dispatchEvent(makeTrusted(new Event('input')));
  };
  const casts = () => calls.filter(([action]) => action === 'vote.cast').map(([, input]) => input);
  return { root, find, button, number, type, calls, casts, marks, opener, tell };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const isOpen = () => document.querySelector('latchkey-vote') !== null;

beforeEach(() => {
  vi.useFakeTimers();
  HTMLElement.prototype.showPopover = () => undefined;
  HTMLElement.prototype.hidePopover = () => undefined;
});

afterEach(() => {
  vi.useRealTimers();
  for (const host of document.querySelectorAll('latchkey-vote')) host.remove();
});

describe('openVotePopover', () => {
  it('opens at once with the remembered weight, then fills in what the chain says, as text', async () => {
    const { find, number, root } = open();
    expect(find('[role=dialog]')?.getAttribute('aria-label')).toBe('Vote on alice/my-post');
    expect(number.value).toBe('80');
    await settle();
    expect(find('strong')?.textContent).toBe('<b>The chain’s title</b>');
    expect(root.querySelector('b')).toBeNull();
    expect(find('output')?.textContent).toBe('Worth about 0.01 SBD');
    expect(find('.facts')?.textContent).toContain('in 3 days');
    expect(find('.warning')?.textContent).toContain('below 20 %');
  });

  it('takes the weight of a comment for a comment, as the chain has it', async () => {
    const { number } = open({
      preview: () => ({ ...makePreview(), post: { ...makePreview().post, kind: 'comment' } }),
    });
    await settle();
    expect(number.value).toBe('30');
  });

  it('shows the weight of the vote that is there, and only then offers to remove it', async () => {
    const { number, button } = open({ preview: () => makePreview({ currentWeight: -12.5 }) });
    expect(button('Remove vote')).toBeUndefined();
    await settle();
    expect(number.value).toBe('-12.5');
    expect(button('Remove vote')).toBeDefined();
  });

  it('never overwrites what the person has chosen before the facts came', async () => {
    const { number, type } = open({ preview: () => makePreview({ currentWeight: 40 }) });
    type('12.34');
    await settle();
    expect(number.value).toBe('12.34');
  });

  it('leaves the number alone that the person is about to type into, until they take another account', async () => {
    const { number, find } = open({ preview: () => makePreview({ currentWeight: 40 }) });
    number.dispatchEvent(makeTrusted(new Event('focus')));
    await settle();
    expect(number.value).toBe('80');
    const select = find('select');
    if (!(select instanceof HTMLSelectElement)) throw new Error('no accounts');
    select.value = carol.id;
    select.dispatchEvent(makeTrusted(new Event('change')));
    expect(number.value).toBe('60');
  });

  it('votes with a request of its own, marks the post and gives the focus back', async () => {
    const { button, casts, marks, opener } = open();
    press(button('50 %'));
    press(button('Vote'));
    await settle();
    expect(casts()).toMatchObject([
      { account: 'bob-id', post: 'https://steemit.com/@alice/my-post', weight: 50 },
    ]);
    expect(casts()[0]?.['request']).toMatch(/^[0-9a-f-]{36}$/);
    expect(marks.at(-1)).toEqual({ text: 'Voted 50 %', weight: 50 });
    expect(isOpen()).toBe(false);
    expect(document.activeElement).toBe(opener);
  });

  it('hears no event that a script made', async () => {
    const { button, casts, find } = open();
    await settle();
    button('Vote')?.click();
    button('Vote')?.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    find('[type=range]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    find('[role=dialog]')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    document.dispatchEvent(new MouseEvent('pointerdown'));
    await settle();
    expect(casts()).toEqual([]);
    expect(isOpen()).toBe(true);
  });

  it('takes the second click of a double click for none', async () => {
    const { button, casts } = open();
    button('Vote')?.dispatchEvent(makeTrusted(new MouseEvent('click', { detail: 2 })));
    await settle();
    expect(casts()).toEqual([]);
  });

  it('votes on Enter in a field, once for a key held down', async () => {
    const { number, casts } = open();
    const enter = (repeat: boolean) =>
      number.dispatchEvent(
        makeTrusted(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, repeat })),
      );
    enter(true);
    expect(casts()).toHaveLength(0);
    enter(false);
    await settle();
    expect(casts()).toHaveLength(1);
  });

  it('counts down before the vote leaves, and Undo or Escape stops it', async () => {
    const { button, casts, find } = open({ undoSeconds: 3 });
    press(button('Vote'));
    expect(find('[role=status]')?.textContent).toBe('Voting 80 % in 3 seconds');
    await vi.advanceTimersByTimeAsync(2000);
    expect(find('[role=status]')?.textContent).toBe('Voting 80 % in 1 second');
    press(button('Undo'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(casts()).toEqual([]);
    press(button('Vote'));
    find('[role=dialog]')?.dispatchEvent(
      makeTrusted(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    );
    await vi.advanceTimersByTimeAsync(10_000);
    expect(casts()).toEqual([]);
    expect(isOpen()).toBe(true);
    press(button('Vote'));
    await vi.advanceTimersByTimeAsync(3000);
    expect(casts()).toHaveLength(1);
  });

  it('asks once more before a downvote', async () => {
    const { type, button, casts } = open();
    type('-25');
    press(button('Vote'));
    await settle();
    expect(casts()).toEqual([]);
    press(button('Downvote'));
    await settle();
    expect(casts()).toMatchObject([{ weight: -25, isConfirmed: true }]);
  });

  it.each(['', '100.01', '-101', 'x'])('refuses the weight "%s" and keeps the form', async (value) => {
    const { type, button, casts, find } = open();
    type(value);
    press(button('Vote'));
    await settle();
    expect(find('[role=alert]')?.textContent).toBe('Weight: a number from -100 to 100 is needed.');
    expect(casts()).toEqual([]);
  });

  it('stays open on a refusal, with its sentence and the raw text, and asks under a new request next time', async () => {
    const refusal = { code: 'vote_power_empty', message: 'No power left.', details: 'assert <i>' } as const;
    const { button, casts, find, marks } = open({
      cast: () => {
        throw new ActionError(refusal);
      },
    });
    press(button('Vote'));
    await settle();
    expect(find('[role=alert]')?.textContent).toContain('No power left.');
    expect(find('details')?.textContent).toContain('assert <i>');
    expect(marks.at(-1)).toEqual({ text: 'Not voted', failure: 'No power left.' });
    press(button('Vote'));
    await settle();
    expect(new Set(casts().map(({ request }) => request)).size).toBe(2);
  });

  it('asks about a vote that may have gone through under its first request', async () => {
    const { button, casts } = open({
      cast: () => {
        throw new Error('The message port closed.');
      },
    });
    press(button('Vote'));
    await settle();
    press(button('Vote'));
    await settle();
    expect(casts().length).toBeGreaterThan(4);
    expect(new Set(casts().map(({ request }) => request)).size).toBe(1);
  });

  it('without an account says so and hands off to the signer', async () => {
    const { button, calls, root } = open({ accounts: [] });
    expect(root.textContent).toContain('connect an account');
    press(button('Vote'));
    await settle();
    expect(calls.at(-1)).toEqual([
      'vote.hand-off',
      { post: 'https://steemit.com/@alice/my-post', chain: 'steem', weight: 100 },
    ]);
    expect(isOpen()).toBe(false);
  });

  it('drops the facts of an account that is no longer chosen', async () => {
    const late = Promise.withResolvers<Preview>();
    const { root, find } = open({
      preview: ({ account }) =>
        account === carol.id ? makePreview({ account: carol.id, powerPercent: 40 }) : late.promise,
    });
    const select = root.querySelector('select');
    if (!select) throw new Error('no select');
    select.value = carol.id;
    select.dispatchEvent(makeTrusted(new Event('change')));
    await settle();
    late.resolve(makePreview());
    await settle();
    expect(find('.facts')?.textContent).toContain('Voting power 40 %');
  });
});

describe('a popover that the person does not see', () => {
  const enter = () => makeTrusted(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));

  it.each(['Vote', 'Remove vote', 'Downvote', 'Vote and tweet'])('does nothing for "%s"', async (name) => {
    let verdict: ReturnType<Sight['judge']> = 'clear';
    const { button, type, calls, find, number } = open({
      judge: () => verdict,
      preview: () => makePreview({ currentWeight: 10 }),
    });
    await settle();
    if (name === 'Downvote') {
      type('-5');
      press(button('Vote'));
    }
    if (name === 'Vote and tweet') {
      press(button(name));
      await settle();
    }
    verdict = 'covered';
    const before = calls.length;
    press(button(name));
    number.dispatchEvent(enter());
    await settle();
    expect(calls).toHaveLength(before);
    expect(find('[role=alert]')?.textContent).toContain('Something on this page covers this window');
    verdict = 'clear';
    press(button(name));
    await settle();
    expect(calls.length).toBeGreaterThan(before);
  });

  it('says on its buttons when they act, and is silent about a press that came too early', async () => {
    let verdict: ReturnType<Sight['judge']> = 'early';
    const { button, casts, find, tell } = open({ judge: () => verdict });
    await settle();
    expect(button('Vote')?.ariaDisabled).toBe('true');
    press(button('Vote'));
    await settle();
    expect(casts()).toEqual([]);
    expect(find('[role=alert]')?.textContent).toBe('');
    verdict = 'clear';
    tell(true);
    expect(button('Vote')?.ariaDisabled).toBe('false');
    press(button('Vote'));
    await settle();
    expect(casts()).toHaveLength(1);
  });
});

describe('vote and tweet', () => {
  const actionsOf = (calls: readonly [string, unknown][]) =>
    calls
      .map(([action]) => action)
      .filter((action) => !/preview|about$/.test(action) || action === 'tweet.post-about');
  const begin = async (options: Parameters<typeof open>[0] = {}) => {
    const popover = open(options);
    await settle();
    press(popover.button('Vote and tweet'));
    await settle();
    return popover;
  };

  it('shows the tweet and its price before anything leaves, then does both', async () => {
    const { find, button, calls, marks } = await begin();
    expect(find('.tweet')?.textContent).toContain('Title\nlink');
    expect(find('.tweet')?.textContent).toContain('Will be tweeted as bob_on_x; X charges about $0.20.');
    expect(actionsOf(calls)).toEqual([]);
    press(button('Vote and tweet'));
    await settle();
    expect(actionsOf(calls).sort()).toEqual(['tweet.post-about', 'vote.cast']);
    expect(marks.at(-1)).toMatchObject({ text: 'Voted 80 % · Tweeted' });
    expect(isOpen()).toBe(false);
  });

  it('names the account that is chosen beside the price, and sends as that one', async () => {
    const { find, button, calls } = await begin({
      posters: [
        { id: 'x', name: 'bob_on_x' },
        { id: 'y', name: 'bob_at_work' },
      ],
    });
    const select = find('.tweet select') as HTMLSelectElement; // As the selector says.
    select.value = 'y';
    select.dispatchEvent(makeTrusted(new Event('change')));
    expect(find('.tweet p')?.textContent).toBe('Will be tweeted as bob_at_work; X charges about $0.20.');
    press(button('Vote and tweet'));
    await settle();
    expect(calls.find(([action]) => action === 'tweet.post-about')?.[1]).toMatchObject({ account: 'y' });
  });

  it('writes times and prices in the language of its texts, whatever the browser’s is', async () => {
    const popover = open({ language: polish });
    await settle();
    expect(popover.find('.facts')?.textContent).toContain('za 3 dni');
    press(popover.button('Głosuj i tweetuj'));
    await settle();
    expect(popover.find('.tweet p')?.textContent).toMatch(/0,20\sUSD/);
  });

  it('goes back to the plain vote', async () => {
    const { find, button, calls } = await begin();
    press(button('Back'));
    expect(find('.tweet')?.textContent).toBe('');
    press(button('Vote'));
    await settle();
    expect(actionsOf(calls)).toEqual(['vote.cast']);
  });

  it('says that vote and tweet are kept while there is no network, and stays open to be read', async () => {
    const kept = () => ({ state: 'queued', reason: 'network' });
    const { find, button, calls, marks } = await begin({ cast: kept, tweet: kept });
    press(button('Vote and tweet'));
    await settle();
    expect(find('[role=status]')?.textContent).toBe(messages.queued_network.message);
    expect(find('[role=alert]')?.textContent).toBe('');
    expect(marks.at(-1)).toMatchObject({ text: 'Vote kept · Tweet kept' });
    expect(actionsOf(calls).sort()).toEqual(['tweet.post-about', 'vote.cast']);
    press(button('Close'));
    expect(isOpen()).toBe(false);
  });

  it('tells a tweet that failed apart, and tries it alone', async () => {
    const answers: Answer[] = [
      () => Promise.reject(new ActionError({ code: 'network', message: 'No way.' })),
    ];
    const { find, button, calls, marks } = await begin({
      tweet: (input) => (answers.pop() ?? (() => ({ state: 'done', posted: [] })))(input),
    });
    press(button('Vote and tweet'));
    await settle();
    expect(find('[role=alert]')?.textContent).toBe('Voted 80 %\nNot tweeted: No way.');
    press(button('Try the tweet again'));
    await settle();
    expect(actionsOf(calls).sort()).toEqual(['tweet.post-about', 'tweet.post-about', 'vote.cast']);
    expect(marks.at(-1)).toMatchObject({ text: 'Voted 80 % · Tweeted' });
  });

  it('tells a vote that failed apart, and does not offer the tweet again', async () => {
    const { find, button, calls } = await begin({
      cast: () => Promise.reject(new ActionError({ code: 'vote_power_empty', message: 'No power.' })),
    });
    press(button('Vote and tweet'));
    await settle();
    expect(find('[role=alert]')?.textContent).toContain('Not voted: No power.\nTweeted');
    expect(button('Vote and tweet')).toBeUndefined();
    press(button('Vote'));
    await settle();
    expect(actionsOf(calls).filter((action) => action === 'tweet.post-about')).toHaveLength(1);
  });

  it('opens the composer after the vote where nobody can tweet from here', async () => {
    const { button, calls } = await begin({ posters: [] });
    press(button('Vote and tweet'));
    await settle();
    expect(actionsOf(calls)).toEqual(['vote.cast', 'tweet.open']);
  });

  it('does not open the composer after a vote that failed', async () => {
    const failing = await begin({
      posters: [],
      cast: () => Promise.reject(new ActionError({ code: 'vote_power_empty', message: 'No power.' })),
    });
    press(failing.button('Vote and tweet'));
    await settle();
    expect(actionsOf(failing.calls)).toEqual(['vote.cast']);
  });
});
