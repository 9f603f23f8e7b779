/** What waits: votes and tweets without a network, for a time to come, and what becomes of a time that was missed. */
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { seededXApp } from '../sandbox/x/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import {
  byRole,
  choose,
  fill,
  press,
  readRole,
  selectTab,
  setUpService,
  waitForStatus,
  waitUntil,
} from './steps.ts';
import {
  answerConsent,
  openConsent,
  openTweetTab,
  registerXApps,
  waitForConsent,
  waitForText,
  writeTweet,
} from './x-steps.ts';

interface Post {
  readonly author: string;
  readonly permlink: string;
}

const { fresh, rightToLeft, chinese, emoji, comment, lastHours, onlyOnSteem } = seededPosts;
const passphrase = 'correct horse battery';
const link = ({ author, permlink }: Post) => `https://steemit.com/@${author}/${permlink}`;
const isVote = { host: 'api.steemlogin.com', method: 'POST', path: '/api/broadcast' };
const isTweet = { host: 'api.x.com', method: 'POST', path: '/2/tweets' };

/** What a `datetime-local` field shows for a time, with seconds, so that no journey waits for the next full minute. */
const localTime = (page: Page, at: number) =>
  page.evaluate((time) => {
    const local = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
    return local.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  }, at);

/** Lets the times of all that is scheduled lie so much earlier, as if the browser had been closed meanwhile. */
const turnBack = (page: Page, ms: number) =>
  page.evaluate(async (by) => {
    const done = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const database = await done(indexedDB.open('latchkey'));
    const store = database.transaction('outbox', 'readwrite').objectStore('outbox');
    // The entries as the vault's schema has them.
    const entries = (await done(store.getAll())) as { schedule: { at: number } }[];
    for (const entry of entries) {
      entry.schedule.at -= by;
      await done(store.put(entry));
    }
    database.close();
  }, ms);

interface ActionApi {
  readonly action: {
    getBadgeText(details: object): Promise<string>;
    getTitle(details: object): Promise<string>;
  };
}

/** What the toolbar button says. */
const readBadge = (page: Page) =>
  page.evaluate(async () => {
    // Runs in a page of the extension, where the browser put its API.
    const scope = globalThis as unknown as { readonly browser?: ActionApi; readonly chrome: ActionApi };
    const { action } = scope.browser ?? scope.chrome;
    return { text: await action.getBadgeText({}), title: await action.getTitle({}) };
  });

