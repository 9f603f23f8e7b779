/** What a person does on the pages of Steem and Hive, beyond a plain vote (see overlay.ts). */
import { TargetType, type Page } from 'puppeteer-core';
import type { BrowserDriver } from './driver/driver.ts';
import { createFirefoxSystem } from './driver/firefox-system.ts';
import { createOverlay, postActions, voteDialog } from './overlay.ts';
import { findField, waitForStatus, waitUntil } from './steps.ts';

export interface PostName {
  readonly author: string;
  readonly permlink: string;
}

export const nameOf = ({ author, permlink }: PostName) => `${author}/${permlink}`;
export const voteOn = (post: PostName) => `Vote on ${nameOf(post)}`;
export const tweetAbout = (post: PostName) => `Tweet about ${nameOf(post)}`;

/** Waits until a post has its buttons. */
export async function waitForButtons(browser: BrowserDriver, page: Page, post: PostName): Promise<void> {
  const actions = createOverlay(browser, page, postActions);
  await waitUntil(`buttons of ${nameOf(post)} on ${page.url()}`, async () =>
    (await actions.buttons()).includes(voteOn(post)),
  );
}

export interface Mark {
  readonly text: string;
  /** Why it failed, as the tooltip says. */
  readonly failure: string;
}

/** What stands beside the buttons of a post; undefined where it has no buttons. */
export async function readMark(
  browser: BrowserDriver,
  page: Page,
  post: PostName,
): Promise<Mark | undefined> {
  const marks = (await browser.callOnShadowRoots(
    page,
    postActions,
    `(roots) => roots
      .filter((root) => root.querySelector('button').ariaLabel === ${JSON.stringify(voteOn(post))})
      .map((root) => root.querySelector('[role=status]'))
      .map((status) => ({ text: status.textContent, failure: status.title }))`,
  )) as readonly Mark[]; // As that function returns them.
  return marks[0];
}

export async function waitForMark(
  browser: BrowserDriver,
  page: Page,
  post: PostName,
  text: string,
): Promise<void> {
  await waitUntil(
    `"${text}" beside ${nameOf(post)}`,
    async () => (await readMark(browser, page, post))?.text === text,
  );
}

/** The parts of the open popover that tell something; undefined while none is open. */
export interface OpenDialog {
  readonly label: string;
  readonly title: string;
  readonly text: string;
  readonly alert: string;
  readonly status: string;
  readonly weight: string;
  /** Where it is drawn, zero where the page managed to hide it. */
  readonly height: number;
  readonly isVisible: boolean;
  /** A press would act: it has been seen for long enough. */
  readonly acts: boolean;
  /** Elements that a title with markup would have made. */
  readonly foreign: number;
}

export async function readDialog(browser: BrowserDriver, page: Page): Promise<OpenDialog | undefined> {
  const found = (await browser.callOnShadowRoots(
    page,
    voteDialog,
    `(roots) => roots.map((root) => {
      const dialog = root.querySelector('[role=dialog]');
      const text = (selector) => dialog.querySelector(selector).textContent;
      return {
        label: dialog.ariaLabel,
        title: text('#title'),
        text: dialog.textContent,
        alert: text('[role=alert]'),
        status: text('[role=status]'),
        weight: dialog.querySelector('input[type=number]').value,
        height: dialog.getBoundingClientRect().height,
        isVisible: dialog.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        acts: dialog.querySelector('[aria-disabled=false]') !== null,
        foreign: dialog.querySelectorAll('script, img, a').length,
      };
    })`,
  )) as readonly OpenDialog[]; // As that function returns them.
  return found[0];
}

/** Waits until the open popover is as wanted. */
export async function waitForDialog(
  browser: BrowserDriver,
  page: Page,
  what: string,
  isSo: (dialog: OpenDialog) => boolean,
): Promise<OpenDialog> {
  let seen: OpenDialog | undefined;
  await waitUntil(`the popover: ${what}`, async () => {
    seen = await readDialog(browser, page);
    return seen !== undefined && isSo(seen);
  });
  // The wait ends only with one.
  return seen as OpenDialog;
}

export async function waitForNoDialog(browser: BrowserDriver, page: Page): Promise<void> {
  await waitUntil('the popover to close', async () => (await readDialog(browser, page)) === undefined);
}

/** Opens the popover of a post and waits for what the chain says of it. */
export async function openVote(browser: BrowserDriver, page: Page, post: PostName): Promise<OpenDialog> {
  await createOverlay(browser, page, postActions).press(voteOn(post));
  return waitForDialog(browser, page, 'the facts', ({ text }) => text.includes('reputation'));
}

