/** WeChat: the QR page, its way back caught, its refusals, and the register of people that a sign-in is bound to. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callbackHost } from '../sandbox/wechat/callback-page.ts';
import { seededOfficialAccount, seededWeChatApp, seededWeChatPeople } from '../sandbox/wechat/seed.ts';
import { browserNames } from './driver/index.ts';
import { startJourney, type Journey } from './journey.ts';
import {
  byRole,
  fill,
  findAccount,
  findField,
  findService,
  press,
  readRole,
  waitForStatus,
  waitUntil,
} from './steps.ts';

const { li } = seededWeChatPeople;
const { appId, appSecret, callbackAddress } = seededWeChatApp;

describe.each(browserNames)('WeChat in %s', (name) => {
  let journey: Journey;
  let options: Page;
  let region: ElementHandle;

  beforeAll(async () => {
    journey = await startJourney(name);
    options = await journey.browser.firstRunPage();
    await journey.browser.allowHost(callbackHost);
    await options.bringToFront();
    region = await findService(options, 'WeChat');
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  const save = async (changes: Readonly<Record<string, string>>) => {
    for (const [label, text] of Object.entries(changes)) await fill(region, label, text);
    await press(region, 'Save');
  };
  const openQrPage = async () => {
    await options.bringToFront();
    await press(region, 'Sign in');
    return journey.browser.waitForWindow(({ host }) => host === 'open.weixin.qq.com');
  };
  /** The window may close before the click is answered. */
  const tap = (page: Page, button: string) =>
    page
      .locator(byRole('button', button))
      .click()
      .catch(() => undefined);
  const waitForSentence = (sentence: RegExp) =>
    waitUntil(`the alert ${String(sentence)}`, async () =>
      (await readRole(options, 'alert')).some((text) => sentence.test(text)),
    );
  const visit = async (section: string) => {
    await options.bringToFront();
    await options.locator(byRole('link', section)).click();
  };

  test('an address with a fragment is refused at its field, and nothing typed is lost', async () => {
    await save({ AppID: appId, AppSecret: appSecret, 'Callback address': `${callbackAddress}#/in` });
    await waitForSentence(/WeChat can send you back to/);
    const field = await findField(region, 'Callback address');
    expect(await field.evaluate(({ value, ariaInvalid }) => [value, ariaInvalid])).toEqual([
      `${callbackAddress}#/in`,
      'true',
    ]);
    await save({ 'Callback address': callbackAddress });
    await waitForStatus(options, 'WeChat is saved.');
    await journey.browser.screenshot(options, 'wechat-set-up');
    await journey.browser.screenshot(options, 'wechat-set-up-dark', { isDark: true });
  });

  test('a refusal that never comes back is counted down, and Cancel closes the window', async () => {
    journey.sandbox.wechat.refusal = 'no-redirect';
    const qr = await openQrPage();
    await tap(qr, 'Refuse');
    const timer = await options.waitForSelector('[role=timer]');
    expect(await timer?.evaluate(({ textContent }) => textContent)).toMatch(/^[45]:\d\d left$/);
    await journey.browser.screenshot(options, 'wechat-waiting');
    await journey.browser.screenshot(options, 'wechat-waiting-dark', { isDark: true });
    await options.bringToFront();
    await press(options, 'Cancel sign-in');
    await waitForSentence(/window was closed before it was done/);
    await waitUntil('the window to be closed', () => Promise.resolve(qr.isClosed()));
    // The sentence and the end of the countdown are news of their own.
    await waitUntil('the countdown to be gone', async () => (await options.$('[role=timer]')) === null);
  });

  test.each(['state-only', 'authdeny'] as const)('a refusal by %s is told', async (refusal) => {
    journey.sandbox.wechat.refusal = refusal;
    await tap(await openQrPage(), 'Refuse');
    await waitForSentence(/refused on the phone/);
    expect(journey.sandbox.wechat.redeemedCodes).toBe(0);
  });

  test('an AppID of the in-WeChat kind: its page says so, and so do we', async () => {
    await save({ AppID: seededOfficialAccount.appId });
    await waitForStatus(options, 'WeChat is saved.');
    const page = await openQrPage();
    await page.waitForSelector('::-p-text(10005)');
    await page.close();
    await waitForSentence(/10005 \(scope\), the AppID is not of a website app/);
    await save({ AppID: appId });
    await waitForStatus(options, 'WeChat is saved.');
  });

  test('a wrong secret is told at its field', async () => {
    await save({ AppSecret: 'f'.repeat(32) });
    await waitForStatus(options, 'WeChat is saved.');
    await tap(await openQrPage(), li.confirm);
    await waitForSentence(/does not accept the AppSecret/);
    const field = await findField(region, 'AppSecret');
    expect(await field.evaluate(({ ariaInvalid }) => ariaInvalid)).toBe('true');
    await save({ AppSecret: appSecret });
    await waitForStatus(options, 'WeChat is saved.');
  });

  test('signs in: the code is redeemed once, and in Chromium never reaches the callback server', async () => {
    const before = journey.sandbox.wechat.callbackVisits.length;
    await tap(await openQrPage(), li.confirm);
    await waitForStatus(options, 'Signed in as 小蜜蜂 🐝.');
    expect(journey.sandbox.wechat.redeemedCodes).toBe(1);
    const visits = journey.sandbox.wechat.callbackVisits.length;
    if (name === 'chromium') expect([before, visits]).toEqual([0, 0]);
    expect(journey.browser.consoleLines.join('\n')).not.toContain(appSecret);
  });

  test('the person is registered with a number, and known from then on', async () => {
    await visit('Accounts');
    const row = await findAccount(options, 'WeChat');
    expect(await row.evaluate(({ textContent }) => textContent)).toMatch(
      /Fresh until .* new sign-in is needed by/,
    );
    await press(row, 'Register this person');
    await fill(row, 'Telephone number', '600 100 200');
    await press(row, 'Save');
    await waitForSentence(/No telephone number/);
    await fill(row, 'Telephone number', '+48 600 100 200');
    await fill(row, 'Name', 'Li Na');
    await press(row, 'Save');
    await options.waitForSelector('::-p-text(In the register as Li Na.)');
    await journey.browser.screenshot(options, 'wechat-account');
  });

  test('a file with wrong columns or a bad row changes nothing; a good one is taken in', async () => {
    await visit('People');
    await options.waitForSelector('::-p-text(+48600100200)');
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-people-'));
    const importFile = async (text: string) => {
      const path = join(folder, 'people.csv');
      await writeFile(path, text);
      await (await findField(options, 'Import CSV')).uploadFile(path);
    };
    const head = 'telephone,name,appid,openid,unionid,nickname';
    await importFile('telephone,name\r\n+48600100201,Wang\r\n');
    await waitForSentence(/first row must name these columns/);
    await importFile(`${head}\r\n+48600100201,Wang,,,,\r\nnone,Zhao,,,,\r\n`);
    await waitForSentence(/country code in rows 3\./);
    expect(await options.$$('li.card')).toHaveLength(1);
    await importFile(`${head}\r\n+48600100201,Wang,,,,\r\n`);
    await waitForStatus(options, '1 added, 0 changed.');
    await waitUntil('two entries', async () => (await options.$$('li.card')).length === 2);
    await journey.browser.screenshot(options, 'people');
    await journey.browser.screenshot(options, 'people-dark', { isDark: true });
    await fill(options, 'Search by name', '600100200');
    await waitUntil('one entry', async () => (await options.$$('li.card')).length === 1);
    await rm(folder, { recursive: true });
  });
});
