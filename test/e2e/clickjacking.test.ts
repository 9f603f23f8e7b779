/**
 * A page that makes people press what they do not see: it covers, shrinks, hides or moves what Latchkey shows, and lets
 * the clicks through. Its buttons beside posts act on nothing by themselves; the popover acts only while it is seen.
 */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
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

const post = seededPosts.fresh;
const writes = { method: 'POST', path: '/api/broadcast' };

/** What the page does, and how it takes it back. `cover` and `html` are at hand. */
const attacks: Readonly<Record<string, readonly [attack: string, retreat: string]>> = {
  'an opaque sheet over everything that lets clicks through, in a closed shadow root': [
    `document.body.append(host);
     sheet.popover = 'manual';
     sheet.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;background:white;pointer-events:none;border:0';
     sheet.showPopover();`,
    'sheet.hidePopover()',
  ],
  'the backdrop of an element as small as a dot': [
    `style.textContent = '#dot::backdrop { background: white; pointer-events: none }';
     dot.popover = 'manual';
     dot.style.cssText = 'position:fixed;inset:auto 0 0 auto;width:1px;height:1px;border:0;pointer-events:none';
     dot.showPopover();`,
    'dot.hidePopover()',
  ],
  'the picture of a view transition': [
    `style.textContent = '::view-transition { background: white; pointer-events: none } ::view-transition-group(root) { animation-duration: 600s } ::view-transition-image-pair(root) { display: none }';
     window.transition = document.startViewTransition(() => undefined);`,
    'transition.skipTransition()',
  ],
  'a filter of the whole page': [`html.style.filter = 'opacity(0)'`, `html.style.filter = ''`],
  'no opacity of the whole page': [`html.style.opacity = '0'`, `html.style.opacity = ''`],
  'a scale of the whole page': [`html.style.transform = 'scale(.01)'`, `html.style.transform = ''`],
  'a zoom of the whole page': [`html.style.zoom = '.05'`, `html.style.zoom = ''`],
  'content that is not drawn': [
    `html.style.contentVisibility = 'hidden'`,
    `html.style.contentVisibility = ''`,
  ],
  'styles on our element': [
    `ours.style.cssText = 'opacity:0!important;display:none!important;zoom:.01!important;filter:opacity(0)!important'`,
    `ours.style.cssText = ''`,
  ],
};

/** Things for the page's script to cover with, under the names that {@link attacks} use. */
const kit = `
  const html = document.documentElement;
  const ours = document.querySelector('${voteDialog}');
  const make = (id) => document.getElementById(id) ?? Object.assign(document.createElement('div'), { id });
  const [host, dot] = [make('host'), make('dot')];
  html.lastElementChild.after(dot);
  const sheet = host.sheet ??= host.attachShadow({ mode: 'closed' }).appendChild(document.createElement('div'));
  const style = document.head.appendChild(document.createElement('style'));
`;

