/** A backup made in one profile and restored in a fresh one, which then votes with what came along. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { sealBackup } from '../../lib/backup/backup-file.ts';
import type { BackupContent } from '../../lib/backup/content.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { type BrowserDriver } from './driver/driver.ts';
import { browserNames, launchBrowser } from './driver/index.ts';
import { clientId, connectAccount, secret, startJourney } from './journey.ts';
import {
  choose,
  fill,
  findField,
  findService,
  press,
  readRole,
  selectTab,
  voteInPopup,
  waitForAlert,
  waitForStatus,
} from './steps.ts';

const passphrase = 'correct horse battery';
const { author, permlink } = seededPosts.fresh;

/** What the page hands the person as a file: each blob that it makes an address for. */
const catchFiles = `(() => {
  const create = URL.createObjectURL.bind(URL);
  globalThis.files = [];
  URL.createObjectURL = (blob) => {
    globalThis.files.push(blob.text());
    return create(blob);
  };
})()`;

const readFile = (page: Page) =>
  page.evaluate(async () =>
    (await Promise.all(Reflect.get(globalThis, 'files') as Promise<string>[])).at(-1),
  );

async function makeBackup(browser: BrowserDriver): Promise<string> {
  const options = await browser.openExtensionPage('options.html#backup');
  await options.evaluate(catchFiles);
  await fill(options, 'Passphrase of the backup', passphrase);
  await fill(options, 'The same again', passphrase);
  await options.waitForSelector('::-p-text(Strength: )');
  await browser.screenshot(options, 'backup-make');
  await browser.screenshot(options, 'backup-make-dark', { isDark: true });
  await press(options, 'Save backup');
  await waitForStatus(options, /^Saved latchkey-backup-\d{4}-\d\d-\d\d\.json\./);
  await browser.screenshot(options, 'backup-made');
  const text = await readFile(options);
  expect(await options.content()).not.toContain(passphrase);
  await options.close();
  if (text === undefined) throw new Error('No file was saved.');
  return text;
}

/** Brings a part of the page into view, for a picture. */
const show = (page: Page, selector: string) =>
  page.$eval(selector, (element) => element.scrollIntoView({ block: 'start', behavior: 'instant' }));

async function chooseFile(options: Page, path: string): Promise<void> {
  await (await findField(options, 'Backup file')).uploadFile(path);
}

async function openBackup(options: Page, path: string, typed = passphrase): Promise<void> {
  await chooseFile(options, path);
  await fill(options, 'Its passphrase', typed);
  await press(options, 'Open backup');
}

/** The file of somebody who knows the account's name, which is public, and wants its tokens and its votes. */
function forgeBackup(): Promise<string> {
  const account = {
    id: 'any',
    provider: 'steemlogin',
    subject: 'bob',
    name: 'bob',
    scopes: [],
    createdAt: 1,
  };
  const content: BackupContent = {
    madeAt: Date.UTC(2026, 10, 20),
    hasSecrets: false,
    services: [
      {
        provider: 'steemlogin',
        clientId,
        authBase: 'https://steemlogin.example',
        apiBase: 'https://api.steemlogin.com',
        settings: {},
        secrets: {},
      },
    ],
    accounts: [{ ...account, defaultFor: [], postWeight: 100, commentWeight: 100 }],
    lookups: [],
    settings: { missed: 'send', manaFloorPercent: 20, undoSecondsPage: 0 },
    people: [],
    journal: [
      {
        ...{ request: 'planted', at: Date.UTC(2026, 10, 20), action: 'vote.cast', provider: 'steemlogin' },
        ...{ account: 'any', name: 'bob', chain: 'steem', author, permlink, weight: -100, target: 'x' },
        ...{ outcome: 'failed', isReviewed: false, message: 'The network failed.' },
      },
    ],
  };
  const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  return sealBackup({ crypto: crypto.subtle, randomBytes }, JSON.stringify(content), passphrase);
}

