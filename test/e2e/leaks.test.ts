/** Journey 10: tokens, secrets and keys stay in the background. Known values are planted by signing in with them. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, secret, startJourney } from './journey.ts';
import { createOverlay, visitSite, voteDialog } from './overlay.ts';
import { openVote, waitForDialog } from './page-steps.ts';
import { readVault } from './read-vault.ts';
import { voteInPopup, waitForStatus, waitUntil } from './steps.ts';

/** Keeps every answer of the background that a page of the extension gets, for {@link readAnswers}. */
const listen = `(() => {
  const { runtime } = globalThis.browser ?? globalThis.chrome;
  const send = runtime.sendMessage.bind(runtime);
  globalThis.answers = [];
  runtime.sendMessage = async (...message) => {
    const answer = await send(...message);
    globalThis.answers.push(JSON.stringify([message, answer]));
    return answer;
  };
})()`;

const readAnswers = (page: Page) => page.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'answers')));

/** The page's own array, made by {@link listen}. */
const countAnswers = (page: Page) =>
  page.evaluate(() => (Reflect.get(globalThis, 'answers') as readonly unknown[]).length);

describe.each(browserNames)('secrets in %s', (name) => {
  test('Page attack 13: no token, secret or key is in a message, in storage, in a console, in the journal or in the clear on disk', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    const options = await browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob', hasSecret: true });
    await connectAccount(journey, options, { service: 'hivesigner', name: 'bob' });

    const popup = await browser.openPopup();
    await popup.evaluate(listen);
    await voteInPopup(popup, {
      post: `https://steemit.com/@alice/${seededPosts.fresh.permlink}`,
      weight: '10',
    });
    await waitForStatus(popup, 'Voted 10 %');
    // A real popup closes when the person goes to another tab.
    const popupAnswers = await readAnswers(popup);
    sandbox.hive.refuseNext('Unable to acquire database lock');
    const page = await visitSite(browser, 'https://hive.blog/nature/@carol/emoji-title');
    await openVote(browser, page, seededPosts.emoji);
    await createOverlay(browser, page, voteDialog).press('Vote');
    await waitForDialog(browser, page, 'a refusal', ({ alert }) => alert !== '');

    const views = await browser.openExtensionPage('options.html');
    await views.evaluate(listen);
    const ids = ['accounts', 'activity', 'services'];
    for (const id of ids) {
      await views.evaluate((hash) => {
        location.hash = hash;
      }, id);
      await waitUntil(`answers to ${id}`, async () => (await countAnswers(views)) > ids.indexOf(id));
    }
    // What the journal would export, asked for as the page asks.
    await views.evaluate(
      `(globalThis.browser ?? globalThis.chrome).runtime.sendMessage({ protocol: 'latchkey/1', action: 'journal.export', input: { format: 'json' } })`,
    );

    const planted = [
      secret,
      ...(['steemlogin', 'hivesigner'] as const).flatMap((id) =>
        sandbox.auth[id].tokens.list().map(({ text }) => text),
      ),
    ];
    expect(planted.length).toBeGreaterThanOrEqual(5);
    const seen = {
      popup: popupAnswers,
      views: await readAnswers(views),
      storage: JSON.stringify(await browser.storageDump()),
      consoles: browser.consoleLines.join('\n'),
      page: await page.content(),
      vault: await readVault(views),
    };
    expect(seen.popup).toContain('vote.cast');
    expect(seen.views).toContain('emoji-title');
    expect(seen.vault).toContain('latchkey.app');
    for (const [where, text] of Object.entries(seen))
      for (const value of planted)
        expect(text.includes(value), `${where} holds ${value.slice(0, 12)}`).toBe(false);
  });
});
