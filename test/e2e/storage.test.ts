/** Storage that fails under a real browser: a damaged record, a key that is gone, a window that blocks the upgrade, no room. */
import { rm } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { copyLimitedBuild, fillDisk } from './full-disk.ts';
import { clientId, connectAccount, registerApp, startJourney, type Journey } from './journey.ts';
import {
  findAccount,
  findService,
  press,
  readRole,
  setUpService,
  signIn,
  voteInPopup,
  waitFor,
  waitForAlert,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import { countRecords, holdOldVault, putRecord, returnKey, takeKey } from './vault-faults.ts';

const link = ({ author, permlink }: { author: string; permlink: string }) =>
  `https://steemit.com/@${author}/${permlink}`;

const hiveLink = ({ author, permlink }: { author: string; permlink: string }) =>
  `https://hive.blog/@${author}/${permlink}`;

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

describe('a full disk in Chromium', () => {
  const noRoom = 'There is no room left to save on this device.';
  let journey: Journey;
  let extension: string;
  let options: Page;
  beforeAll(async () => {
    extension = await copyLimitedBuild();
    journey = await startJourney('chromium', { extension });
    options = await journey.browser.firstRunPage();
    await connectAccount(journey, options, { service: 'hivesigner', name: 'bob' });
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob', hasSecret: true });
    await registerApp(journey.sandbox, options, 'steemconnect');
    await setUpService(options, { service: 'SteemConnect', clientId });
  });
  afterAll(async () => {
    await journey[Symbol.asyncDispose]();
    await rm(extension, { recursive: true, force: true });
  });

  test('what finds no room is told in words and loses nothing, and goes on where there is room again', async () => {
    const { browser, sandbox } = journey;
    const { fresh, chinese } = seededPosts;
    const votesOn = ({ author, permlink }: typeof fresh | typeof chinese) =>
      sandbox.hive.votesOn(author, permlink).filter(({ voter }) => voter === 'bob');
    const broadcast = { path: '/api/broadcast', method: 'POST' };
    const renewal = { host: 'api.steemlogin.com', path: '/api/oauth2/token' };
    const countRequests = () =>
      [broadcast, renewal, { host: 'steemconnect.com' }].map((filter) => sandbox.requests.count(filter));
    const accounts = await browser.openExtensionPage('options.html#accounts');
    const refresh = async () => {
      await accounts.bringToFront();
      await press(await findAccount(accounts, 'SteemLogin'), 'Refresh now');
    };
    const before = await countRecords(accounts);
    const asked = countRequests();
    const disk = await fillDisk(accounts);

    // Full from the start: nothing leaves, nothing changes.
    const popup = await browser.openPopup();
    await voteInPopup(popup, { post: hiveLink(fresh), weight: '10' });
    expect(await waitForAlert(popup)).toContain(noRoom);
    await popup.close();
    await refresh();
    expect(await waitForAlert(accounts)).toContain(noRoom);
    await options.bringToFront();
    await press(await findService(options, 'SteemConnect'), 'Sign in');
    expect(await waitForAlert(options)).toContain(noRoom);
    await browser.screenshot(options, 'storage-full');
    expect(countRequests()).toEqual(asked);
    expect(await countRecords(options)).toEqual(before);

    // Full between what was sent and its answer: the vote is cast and the pair renewed, and neither can be kept.
    await disk.giveLittle();
    const voting = sandbox.misbehave({ ...broadcast, how: { kind: 'hold', when: 'after' } });
    const renewing = sandbox.misbehave({ ...renewal, how: { kind: 'hold', when: 'after' } });
    await refresh();
    await waitFor('the renewal at the service', renewing.hit);
    const second = await browser.openPopup();
    await voteInPopup(second, { post: hiveLink(fresh), weight: '10' });
    await waitFor('the vote at the service', voting.hit);
    await disk.fill();
    voting.release();
    renewing.release();
    expect(await waitForAlert(second)).toContain(noRoom);
    await second.close();
    await accounts.waitForSelector('::-p-text(could not be saved on this device)');

    await disk.empty();
    // By itself: the pair waited in memory.
    await waitUntil('the pair to be kept', async () =>
      (await (await findAccount(accounts, 'SteemLogin')).evaluate((row) => row.textContent)).includes(
        'Fresh',
      ),
    );
    await options.bringToFront();
    await signIn(browser, options, { service: 'SteemConnect', host: 'steemconnect.com', name: 'bob' });
    const third = await browser.openPopup();
    await voteInPopup(third, { post: hiveLink(chinese), weight: '10' });
    await waitForStatus(third, 'Voted 10 %');
    // The vote of before was found on the chain: neither it nor the pair was asked for twice.
    await waitUntil('the outbox to be empty', async () => (await countRecords(options))['outbox'] === 0);
    expect([votesOn(fresh), votesOn(chinese)]).toMatchObject([[{ changes: 0 }], [{ changes: 0 }]]);
    const [votes = 0, renewals = 0] = asked;
    expect(countRequests().slice(0, 2)).toEqual([votes + 2, renewals + 1]);
    expect(await countRecords(options)).toMatchObject({ accounts: 3, grants: 3 });
  });
});
