/** Vote and tweet, from the popup and beside a post: both are done, told apart, and what failed is done again alone. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { rareChainTexts } from '../sandbox/index.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { seededXApp } from '../sandbox/x/seed.ts';
import { readStorage } from './driver/extension-page.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import { createOverlay, postActions, visitSite, voteDialog } from './overlay.ts';
import {
  chooseInMenu,
  chooseUndo,
  openVote,
  readMark,
  tweetAbout,
  waitForButtons,
  waitForDialog,
  waitForMark,
  waitForNoDialog,
} from './page-steps.ts';
import { press, readRole, setUpService, waitForStatus, waitUntil } from './steps.ts';
import { answerConsent, openConsent, registerXApps, waitForConsent, waitForText } from './x-steps.ts';

const isPost = { host: 'api.x.com', method: 'POST', path: '/2/tweets' };
const isVote = { path: '/api/broadcast', method: 'POST' };
const { fresh, emoji, chinese, rightToLeft } = seededPosts;
const linkOf = ({ author, permlink }: { author: string; permlink: string }) =>
  `https://steemit.com/travel/@${author}/${permlink}`;

describe.each(browserNames)('vote and tweet in %s', (name) => {
  let journey: Journey;
  let options: Page;
  const open: Page[] = [];

  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
    await chooseUndo(options, 'Off');
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  afterEach(async () => {
    journey.sandbox.behave();
    for (const page of open.splice(0)) await page.close().catch(() => undefined);
    journey.sandbox.requests.clear();
  });

  const visit = async (post: { author: string; permlink: string }) => {
    const page = await visitSite(journey.browser, linkOf(post));
    open.push(page);
    await waitForButtons(journey.browser, page, post);
    return page;
  };
  const votesOfBob = ({ author, permlink }: { author: string; permlink: string }) =>
    journey.sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob').length;
  /** Of this journey: one of Bob's older tweets is about a post, too. */
  const tweetsAbout = ({ permlink }: { permlink: string }) =>
    journey.sandbox.requests.count({ ...isPost, where: ({ body }) => body.includes(permlink) }) === 0
      ? 0
      : journey.sandbox.x
          .tweetsOf('bob_on_x')
          .slice(0, 5)
          .filter(({ text }) => text.includes(permlink)).length;
  /** Opens the popup on a post's page, at the preview of the tweet that goes with the vote. */
  const beginInPopup = async (post: { author: string; permlink: string }) => {
    const popup = await journey.browser.openPopup(await visit(post));
    open.push(popup);
    await popup.waitForSelector('::-p-text(Voting power)');
    await press(popup, 'Vote and tweet');
    await waitUntil('the tweet about the post', () =>
      popup.$eval('textarea', ({ value }) => value.includes('https://steemit.com/')).catch(() => false),
    );
    return popup;
  };
  /** The same in the popover beside the post. */
  const beginOnPage = async (post: { author: string; permlink: string }) => {
    const page = await visit(post);
    await openVote(journey.browser, page, post);
    const dialog = createOverlay(journey.browser, page, voteDialog);
    await dialog.press('Vote and tweet');
    await waitForDialog(journey.browser, page, 'the tweet', ({ text }) => text.includes(`@${post.author}/`));
    return { page, dialog };
  };

  /** Our composer with this text: the popup, or a tab where no popup can be seen by the protocol. */
  const waitForComposer = async (text: RegExp): Promise<Page> => {
    const { browser } = journey;
    // Another tab would close the popup before it has taken what was chosen.
    if (browser.name === 'firefox')
      await waitUntil('the popup to take what was chosen', async () => {
        const draft = (await readStorage(options)).session['draft:tweet'] as { text?: string } | undefined;
        return text.test(draft?.text ?? '');
      });
    const composer =
      browser.name === 'chromium'
        ? await browser.waitForWindow(({ pathname }) => pathname === '/popup.html')
        : await browser.openExtensionPage('popup.html#tweet-in-tab');
    await composer.waitForSelector('form.tweet button[type=submit][aria-disabled=false]');
    await waitUntil(`the text ${String(text)}`, () =>
      composer
        .$eval('textarea', ({ value }) => value)
        .then(
          (value) => text.test(value),
          () => false,
        ),
    );
    return composer;
  };

  test.each([
    {
      entry: { context: 'page', id: 'tweet-page', label: 'Tweet this page', selector: 'body' },
      text: /^山中小屋的三天\nhttps:\/\/steemit\.com\/\S+\/zhongwen-biaoti\n#cn$/,
    },
    {
      entry: { context: 'selection', id: 'tweet-selection', label: 'Tweet this selection', selector: 'h1' },
      text: /^“山中小屋的三天”\nhttps:\/\/steemit\.com\/\S+\/zhongwen-biaoti$/,
    },
    {
      entry: { context: 'link', id: 'tweet-link', label: 'Tweet this link', selector: 'a[href="/@alice"]' },
      text: /^https:\/\/steemit\.com\/@alice$/,
    },
  ] as const)('"$entry.label" in the menu opens the composer with it', async ({ entry, text }) => {
    const page = await visit(chinese);
    await chooseInMenu(journey.browser, page, entry);
    open.push(await waitForComposer(text));
  });

  test('without an account at X it votes, then opens X’s own composer', async () => {
    const { browser, sandbox } = journey;
    const { page, dialog } = await beginOnPage(emoji);
    await dialog.press('Vote and tweet');
    const composer = await browser.waitForWindow(({ pathname }) => pathname === '/intent/tweet');
    open.push(composer);
    expect(votesOfBob(emoji)).toBe(1);
    await waitUntil('the post in the composer', () =>
      composer.$eval('textarea', ({ value }) => value.includes('emoji-title')).catch(() => false),
    );
    expect(sandbox.requests.count(isPost)).toBe(0);
    await page.bringToFront();
  });

  test('beside a post: shown with its price first, then both are done', async () => {
    const { browser, sandbox } = journey;
    await registerXApps(journey, options);
    await options.bringToFront();
    await setUpService(options, { service: 'X', clientId: seededXApp.clientId });
    await answerConsent(await openConsent(journey, options), 'Authorize app');
    await waitForStatus(options, 'Signed in as bob_on_x.');

    // The page's Tweet button leads to the composer now, where posting is allowed.
    const first = await visit(fresh);
    await createOverlay(browser, first, postActions).press(tweetAbout(fresh));
    const composer = await waitForComposer(/^Notes from a mountain hut\nhttps:\/\/steemit\.com\/.*\n#/);
    await waitForText(composer, 'for reading only so far');
    await press(composer, 'Allow posting');
    await answerConsent(await waitForConsent(browser), 'Authorize app');
    await waitUntil('the right to post', () =>
      Promise.resolve(sandbox.x.consentsOf('bob_on_x').some(({ scope }) => scope.includes('tweet.write'))),
    );
    await composer.close().catch(() => undefined);

    const { page, dialog } = await beginOnPage(fresh);
    const { text } = await waitForDialog(browser, page, 'the price', (shown) => shown.text.includes('$0.20'));
    expect(text).toContain('Will be tweeted as bob_on_x');
    expect(sandbox.requests.count(isPost) + sandbox.requests.count(isVote)).toBe(0);
    await dialog.press('Vote and tweet');
    await waitForNoDialog(browser, page);
    await waitForMark(browser, page, fresh, 'Voted 100 % · Tweeted');
    expect([votesOfBob(fresh), tweetsAbout(fresh)]).toEqual([1, 1]);
  });

  test('beside a post: the tweet fails, the vote stands, and the tweet alone is tried again', async () => {
    const { browser, sandbox } = journey;
    const { page, dialog } = await beginOnPage(chinese);
    sandbox.misbehave({
      ...isPost,
      how: { kind: 'status', status: 402, body: '{"title":"CreditsDepleted"}' },
    });
    await dialog.press('Vote and tweet');
    await waitForDialog(browser, page, 'both ends', ({ alert }) =>
      /Voted 100 %.*Not tweeted: .*credits/s.test(alert),
    );
    expect((await readMark(browser, page, chinese))?.text).toBe('Voted 100 % · Not tweeted');
    await dialog.press('Try the tweet again');
    await waitForMark(browser, page, chinese, 'Voted 100 % · Tweeted');
    expect([votesOfBob(chinese), tweetsAbout(chinese)]).toEqual([1, 1]);
    expect(sandbox.requests.count(isVote)).toBe(1);
  });

  test('from the popup: the text is the person’s to change; a vote that fails is tried again alone', async () => {
    const { sandbox } = journey;
    const popup = await beginInPopup(rightToLeft);
    await waitForText(popup, 'Posting this costs about $0.20');
    const area = await popup.$('textarea');
    await area?.asLocator().fill(`bob-was-here ${linkOf(rightToLeft)}`);
    sandbox.steem.refuseNext(rareChainTexts.tooSmall, { voter: 'bob' });
    await press(popup, 'Vote and tweet');
    await waitUntil(
      'the button to try the vote again',
      async () => (await popup.$$('::-p-aria([name="Try the vote again"][role="button"])')).length > 0,
    );
    expect((await readRole(popup, 'status')).join()).toContain('Posted as bob_on_x.');
    expect([votesOfBob(rightToLeft), tweetsAbout(rightToLeft)]).toEqual([0, 1]);
    await press(popup, 'Try the vote again');
    await waitForText(popup, 'Voted 100 %');
    await waitForStatus(popup, /Voted 100 % on carol\/rtl-title as bob/);
    expect([votesOfBob(rightToLeft), tweetsAbout(rightToLeft)]).toEqual([1, 1]);
    expect(sandbox.requests.count(isPost)).toBe(1);
  });
});
