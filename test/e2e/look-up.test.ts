/** Looking up on X: nothing is asked before the click, then table, order, next page, right, and a tab with more room. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seededTweets, seededXApp } from '../sandbox/x/seed.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import {
  choose,
  fill,
  findField,
  findService,
  press,
  pressLast,
  pressToClose,
  readRedirectAddress,
  readRole,
  selectTab,
  setUpService,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';

const userByName = { title: 'A person by user name', field: 'User name' };
const tweetByLink = { title: 'A tweet by its link', field: 'Link to the tweet' };
const isRead = { host: 'api.x.com', method: 'GET', path: '/2/users/1450000000000000001/tweets' };

describe.each(browserNames)('look up in %s', (name) => {
  let journey: Journey;
  let front: Page;
  let popup: Page | undefined;

  const agree = async () => {
    const consent = await journey.browser.waitForWindow(({ host }) => host === 'x.com');
    await pressToClose(consent, 'Authorize app');
  };

  beforeAll(async () => {
    journey = await startJourney(name);
    const options = await journey.browser.firstRunPage();
    const address = await readRedirectAddress(options, 'X');
    const addresses = { redirectUris: [address], callbackUrls: [address] };
    journey.sandbox.x.registerApp({ ...seededXApp, ...addresses, permission: 'read-write', type: 'native' });
    await setUpService(options, { service: 'X', clientId: seededXApp.clientId });
    await press(await findService(options, 'X'), 'Sign in');
    await agree();
    await waitForStatus(options, 'bob_on_x');
    front = await journey.browser.newPage('about:blank');
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  // A real popup has closed by itself when another window or tab came to the front.
  afterEach(() => popup?.close().catch(() => undefined));

  async function openLookUp(): Promise<Page> {
    popup = await journey.browser.openPopup(front);
    await selectTab(popup, 'Look up');
    await popup.waitForSelector('.look-up select');
    return popup;
  }
  /** Firefox does not tell Puppeteer the address of an extension's page, so each page is asked. */
  async function findWideView(): Promise<Page> {
    let wide: Page | undefined;
    await waitUntil('the tab', async () => {
      for (const page of await front.browser().pages()) {
        const body = await page.$('body.in-tab').catch(() => null);
        if (body !== null) wide = page;
      }
      return wide !== undefined;
    });
    if (wide === undefined) throw new Error('No tab.');
    return wide;
  }

  const readColumn = (page: Page, number: number) =>
    page.$$eval(`tbody td:nth-child(${number})`, (cells) => cells.map(({ textContent }) => textContent));
  test('asks X only when the person does, sorts, and adds the next page', async () => {
    const page = await openLookUp();
    expect(await page.$eval('.look-up', ({ textContent }) => textContent)).toContain('a row');
    expect(journey.sandbox.requests.count(isRead)).toBe(0);
    await press(page, 'Look up');
    await waitForStatus(page, /^10 rows/);
    expect(journey.sandbox.requests.count(isRead)).toBe(1);
    const newestFirst = await readColumn(page, 6);
    await press(page, 'Written');
    await press(page, 'Written');
    expect(await readColumn(page, 6)).toEqual(newestFirst.toReversed());
    await press(page, 'More');
    await waitForStatus(page, /^20 rows/);
    expect(new Set(await readColumn(page, 6)).size).toBe(20);
    expect(seededTweets).toBeGreaterThan(20);
    await journey.browser.screenshot(page, 'look-up');
  });

  test('opens in a tab with what was asked last, and asks nothing by itself', async () => {
    const page = await openLookUp();
    const before = journey.sandbox.requests.count(isRead);
    // Chromium closes its popup under the click.
    await pressLast(page, 'Open in a tab');
    const wide = await findWideView();
    await page.close().catch(() => undefined);
    await wide.waitForSelector('.look-up select');
    expect(journey.sandbox.requests.count(isRead)).toBe(before);
    await press(wide, 'Look up');
    await waitForStatus(wide, /^10 rows/);
    await press(wide, 'Copy as JSON');
    await waitForStatus(wide, 'Copied as JSON.');
    await press(wide, 'Save as CSV');
    await waitForStatus(wide, /^Saved latchkey-timeline-/);
    await journey.browser.screenshot(wide, 'look-up-wide');
    await wide.close();
  });

  test('asks for the right to see followers when it is first needed', async () => {
    const page = await openLookUp();
    await choose(page, 'What', 'My followers');
    await page.waitForSelector('.notice');
    await press(page, 'Allow');
    await agree();
    const again = await openLookUp();
    await choose(again, 'What', 'My followers');
    await waitUntil('the right', async () => (await again.$('.look-up .notice')) === null);
    await press(again, 'Look up');
    await waitForStatus(again, /^10 rows/);
    expect(await readRole(again, 'alert')).toEqual([]);
  });

  test.each([
    { what: userByName, typed: 'nobody_is_this', says: 'There is no such user on X' },
    { what: userByName, typed: 'zoë', says: 'Not a user name of X' },
    { what: tweetByLink, typed: 'https://x.com/bob_on_x', says: 'This link leads to no tweet' },
    { what: tweetByLink, typed: 'https://x.com/bob_on_x/status/1', says: 'This tweet is not there' },
  ])('$typed: told at its field, and it stays there', async ({ what, typed, says }) => {
    const page = await openLookUp();
    await choose(page, 'What', what.title);
    await fill(page, what.field, typed);
    await press(page, 'Look up');
    expect(await waitForAlert(page)).toContain(says);
    const field = await findField(page, what.field);
    expect(await field.evaluate(({ value }) => value)).toBe(typed);
    const told = await field.evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent)
        .join(),
    );
    expect(told).toContain(says);
  });
});
