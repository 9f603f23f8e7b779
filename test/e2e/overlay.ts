/** Our elements on a foreign page as a person meets them: seen where they are drawn, pressed with the mouse. */
import type { Page } from 'puppeteer-core';
import type { BrowserDriver } from './driver/driver.ts';
import { waitUntil } from './steps.ts';

export const postActions = 'latchkey-post-actions';
export const voteDialog = 'latchkey-vote';

export interface Overlay {
  /** The text of each element of ours, in document order. */
  read(): Promise<string[]>;
  /** Accessible names of all buttons, in document order. */
  buttons(): Promise<string[]>;
  /** Brings a button into view and clicks in its middle. */
  press(name: string): Promise<void>;
  /** Types a number over what the number field holds. */
  typeNumber(text: string): Promise<void>;
}

const nameOf = `(button) => (button.ariaLabel ?? button.textContent).trim()`;

export function createOverlay(browser: BrowserDriver, page: Page, elementName: string): Overlay {
  const call = (source: string) => browser.callOnShadowRoots(page, elementName, source);

  /** Where an element is drawn; `find` is the text of a function from a root to it. */
  const locate = async (what: string, find: string): Promise<[number, number]> => {
    const seen: { spot?: [number, number] | null } = {};
    let before = '';
    await waitUntil(`${what} to stand still`, async () => {
      seen.spot = (await call(`(roots) => {
        const found = roots.map(${find}).find(Boolean);
        if (!found) return null;
        const { top, bottom } = found.getBoundingClientRect();
        if (top < 0 || bottom > innerHeight) found.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = found.getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
      }`)) as [number, number] | null; // As that function returns it.
      const isStill = seen.spot !== null && JSON.stringify(seen.spot) === before;
      before = JSON.stringify(seen.spot);
      return isStill;
    });
    if (!seen.spot) throw new Error(`No ${what}`);
    return seen.spot;
  };

  /** Moves the mouse over an element, again where the page slid away beneath it: foreign pages go on growing. */
  const pointAt = async (what: string, find: string): Promise<[number, number]> => {
    let spot: [number, number] = [0, 0];
    await waitUntil(`${what} under the mouse`, async () => {
      spot = await locate(what, find);
      await page.mouse.move(...spot);
      return (await call(
        `(roots) => roots.map(${find}).some((found) => found?.matches(':hover'))`,
      )) as boolean;
    });
    return spot;
  };

  return {
    read: async () =>
      // Style sheets are adopted, so all text is for people.
      (await call('(roots) => roots.map((root) => root.textContent)')) as string[],
    buttons: async () =>
      (await call(
        `(roots) => roots.flatMap((root) => [...root.querySelectorAll('button')].map(${nameOf}))`,
      )) as string[],
    press: async (name) => {
      const isIt = `(button) => !button.disabled && button.ariaDisabled !== 'true' && (${nameOf})(button) === ${JSON.stringify(name)}`;
      await pointAt(`button ${name}`, `(root) => [...root.querySelectorAll('button')].find(${isIt})`);
      await page.mouse.down();
      await page.mouse.up();
    },
    typeNumber: async (text) => {
      const field = `(root) => root.querySelector('input[type=number]')`;
      const [x, y] = await pointAt('the number field', field);
      await page.mouse.click(x, y, { count: 3 });
      await page.keyboard.type(text);
      await waitUntil(`${text} in the number field`, async () =>
        ((await call(`(roots) => roots.map(${field}).map((found) => found?.value)`)) as string[]).includes(
          text,
        ),
      );
    },
  };
}

/** Opens a page of a sandbox site and waits until its own script has drawn it anew, as the real sites do. */
export async function visitSite(browser: BrowserDriver, url: string): Promise<Page> {
  const page = await browser.newPage(url);
  await page.waitForFunction(() => document.documentElement.dataset['hydrated'] === location.pathname, {
    polling: 20,
  });
  return page;
}

/** Presses Vote beside a post and votes in the popover; waits until the mark beside the post says so. */
export async function voteOnPage(
  browser: BrowserDriver,
  page: Page,
  post: { readonly author: string; readonly permlink: string; readonly weight?: string },
): Promise<void> {
  const actions = createOverlay(browser, page, postActions);
  await actions.press(`Vote on ${post.author}/${post.permlink}`);
  const dialog = createOverlay(browser, page, voteDialog);
  await waitUntil('facts in the popover', async () =>
    (await dialog.read()).some((text) => text.includes('Voting power')),
  );
  if (post.weight !== undefined) await dialog.typeNumber(post.weight);
  await dialog.press('Vote');
  await waitUntil('the popover to close', async () => (await dialog.read()).length === 0);
}
