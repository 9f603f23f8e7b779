/** OpenID Connect and Authing: signing in, staying so, looking up, signing out at the server too, and what goes wrong. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seededOidcClients } from '../sandbox/oidc/seed.ts';
import { createOidcClient } from '../sandbox/oidc/test-client.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import { openSignIn, registerOidcClients, saveService, typeService } from './oidc-steps.ts';
import {
  findAccount,
  findField,
  findService,
  press,
  pressLast,
  pressToClose,
  readRole,
  selectTab,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';

const title = 'OpenID Connect';
const host = 'id.bees.example';
const issuer = `https://${host}`;
const continueAsBob = 'Continue as Bob 🐝';
const isToken = { host, path: '/token', method: 'POST' };

describe.each(browserNames)('OpenID Connect in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let front: Page;
  let popup: Page | undefined;

  beforeAll(async () => {
    journey = await startJourney(name);
    const { browser, sandbox } = journey;
    options = await browser.firstRunPage();
    await registerOidcClients(sandbox.oidc, options, title);
    await registerOidcClients(sandbox.authing.oidc, options, 'Authing');
    front = await browser.newPage('about:blank');
    await options.bringToFront();
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  beforeEach(() => options.bringToFront());
  afterEach(async () => {
    const { oidc } = journey.sandbox;
    oidc.callback = (parameters) => parameters;
    oidc.discovery = (document) => document;
    // A real popup has closed by itself when another window or tab came to the front.
    await popup?.close().catch(() => undefined);
    popup = undefined;
  });

  const waitForSentence = async (sentence: RegExp) => {
    await waitUntil(`the alert ${String(sentence)}`, async () => sentence.test(await waitForAlert(options)));
    await waitUntil('the buttons to be free', () =>
      options.$$eval('button', (buttons) => buttons.every((button) => !button.disabled)),
    );
  };
  const readField = async (label: string) =>
    (await findField(await findService(options, title), label)).evaluate(({ value, ariaInvalid }) => ({
      value,
      isAtFault: ariaInvalid === 'true',
    }));

  async function lookUp(): Promise<Page> {
    popup = await journey.browser.openPopup(front);
    await selectTab(popup, 'Look up');
    await popup.waitForSelector('.look-up select');
    await press(popup, 'Look up');
    return popup;
  }

  // Not in Chromium: it lets no driver press its question for a host, see `BrowserDriver.refuseHost`.
  test.runIf(name === 'firefox')(
    'a host that the person refuses is not asked, and nothing typed is lost',
    async () => {
      const { browser, sandbox } = journey;
      await typeService(options, title, { 'Client ID': seededOidcClients.plain, Issuer: issuer });
      await press(await findService(options, title), 'Save');
      await browser.refuseHost();
      await waitForSentence(/Latchkey may not reach id\.bees\.example/);
      expect(await readField('Issuer')).toEqual({ value: issuer, isAtFault: true });
      expect(sandbox.requests.count({ host })).toBe(0);
    },
  );

  test('an issuer that is none, or hands on to another host, is told at its field', async () => {
    const { browser, sandbox } = journey;
    await browser.allowHost(host);
    await options.bringToFront();
    const region = await findService(options, title);
    const refuse = async (typed: string, sentence: RegExp) => {
      await typeService(options, title, { 'Client ID': seededOidcClients.plain, Issuer: typed });
      await press(region, 'Save');
      await waitForSentence(sentence);
      expect((await readField('Issuer')).value).toBe(typed);
    };
    await refuse('http://id.bees.example', /must begin with https/);
    await refuse(`${issuer}/nothing`, /No OpenID Connect server answers at this address/);
    expect((await readField('Issuer')).isAtFault).toBe(true);
    sandbox.oidc.discovery = (document) => ({ ...document, token_endpoint: 'https://evil.example/token' });
    await refuse(issuer, /evil\.example \(token_endpoint\), which is not its own host/);
    expect((await readField('Other hosts')).isAtFault).toBe(true);
    await (await findService(options, title)).scrollIntoView();
    await browser.screenshot(options, 'oidc-refused');
  });

  test('cancelling, and an answer that another server mixed in, change nothing', async () => {
    const { sandbox } = journey;
    await saveService(options, title, { 'Client ID': seededOidcClients.plain, Issuer: issuer });
    await pressToClose(await openSignIn(journey, options, title, host), 'Cancel');
    await waitForSentence(/was closed before it was done/);
    sandbox.oidc.callback = (parameters) => {
      const mixed = new URLSearchParams(parameters);
      mixed.set('iss', 'https://evil.example');
      return mixed;
    };
    await pressToClose(await openSignIn(journey, options, title, host), continueAsBob);
    await waitForSentence(/did not belong to this sign-in/);
    expect(sandbox.requests.count(isToken)).toBe(0);
  });

  test('an app of the wrong type: the person is told what to change', async () => {
    await saveService(options, title, { 'Client ID': seededOidcClients.confidential });
    await press(await findService(options, title), 'Sign in');
    await waitForSentence(/Without a secret it must be a public one there/);
    expect((await readField('Client ID')).isAtFault).toBe(true);
  });

  test('signs in without a secret, and shows what the server tells', async () => {
    const { browser } = journey;
    await saveService(options, title, { 'Client ID': seededOidcClients.plain });
    await pressToClose(await openSignIn(journey, options, title, host), continueAsBob);
    const region = await findService(options, title);
    await waitForStatus(region, 'Signed in as bob.');
    await region.scrollIntoView();
    await browser.screenshot(options, 'oidc-options');
    await browser.screenshot(options, 'oidc-options-dark', { isDark: true });
    const page = await lookUp();
    await waitForStatus(page, /rows/);
    expect(await page.$eval('table', ({ textContent }) => textContent)).toContain('bob@bees.example');
    await browser.screenshot(page, 'oidc-look-up');
    await browser.screenshot(page, 'oidc-look-up-dark', { isDark: true });
  });

  test('renews a token that has ended, by a key that never leaves the browser', async () => {
    const { oidc, requests } = journey.sandbox;
    const calls = requests.count(isToken);
    for (const token of oidc.validAccessTokens('bob')) oidc.expire(token);
    await waitForStatus(await lookUp(), /rows/);
    expect(requests.count(isToken)).toBe(calls + 1);
    const [call] = requests.find({ host, path: '/me' }).reverse();
    expect(call?.headers.authorization).toMatch(/^DPoP /);
  });

  test('a right that was taken back at the server ends in Sign in again, which the same person does', async () => {
    const { browser, sandbox } = journey;
    const [token = ''] = sandbox.oidc.validRefreshTokens('bob');
    sandbox.oidc.revoke(token);
    const page = await lookUp();
    await waitUntil('the sentence', async () => /sign-in has ended/.test(await waitForAlert(page)));
    await page.close().catch(() => undefined);
    const accounts = await browser.openExtensionPage('options.html#accounts');
    await press(await findAccount(accounts, title), 'Sign in again');
    await pressToClose(await browser.waitForWindow((url) => url.host === host), continueAsBob);
    await waitUntil('the account to be fresh', async () =>
      (await findAccount(accounts, title)).evaluate(({ textContent }) => textContent.includes('Fresh until')),
    );
    await accounts.close();
  });

  test('signing out takes the tokens back and ends the session at the server', async () => {
    const { browser, sandbox } = journey;
    const accounts = await browser.openExtensionPage('options.html#accounts');
    await press(await findAccount(accounts, title), 'Sign out');
    await press(await findAccount(accounts, title), 'Confirm');
    // The server asks; Latchkey has deleted everything by then.
    const page = await browser.waitForWindow((url) => url.host === host);
    expect(sandbox.oidc.validRefreshTokens()).toEqual([]);
    await pressLast(page, 'Yes, sign me out');
    await waitForStatus(accounts, 'Signed out bob');
    await waitUntil('the session to end', () => Promise.resolve(sandbox.oidc.sessions.length === 0));
    await waitUntil('the account to be gone', async () => (await accounts.$$('li.card')).length === 0);
    await accounts.close();
  });

  test('Authing: signs in at the app’s host, and ends when somebody else used the refresh token', async () => {
    const { browser, sandbox } = journey;
    const { oidc } = sandbox.authing;
    const fields = { 'App ID': seededOidcClients.plain, 'App host': 'bees.authing.cn' };
    await saveService(options, 'Authing', fields);
    await pressToClose(await openSignIn(journey, options, 'Authing', 'bees.authing.cn'), continueAsBob);
    const region = await findService(options, 'Authing');
    await waitForStatus(region, 'Signed in as bob.');
    await region.scrollIntoView();
    await browser.screenshot(options, 'authing-options');
    const [stolen = ''] = oidc.validRefreshTokens('bob');
    expect((await createOidcClient(sandbox, oidc).refresh(stolen)).status).toBe(200);
    for (const token of oidc.validAccessTokens('bob')) oidc.expire(token);
    const page = await lookUp();
    await waitUntil('the sentence', async () => /sign-in has ended/.test(await waitForAlert(page)));
    expect(oidc.validRefreshTokens('bob')).toEqual([]);
  });

  test('no token is logged or in storage, and no call names the extension as its origin', async () => {
    const { browser, sandbox } = journey;
    const calls = sandbox.requests.find({
      where: ({ host: asked, method }) => method === 'POST' && [host, 'bees.authing.cn'].includes(asked),
    });
    const own = calls.filter(({ path }) => /\/(token|request|token\/revocation)$/.test(path));
    expect(own.length).toBeGreaterThan(5);
    expect(own.map(({ headers }) => headers.origin)).toEqual(own.map(() => undefined));
    const secrets = own.flatMap(({ body }) =>
      ['refresh_token', 'code', 'code_verifier', 'token'].flatMap(
        (field) => new URLSearchParams(body).get(field) ?? [],
      ),
    );
    expect(secrets.length).toBeGreaterThan(3);
    const kept = [JSON.stringify(await browser.storageDump()), ...browser.consoleLines].join('\n');
    for (const secret of secrets) expect(kept).not.toContain(secret);
    expect(await readRole(options, 'alert')).toEqual([]);
  });
});