/** The accessible name (or the type) of the element of ours that has the focus; empty when none has. */
export async function readFocus(browser: BrowserDriver, page: Page, elementName: string): Promise<string> {
  const [name = ''] = (await browser.callOnShadowRoots(
    page,
    elementName,
    `(roots) => roots
      .map((root) => root.activeElement)
      .filter(Boolean)
      .map((element) => element.ariaLabel ?? element.type ?? element.localName)`,
  )) as readonly string[]; // As that function returns them.
  return name;
}

/** Scrolls to the end of an endless feed again and again until a post has its buttons. */
export async function scrollToPost(browser: BrowserDriver, page: Page, post: PostName): Promise<void> {
  const actions = createOverlay(browser, page, postActions);
  await waitUntil(`${nameOf(post)} at the far end of the feed`, async () => {
    await page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
    });
    return (await actions.buttons()).includes(voteOn(post));
  });
}

/** Follows a link of the page, whose script turns it into pushState navigation. */
export async function followLink(page: Page, post: PostName): Promise<void> {
  const link = await page.waitForSelector(`a[href$="@${nameOf(post)}"]`);
  // Where the mouse would hit depends on what the site drew around it.
  await link?.evaluate((anchor) => (anchor as HTMLElement).click());
  await waitUntil('the next page', () => Promise.resolve(page.url().endsWith(nameOf(post))));
}

/** Options, "Time to undo a vote from a page": "Off" or "3 seconds" etc. */
export async function chooseUndo(options: Page, choice: string): Promise<void> {
  const field = await findField(options, 'Time to undo a vote from a page');
  const value = await field.evaluate(
    (select, wanted) => [...select.querySelectorAll('option')].find((o) => o.text === wanted)?.value ?? '',
    choice,
  );
  await field.select(value);
  await waitForStatus(options, 'Saved.');
}

/** Options, "Sites with buttons": ticks or unticks a site. */
export async function toggleSite(options: Page, host: string): Promise<void> {
  await (await findField(options, host)).click();
  await waitForStatus(options, 'Saved.');
}

/** An entry of Latchkey's in the context menu of a page. */
export interface MenuEntry {
  /** What is pressed: a link, the page, or words, which are marked first. */
  readonly context: 'link' | 'page' | 'selection';
  readonly selector: string;
  readonly id: string;
  readonly label: string;
}

/**
 * Chooses it: in Firefox with the right mouse button and the menu itself. No protocol reaches Chromium's menu, so there
 * the worker is given the event that the browser gives for the entry.
 */
export async function chooseInMenu(browser: BrowserDriver, page: Page, entry: MenuEntry): Promise<void> {
  const { context, selector, id, label } = entry;
  if (context === 'selection')
    await page.$eval(selector, (element) => getSelection()?.selectAllChildren(element));
  if (browser.name === 'firefox') {
    await page.locator(selector).click({ button: 'right' });
    await createFirefoxSystem(page.browser()).run(chooseMenuItem, label);
    return;
  }
  const tab = await page.evaluate(() => ({ title: document.title, url: location.href }));
  const linkUrl = await page.$eval(selector, (element) => (element as Partial<HTMLAnchorElement>).href);
  const selectionText = await page.evaluate(() => String(getSelection()));
  const more = { link: { linkUrl }, page: {}, selection: { selectionText } }[context];
  const target = await page
    .browser()
    .waitForTarget((candidate) => candidate.type() === TargetType.SERVICE_WORKER);
  const worker = await target.worker();
  await worker?.evaluate(
    (info, inTab) => {
      interface Scope {
        readonly chrome: { contextMenus: { onClicked: { dispatch(info: object, tab: object): void } } };
      }
      (globalThis as unknown as Scope).chrome.contextMenus.onClicked.dispatch(info, inTab);
    },
    { menuItemId: id, pageUrl: tab.url, ...more },
    tab,
  );
}

/** Waits for Firefox's context menu of the page and chooses the entry of this text, in Latchkey's own part of it. */
const chooseMenuItem = `async (label) => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));
  const menu = document.getElementById('contentAreaContextMenu');
  const find = () => [...menu.querySelectorAll('menuitem')].find((item) => item.label === label && !item.hidden);
  while (menu.state !== 'open' || !find()) await pause();
  const part = find().closest('menupopup');
  if (part !== menu) part.parentElement.openMenu(true);
  while (part.state !== 'open') await pause();
  part.activateItem(find());
}`;
