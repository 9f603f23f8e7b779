/** What a person does with X: at its developer console, at its consent page, and in the Tweet tab. */
import type { Page } from 'puppeteer-core';
import { seededXApp, seededXWebApp } from '../sandbox/x/seed.ts';
import type { Journey } from './journey.ts';
import {
  fill,
  findField,
  findService,
  press,
  pressToClose,
  readRedirectAddress,
  selectTab,
  waitUntil,
} from './steps.ts';

/** At X's console: Latchkey's app and one of the wrong type get the redirect address that the options page shows. */
export async function registerXApps({ sandbox }: Journey, options: Page): Promise<string> {
  const address = await readRedirectAddress(options, 'X');
  const common = { redirectUris: [address], callbackUrls: [address], permission: 'read-write' } as const;
  sandbox.x.registerApp({ ...seededXApp, ...common, type: 'native' });
  sandbox.x.registerApp({ ...seededXWebApp, ...common, type: 'web' });
  return address;
}

/** Presses Sign in at X on the options page and gives back the window that opens. */
export async function openConsent({ browser }: Journey, options: Page): Promise<Page> {
  await press(await findService(options, 'X'), 'Sign in');
  return waitForConsent(browser);
}

export function waitForConsent(browser: Journey['browser']): Promise<Page> {
  return browser.waitForWindow(
    ({ host, pathname }) => host === 'x.com' && pathname === '/i/oauth2/authorize',
  );
}

export async function answerConsent(consent: Page, button: 'Authorize app' | 'Cancel'): Promise<void> {
  await pressToClose(consent, button);
}

/** Opens the popup at its Tweet tab and waits until it has its draft and accounts. */
export async function openTweetTab({ browser }: Journey, front: Page): Promise<Page> {
  const popup = await browser.openPopup(front);
  await selectTab(popup, 'Tweet');
  await popup.waitForSelector('form.tweet button[type=submit][aria-disabled=false]');
  return popup;
}

/** Puts a text in place of the one that is there, as pasting does. */
export async function writeTweet(popup: Page, text: string): Promise<void> {
  await fill(popup, 'Text', text);
}

export async function readTweetText(popup: Page): Promise<string> {
  return (await findField(popup, 'Text')).evaluate(({ value }) => value);
}

/** Ctrl+Enter in the text. */
export async function sendByKeyboard(popup: Page): Promise<void> {
  await (await findField(popup, 'Text')).focus();
  await popup.keyboard.down('Control');
  await popup.keyboard.press('Enter');
  await popup.keyboard.up('Control');
}

/** Waits until the popup shows this text somewhere; the error tells what it shows instead. */
export async function waitForText(popup: Page, text: string): Promise<void> {
  let shown = '';
  await waitUntil(`the text ${text}`, async () => {
    shown = await popup.evaluate(() => document.body.innerText);
    return shown.includes(text);
  }).catch((failure: unknown) => {
    throw new Error(`The popup shows: ${shown}`, { cause: failure });
  });
}
