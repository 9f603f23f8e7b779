/** A look-up of one's own: written and tried in Options, run in the popup and in a tab, and no secret on show. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededXApp } from '../sandbox/x/seed.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import {
  byRole,
  fill,
  findService,
  press,
  readRedirectAddress,
  readRole,
  selectTab,
  setUpService,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import { answerConsent, openConsent } from './x-steps.ts';

const bob = '1450000000000000001';
const isRead = { host: 'api.x.com', method: 'GET', path: `/2/users/${bob}/tweets` };
const name = 'Tweets of anybody';

describe.each(browserNames)('a look-up of one’s own in %s', (browser) => {
  let journey: Journey;
  let options: Page;

  beforeAll(async () => {
    journey = await startJourney(browser);
    options = await journey.browser.firstRunPage();
    const address = await readRedirectAddress(options, 'X');
    const addresses = { redirectUris: [address], callbackUrls: [address] };
    journey.sandbox.x.registerApp({ ...seededXApp, ...addresses, permission: 'read-write', type: 'native' });
    await setUpService(options, { service: 'X', clientId: seededXApp.clientId });
    await answerConsent(await openConsent(journey, options), 'Authorize app');
    await waitForStatus(options, 'bob_on_x');
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  const readHeads = (page: Page) =>
    page.$$eval('th', (heads) => heads.map(({ textContent }) => textContent.trim()));
  const shoot = async (page: Page, what: string) => {
    await journey.browser.screenshot(page, what);
    await journey.browser.screenshot(page, `${what}-dark`, { isDark: true });
  };

  /** Waits until the alert at a field says it. */
  const waitForFault = (text: string) =>
    waitUntil(text, async () => (await readRole(options, 'alert')).some((line) => line.includes(text)));

  test('is written, refused where it leaves the service, and tried', async () => {
    const region = await findService(options, 'X');
    await (await region.waitForSelector('.custom-lookups summary'))?.click();
    await press(region, 'New look-up');
    await fill(region, 'Name of the look-up', name);
    await fill(region, 'Address to read', '/2/../../evil');
    await press(region, 'Save look-up');
    await waitForFault('The address must stay below https://api.x.com');
    await fill(region, 'Address to read', 'https://api.x.com/2/users/{user}/tweets?max_results={count}');
    await fill(region, 'user (to try with)', bob);
    // The answer as a whole: its next_token is no column.
    await press(region, 'Try it');
    await region.waitForSelector('table');
    expect(await readHeads(options)).toEqual([
      'data',
      'meta.result_count',
      'meta.newest_id',
      'meta.oldest_id',
    ]);
    expect(journey.sandbox.requests.count(isRead)).toBe(1);
    await fill(region, 'Path to the rows', 'data');
    await press(region, 'Try it');
    await waitForStatus(options, /^10 rows/);
    await (await region.waitForSelector('.custom-lookups form'))?.scrollIntoView();
    await shoot(options, 'custom-look-up-editor');
    await press(region, 'Save look-up');
    await waitForStatus(options, `${name} is saved.`);
  });

  /** Chooses the look-up, types whose tweets, and asks. */
  async function ask(page: Page): Promise<void> {
    await page.waitForSelector('.look-up select');
    await page.$$eval(
      '.look-up select',
      (selects, wanted) => {
        const option = [...(selects[1]?.querySelectorAll('optgroup option') ?? [])].find(
          ({ textContent }) => textContent === wanted,
        );
        if (selects[1] === undefined || !(option instanceof HTMLOptionElement))
          throw new Error(`No ${wanted}.`);
        selects[1].value = option.value;
        selects[1].dispatchEvent(new Event('change', { bubbles: true }));
      },
      name,
    );
    await fill(page, 'user', bob);
    await fill(page, 'count', '20');
    await press(page, 'Look up');
    await waitForStatus(page, /^20 rows/);
    expect(await readHeads(page)).toContain('text');
  }

  test('runs in the popup', async () => {
    const front = await journey.browser.newPage('about:blank');
    const popup = await journey.browser.openPopup(front);
    await selectTab(popup, 'Look up');
    await ask(popup);
    await shoot(popup, 'custom-look-up');
    await popup.close().catch(() => undefined);
  });

  test('runs in a tab, and is remembered', async () => {
    const front = await journey.browser.newPage('about:blank');
    const popup = await journey.browser.openPopup(front);
    await selectTab(popup, 'Look up');
    await popup.waitForSelector('.look-up select');
    // Chromium closes its popup under the click, and so may never answer it.
    const isOpening = press(popup, 'Open in a tab').catch(() => undefined);
    let wide: Page | undefined;
    await waitUntil('the tab', async () => {
      for (const page of await front.browser().pages())
        if ((await page.$('body.in-tab').catch(() => null)) !== null) wide = page;
      return wide !== undefined;
    });
    if (wide === undefined) throw new Error('No tab.');
    await popup.close().catch(() => undefined);
    await isOpening;
    await wide.waitForSelector(byRole('button', 'Look up'));
    const before = journey.sandbox.requests.count(isRead);
    await press(wide, 'Look up');
    await waitForStatus(wide, /^20 rows/);
    expect(journey.sandbox.requests.count(isRead)).toBe(before + 1);
    await shoot(wide, 'custom-look-up-wide');
    await wide.close();
  });
});
