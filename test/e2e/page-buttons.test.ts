/**
 * Journey 4, and the page's part of 5: Vote and Tweet beside the posts of all sites, and what else a person meets there.
 * That each site's post page votes is in vote.test.ts.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rareChainTexts, type SandboxChain } from '../sandbox/index.ts';
import { getPageSwitches } from '../sandbox/pages/index.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import { createOverlay, postActions, visitSite, voteDialog, voteOnPage } from './overlay.ts';
import {
  chooseInMenu,
  chooseUndo,
  followLink,
  nameOf,
  openVote,
  readDialog,
  readFocus,
  readMark,
  scrollToPost,
  toggleSite,
  tweetAbout,
  voteOn,
  waitForButtons,
  waitForDialog,
  waitForMark,
  waitForNoDialog,
  type PostName,
} from './page-steps.ts';
import { findField, waitFor, waitUntil } from './steps.ts';

const broadcasts = { path: '/api/broadcast', method: 'POST' };

describe.each(browserNames)('on the pages in %s', (name) => {
  let journey: Journey;
  const open: Page[] = [];
  beforeAll(async () => {
    journey = await startJourney(name);
    // It comes to the front when it opens, and a popover on a page behind it is not seen.
    await journey.browser.firstRunPage();
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  beforeEach(async () => {
    for (const page of open.splice(0)) await page.close().catch(() => undefined);
    journey.sandbox.requests.clear();
    Object.assign(getPageSwitches(journey.sandbox), { hiveBlogCode: 'newer', markup: 'known' });
  });

  const visit = async (url: string) => {
    const page = await visitSite(journey.browser, url);
    open.push(page);
    return page;
  };
  const openOptions = async () => {
    const page = await journey.browser.openOptions();
    open.push(page);
    return page;
  };
  /** The address of the tab of a host that opens. Asked of the page: the protocols tell of it early or late. */
  const waitForTab = async (host: string) => {
    const tab = await journey.browser.waitForWindow((url) => url.host === host);
    open.push(tab);
    await tab.waitForFunction((wanted) => location.host === wanted, { polling: 20 }, host);
    return new URL(await tab.evaluate(() => location.href));
  };
  /** Bob's votes on a post, in percent. */
  const votesOfBob = (chain: SandboxChain, { author, permlink }: PostName) =>
    chain
      .votesOn(author, permlink)
      .filter(({ voter }) => voter === 'bob')
      .map(({ percent }) => percent / 100);

  test.each([
    { site: 'steemit.com', signer: 'steemlogin.com' },
    { site: 'hive.blog', signer: 'hivesigner.com' },
  ])('without an account, Vote on $site opens the sign link of $signer', async ({ site, signer }) => {
    const { browser, sandbox } = journey;
    const page = await visit(`https://${site}/nature/@carol/emoji-title`);
    const { text } = await openVote(browser, page, seededPosts.emoji);
    expect(text).toContain('No account is connected for this site');
    const dialog = createOverlay(browser, page, voteDialog);
    await dialog.typeNumber('33');
    await dialog.press('Vote');
    const { pathname, searchParams } = await waitForTab(signer);
    expect(pathname).toBe('/sign/vote');
    expect(Object.fromEntries(searchParams)).toEqual({ ...seededPosts.emoji, weight: '3300' });
    expect(sandbox.requests.count(broadcasts)).toBe(0);
    expect(await readDialog(browser, page)).toBeUndefined();
  });

  test('Tweet opens the web intent with title, link and tags', async () => {
    const { browser } = journey;
    const page = await visit('https://hive.blog/created');
    await createOverlay(browser, page, postActions).press(tweetAbout(seededPosts.chinese));
    const { pathname, searchParams } = await waitForTab('x.com');
    expect(pathname).toBe('/intent/tweet');
    expect(searchParams.get('text')).toBe('山中小屋的三天');
    expect(searchParams.get('url')).toContain(`/@${nameOf(seededPosts.chinese)}`);
    expect(searchParams.get('hashtags')).toBe('cn');
  });

  describe('with an account', () => {
    beforeAll(async () => {
      const options = await journey.browser.firstRunPage();
      await options.bringToFront();
      await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
      await connectAccount(journey, options, { service: 'hivesigner', name: 'bob' });
      await chooseUndo(options, 'Off');
    });

    test.each([
      { host: 'hive.blog', code: 'newer', far: 'garden-diary-25', next: 'kitchen-diary-26', weight: 11 },
      { host: 'hive.blog', code: 'older', far: 'harbour-diary-27', next: 'workshop-diary-28', weight: 12 },
      { host: 'ecency.com', code: 'newer', far: 'library-diary-29', next: 'orchard-diary-30', weight: 13 },
      { host: 'peakd.com', code: 'newer', far: 'market-diary-31', next: 'lighthouse-diary-32', weight: 14 },
    ] as const)(
      'in a feed of $host ($code code), after endless scrolling and pushState navigation',
      async ({ host, code, far, next, weight }) => {
        const { browser, sandbox } = journey;
        getPageSwitches(sandbox).hiveBlogCode = code;
        const [first, second] = [far, next].map((permlink) => ({
          author: sandbox.hive.listPosts().find((post) => post.permlink === permlink)?.author ?? '',
          permlink,
        })) as [PostName, PostName]; // Two in, two out.

        const page = await visit(`https://${host}/created`);
        await waitForButtons(browser, page, seededPosts.fresh);
        await scrollToPost(browser, page, first);
        await voteOnPage(browser, page, { ...first, weight: String(weight) });
        await waitForMark(browser, page, first, `Voted ${weight} %`);
        expect(votesOfBob(sandbox.hive, first)).toEqual([weight]);

        await scrollToPost(browser, page, second);
        await followLink(page, second);
        await voteOnPage(browser, page, { ...second, weight: String(weight + 10) });
        await waitForMark(browser, page, second, `Voted ${weight + 10} %`);
        expect(votesOfBob(sandbox.hive, second)).toEqual([weight + 10]);
        expect(votesOfBob(sandbox.steem, second)).toEqual([]);

        await page.goBack();
        await waitForButtons(browser, page, seededPosts.votedByBob);
        const names = await createOverlay(browser, page, postActions).buttons();
        expect(names.filter((button) => button === voteOn(seededPosts.fresh))).toHaveLength(1);
      },
    );

    test('on a post page of the older hive.blog', async () => {
      const { browser, sandbox } = journey;
      getPageSwitches(sandbox).hiveBlogCode = 'older';
      const page = await visit(`https://hive.blog/life/@${nameOf(seededPosts.rightToLeft)}`);
      await voteOnPage(browser, page, { ...seededPosts.rightToLeft, weight: '61' });
      await waitForMark(browser, page, seededPosts.rightToLeft, 'Voted 61 %');
      expect(votesOfBob(sandbox.hive, seededPosts.rightToLeft)).toEqual([61]);
    });

    test('on d.buzz, whose router leads from one post to another', async () => {
      const { browser, sandbox } = journey;
      const [from, to] = [seededPosts.lastHours, { author: 'carol', permlink: 'kitchen-diary-2' }] as const;
      const page = await visit(`https://d.buzz/@${nameOf(from)}`);
      await waitForButtons(browser, page, from);
      // Its cards hold no link; this is what its own click handler does.
      await page.evaluate(
        (path) => {
          history.pushState(null, '', path);
          dispatchEvent(new PopStateEvent('popstate'));
        },
        `/@${nameOf(to)}`,
      );
      await voteOnPage(browser, page, { ...to, weight: '62' });
      await waitForMark(browser, page, to, 'Voted 62 %');
      expect(votesOfBob(sandbox.hive, to)).toEqual([62]);
      expect(votesOfBob(sandbox.hive, from)).toEqual([]);
    });

    test('a refusal is a sentence with details in a popover that stays, and Vote works again', async () => {
      const { browser, sandbox } = journey;
      const post = seededPosts.chinese;
      const page = await visit(`https://ecency.com/@${nameOf(post)}`);
      await openVote(browser, page, post);
      const dialog = createOverlay(browser, page, voteDialog);
      await dialog.typeNumber('63');
      sandbox.hive.refuseNext(rareChainTexts.tooSmall, { voter: 'bob' });
      await dialog.press('Vote');
      const refused = await waitForDialog(browser, page, 'a refusal', ({ alert }) => alert !== '');
      const sentence = 'This vote is too weak for the chain to count. Choose a larger weight.';
      expect(refused.alert).toContain(`${sentence}Details`);
      expect(refused.alert).toContain('Voting weight is too small');
      expect(refused.weight).toBe('63');
      expect(await readMark(browser, page, post)).toEqual({ text: 'Not voted', failure: sentence });
      await browser.screenshot(page, 'page-refusal');
      expect(votesOfBob(sandbox.hive, post)).toEqual([]);

      await dialog.press('Vote');
      await waitForNoDialog(browser, page);
      await waitForMark(browser, page, post, 'Voted 63 %');
      expect(votesOfBob(sandbox.hive, post)).toEqual([63]);
    });

    test('with the keyboard alone', async () => {
      const { browser, sandbox } = journey;
      const post = { author: 'alice', permlink: 'garden-diary-1' };
      const page = await visit(`https://hive.blog/diary/@${nameOf(post)}`);
      await waitForButtons(browser, page, post);
      const tabTo = (wanted: string, elementName: string) =>
        waitUntil(`the focus on ${wanted}`, async () => {
          await page.keyboard.press('Tab');
          return (await readFocus(browser, page, elementName)) === wanted;
        });
      await tabTo(voteOn(post), postActions);
      await page.keyboard.press('Enter');
      await waitForDialog(browser, page, 'the facts', ({ text }) => text.includes('reputation'));
      await page.keyboard.press('Escape');
      await waitForNoDialog(browser, page);
      expect(await readFocus(browser, page, postActions)).toBe(voteOn(post));

      await page.keyboard.press('Enter');
      const { weight } = await waitForDialog(browser, page, 'the facts', ({ text }) =>
        text.includes('reputation'),
      );
      expect(await readFocus(browser, page, voteDialog)).toBe('range');
      await page.keyboard.press('ArrowLeft');
      await waitForDialog(
        browser,
        page,
        'one percent less',
        (seen) => Number(seen.weight) === Number(weight) - 1,
      );
      await tabTo('Vote', voteDialog);
      // Round and round within the popover, and never out of it.
      await tabTo('Close', voteDialog);
      await tabTo('Vote', voteDialog);
      await waitForDialog(browser, page, 'to act', ({ acts }) => acts);
      await page.keyboard.press('Enter');
      await waitForNoDialog(browser, page);
      await waitForMark(browser, page, post, `Voted ${Number(weight) - 1} %`);
      expect(votesOfBob(sandbox.hive, post)).toEqual([Number(weight) - 1]);
      expect(await readFocus(browser, page, postActions)).toBe(voteOn(post));
    });

    test('a vote can be undone before it leaves, for as long as chosen', async () => {
      const { browser, sandbox } = journey;
      await chooseUndo(await openOptions(), '3 seconds');
      const post = { author: 'erin', permlink: 'harbour-diary-3' };
      const page = await visit(`https://peakd.com/diary/@${nameOf(post)}`);
      await openVote(browser, page, post);
      const dialog = createOverlay(browser, page, voteDialog);
      await dialog.typeNumber('64');
      await dialog.press('Vote');
      await waitForDialog(browser, page, 'the countdown', ({ status }) =>
        /Voting 64 % in \d second/.test(status),
      );
      await dialog.press('Undo');
      const undone = await waitForDialog(browser, page, 'no countdown', ({ status }) => status === '');
      expect(undone.weight).toBe('64');

      const pressedAt = performance.now();
      await dialog.press('Vote');
      await waitFor('the vote at the service', sandbox.requests.next(broadcasts));
      // The undone vote would have left by now, and this one did not leave early; browsers may round a timer down.
      expect(performance.now() - pressedAt).toBeGreaterThan(2900);
      await waitForNoDialog(browser, page);
      expect(sandbox.requests.count(broadcasts)).toBe(1);
      expect(votesOfBob(sandbox.hive, post)).toEqual([64]);
      await chooseUndo(await openOptions(), 'Off');
    });

    test('a site is switched off and on in Options', async () => {
      const { browser } = journey;
      await toggleSite(await openOptions(), 'hive.blog');
      const off = await visit(`https://hive.blog/cn/@${nameOf(seededPosts.chinese)}`);
      const other = await visit(`https://peakd.com/cn/@${nameOf(seededPosts.chinese)}`);
      await waitForButtons(browser, other, seededPosts.chinese);
      // Opened earlier than the page that has its buttons by now.
      expect(await createOverlay(browser, off, postActions).buttons()).toEqual([]);

      await toggleSite(await openOptions(), 'hive.blog');
      await off.bringToFront();
      await off.reload();
      await waitForButtons(browser, off, seededPosts.chinese);
    });

    test('a site that was built anew is known by its links; where nothing is known, the popup says so', async () => {
      const { browser, sandbox } = journey;
      getPageSwitches(sandbox).markup = 'renamed';
      const url = `https://hive.blog/travel/@${nameOf(seededPosts.fresh)}`;
      await waitForButtons(browser, await visit(url), seededPosts.fresh);

      getPageSwitches(sandbox).markup = 'changed';
      const page = await visit(url);
      await waitUntil('the report of the page', async () =>
        JSON.stringify((await browser.storageDump()).session).includes('"isPostFound":false'),
      );
      expect(await createOverlay(browser, page, postActions).buttons()).toEqual([]);
      const popup = await browser.openPopup(page);
      open.push(popup);
      await popup.waitForSelector(
        '::-p-text(This site has changed: Latchkey found no post on this page of hive.blog.)',
      );
      const field = await findField(popup, 'Post');
      expect(await field.evaluate(({ value }) => value)).toBe(url);
    });

    test('"Vote on this post" in the menu of a link opens the popup with that post', async () => {
      const { browser, sandbox } = journey;
      const page = await visit('https://hive.blog/created');
      await waitForButtons(browser, page, seededPosts.votedByBob);
      sandbox.requests.clear();
      await chooseInMenu(browser, page, {
        context: 'link',
        selector: `[data-testid=post-title] a[href$="${seededPosts.votedByBob.permlink}"]`,
        id: 'vote',
        label: 'Vote on this post',
      });
      if (name === 'chromium') {
        const popup = await browser.waitForWindow((url) => url.pathname === '/popup.html');
        open.push(popup);
        const field = await findField(popup, 'Post');
        await waitUntil('the link in the form', () =>
          field.evaluate(({ value }) => value.includes('@carol/city-bees')),
        );
      } else {
        // BiDi does not tell of real popups; the chain is asked for that post by nothing but the popup's form.
        await waitUntil('the popup to ask for the post', () =>
          Promise.resolve(
            sandbox.requests.find({ host: 'api.hive.blog' }).some(({ body }) => body.includes('city-bees')),
          ),
        );
      }
    });

    test('Page attack 15: a page of before an update says so or has new buttons, and works after a reload', async () => {
      const { browser, sandbox } = journey;
      const post = seededPosts.fresh;
      const page = await visit(`https://peakd.com/travel/@${nameOf(post)}`);
      await waitForButtons(browser, page, post);
      await page.$$eval(postActions, (hosts) => hosts.forEach((host) => host.setAttribute('data-old', '')));
      await browser.updateExtension();
      await page.bringToFront();
      const actions = createOverlay(browser, page, postActions);
      if (name === 'chromium') {
        await actions.press(voteOn(post));
        const text = 'Latchkey was updated: reload this page.';
        await waitForMark(browser, page, post, text);
        await browser.screenshot(page, 'page-updated');
      } else {
        // Firefox runs the new script on the pages that are open; the old one's buttons must be gone.
        await waitUntil(
          'the buttons of the new script alone',
          async () =>
            (await page.$(`${postActions}[data-old]`)) === null && (await page.$(postActions)) !== null,
        );
        await openVote(browser, page, post);
        expect(await actions.buttons()).toEqual([voteOn(post), tweetAbout(post)]);
      }

      await page.reload();
      await voteOnPage(browser, page, { ...post, weight: '65' });
      expect(votesOfBob(sandbox.hive, post)).toEqual([65]);
    });
  });
});
