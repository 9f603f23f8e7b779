/** X: signing in without a secret, tweets and threads by the API, the free way beside it, and what goes wrong on the way. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SandboxRequest } from '../sandbox/index.ts';
import { seededXApp, seededXWebApp } from '../sandbox/x/seed.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import {
  findAccount,
  press,
  readRole,
  selectTab,
  setUpService,
  waitFor,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import {
  answerConsent,
  openConsent,
  openTweetTab,
  readTweetText,
  registerXApps,
  sendByKeyboard,
  waitForConsent,
  waitForText,
  writeTweet,
} from './x-steps.ts';

const isToken = { host: 'api.x.com', path: '/2/oauth2/token' };
const isRenewal = { ...isToken, where: ({ body }: SandboxRequest) => body.includes('refresh_token') };
const lookWhetherItIsThere = 'Look whether it is there (about $0.025)';
const isPost = { host: 'api.x.com', method: 'POST', path: '/2/tweets' };

describe.each(browserNames)('X in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let front: Page;
  let popup: Page | undefined;
  /** What the popup showed at the end of each journey. */
  const shown: string[] = [];

  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    await registerXApps(journey, options);
    front = await journey.browser.newPage('about:blank');
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  afterEach(async () => {
    journey.sandbox.behave();
    journey.sandbox.x.refusesOwnReplies = false;
    await closePopup();
  });

  async function openTweet(): Promise<Page> {
    popup = await openTweetTab(journey, front);
    return popup;
  }

  async function closePopup(): Promise<void> {
    // A real popup has closed by itself when another window or tab came to the front.
    const content = await popup?.content().catch(() => undefined);
    if (content !== undefined) shown.push(content);
    await popup?.close().catch(() => undefined);
    popup = undefined;
  }

  /** The newest of Bob's tweets, in the order in which they were posted. */
  const newest = (count: number) =>
    journey.sandbox.x
      .tweetsOf('bob_on_x')
      .slice(0, count)
      .map(({ text }) => text)
      .reverse();
  const countOf = (text: string) =>
    journey.sandbox.x.tweetsOf('bob_on_x').filter((tweet) => tweet.text === text).length;

  /** X's own composer has opened in a tab with this text. */
  async function expectComposer(text: string): Promise<void> {
    const composer = await journey.browser.waitForWindow(({ pathname }) => pathname === '/intent/tweet');
    await composer.waitForSelector('textarea');
    expect(await composer.$eval('textarea', ({ value }) => value)).toBe(text);
    await composer.close();
  }

  const waitForSentence = async (page: Page, sentence: RegExp) => {
    await waitUntil(`the alert ${String(sentence)}`, async () => sentence.test(await waitForAlert(page)));
  };
  const waitForOptionsToRest = () =>
    waitUntil('the buttons to be free', () =>
      options.$$eval('button', (buttons) => buttons.every((button) => !button.disabled)),
    );

  test('without an account, Tweet opens X’s own composer with the text', async () => {
    const { sandbox } = journey;
    const tweet = await openTweet();
    await waitForText(tweet, 'Tweet opens X in a tab with this text.');
    await writeTweet(tweet, 'For free 🐝 & so');
    await press(tweet, 'Tweet');
    await expectComposer('For free 🐝 & so');
    expect(sandbox.requests.count({ host: 'api.x.com' })).toBe(0);
  });

  test('an app of the wrong type: the person is told what to change', async () => {
    await options.bringToFront();
    await setUpService(options, { service: 'X', clientId: seededXWebApp.clientId });
    await answerConsent(await openConsent(journey, options), 'Authorize app');
    await waitForSentence(options, /wrong type.*change it to Native App/);
    await waitForOptionsToRest();
  });

  test('cancelling at the consent page, or closing it, changes nothing', async () => {
    await setUpService(options, { service: 'X', clientId: seededXApp.clientId });
    await answerConsent(await openConsent(journey, options), 'Cancel');
    await waitForSentence(options, /was closed before it was done. Nothing has changed/);
    await waitForOptionsToRest();

    const tokens = journey.sandbox.requests.count(isToken);
    await (await openConsent(journey, options)).close();
    await waitForSentence(options, /was closed before it was done. Nothing has changed/);
    await waitForOptionsToRest();
    expect(journey.sandbox.requests.count(isToken)).toBe(tokens);
  });

  test('signing in takes only the client id, asks for reading, and the account is there', async () => {
    const { browser, sandbox } = journey;
    const consent = await openConsent(journey, options);
    await consent.waitForSelector('::-p-text(@bob_on_x)');
    expect(await consent.$$eval('code', (found) => found.map(({ textContent }) => textContent))).toEqual([
      'tweet.read',
      'users.read',
      'offline.access',
    ]);
    await answerConsent(consent, 'Authorize app');
    await waitForStatus(options, 'Signed in as bob_on_x.');

    const [token] = sandbox.requests.find(isToken).slice(-1);
    expect(token?.headers['authorization']).toBeUndefined();
    expect(token?.body).toContain('code_verifier=');

    const accounts = await browser.openExtensionPage('options.html#accounts');
    const row = await findAccount(accounts, 'X');
    expect(await row.evaluate(({ textContent }) => textContent)).toMatch(/bob_on_x\s+X.*Fresh until/);
    await accounts.close();
  });

  test('the first tweet asks for the right to post, and keeps what was typed', async () => {
    const { browser, sandbox } = journey;
    const tweet = await openTweet();
    await waitForText(tweet, 'bob_on_x is connected for reading only so far.');
    await writeTweet(tweet, 'Typed before posting was allowed');
    await press(tweet, 'Allow posting');
    const consent = await waitForConsent(browser);
    await consent.waitForSelector('::-p-text(tweet.write)');
    await answerConsent(consent, 'Authorize app');
    await waitUntil('the right to post', () =>
      Promise.resolve(sandbox.x.consentsOf('bob_on_x').some(({ scope }) => scope.includes('tweet.write'))),
    );
    await closePopup();

    const later = await openTweet();
    await waitUntil('a sign-in that allows posting', async () => {
      const text = await later.evaluate(() => document.body.innerText);
      return !text.includes('for reading only');
    });
    expect(await readTweetText(later)).toBe('Typed before posting was allowed');
  });

  test('a tweet with emoji, CJK, right-to-left text and a link: counted as X counts, priced, sent by keyboard, undone', async () => {
    const { sandbox } = journey;
    const tweet = await openTweet();
    await writeTweet(tweet, 'Plain');
    await waitForText(tweet, 'Posting costs about $0.015 (with a link $0.20)');
    // 8 + 2 + 1 + 2 + 1 + 4 + 1 + 4 + 1 + 23 of 280.
    const text = 'Morning 🏔️ 👨‍👩‍👧‍👦 山中 שלום https://example.com/a/rather/long/path?with=query';
    await writeTweet(tweet, text);
    await waitForText(tweet, 'Characters left: 233');
    await waitForText(tweet, 'Posting this costs about $0.20');
    // A finger that slips presses more than once, under way and afterwards.
    const held = sandbox.misbehave({ ...isPost, how: { kind: 'hold' } });
    await sendByKeyboard(tweet);
    await waitFor('the held request', held.hit);
    await sendByKeyboard(tweet);
    held.release();
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    await sendByKeyboard(tweet);
    expect(await readRole(tweet, 'alert')).toEqual([]);
    expect(newest(1)).toEqual([text]);
    expect(sandbox.requests.count(isPost)).toBe(1);
    expect(await tweet.$$('a[href^="https://x.com/"][href*="/status/"]')).toHaveLength(1);

    await press(tweet, 'Undo');
    await waitForStatus(tweet, 'Deleted 1 tweet.');
    expect(newest(1)).not.toEqual([text]);
    expect(await readTweetText(tweet)).toBe(text);
    expect(sandbox.requests.count({ host: 'api.x.com', method: 'DELETE' })).toBe(1);
  });

  test('what is too long is marked; the draft outlives the popup, and can go the free way', async () => {
    const { sandbox } = journey;
    const text = `Draft ${'a'.repeat(280)}`;
    const first = await openTweet();
    await writeTweet(first, text);
    await waitForText(first, 'Characters left: -6');
    expect(await first.$eval('mark', ({ textContent }) => textContent)).toBe('a'.repeat(6));
    await closePopup();

    const second = await openTweet();
    expect(await readTweetText(second)).toBe(text);
    await waitForText(second, 'Tweet thread of 2');

    const before = sandbox.requests.count(isPost);
    await writeTweet(second, 'Free beside the API');
    await press(second, 'Open in X’s composer, free');
    await expectComposer('Free beside the API');
    expect(sandbox.requests.count(isPost)).toBe(before);
  });

  test('a thread goes out in order, and tells how far it is', async () => {
    const { sandbox } = journey;
    const tweet = await openTweet();
    await writeTweet(tweet, 'Alpha\n---\nBeta\n---\nGamma');
    await waitForText(tweet, 'Thread of 3 tweets');
    const held = sandbox.misbehave({ ...isPost, where: isPart('Beta (2/3)'), how: { kind: 'hold' } });
    await press(tweet, 'Tweet thread of 3');
    await waitFor('the held request', held.hit);
    await waitForStatus(tweet, 'Posting tweet 2 of 3…');
    expect(await tweet.$eval('progress', ({ value, max }) => [value, max])).toEqual([1, 3]);
    held.release();
    await waitForStatus(tweet, 'Posted a thread of 3 tweets as bob_on_x.');
    expect(newest(3)).toEqual(['Alpha (1/3)', 'Beta (2/3)', 'Gamma (3/3)']);
    const [gamma, beta, alpha] = sandbox.x.tweetsOf('bob_on_x');
    expect([gamma?.inReplyTo, beta?.inReplyTo]).toEqual([beta, alpha]);
  });

  test('a thread goes on without the popup, and the next popup tells how it ends', async () => {
    const { browser, sandbox } = journey;
    const tweet = await openTweet();
    await writeTweet(tweet, 'Kappa\n---\nLambda\n---\nMu');
    const held = sandbox.misbehave({ ...isPost, where: isPart('Lambda (2/3)'), how: { kind: 'hold' } });
    await press(tweet, 'Tweet thread of 3');
    await waitFor('the held request', held.hit);
    await closePopup();

    popup = await browser.openPopup(front);
    await selectTab(popup, 'Tweet');
    await waitForStatus(popup, 'Posting tweet 2 of 3…');
    held.release();
    await waitForStatus(popup, 'Posted a thread of 3 tweets as bob_on_x.');
    expect(newest(3)).toEqual(['Kappa (1/3)', 'Lambda (2/3)', 'Mu (3/3)']);
  });

  test('what X would not take is refused at the text, and the text kept', async () => {
    const { sandbox } = journey;
    const before = sandbox.requests.count(isPost);
    const tweet = await openTweet();
    await press(tweet, 'Tweet');
    await waitForSentence(tweet, /This must not be empty/);
    await writeTweet(tweet, 'A mark\uFEFF inside');
    await waitForText(tweet, 'X does not take the character U+FEFF after “A mark”.');
    await press(tweet, 'Tweet');
    await waitForSentence(tweet, /character in it that X does not take/);
    expect(await readTweetText(tweet)).toBe('A mark\uFEFF inside');
    await press(tweet, 'Remove it');
    await waitForText(tweet, 'Characters left: 267');
    expect(await readTweetText(tweet)).toBe('A mark inside');
    // Half of a letter: the protocols can't carry it, so it is put together in the page.
    await tweet.$eval('textarea', (area) => {
      area.value = `Half a ${String.fromCharCode(0xd83d)} bee`;
      area.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await waitForText(tweet, 'X does not take the character U+D83D after “Half a ”.');
    await press(tweet, 'Tweet');
    await waitForSentence(tweet, /character in it that X does not take/);
    expect(await tweet.$eval('textarea', ({ value }) => [value.length, value.charCodeAt(7)])).toEqual([
      12, 0xd83d,
    ]);
    expect(sandbox.requests.count(isPost)).toBe(before);
  });

  test('a thread refused in the middle keeps the rest, which goes on under it, even after the popup closed', async () => {
    const { sandbox } = journey;
    const tweet = await openTweet();
    await writeTweet(tweet, 'Delta\n---\nEpsilon\n---\nZeta');
    sandbox.x.refusesOwnReplies = true;
    await press(tweet, 'Tweet thread of 3');
    await waitForSentence(tweet, /The thread stopped: 1 of 3 posted. The rest is kept in the text./);
    expect(newest(1)).toEqual(['Delta (1/3)']);
    sandbox.x.refusesOwnReplies = false;
    await closePopup();

    const later = await openTweet();
    await press(later, 'Post the rest');
    await waitForStatus(later, 'Posted a thread of 2 tweets as bob_on_x.');
    expect(newest(3)).toEqual(['Delta (1/3)', 'Epsilon (2/3)', 'Zeta (3/3)']);
    const [, epsilon, delta] = sandbox.x.tweetsOf('bob_on_x');
    expect(epsilon?.inReplyTo).toBe(delta);
  });

  test('the same text twice: X’s refusal is told, and the text kept', async () => {
    const tweet = await openTweet();
    await writeTweet(tweet, 'Once is enough');
    await press(tweet, 'Tweet');
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    await writeTweet(tweet, 'Once is enough');
    await press(tweet, 'Tweet');
    await waitForSentence(tweet, /You have posted this very text already/);
    expect(await readTweetText(tweet)).toBe('Once is enough');
    expect(countOf('Once is enough')).toBe(1);
  });

  test.each([
    { status: 402, title: 'CreditsDepleted', says: /Your app’s credits at X are used up/ },
    { status: 429, title: 'Too Many Requests', says: /asks for a pause because of too many requests/ },
  ])('$title is told as what it is, and the text kept', async ({ status, title, says }) => {
    const tweet = await openTweet();
    await writeTweet(tweet, `Kept at ${status}`);
    journey.sandbox.misbehave({
      ...isPost,
      how: { kind: 'status', status, body: JSON.stringify({ title, status, type: 'about:blank' }) },
    });
    await press(tweet, 'Tweet');
    await waitForSentence(tweet, says);
    expect(await readTweetText(tweet)).toBe(`Kept at ${status}`);
    expect(countOf(`Kept at ${status}`)).toBe(0);
    await press(tweet, 'Tweet');
    await waitForStatus(tweet, 'Posted as bob_on_x.');
  });

  test('in the Activity a thread that stopped goes on, and each of it is deleted', async () => {
    const { sandbox } = journey;
    const before = newest(1);
    const tweet = await openTweet();
    await writeTweet(tweet, 'Tau\n---\nUpsilon');
    sandbox.x.refusesOwnReplies = true;
    await press(tweet, 'Tweet thread of 2');
    await waitForSentence(tweet, /The thread stopped: 1 of 2 posted/);
    sandbox.x.refusesOwnReplies = false;
    await selectTab(tweet, 'Activity');
    await press(tweet, 'Try again');
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    expect(newest(2)).toEqual(['Tau (1/2)', 'Upsilon (2/2)']);
    await selectTab(tweet, 'Tweet');
    expect(await readTweetText(tweet)).toBe('');
    await selectTab(tweet, 'Activity');
    // What went on is an entry of its own, the newest; then that of the beginning is the only one of the two.
    for (const text of ['Upsilon (2/2)', 'Tau (1/2)']) {
      const entry = await findEntry(tweet, text);
      await press(entry, 'Delete');
      await press(entry, 'Confirm');
      await waitUntil(`${text} to be deleted`, () => Promise.resolve(countOf(text) === 0));
      await waitForStatus(tweet, 'Deleted 1 tweet.');
    }
    expect(newest(1)).toEqual(before);
  });

  test('an answer that was lost after X acted: told to be unknown, and never posted twice', async () => {
    const { sandbox } = journey;
    const tweet = await openTweet();
    const loseAnswer = async (text: string) => {
      await writeTweet(tweet, text);
      sandbox.misbehave({ ...isPost, how: 'drop-after' });
      await press(tweet, 'Tweet');
      await waitForSentence(tweet, /not known whether this tweet was posted/);
      expect(sandbox.requests.count({ ...isPost, where: isPart(text) })).toBe(1);
      expect(countOf(text)).toBe(1);
      expect(await readTweetText(tweet)).toBe(text);
    };

    await loseAnswer('Did it arrive? https://example.com/here');
    await press(tweet, lookWhetherItIsThere);
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    const [found] = sandbox.x.tweetsOf('bob_on_x');
    expect(await tweet.$$(`a[href$="/status/${found?.id ?? ''}"]`)).toHaveLength(1);

    // Sent again instead, X's refusal of a duplicate says that it had arrived.
    await loseAnswer('And this one?');
    await press(tweet, 'Tweet');
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    expect(countOf('And this one?')).toBe(1);
  });

  test('a sign-in that ended while the tweet was written is renewed, and the tweet sent once', async () => {
    const { sandbox } = journey;
    const tweet = await openTweet();
    await writeTweet(tweet, 'Two hours of thought');
    const renewals = sandbox.requests.count(isRenewal);
    for (const token of sandbox.x.validAccessTokens('bob_on_x')) sandbox.x.expire(token);
    await sendByKeyboard(tweet);
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    expect(sandbox.requests.count(isRenewal)).toBe(renewals + 1);
    expect(countOf('Two hours of thought')).toBe(1);
  });

  test('Options and the popup need a new token at the same time: it is asked for once', async () => {
    const { browser, sandbox } = journey;
    const accounts = await browser.openExtensionPage('options.html#accounts');
    const row = await findAccount(accounts, 'X');
    const tweet = await openTweet();
    await writeTweet(tweet, 'Both at once');
    const renewals = sandbox.requests.count(isRenewal);
    for (const token of sandbox.x.validAccessTokens('bob_on_x')) sandbox.x.expire(token);
    const held = sandbox.misbehave({ ...isRenewal, how: { kind: 'hold' } });
    // It lies behind the tab under the popup, which would close if that came to the front.
    await row.$eval('button', (button) => button.click());
    await waitFor('the held request', held.hit);
    await press(tweet, 'Tweet');
    await waitForStatus(tweet, 'Posting');
    held.release();
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    await waitForStatus(accounts, 'Renewed bob_on_x.');
    expect(sandbox.requests.count(isRenewal)).toBe(renewals + 1);
    expect(countOf('Both at once')).toBe(1);
    await accounts.close();
  });

  /** The background dies while the second tweet of a thread is under way; resolves when the popup tells of it. */
  async function killAtSecond(parts: readonly string[], when: 'lost' | 'after'): Promise<Page> {
    const { browser, sandbox } = journey;
    const tweet = await openTweet();
    await writeTweet(tweet, parts.join('\n---\n'));
    const second = `${parts[1] ?? ''} (2/${parts.length})`;
    const held = sandbox.misbehave({ ...isPost, where: isPart(second), how: { kind: 'hold', when } });
    await press(tweet, `Tweet thread of ${parts.length}`);
    await waitFor('the held request', held.hit);
    await browser.stopWorker();
    held.release();
    await waitForSentence(tweet, /1 of \d posted.*not known whether this tweet was posted/);
    expect(countOf(second)).toBe(when === 'lost' ? 0 : 1);
    return tweet;
  }

  test('a background that died with a tweet on its way that X never got: it is sent after a look', async () => {
    const tweet = await killAtSecond(['Nu', 'Xi'], 'lost');
    await press(tweet, lookWhetherItIsThere);
    await waitForSentence(tweet, /not among your newest tweets/);
    await press(tweet, 'Post the rest');
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    expect(newest(2)).toEqual(['Nu (1/2)', 'Xi (2/2)']);
  });

  test('a background that died with a tweet on its way that X got: the thread goes on under it', async () => {
    const tweet = await killAtSecond(['Pi', 'Rho', 'Sigma'], 'after');
    await press(tweet, lookWhetherItIsThere);
    await waitForSentence(tweet, /2 of 3 posted.*It was posted after all/);
    expect(await readTweetText(tweet)).toBe('Sigma (3/3)');
    await press(tweet, 'Post the rest');
    await waitForStatus(tweet, 'Posted as bob_on_x.');
    expect(newest(3)).toEqual(['Pi (1/3)', 'Rho (2/3)', 'Sigma (3/3)']);
    const [sigma, rho] = journey.sandbox.x.tweetsOf('bob_on_x');
    expect(sigma?.inReplyTo).toBe(rho);
  });

  test('a background that died between two tweets of a thread goes on where it was', async () => {
    const { browser, sandbox } = journey;
    // So short that it is renewed before each tweet: the moment between two of them that can be held.
    sandbox.x.accessTokenSeconds = 60;
    for (const token of sandbox.x.validAccessTokens('bob_on_x')) sandbox.x.expire(token);
    const tweet = await openTweet();
    await writeTweet(tweet, 'Eta\n---\nTheta\n---\nIota');
    const held = sandbox.misbehave({
      ...isRenewal,
      where: (request) => isRenewal.where(request) && newest(1)[0] === 'Eta (1/3)',
      how: { kind: 'hold', when: 'lost' },
    });
    await press(tweet, 'Tweet thread of 3');
    await waitFor('the held request', held.hit);
    await browser.stopWorker();
    held.release();
    await waitForStatus(tweet, 'Posted a thread of 3 tweets as bob_on_x.');
    expect(newest(3)).toEqual(['Eta (1/3)', 'Theta (2/3)', 'Iota (3/3)']);
  });

  test('signing out takes both tokens back, and leaves the free way', async () => {
    const { browser, sandbox } = journey;
    const listTokens = () => [
      sandbox.x.validAccessTokens('bob_on_x').at(-1),
      sandbox.x.validRefreshTokens('bob_on_x').at(-1),
    ];
    const [access, refresh] = listTokens();
    const accounts = await browser.openExtensionPage('options.html#accounts');
    await press(await findAccount(accounts, 'X'), 'Sign out');
    await press(await findAccount(accounts, 'X'), 'Confirm');
    await waitForStatus(accounts, 'Signed out bob_on_x: X has revoked the token');
    expect(refresh).toBeDefined();
    expect(listTokens()).not.toContain(refresh);
    expect(listTokens()).not.toContain(access);
    await accounts.close();
    await waitForText(await openTweet(), 'Connect an X account to post from here');
  });

  test('no token is shown or logged, and no call to X names the extension as its origin', async () => {
    const { browser, sandbox } = journey;
    const calls = sandbox.requests.find({ host: 'api.x.com' });
    expect(sandbox.requests.count(isToken)).toBeGreaterThanOrEqual(4);
    expect(calls.map(({ headers }) => headers.origin)).toEqual(calls.map(() => undefined));

    const tokens = new Set([
      ...calls.flatMap(({ headers, body }) => [
        headers['authorization']?.replace('Bearer ', '') ?? '',
        new URLSearchParams(body).get('refresh_token') ?? '',
        // Of the sign-out.
        new URLSearchParams(body).get('token') ?? '',
      ]),
    ]);
    tokens.delete('');
    expect(tokens.size).toBeGreaterThanOrEqual(4);
    expect(shown.length).toBeGreaterThan(5);
    const seen = {
      popup: shown.join('\n'),
      options: await options.content(),
      consoles: browser.consoleLines.join('\n'),
    };
    expect(seen.popup).toContain('bob_on_x');
    for (const [where, text] of Object.entries(seen))
      for (const token of tokens)
        expect(text.includes(token), `${where} holds ${token.slice(0, 12)}`).toBe(false);
    expect(await readRole(options, 'alert')).toEqual([]);
  });
});

/** The newest entry of the Activity that shows this text. */
async function findEntry(page: Page, text: string): Promise<ElementHandle> {
  let found: ElementHandle | undefined;
  await waitUntil(`the entry of ${text}`, async () => {
    for (const entry of (await page.$$('li.entry')).toReversed())
      if (await entry.evaluate(({ textContent }, wanted) => textContent.includes(wanted), text))
        found = entry;
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`No entry of ${text}`);
  return found;
}

/** Whether a request posts this very text. */
function isPart(text: string): (request: SandboxRequest) => boolean {
  return ({ body }) => body.includes(JSON.stringify(text));
}