describe.each(browserNames)('the outbox in %s', (name) => {
  let journey: Journey;
  let front: Page;
  const open: Page[] = [];

  beforeAll(async () => {
    journey = await startJourney(name);
    const { browser } = journey;
    const options = await browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
    await registerXApps(journey, options);
    await setUpService(options, { service: 'X', clientId: seededXApp.clientId });
    await answerConsent(await openConsent(journey, options), 'Authorize app');
    await waitForStatus(options, 'Signed in as bob_on_x.');
    front = await browser.newPage('about:blank');
    const reading = await openTweetTab(journey, front);
    await press(reading, 'Allow posting');
    await answerConsent(await waitForConsent(browser), 'Authorize app');
    await waitUntil('the right to post', () =>
      Promise.resolve(
        journey.sandbox.x.consentsOf('bob_on_x').some(({ scope }) => scope.includes('tweet.write')),
      ),
    );
    await reading.close().catch(() => undefined);
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  afterEach(async () => {
    await journey.browser.setOffline(false);
    for (const page of open.splice(0)) await page.close().catch(() => undefined);
  });

  const openPopup = async () => {
    const popup = await journey.browser.openPopup(front);
    open.push(popup);
    await popup.waitForSelector('form.vote button[type=submit][aria-disabled=false]');
    return popup;
  };
  /** They push the buttons down when they come, or fail to. */
  const waitForFacts = (popup: Page) => popup.waitForSelector('.facts[aria-busy=false]');
  const voteFor = async (popup: Page, post: Post, button = 'Vote') => {
    await fill(popup, 'Post', link(post));
    await waitForFacts(popup);
    await press(popup, button);
  };
  const votes = ({ author, permlink }: Post) =>
    journey.sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob');
  const tweets = (text: string) => journey.sandbox.x.tweetsOf('bob_on_x').filter((one) => one.text === text);
  const waiting = (page: Page) =>
    page.$$eval('.waiting-list li.entry', (rows) => rows.map((row) => (row as HTMLElement).innerText));
  /** With the time that the form proposes, or in so many ms. */
  const scheduleFor = async (popup: Page, post: Post, ms?: number) => {
    await fill(popup, 'Post', link(post));
    await waitForFacts(popup);
    await press(popup, 'Later…');
    // The field knows no milliseconds.
    const at = Math.ceil((Date.now() + (ms ?? 0)) / 1000) * 1000;
    if (ms !== undefined) await fill(popup, 'When', await localTime(popup, at));
    await press(popup, 'Schedule');
    await waitForStatus(popup, /^Scheduled for .*UTC/);
    return at;
  };
  /** On the first button of this name. */
  const doubleClick = async (page: Page, button: string) => {
    await (await page.$(byRole('button', button)))?.click({ count: 2 });
  };
  const waitForRows = async (page: Page, count: number) => {
    await waitUntil(`${count} waiting`, async () => (await waiting(page)).length === count);
    return waiting(page);
  };

  test('without a network all waits, in order; with one, each goes out once', async () => {
    const { browser, sandbox } = journey;
    const popup = await openPopup();
    await browser.setOffline(true);
    await voteFor(popup, fresh);
    await waitForStatus(popup, 'No network. It is kept and goes out when you are back online.');
    await voteFor(popup, rightToLeft);
    await waitForStatus(popup, 'No network.');
    await selectTab(popup, 'Tweet');
    await writeTweet(popup, 'Written in a tunnel');
    await press(popup, 'Tweet');
    await waitForStatus(popup, 'No network.');
    await press(popup, 'See in Activity');
    const rows = await waitForRows(popup, 3);
    expect(rows).toEqual([
      expect.stringContaining(`${fresh.author}/${fresh.permlink}`),
      expect.stringContaining(`${rightToLeft.author}/${rightToLeft.permlink}`),
      expect.stringContaining('Written in a tunnel'),
    ]);
    await popup.close();
    await browser.stopWorker();
    expect(sandbox.requests.count(isVote) + sandbox.requests.count(isTweet)).toBe(0);

    await browser.setOffline(false);
    const later = await openPopup();
    await waitUntil('all to go out', () =>
      Promise.resolve(tweets('Written in a tunnel').length + votes(rightToLeft).length === 2),
    );
    await selectTab(later, 'Activity');
    await waitForRows(later, 0);
    await waitForText(later, `Vote 100 % ${fresh.author}/${fresh.permlink}`);
    await waitForText(later, 'Written in a tunnel');
    expect([votes(fresh), votes(rightToLeft), tweets('Written in a tunnel')]).toMatchObject([
      [{ changes: 0 }],
      [{ changes: 0 }],
      [{}],
    ]);
    const [first, second] = sandbox.requests.find(isVote).map(({ body }) => body);
    expect([first, second]).toEqual([
      expect.stringContaining(fresh.permlink),
      expect.stringContaining(rightToLeft.permlink),
    ]);
    expect(sandbox.requests.count(isVote) + sandbox.requests.count(isTweet)).toBe(3);
  });

  test('the popup that stays open tells how it went', async () => {
    const { browser } = journey;
    const popup = await openPopup();
    await browser.setOffline(true);
    await voteFor(popup, chinese);
    await waitForStatus(popup, 'No network.');
    await browser.setOffline(false);
    // Firefox tells the background that the network is back. Chromium never tells a worker, which so looks each minute, and
    // whenever it is started.
    if (name === 'chromium') await browser.stopWorker();
    await selectTab(popup, 'Activity');
    await selectTab(popup, 'Vote');
    await waitForStatus(popup, /Voted 100 % on alice\/zhongwen-biaoti as bob/);
    expect(votes(chinese)).toMatchObject([{ changes: 0 }]);
  });

  test('what waits is taken back, by a double click too, and never leaves', async () => {
    const { browser, sandbox } = journey;
    const popup = await openPopup();
    await browser.setOffline(true);
    await voteFor(popup, comment);
    await waitForStatus(popup, 'No network.');
    await voteFor(popup, lastHours);
    await waitForStatus(popup, 'No network.');
    await selectTab(popup, 'Activity');
    await waitForRows(popup, 2);
    await doubleClick(popup, 'Cancel');
    await waitForStatus(popup, 'Taken back. It will not be sent.');
    expect(await waitForRows(popup, 1)).toEqual([expect.stringContaining(lastHours.permlink)]);
    await press(popup, 'Cancel');
    await waitForRows(popup, 0);
    const before = sandbox.requests.count(isVote);
    await browser.setOffline(false);
    // The next one goes out, and would behind those two if they were still there.
    await selectTab(popup, 'Vote');
    await voteFor(popup, { author: 'mallory', permlink: 'script-in-the-title' });
    await waitForStatus(popup, /Voted 100 % on mallory/);
    expect(sandbox.requests.count(isVote) - before).toBe(1);
    expect([votes(comment), votes(lastHours)]).toEqual([[], []]);
  });

  test('a vote and a tweet for later leave at their time, with nobody there', async () => {
    const { browser } = journey;
    const popup = await openPopup();
    await fill(popup, 'Post', link(emoji));
    await waitForFacts(popup);
    await press(popup, 'Later…');
    await fill(popup, 'When', '2020-01-01T00:00');
    await press(popup, 'Schedule');
    await waitUntil('the field to say that this is over', async () =>
      (await readRole(popup, 'alert')).some((text) => text.includes('This time is over.')),
    );
    // The field knows no milliseconds.
    const at = Math.ceil(Date.now() / 1000) * 1000 + 12_000;
    await fill(popup, 'When', await localTime(popup, at));
    await doubleClick(popup, 'Schedule');
    await waitForStatus(popup, /^Scheduled for .*UTC/);
    await selectTab(popup, 'Tweet');
    await writeTweet(popup, 'Written before');
    await press(popup, 'Later…');
    await fill(popup, 'When', await localTime(popup, at));
    await press(popup, 'Schedule');
    await waitForStatus(popup, /^Scheduled for .*UTC/);
    expect([votes(emoji), tweets('Written before')]).toEqual([[], []]);
    await popup.close();
    await browser.stopWorker();
    await waitUntil('both to leave', () =>
      Promise.resolve(votes(emoji).length === 1 && tweets('Written before').length === 1),
    );
    expect(Date.now()).toBeGreaterThanOrEqual(at);
    expect(votes(emoji)).toMatchObject([{ changes: 0 }]);
  });

  test('what missed its time while the browser was closed asks, at the toolbar button too', async () => {
    const { browser, sandbox } = journey;
    const popup = await openPopup();
    for (const post of [comment, lastHours]) await scheduleFor(popup, post);
    await popup.close();
    const options = await browser.openOptions();
    await turnBack(options, 3 * 60 * 60_000);
    const before = sandbox.requests.count(isVote);
    await browser.restart();
    front = await browser.newPage('about:blank');

    const again = await openPopup();
    await waitUntil('the toolbar button to say so', async () => (await readBadge(again)).text === '!');
    expect((await readBadge(again)).title).toContain('2');
    await selectTab(again, 'Activity');
    expect(await waitForRows(again, 2)).toEqual([
      expect.stringContaining('Its time was'),
      expect.stringContaining('Its time was'),
    ]);
    await doubleClick(again, 'Send now');
    await waitUntil('the vote to leave', () => Promise.resolve(votes(comment).length === 1));
    await waitForRows(again, 1);
    await press(again, 'Skip');
    await waitForRows(again, 0);
    await waitUntil('the toolbar button to be quiet', async () => (await readBadge(again)).text === '');
    expect(sandbox.requests.count(isVote) - before).toBe(1);
    expect([votes(comment), votes(lastHours)]).toMatchObject([[{ changes: 0 }], []]);
  });

  test.each([
    { choice: 'Send it late', post: { author: 'alice', permlink: 'garden-diary-1' }, isSent: true },
    { choice: 'Skip it', post: { author: 'carol', permlink: 'kitchen-diary-2' }, isSent: false },
  ])(
    'what missed its time while the browser was closed: "$choice", as chosen',
    async ({ choice, post, isSent }) => {
      const { browser, sandbox } = journey;
      const options = await browser.openOptions();
      await choose(options, 'When a scheduled time was missed', choice);
      await waitForStatus(options, 'Saved.');
      const popup = await openPopup();
      await scheduleFor(popup, post);
      await popup.close();
      await turnBack(options, 3 * 60 * 60_000);
      const before = sandbox.requests.count(isVote);
      await browser.restart();
      front = await browser.newPage('about:blank');

      const again = await openPopup();
      await selectTab(again, 'Activity');
      await waitForText(again, isSent ? `Vote 100 % ${post.author}/${post.permlink}` : 'so it was skipped');
      await waitForRows(again, 0);
      expect(sandbox.requests.count(isVote) - before).toBe(Number(isSent));
      expect(votes(post)).toHaveLength(Number(isSent));
      await browser.screenshot(again, `missed-${isSent ? 'sent' : 'skipped'}`);
    },
  );

  test('while Latchkey is locked all waits; unlocked, each goes out once', async () => {
    const { browser, sandbox } = journey;
    const options = await browser.openExtensionPage('options.html#security');
    await fill(options, 'New passphrase', passphrase);
    await fill(options, 'The same again', passphrase);
    await press(options, 'Set passphrase');
    await options.waitForSelector('::-p-text(A passphrase protects your sign-ins.)');
    const popup = await openPopup();
    const at = await scheduleFor(popup, lastHours, 8000);
    await browser.setOffline(true);
    await voteFor(popup, onlyOnSteem);
    await waitForStatus(popup, 'No network.');
    await popup.close();
    const before = sandbox.requests.count(isVote);
    await options.bringToFront();
    await press(options, 'Lock now');
    await options.waitForSelector('::-p-text(Latchkey is locked)');
    await browser.setOffline(false);
    await browser.stopWorker();
    // What it does by itself it does within these seconds: the time has come and the network is back.
    await waitUntil('the time to be over', () => Promise.resolve(Date.now() > at + 3000));
    const locked = await browser.openPopup(front);
    open.push(locked);
    await locked.waitForSelector('::-p-text(Latchkey is locked)');
    expect(sandbox.requests.count(isVote)).toBe(before);

    await fill(locked, 'Passphrase', passphrase);
    await press(locked, 'Unlock');
    await waitUntil('both to go out', () =>
      Promise.resolve(votes(lastHours).length + votes(onlyOnSteem).length === 2),
    );
    await selectTab(locked, 'Activity');
    await waitForRows(locked, 0);
    expect(sandbox.requests.count(isVote) - before).toBe(2);
    await browser.screenshot(locked, 'unlocked-activity');
  });
});
