/** Journey 6: a sign-in that does not end well says why, keeps the form, and can be begun again. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browserNames } from './driver/index.ts';
import { clientId, registerApp, services, startJourney, type Journey } from './journey.ts';
import {
  fill,
  findField,
  findService,
  press,
  pressLast,
  setUpService,
  signIn,
  waitForAlert,
  waitUntil,
} from './steps.ts';

const { title, host } = services.steemlogin;

describe.each(browserNames)('a sign-in that fails in %s', (name) => {
  let journey: Journey;
  let options: Page;
  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    await registerApp(journey.sandbox, options, 'steemlogin');
    await setUpService(options, { service: title, clientId });
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  beforeEach(async () => {
    journey.sandbox.behave();
    await options.bringToFront();
  });

  const openConsent = async () => {
    await press(await findService(options, title), 'Sign in');
    return journey.browser.waitForWindow((url) => url.host === host);
  };
  const consent = async (account = 'bob') => {
    await pressLast(await openConsent(), `Continue as @${account}`);
  };
  /** Waits for a sentence of the page and until nothing runs any more. */
  const waitForFailure = async (sentence: RegExp) => {
    await waitUntil(`the alert ${String(sentence)}`, async () => sentence.test(await waitForAlert(options)));
    await waitUntil('the buttons to be free', () =>
      options.$$eval('button', (buttons) => buttons.every((button) => !button.disabled)),
    );
  };
  const accounts = async () => (await options.$$('::-p-text(1 account)')).length;

  test('the person closes the window', async () => {
    await (await openConsent()).close();
    await waitForFailure(/window was closed before/);
  });

  test('the service answers with another state', async () => {
    journey.sandbox.auth.steemlogin.nextCallback({ params: { state: 'forged' } });
    await consent();
    await waitForFailure(/did not belong to this sign-in/);
  });

  test('the callback names another person than the token', async () => {
    journey.sandbox.auth.steemlogin.nextCallback({ params: { username: 'carol' } });
    await consent();
    await waitForFailure(/another account than the one expected/);
  });

  test('the service shows its own error page', async () => {
    journey.sandbox.auth.steemlogin.nextCallback({ page: { status: 403, html: '<h1>Forbidden</h1>' } });
    await consent();
    // Chromium ends the flow at such a page; Firefox leaves it open for the person to read and close.
    if (name === 'firefox')
      await (await journey.browser.waitForWindow((url) => url.host === host)).close().catch(() => undefined);
    await waitForFailure(name === 'firefox' ? /window was closed before/ : /page could not be opened/);
  });

  test('the network is down, then the API answers with HTML', async () => {
    await journey.browser.setOffline(true);
    await press(await findService(options, title), 'Sign in');
    // Firefox shows its error page in the sign-in window, for the person to close.
    if (name === 'firefox')
      await (
        await journey.browser.waitForWindow((url) => url.href.includes(host))
      )
        .close()
        .catch(() => undefined);
    await waitForFailure(/page could not be opened|could not be reached|window was closed before/);
    await journey.browser.setOffline(false);

    journey.sandbox.misbehave({ path: '/api/me', how: 'html', times: Infinity });
    await consent();
    await waitForFailure(/answer that makes no sense|fault of its own/);
  });

  test('a client id with a space is refused at its field, and the form stays as typed', async () => {
    const region = await findService(options, title);
    await fill(region, 'Client ID', 'my app');
    await press(region, 'Save');
    await waitForFailure(/A client ID has no spaces/);
    const field = await findField(region, 'Client ID');
    expect(await field.evaluate(({ value, ariaInvalid }) => [value, ariaInvalid])).toEqual([
      'my app',
      'true',
    ]);
    await fill(region, 'Client ID', clientId);
  });

  test('nothing was kept, and the next sign-in works', async () => {
    expect(await accounts()).toBe(0);
    await signIn(journey.browser, options, { service: title, host, name: 'bob' });
    await waitUntil('the account', async () => (await accounts()) > 0);
  });
});
