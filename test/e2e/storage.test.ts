/** Storage that fails under a real browser: a damaged record, a key that is gone, a window that blocks the upgrade, no room. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import {
  findAccount,
  press,
  readRole,
  voteInPopup,
  waitFor,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import { countRecords, holdOldVault, putRecord, returnKey, takeKey } from './vault-faults.ts';

const link = ({ author, permlink }: { author: string; permlink: string }) =>
  `https://steemit.com/@${author}/${permlink}`;

describe.each(browserNames)('storage in %s', (name) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(name);
    await connectAccount(journey, await journey.browser.firstRunPage(), {
      service: 'steemlogin',
      name: 'bob',
      hasSecret: true,
    });
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  test('Diagnostics tells what is stored and set, and names nobody in its report', async () => {
    const { browser } = journey;
    const about = await browser.openExtensionPage('options.html#about');
    await waitFor('the report', about.waitForSelector('.report'));
    const text = await about.$eval('.diagnostics', (element) => element.textContent);
    expect(await readRole(about, 'alert')).toEqual([]);
    expect(text).toContain('The browser lets Latchkey reach every host that it needs.');
    expect(text).toMatch(/origin: installed.*user-agent: installed/);
    expect(text).toContain('Refresh of accounts: ');
    expect(text).toContain('bob SteemLogin');
    expect(text).toMatch(/used, .* free\./);
    const report = await about.$eval('.report', (element) => element.textContent);
    expect(report).toMatch(/^Latchkey [\d.]+, (Chromium|Firefox) [\d.]+, vault \d+$/m);
    expect(report).toContain('account 1: steemlogin, fresh');
    expect(report).not.toMatch(/bob|latchkey\.app|sandbox-secret/);
    await browser.screenshot(about, 'diagnostics');
    await browser.screenshot(about, 'diagnostics', { isDark: true });
    await about.close();
  });

  test('a damaged record is set aside and named, hides nothing, and goes when the person says so', async () => {
    const { browser } = journey;
    const about = await browser.openExtensionPage('options.html#about');
    await putRecord(about, 'accounts', { id: 'damaged', provider: 'steemlogin', subject: 'x', name: 7 });
    await press(about, 'Check again');
    await about.waitForSelector('::-p-text(1 record can’t be read)');
    await browser.screenshot(about, 'record-set-aside');
    expect(await about.$eval('.diagnostics', (element) => element.textContent)).toContain('bob SteemLogin');
    await press(about, 'Remove it: Accounts: "damaged"');
    await press(about, 'Confirm');
    await waitUntil('the record to be gone', async () => (await countRecords(about))['accounts'] === 1);
    await about.close();
  });

  test('without its key nothing is lost: told in words, and well again when the key is back', async () => {
    const { browser, sandbox } = journey;
    const holder = await browser.openExtensionPage('options.html#services');
    const before = await countRecords(holder);
    const key = await takeKey(holder);
    await browser.stopWorker();
    const options = await browser.openExtensionPage('options.html#accounts');
    const row = await findAccount(options, 'SteemLogin');
    await waitUntil('the account to ask for a sign-in', async () =>
      (await row.evaluate((element) => element.textContent)).includes('Sign in again'),
    );
    await options.waitForSelector('::-p-text(Nothing was deleted)');
    await browser.screenshot(options, 'key-missing');
    const popup = await browser.openPopup();
    await voteInPopup(popup, { post: link(seededPosts.fresh), weight: '10' });
    expect(await waitForAlert(popup)).toContain('client secret of this service can’t be read');
    await popup.close();
    const left = await countRecords(holder);
    for (const store of ['accounts', 'grants', 'registrations', 'settings', 'signIns'])
      expect(left[store], store).toBe(before[store]);
    expect(left['keys']).toBe(0);

    await returnKey(holder, key);
    const again = await browser.openPopup();
    await voteInPopup(again, { post: link(seededPosts.fresh), weight: '11' });
    await waitForStatus(again, 'Voted 11 %');
    expect(
      sandbox.steem
        .votesOn(seededPosts.fresh.author, seededPosts.fresh.permlink)
        .filter(({ voter }) => voter === 'bob'),
    ).toMatchObject([{ percent: 1100, changes: 0 }]);
    await Promise.all([again.close(), options.close(), holder.close()]);
  });

  test('a window that blocks the upgrade is named in words, and when it is closed all works', async () => {
    const { browser } = journey;
    const holder = await browser.openExtensionPage('options.html#about');
    await holdOldVault(holder);
    const options = await browser.openExtensionPage('options.html#accounts');
    expect(await waitForAlert(options)).toContain('Close all Latchkey tabs');
    await browser.screenshot(options, 'vault-blocked');
    await Promise.all([holder.close(), options.close()]);
    const later = await browser.openExtensionPage('options.html#accounts');
    // The vault of before is gone with the test's own hand; what counts is that the old one opens.
    await later.waitForSelector('::-p-text(No account connected)');
    const { batches } = await countRecords(later);
    expect(batches).toBe(0);
    await later.close();
  });
});
