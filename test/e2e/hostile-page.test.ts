/**
 * Journey 9: a page that presses our buttons by script, forges messages, lies about the post and tries to hide what we
 * show (test/sandbox/pages/hostile.ts). Nothing happens that the person did not do, and the person sees the truth.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimedPost, hostilePost } from '../sandbox/pages/index.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import { createOverlay, postActions, visitSite, voteDialog } from './overlay.ts';
import {
  chooseUndo,
  nameOf,
  openVote,
  readDialog,
  tweetAbout,
  voteOn,
  waitForButtons,
  waitForDialog,
  waitForMark,
  waitForNoDialog,
} from './page-steps.ts';
import { waitUntil } from './steps.ts';

const broadcasts = { path: '/api/broadcast', method: 'POST' };

/** Waits until the page's attack has run a few times more. */
async function waitForAttacks(page: Page): Promise<void> {
  const count = () => page.evaluate(() => Number(Reflect.get(window, 'rounds')));
  const before = await count();
  await waitUntil('a few attacks', async () => (await count()) >= before + 4);
}

const readLoot = (page: Page) =>
  page.evaluate(() => [...new Set(Reflect.get(window, 'loot') as readonly string[])]);

describe.each(browserNames)('a hostile page in %s', (name) => {
  let journey: Journey;
  let page: Page;
  beforeAll(async () => {
    journey = await startJourney(name);
    const options = await journey.browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
    await chooseUndo(options, 'Off');
    journey.sandbox.requests.clear();
    page = await journey.browser.newPage('https://steemit.com/hostile');
    await waitForButtons(journey.browser, page, hostilePost);
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  test('Page attack 1: opens no popover, no tab and casts no vote by script, and finds no way in', async () => {
    const { browser, sandbox } = journey;
    const tabs = (await page.browser().pages()).length;
    await waitForAttacks(page);
    expect(await readDialog(browser, page)).toBeUndefined();
    expect(await page.browser().pages()).toHaveLength(tabs);
    expect(sandbox.requests.count(broadcasts)).toBe(0);
    expect(await readLoot(page)).toEqual([]);
    expect(await createOverlay(browser, page, postActions).buttons()).toEqual([
      voteOn(hostilePost),
      tweetAbout(hostilePost),
    ]);
  });

  test('Page attack 2: cannot hide the popover, which names the post that is voted on and shows its title as text', async () => {
    const { browser, sandbox } = journey;
    const dialog = await openVote(browser, page, hostilePost);
    expect(dialog.label).toBe(voteOn(hostilePost));
    expect(dialog.text).toContain(nameOf(hostilePost));
    expect(dialog.text).toContain('By mallory');
    expect(dialog.text).not.toContain(claimedPost.author);
    expect(dialog.title).toContain('<script>document.title="owned"</script>');
    expect(dialog.foreign).toBe(0);
    expect(dialog.height).toBeGreaterThan(200);
    // It fades in, from nothing.
    await waitForDialog(browser, page, 'to be seen', ({ isVisible }) => isVisible);
    await browser.screenshot(page, 'page-hostile');

    // The open popover is attacked as well.
    await waitForAttacks(page);
    await waitForDialog(browser, page, 'no change', ({ status, alert }) => status === '' && alert === '');
    expect(await page.title()).not.toBe('owned');
    expect(sandbox.requests.count(broadcasts)).toBe(0);
    expect(await readLoot(page)).toEqual([]);
  });

  test('Page attack 3: gets the one vote that the person casts, on the post that the popover named', async () => {
    const { browser, sandbox } = journey;
    const dialog = createOverlay(browser, page, voteDialog);
    await dialog.typeNumber('7');
    await dialog.press('Vote');
    await waitForNoDialog(browser, page);
    await waitForMark(browser, page, hostilePost, 'Voted 7 %');
    await waitForAttacks(page);
    expect(sandbox.requests.count(broadcasts)).toBe(1);
    expect(sandbox.steem.votesOn(hostilePost.author, hostilePost.permlink)).toMatchObject([
      { voter: 'bob', percent: 700 },
    ]);
    expect(sandbox.steem.votesOn(claimedPost.author, claimedPost.permlink)).not.toContainEqual(
      expect.objectContaining({ voter: 'bob' }),
    );
    // What was typed and what was voted stayed unheard.
    expect(await readLoot(page)).toEqual([]);
  });

  test('Page attack 4: cannot bend a link to another post between the press and the popover', async () => {
    const { browser, sandbox } = journey;
    // The last moment for a page to act: its listener runs before ours.
    await page.evaluate(({ author, permlink }) => {
      const swap = ({ isTrusted }: Event) => {
        // The page presses by script all the time, which is not the moment.
        if (!isTrusted) return;
        removeEventListener('pointerdown', swap, true);
        for (const link of document.querySelectorAll('h2 a'))
          link.setAttribute('href', `/@${author}/${permlink}`);
      };
      addEventListener('pointerdown', swap, true);
    }, claimedPost);
    await createOverlay(browser, page, postActions).press(voteOn(hostilePost));
    // The buttons follow the link, and the press that was meant for the other post is void.
    await waitForButtons(browser, page, claimedPost);
    expect(await readDialog(browser, page)).toBeUndefined();
    expect(sandbox.requests.count(broadcasts)).toBe(1);
  });

  test.each([
    ['Page attack 6: poisoned prototypes change nothing of ours', 'poison'],
    ['Page attack 7: elements that take the names of the document’s own change nothing of ours', 'clobber'],
  ])('%s', async (_title, attack) => {
    const { browser, sandbox } = journey;
    const own = await browser.newPage('https://steemit.com/hostile');
    await waitForButtons(browser, own, hostilePost);
    await own.evaluate((kind) => {
      const found = Reflect.get(window, 'loot') as string[];
      const grab = (what: string) => {
        found.unshift(what);
      };
      if (kind === 'poison') {
        for (const name of ['account', 'weight', 'action', 'isConfirmed'])
          Object.defineProperty(Object.prototype, name, {
            configurable: true,
            get: () => {
              grab(`read ${name}`);
            },
            set: () => {
              grab(`written ${name}`);
            },
          });
        Event.prototype.stopPropagation = () => {
          grab('called stopPropagation');
        };
        crypto.randomUUID = () => '00000000-0000-4000-8000-000000000000';
      } else {
        for (const name of ['documentElement', 'createElement', 'activeElement', 'head'])
          document.body.insertAdjacentHTML('beforeend', `<form name="${name}" id="${name}"></form>`);
      }
    }, attack);
    const before = sandbox.requests.count(broadcasts);
    const dialog = await openVote(browser, own, hostilePost);
    expect(dialog.label).toBe(voteOn(hostilePost));
    expect(dialog.foreign).toBe(0);
    await own.keyboard.press('Escape');
    expect(sandbox.requests.count(broadcasts)).toBe(before);
    const loot = await own.evaluate(() => Reflect.get(window, 'loot') as readonly string[]);
    expect(loot.filter((what) => /root|chrome|inside/.test(what))).toEqual([]);
    await own.close();
  });

  test('Page attack 5: a title with script stays text on a real post page too', async () => {
    const { browser } = journey;
    const real = await visitSite(browser, `https://steemit.com/spam/@${nameOf(hostilePost)}`);
    const { title, foreign } = await openVote(browser, real, hostilePost);
    expect(title).toContain('onerror=');
    expect(foreign).toBe(0);
    expect(await real.title()).not.toBe('owned');
  });
});
