/** Twitter by OAuth 1.0a with one's own keys: signing in, each way in which that ends badly, and a signed tweet. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seededXApp } from '../sandbox/x/seed.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import {
  fill,
  findAccount,
  findService,
  press,
  readRedirectAddress,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import { answerConsent, openTweetTab, readTweetText, waitForText, writeTweet } from './x-steps.ts';

const service = 'Twitter (OAuth 1.0a)';
const isPost = { host: 'api.x.com', method: 'POST', path: '/2/tweets' };
const isAuthorize = { host: 'api.x.com', path: '/oauth/authorize' };

describe.each(browserNames)('Twitter in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let redirectAddress: string;

  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    redirectAddress = await readRedirectAddress(options, service);
    journey.sandbox.x.registerApp({
      ...seededXApp,
      redirectUris: [redirectAddress],
      callbackUrls: [redirectAddress],
      permission: 'read-write',
      type: 'native',
    });
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  afterEach(() => journey.sandbox.behave());

  const save = async (secret: string, key: string = seededXApp.apiKey) => {
    const region = await findService(options, service);
    await fill(region, 'API key', key);
    await fill(region, 'API key secret', secret);
    await press(region, 'Save');
  };
  const signIn = async () => press(await findService(options, service), 'Sign in');
  const openConsent = async () => {
    await signIn();
    return journey.browser.waitForWindow(
      ({ host, pathname }) => host === 'api.x.com' && pathname === '/oauth/authorize',
    );
  };
  const waitForSentence = (page: Page, sentence: RegExp) =>
    waitUntil(`the alert ${String(sentence)}`, async () => sentence.test(await waitForAlert(page)));
  const waitForRest = () =>
    waitUntil('the buttons to be free', () =>
      options.$$eval('button', (buttons) => buttons.every((button) => !button.disabled)),
    );

  test('keys as they are pasted: with a line break at the end, and a wrong secret', async () => {
    await save('not-the-secret\n', `${seededXApp.apiKey}\n`);
    await waitForStatus(options, `${service} is saved.`);
    await signIn();
    await waitForSentence(options, /X does not accept the API key and secret/);
    await waitForRest();
    await save(seededXApp.apiKeySecret);
    await waitForStatus(options, `${service} is saved.`);
  });

  test('cancelling at X, and what comes back without being an answer, changes nothing', async () => {
    const consent = await openConsent();
    // By OAuth 1.0a X leaves the way back to a link.
    await press(consent, 'Cancel');
    await consent
      .locator('::-p-text(Return to)')
      .click()
      .catch(() => undefined);
    await waitForSentence(options, /was closed before it was done. Nothing has changed/);
    await waitForRest();

    const location = `${redirectAddress}?oauth_token=of-somebody-else&oauth_verifier=v`;
    journey.sandbox.misbehave({
      ...isAuthorize,
      how: { kind: 'status', status: 302, headers: { location } },
    });
    await signIn();
    await waitForSentence(options, /did not belong to this sign-in/);
    await waitForRest();

    const page = await openConsent();
    const token = new URL(page.url()).searchParams.get('oauth_token') ?? '';
    // The window closes before the script's end is told.
    await page
      .evaluate((address) => globalThis.location.assign(address), `${redirectAddress}?oauth_token=${token}`)
      .catch(() => undefined);
    await waitForSentence(options, /sent you back without its confirmation code/);
    await waitForRest();
    expect(journey.sandbox.requests.count({ path: '/oauth/access_token' })).toBe(0);
  });

  test('signing in shows the account, and a tweet goes out signed', async () => {
    const { browser, sandbox } = journey;
    await answerConsent(await openConsent(), 'Authorize app');
    await waitForStatus(options, 'Signed in as bob_on_x.');
    const popup = await openTweetTab(journey, await browser.newPage('about:blank'));
    const text = 'Signed ¡hola! 山 🏔️ שלום 100 % *sure* x.ai';
    await writeTweet(popup, text);
    // x.ai is a link for X, of 23 characters.
    await waitForText(popup, 'Posting this costs about $0.20');
    await press(popup, 'Tweet');
    await waitForStatus(popup, 'Posted as bob_on_x.');
    expect(sandbox.x.tweetsOf('bob_on_x')[0]?.text).toBe(text);
    const [request] = sandbox.requests.find(isPost);
    expect(request?.headers['authorization']).toMatch(/^OAuth /);
    expect(request?.headers.origin).toBeUndefined();
    await popup.close().catch(() => undefined);
  });

  test('a text that is none, and one longer than anybody may post, are refused at the field and kept', async () => {
    const { browser, sandbox } = journey;
    const before = sandbox.requests.count(isPost);
    const popup = await openTweetTab(journey, await browser.newPage('about:blank'));
    const refused: readonly (readonly [string, RegExp])[] = [
      ['   ', /must not be empty/],
      ['a'.repeat(25_001), /The text is too long: at most/],
    ];
    for (const [text, sentence] of refused) {
      await writeTweet(popup, text);
      await press(popup, 'Tweet');
      await waitForSentence(popup, sentence);
      expect(await readTweetText(popup)).toBe(text);
    }
    expect(sandbox.requests.count(isPost)).toBe(before);
    await popup.close().catch(() => undefined);
  });

  test('a limit, and a sign-in that was taken back, are told as what they are; the text stays', async () => {
    const { browser, sandbox } = journey;
    const popup = await openTweetTab(journey, await browser.newPage('about:blank'));
    await writeTweet(popup, 'Kept');
    sandbox.misbehave({
      ...isPost,
      how: { kind: 'status', status: 429, body: '{"title":"Too Many Requests"}' },
    });
    await press(popup, 'Tweet');
    await waitForSentence(popup, /asks for a pause because of too many requests/);
    for (const token of sandbox.x.validOAuth1Tokens('bob_on_x')) sandbox.x.revoke(token);
    await press(popup, 'Tweet');
    await waitForSentence(popup, /sign-in has ended/);
    expect(await readTweetText(popup)).toBe('Kept');
    await popup.close().catch(() => undefined);
    const accounts = await browser.openExtensionPage('options.html#accounts');
    const row = await findAccount(accounts, service);
    expect(await row.evaluate(({ textContent }) => textContent)).toContain('Sign in again');
    await accounts.close();
  });
});
