/** Votes on many posts: a list with faults in it, sent through everything that can end a browser's background, and posts collected on pages. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import type { BrowserDriver } from './driver/driver.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import { createOverlay, postActions, visitSite } from './overlay.ts';
import { nameOf, type PostName, readMark, voteOn, waitForButtons, waitForMark } from './page-steps.ts';
import { fill, findField, press, waitFor, waitForStatus, waitUntil } from './steps.ts';

const subjects = ['garden', 'kitchen', 'harbour', 'workshop', 'library', 'orchard', 'market', 'lighthouse'];
/** The newest posts of the seeded feed. */
const feed: readonly PostName[] = subjects.map((subject, index) => ({
  author: ['alice', 'carol', 'erin'][index % 3] ?? '',
  permlink: `${subject}-diary-${String(index + 1)}`,
}));
const list = [
  '# a list with faults',
  ...feed.map((post, index) => (index === 0 ? `https://hive.blog/@${nameOf(post)} 7.5 %` : nameOf(post))),
  'this is no post',
  `https://steemit.com/@${nameOf(seededPosts.fresh)}`,
  nameOf({ author: 'carol', permlink: 'kitchen-diary-2' }),
  'alice/never-written',
  nameOf(seededPosts.votesOff),
].join('\n');

const readText = (page: Page) => page.evaluate(() => document.body.innerText);
const waitForText = (page: Page, text: string) =>
  waitUntil(`"${text}" on ${page.url()}`, async () => (await readText(page)).includes(text));

/** Moves the focus to a post's Vote button and presses a key on it, with Shift. */
async function pressKey(browser: BrowserDriver, page: Page, post: PostName, key: 'Enter' | ' ') {
  const isIt = `(one) => one.ariaLabel === ${JSON.stringify(voteOn(post))}`;
  const focus = `(roots) => { roots.flatMap((root) => [...root.querySelectorAll('button')]).find(${isIt}).focus(); }`;
  await browser.callOnShadowRoots(page, postActions, focus);
  await page.keyboard.down('Shift');
  await page.keyboard.press(key);
  await page.keyboard.up('Shift');
}