describe.each(browserNames)('a backup in %s', (name) => {
  test('brings accounts to a fresh profile, compares first, and changes nothing the second time', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    const first = await browser.firstRunPage();
    await connectAccount(journey, first, { service: 'steemlogin', name: 'bob', hasSecret: true });
    await connectAccount(journey, first, { service: 'hivesigner', name: 'bob' });
    const text = await makeBackup(browser);
    const planted = [secret, ...sandbox.auth.steemlogin.validRefreshTokens('bob')];
    expect(planted.length).toBeGreaterThanOrEqual(2);
    for (const value of planted) expect(text).not.toContain(value);

    const folder = await mkdtemp(join(tmpdir(), 'latchkey-backup-'));
    const elsewhere = await launchBrowser(name, sandbox);
    try {
      const path = join(folder, 'latchkey-backup.json');
      await writeFile(path, text);
      await writeFile(join(folder, 'cut.json'), text.slice(0, -100));
      const options = await elsewhere.openExtensionPage('options.html#backup');
      await openBackup(options, join(folder, 'cut.json'));
      expect(await waitForAlert(options)).toContain('damaged or incomplete');
      await openBackup(options, path, 'not the one');
      expect(await waitForAlert(options)).toBe('This is not the passphrase.');
      await elsewhere.screenshot(options, 'backup-refused');
      await openBackup(options, path);
      await options.waitForSelector('table.comparison');
      await show(options, 'table');
      await elsewhere.screenshot(options, 'backup-comparison');
      await press(options, 'Restore');
      await waitForStatus(options, 'Restored: ');
      await elsewhere.screenshot(options, 'backup-restored', { isDark: true });
      expect(await readRole(options, 'alert')).toEqual([]);

      const popup = await elsewhere.openPopup();
      await voteInPopup(popup, { post: `${author}/${permlink}`, weight: '10' });
      await waitForStatus(popup, 'Voted 10 %');
      expect(sandbox.steem.votesOn(author, permlink)).toContainEqual(
        expect.objectContaining({ voter: 'bob', percent: 1000 }),
      );

      // Something is other than in the backup now, and stays so unless the person says otherwise.
      const services = await elsewhere.openExtensionPage('options.html#services');
      const region = await findService(services, 'SteemLogin');
      await fill(region, 'Client ID', 'another.app');
      await press(region, 'Save');
      await waitForStatus(region, 'SteemLogin is saved.');
      await services.close();
      const again = await elsewhere.openExtensionPage('options.html#backup');
      await openBackup(again, path);
      await again.waitForSelector('::-p-text(Client ID: another.app here, latchkey.app in the backup)');
      await choose(again, 'Which one stays', 'Take the backup’s');
      await show(again, 'table');
      await elsewhere.screenshot(again, 'backup-different');
      await elsewhere.screenshot(again, 'backup-different-dark', { isDark: true });
      await press(again, 'Restore');
      await waitForStatus(again, 'Restored: 0 new, ');
    } finally {
      await elsewhere.close();
      await rm(folder, { recursive: true, force: true });
    }
    // The original is none the worse for it.
    const here = await browser.openPopup();
    await voteInPopup(here, { post: `${author}/${permlink}`, weight: '20' });
    await waitForStatus(here, 'Voted 20 %');
  });

  test('of a stranger gets no token at its server, and no downvote without a word', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    const first = await browser.firstRunPage();
    await connectAccount(journey, first, { service: 'steemlogin', name: 'bob', hasSecret: true });
    const choices = await browser.openExtensionPage('options.html#services');
    await choose(choices, 'When a scheduled time was missed', 'Skip it');
    await choices.close();
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-backup-'));
    try {
      const path = join(folder, 'planted.json');
      await writeFile(path, await forgeBackup());
      const options = await browser.openExtensionPage('options.html#backup');
      await openBackup(options, path);
      await options.waitForSelector('::-p-text(If it is taken, 1 account here has to sign in again)');
      await show(options, 'table');
      await browser.screenshot(options, 'backup-other-service');
      await browser.screenshot(options, 'backup-other-service-dark', { isDark: true });
      await choose(options, 'Which one stays', 'Take the backup’s');
      await press(options, 'Restore');
      await waitForStatus(options, '1 account that was here has to sign in again');
      await browser.screenshot(options, 'backup-other-service-restored');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }

    const tryAgain = async (page: Page, view: string) => {
      await press(page, 'Try again');
      await page.waitForSelector(`::-p-text(Downvote ${author}/${permlink} with -100 %?)`);
      await browser.screenshot(page, `activity-downvote-again-${view}`);
      await browser.screenshot(page, `activity-downvote-again-${view}-dark`, { isDark: true });
      await press(page, 'Confirm');
      expect(await waitForAlert(page)).toContain('was changed after this account signed in');
    };
    const popup = await browser.openPopup();
    await selectTab(popup, 'Activity');
    await tryAgain(popup, 'popup');
    await popup.close();
    // Each failed try is an entry of its own, above the one that was planted.
    await tryAgain(await browser.openExtensionPage('options.html#activity'), 'options');
    expect(sandbox.requests.count({ host: 'steemlogin.example' })).toBe(0);
    expect(sandbox.steem.votesOn(author, permlink).some(({ voter }) => voter === 'bob')).toBe(false);
  });
});