describe.each(browserNames)('clickjacking in %s', (name) => {
  let journey: Journey;
  let page: Page;
  /** Where the popover's button is, each time the same: the page stands still. */
  let spot: { readonly x: number; readonly y: number };

  const countVotes = () => journey.sandbox.requests.count(writes);
  /** The middle of the button that acts, the last of the row. */
  const findSpot = async () =>
    (await journey.browser.callOnShadowRoots(
      page,
      voteDialog,
      `([root]) => {
        const { x, y, width, height } = [...root.querySelectorAll('.acts')].at(-1).getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }`,
    )) as typeof spot; // As that function returns it.
  const press = ({ x, y }: typeof spot) => page.mouse.click(x, y);
  /** What is drawn where the button is. */
  const picture = () =>
    page.screenshot({
      clip: { x: spot.x - 20, y: spot.y - 10, width: 40, height: 20 },
      encoding: 'base64',
    });
  beforeAll(async () => {
    journey = await startJourney(name);
    const options = await journey.browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
    await chooseUndo(options, 'Off');
    page = await visitSite(journey.browser, `https://steemit.com/travel/@${nameOf(post)}`);
    await waitForButtons(journey.browser, page, post);
  });
  afterAll(() => journey[Symbol.asyncDispose]());

  /** At -5 % the popover asks once more, so that a press which is taken leaves a trace. */
  const openDownvote = async () => {
    await openVote(journey.browser, page, post);
    await createOverlay(journey.browser, page, voteDialog).typeNumber('-5');
  };
  const waitToAct = (step: string) =>
    waitForDialog(
      journey.browser,
      page,
      `${step}, to act`,
      ({ acts, status }) => acts && status.includes(step),
    );

  test('Page attack 9: a second press is too early for what came under the pointer with the first', async () => {
    const { browser } = journey;
    await openDownvote();
    await waitToAct('');
    spot = await findSpot();
    await press(spot);
    await waitToAct('Downvote');
    const next = await findSpot();
    await createOverlay(browser, page, voteDialog).press('Back');
    await waitToAct('');

    await press(spot);
    await press(next);
    await waitToAct('Downvote');
    const hit = await browser.callOnShadowRoots(
      page,
      voteDialog,
      `([root]) => root.querySelector('button:hover')?.textContent`,
    );
    expect(hit).toBe('Downvote');
    await createOverlay(browser, page, voteDialog).press('Back');
    expect(countVotes()).toBe(0);
  });

  test.each(Object.entries(attacks))('Page attack 8: is not hit by %s', async (_attack, [cover, uncover]) => {
    const { browser } = journey;
    if ((await readDialog(browser, page)) === undefined) await openDownvote();
    await waitToAct('');
    spot = await findSpot();
    await page.mouse.move(1, 1);
    const before = await picture();
    await page.evaluate(`{ ${kit} ${cover}; undefined }`);
    if ((await picture()) === before) {
      // It lies in the top layer, out of reach, and works on.
      await waitToAct('');
    } else {
      await waitForDialog(browser, page, 'not to act', ({ acts }) => !acts);
      await press(spot);
    }
    await page.evaluate(`{ ${kit} ${uncover}; undefined }`);
    // Where the click did not come through it was one elsewhere, which closes the popover.
    const seen = await readDialog(browser, page);
    expect(seen?.status ?? '').toBe('');
    expect(countVotes()).toBe(0);
  });

  test('a covered press says why, comes to the front, and the next one votes', async () => {
    const { browser, sandbox } = journey;
    const [cover] = Object.values(attacks)[0] ?? [''];
    if ((await readDialog(browser, page)) === undefined) await openDownvote();
    await waitToAct('');
    await page.evaluate(`{ ${kit} ${cover}; undefined }`);
    await waitForDialog(browser, page, 'not to act', ({ acts }) => !acts);
    spot = await findSpot();
    await press(spot);
    const { alert } = await waitForDialog(browser, page, 'the reason', (seen) => seen.alert !== '');
    expect(alert).toContain('Something on this page covers this window');
    await browser.screenshot(page, 'page-covered');
    await page.evaluate(`{ ${kit} sheet.hidePopover() }`);
    const dialog = createOverlay(browser, page, voteDialog);
    await dialog.typeNumber('7');
    await dialog.press('Vote');
    await waitForMark(browser, page, post, 'Voted 7 %');
    expect(countVotes()).toBe(1);
    expect(sandbox.steem.votesOn(post.author, post.permlink)).toContainEqual(
      expect.objectContaining({ voter: 'bob', percent: 700 }),
    );
  });

  test.each([
    ['unseen', 'opacity: 0'],
    ['turned and large', 'transform: rotate(180deg) scale(3); transform-origin: center'],
    ['filtered away', 'filter: opacity(0)'],
  ])('a press on buttons that are %s opens what can be seen, and does nothing else', async (_how, css) => {
    const { browser, sandbox } = journey;
    sandbox.requests.clear();
    await page.evaluate((text) => (document.body.style.cssText = text), css);
    await createOverlay(browser, page, postActions).press(voteOn(post));
    await waitForDialog(browser, page, 'to be seen', ({ isVisible }) => isVisible);
    await page.keyboard.press('Escape');
    await waitForNoDialog(browser, page);
    await createOverlay(browser, page, postActions).press(tweetAbout(post));
    const composer = await browser.waitForWindow(({ host }) => host === 'x.com');
    await composer.close();
    await page.bringToFront();
    expect(sandbox.requests.find({ method: 'POST' }).map(({ path }) => path)).not.toContain(writes.path);
    await page.evaluate(() => (document.body.style.cssText = ''));
  });
});