describe.each(browserNames)('votes on many posts in %s', (name) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(name);
    const options = await journey.browser.firstRunPage();
    await connectAccount(journey, options, { service: 'hivesigner', name: 'bob' });
    await options.close();
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  const broadcasts = () => journey.sandbox.requests.count({ path: '/api/broadcast', method: 'POST' });
  /** Holds the broadcast after `count` more, with its vote cast. */
  const holdAfter = (count: number) => {
    const rule = { path: '/api/broadcast' };
    for (let index = 0; index < count; index += 1)
      journey.sandbox.misbehave({ ...rule, how: { kind: 'delay', ms: 0 } });
    return journey.sandbox.misbehave({ ...rule, how: { kind: 'hold', when: 'after' } });
  };

  test('a list is looked at, sent, and survives a dead background, an update and a restart of the browser', async () => {
    const { browser, sandbox } = journey;
    const typing = await browser.openExtensionPage('options.html#batch');
    await fill(typing, 'Weight for all', '5');
    await fill(typing, 'Posts', list);
    // What was typed is there again when the page is closed, and the background dies.
    await typing.close();
    await browser.stopWorker();
    const options = await browser.openExtensionPage('options.html#batch');
    await waitUntil('the list as it was typed', async () =>
      (await findField(options, 'Posts')).evaluate(({ value }, typed) => value === typed, list),
    );
    await press(options, 'Preview');
    await waitForText(options, 'Voting power: from');
    for (const text of [
      'Not a link to a Steem or Hive site',
      'is on Steem',
      'is in line 3 already',
      'switched votes off',
    ])
      expect(await readText(options)).toContain(text);
    await browser.screenshot(options, 'batch-preview');
    await options.$eval('table', (table) => table.scrollIntoView());
    await browser.screenshot(options, 'batch-preview-dark', { isDark: true });

    const dying = holdAfter(1);
    await press(options, 'Vote on 8 posts');
    await waitFor('the second vote at the service', dying.hit);
    await waitForText(options, 'of 8, about');
    await browser.screenshot(options, 'batch-running');
    await options.close();
    await browser.stopWorker();
    const updating = holdAfter(1);
    dying.release();

    const popup = await browser.openPopup();
    await waitFor('the fourth vote at the service', updating.hit);
    await browser.updateExtension();
    const pausing = holdAfter(1);
    updating.release();
    await popup.close().catch(() => undefined);

    const second = await browser.openPopup();
    await waitFor('the sixth vote at the service', pausing.hit);
    await press(second, 'Pause');
    await waitForText(second, 'of 8, paused');
    pausing.release();
    await waitForText(second, '6 of 8, paused');
    await browser.screenshot(second, 'batch-popup');
    await browser.screenshot(second, 'batch-popup-dark', { isDark: true });
    expect(broadcasts()).toBe(6);

    await browser.restart();
    const third = await browser.openPopup();
    await waitForText(third, '6 of 8, paused');
    expect(broadcasts()).toBe(6);
    await press(third, 'Resume');
    await waitUntil('the last vote', () => Promise.resolve(broadcasts() === 8));
    await third.close();

    const summary = await browser.openExtensionPage('options.html#batch');
    await waitForText(summary, '8 votes were cast.');
    await browser.screenshot(summary, 'batch-summary');
    for (const [index, { author, permlink }] of feed.entries())
      expect(sandbox.hive.votesOn(author, permlink).filter(({ voter }) => voter === 'bob')).toMatchObject([
        { percent: index === 0 ? 750 : 500, changes: 0 },
      ]);
    expect(broadcasts()).toBe(8);
    const link = await summary.waitForSelector('::-p-text(Show in Activity)');
    await link?.click();
    await waitForText(summary, 'Only the votes of one batch.');
    await summary.close();
  });

  test('posts are collected by Shift and the mouse or the keyboard, and never by the page’s script', async () => {
    const { browser } = journey;
    const before = broadcasts();
    const page = await visitSite(browser, 'https://hive.blog/trending');
    const [byMouse, byKey] = [seededPosts.fresh, seededPosts.chinese];
    await waitForButtons(browser, page, byMouse);
    await waitForButtons(browser, page, byKey);

    await page.evaluate((element) => {
      const how = { shiftKey: true, bubbles: true, composed: true, cancelable: true };
      for (const host of document.querySelectorAll(element)) {
        host.dispatchEvent(new MouseEvent('click', how));
        (host as HTMLElement).click();
        host.dispatchEvent(new KeyboardEvent('keydown', { ...how, key: 'Enter' }));
      }
    }, postActions);

    await page.keyboard.down('Shift');
    await createOverlay(browser, page, postActions).press(voteOn(byMouse));
    await page.keyboard.up('Shift');
    await waitForMark(browser, page, byMouse, 'Collected for a batch');
    await browser.screenshot(page, 'batch-collected');

    await pressKey(browser, page, byKey, 'Enter');
    await waitForMark(browser, page, byKey, 'Collected for a batch');
    expect(
      await browser.callOnShadowRoots(
        page,
        postActions,
        `(roots) => roots.filter((root) => root.querySelector('[aria-pressed=true]')).length`,
      ),
    ).toBe(2);

    // The next page knows them, and a second press takes one off again.
    await page.close();
    const again = await visitSite(browser, 'https://hive.blog/trending');
    await waitForButtons(browser, again, byKey);
    expect((await readMark(browser, again, byMouse))?.text).toBe('Collected for a batch');
    await pressKey(browser, again, byKey, ' ');
    await waitForMark(browser, again, byKey, 'No longer collected');
    await again.close();

    const options = await browser.openExtensionPage('options.html#batch');
    await press(options, 'Add 1 collected post');
    expect(await (await findField(options, 'Posts')).evaluate(({ value }) => value)).toBe(
      `https://hive.blog/@${nameOf(byMouse)}`,
    );
    await press(options, 'Forget them');
    await waitForStatus(options, 'forgotten');
    expect(broadcasts()).toBe(before);
    await options.close();
  });
});
