/**
 * Firefox's own code, reached over WebDriver BiDi with `--remote-allow-system-access`: what a person does with
 * the browser itself and no page can do. https://bugzilla.mozilla.org/show_bug.cgi?id=1944568
 */
import type { Browser } from 'puppeteer-core';

/** Puppeteer's connection to Firefox, which takes any command of WebDriver BiDi. */
export interface BidiConnection {
  send(method: string, params: object): Promise<{ readonly result: unknown }>;
}
interface ChromeTree {
  readonly contexts: readonly { readonly context: string }[];
}
type CallResult =
  | { readonly type: 'success'; readonly result: { readonly value?: unknown } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

export interface FirefoxSystem {
  /**
   * Runs the text of a function in a browser window, with strings as arguments; resolves with what it returns when
   * that is text, a number or a truth value.
   */
  run(source: string, ...texts: readonly string[]): Promise<unknown>;
}

export function getConnection(browser: Browser): BidiConnection {
  // Puppeteer keeps its connection to itself and has no call for commands of Firefox's own.
  return (browser as unknown as { readonly connection: BidiConnection }).connection;
}

export function createFirefoxSystem(browser: Browser): FirefoxSystem {
  const connection = getConnection(browser);
  return {
    run: async (source, ...texts) => {
      const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
      // The shapes of both answers are those of WebDriver BiDi.
      const [window] = (tree.result as ChromeTree).contexts;
      if (window === undefined) throw new Error('Firefox has no window.');
      const answer = await connection.send('script.callFunction', {
        functionDeclaration: source,
        awaitPromise: true,
        target: { context: window.context },
        arguments: texts.map((value) => ({ type: 'string', value })),
      });
      const result = answer.result as CallResult;
      if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
      return result.result.value;
    },
  };
}

/** Resolves when the background of the extension runs. */
export const waitForBackground = `async (id) => {
  const isRunning = () => WebExtensionPolicy.getByID(id)?.extension?.backgroundState === 'running';
  while (!isRunning()) await new Promise((resolve) => setTimeout(resolve, 20));
}`;

/** Ends the background page as Firefox does after 30 s without an event; says whether it ran. */
export const stopBackground = `async (id) => {
  const { extension } = WebExtensionPolicy.getByID(id);
  const isRunning = extension.backgroundState === 'running';
  await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
  return isRunning;
}`;

/** Gives an extension a host permission, as its page in the add-ons manager does. */
export const allowHost = `async (id, pattern) => {
  const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
  const { extension } = WebExtensionPolicy.getByID(id);
  await ExtensionPermissions.add(id, { permissions: [], origins: [pattern] }, extension);
}`;

/** Presses "Deny" at the question for a permission, once it is there. */
export const refuseHost = `async () => {
  const find = () =>
    [...Services.wm.getEnumerator('navigator:browser')]
      .map((window) => window.document.getElementById('addon-webext-permissions-notification'))
      .find((found) => found?.checkVisibility() && found.secondaryButton);
  while (!find()) await new Promise((resolve) => setTimeout(resolve, 20));
  find().secondaryButton.click();
}`;

/** Resolves when some tab is at an address that begins with the text. */
export const waitForTab = `async (start) => {
  const find = () =>
    [...Services.wm.getEnumerator('navigator:browser')]
      .flatMap((window) => window.gBrowser.browsers)
      .some((browser) => browser.currentURI.spec.startsWith(start));
  while (!find()) await new Promise((resolve) => setTimeout(resolve, 20));
}`;

/** Lets a tab that lies behind another one draw and run as if it were in front. */
export const activateBehind = `(url) => {
  const tabs = [...Services.wm.getEnumerator('navigator:browser')].flatMap((window) => window.gBrowser.browsers);
  for (const browser of tabs) if (browser.currentURI.spec === url) browser.docShellIsActive = true;
}`;

/** What pages are told of the person's choice of colours: `dark` or `light`. */
export const setColours = `(scheme) => {
  Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', scheme === 'dark' ? 0 : 1);
}`;

/** Works without a network, as the person chooses in the menu, or with one again: `offline` or `online`. */
export const setOffline = `(state) => {
  Services.io.offline = state === 'offline';
}`;
