/** Allegro: set up, sign in, look up page by page, cancel, a second account, a code for a device key, and the headers. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seededAllegroApp, seededAllegroDeviceApp, seededAllegroUsers } from '../sandbox/allegro/seed.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import {
  byRole,
  choose,
  fill,
  findService,
  press,
  pressToClose,
  readRedirectAddress,
  readRole,
  selectTab,
  setUpService,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';

const { seller, buyer } = seededAllegroUsers;
const tokenPath = '/auth/oauth/token';

describe.each(browserNames)('Allegro in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let front: Page;
  let popup: Page | undefined;

  const openConsent = async (): Promise<Page> => {
    await press(await findService(options, 'Allegro'), 'Sign in');
    return journey.browser.waitForWindow(({ host }) => host === 'allegro.pl');
  };
  async function openLookUp(title: string): Promise<Page> {
    popup = await journey.browser.openPopup(front);
    await selectTab(popup, 'Look up');
    await popup.waitForSelector('.look-up select');
    await choose(popup, 'What', title);
    return popup;
  }

  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    const redirectUris = [await readRedirectAddress(options, 'Allegro')];
    journey.sandbox.allegro.registerApp({ ...seededAllegroApp, redirectUris });
    front = await journey.browser.newPage('about:blank');
    await options.bringToFront();
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  // A real popup has closed by itself when another window or tab came to the front.
  afterEach(() => popup?.close().catch(() => undefined));

  test('signs in with PKCE alone, after a change of mind', async () => {
    const { browser, sandbox } = journey;
    await setUpService(options, { service: 'Allegro', clientId: seededAllegroApp.clientId });
    await pressToClose(await openConsent(), 'Cancel');
    expect(await waitForAlert(options)).toContain('Nothing has changed');
    await pressToClose(await openConsent(), `Allow access as ${seller}`);
    await waitForStatus(options, `Signed in as ${seller}.`);
    const [exchange, ...more] = sandbox.requests.find({ host: 'allegro.pl', path: tokenPath });
    expect(more).toEqual([]);
    expect(exchange?.headers['authorization']).toBeUndefined();
    expect(new URLSearchParams(exchange?.body).get('code_verifier')).toMatch(/^[\w.~-]{43,128}$/);
    await browser.screenshot(options, 'allegro-options');
    await browser.screenshot(options, 'allegro-options-dark', { isDark: true });
  });

  test('looks up warranties page by page, and finds nothing where nothing is', async () => {
    const page = await openLookUp('My warranties');
    await fill(page, 'Rows a page', '2');
    await press(page, 'Look up');
    await waitForStatus(page, /^2 rows/);
    await press(page, 'More');
    await waitForStatus(page, /^3 rows/);
    await journey.browser.screenshot(page, 'allegro-look-up');
    await journey.browser.screenshot(page, 'allegro-look-up-dark', { isDark: true });
    await fill(page, 'Rows a page', '61');
    await press(page, 'Look up');
    expect(await waitForAlert(page)).toBe('This must be a whole number from 1 to 60.');
    await choose(page, 'What', 'Categories');
    await fill(page, 'Below category (ID)', '1536');
    await press(page, 'Look up');
    await waitForStatus(page, 'Nothing found.');
  });

  test('asks for offers when they are first wanted', async () => {
    const page = await openLookUp('My offers');
    await page.waitForSelector('.look-up .notice');
    await press(page, 'Allow');
    const consent = await journey.browser.waitForWindow(({ host }) => host === 'allegro.pl');
    await pressToClose(consent, `Allow access as ${seller}`);
    const again = await openLookUp('My offers');
    await waitUntil('the right', async () => (await again.$('.look-up .notice')) === null);
    await press(again, 'Look up');
    await waitForStatus(again, /^20 rows/);
    await press(again, 'More');
    await waitForStatus(again, /^40 rows/);
    expect(await readRole(again, 'alert')).toEqual([]);
    const wide = await journey.browser.openExtensionPage('popup.html#look-up');
    await wide.waitForSelector('.look-up select');
    await press(wide, 'Look up');
    await waitForStatus(wide, /^20 rows/);
    await journey.browser.screenshot(wide, 'allegro-look-up-wide');
    await wide.close();
  });

  test('adds a second account, on a page that asks whether it is the right one', async () => {
    const { sandbox } = journey;
    sandbox.allegro.signedIn = [buyer];
    sandbox.allegro.allow(seededAllegroApp.clientId, buyer);
    await options.bringToFront();
    // All was allowed before, and still the page asks.
    await pressToClose(await openConsent(), `Allow access as ${buyer}`);
    await waitForStatus(options, `Signed in as ${buyer}.`);
    const prompts = sandbox.requests
      .find({ path: '/auth/oauth/authorize', method: 'GET' })
      .map(({ query }) => query.get('prompt'));
    expect(prompts.at(-1)).toBe('confirm');
    // The renewal for more rights did not ask.
    expect(prompts).toContain(null);
    sandbox.allegro.signedIn = [seller];
  });

  test('signs in by a code with a device key, which can be cancelled first', async () => {
    const { browser, sandbox } = journey;
    sandbox.allegro.deviceIntervalSeconds = 1;
    const region = await findService(options, 'Allegro');
    await choose(region, 'Kind of key', 'For devices');
    await fill(region, 'Client ID', seededAllegroDeviceApp.clientId);
    await fill(region, 'Client secret', seededAllegroDeviceApp.clientSecret);
    await press(region, 'Sign in');
    const first = await readCode(region);
    await press(region, 'Cancel');
    await waitForStatus(options, 'Cancelled.');
    await press(region, 'Sign in');
    const code = await readCode(region);
    expect(code).not.toBe(first);
    await region.waitForSelector('.device svg path');
    await (await region.$('.device'))?.scrollIntoView();
    await browser.screenshot(options, 'allegro-device');
    await browser.screenshot(options, 'allegro-device-dark', { isDark: true });
    const address = await region.$eval('.device a', (link) => link.getAttribute('href') ?? '');
    const page = await browser.newPage(address);
    await page.locator(byRole('button', `Allow access as ${seller}`)).click();
    await page.waitForSelector('::-p-text(is linked to your account)');
    await options.bringToFront();
    await waitForStatus(options, `Signed in as ${seller}.`);
    await waitUntil('the code to be gone', async () => (await region.$('.device')) === null);
    await page.close();
  });

  test('names itself to Allegro and hides its origin, and leaves pages alone', async () => {
    const { browser, sandbox } = journey;
    const isProgram = ({ host, path }: { host: string; path: string }) =>
      host === 'api.allegro.pl' || path === tokenPath || path === '/auth/oauth/device';
    const calls = sandbox.requests.find({}).filter(isProgram);
    expect(calls.length).toBeGreaterThan(10);
    expect(calls.some(({ method }) => method === 'GET')).toBe(true);
    for (const { client, headers } of calls) {
      expect(client).toMatch(/^Latchkey\/[\d.]+ \(\+https:\/\/[^\s()]+\)$/);
      expect(headers.origin).toBeUndefined();
      expect(headers['cookie']).toBeUndefined();
    }
    sandbox.requests.clear();
    const page = await browser.newPage('https://steemit.com/@alice/notes-from-a-mountain-hut');
    await page.evaluate(async (path) => {
      const ask = (url: string, method: string) =>
        fetch(url, { method, mode: 'no-cors' }).catch(() => undefined);
      await ask(`https://allegro.pl${path}`, 'POST');
      await ask('https://api.allegro.pl/me', 'GET');
    }, tokenPath);
    const foreign = sandbox.requests.find({}).filter(isProgram);
    expect(foreign.map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(foreign[0]?.headers.origin).toBe('https://steemit.com');
    for (const { client } of foreign) expect(client).toMatch(/^Mozilla\//);
    await page.close();
  });
});

async function readCode(region: ElementHandle): Promise<string> {
  const code = await region.waitForSelector('.device code');
  return (await code?.evaluate(({ textContent }) => textContent)) ?? '';
}
