/** One interface over Chromium and Firefox with Latchkey in them, so that a journey is written once. */
import type { Page } from 'puppeteer-core';
import type { BrowserName } from '../browsers.ts';

/** The ports of the sandbox to which every https host leads. */
export interface SandboxPorts {
  /** The HTTPS server. */
  readonly port: number;
  /** The HTTP CONNECT proxy in front of it. */
  readonly proxyPort: number;
}

export interface LaunchOptions {
  /** Folder of the unpacked extension; the production build of the browser when left out. */
  readonly extension?: string;
  /** True for a window on the screen. */
  readonly hasWindow?: boolean;
}

export interface BrowserDriver {
  readonly name: BrowserName;
  /** Name and version of the browser, e.g. `Chrome/156.0.1.2`. */
  version(): Promise<string>;
  /** What every context (pages, popup, worker) wrote to its console since the launch. */
  readonly consoleLines: readonly string[];
  /** Address of a file of the extension, e.g. `options.html`. */
  extensionUrl(path: string): string;
  /** Opens a tab in front and waits until the page has loaded. */
  newPage(url: string): Promise<Page>;
  /** Opens a page of the extension in a tab in front, e.g. `options.html#services`. */
  openExtensionPage(path: string): Promise<Page>;
  openOptions(): Promise<Page>;
  /** The options page that the extension opens by itself on its first run. */
  firstRunPage(): Promise<Page>;
  /** Opens the popup as the person does who looks at `onPage` (an empty tab when left out). */
  openPopup(onPage?: Page): Promise<Page>;
  /** The page, tab or window, whose address fulfils `isWanted`; waits for it. */
  waitForWindow(isWanted: (url: URL) => boolean): Promise<Page>;
  /**
   * Runs the text of `(roots) => value` on the closed shadow roots of all elements of this name on a page; resolves
   * with plain values. The page notices nothing.
   */
  callOnShadowRoots(page: Page, elementName: string, source: string): Promise<unknown>;
  /**
   * Gives the extension a host of `optional_host_permissions`, as people do in the browser's own page of extensions: the
   * browser answers yes by itself when the extension asks for it. No browser lets a driver press its question away.
   */
  allowHost(host: string): Promise<void>;
  /** Says no to the browser's question for a host, once it is asked. In Firefox alone: see `allowHost`. */
  refuseHost(): Promise<void>;
  /**
   * Stops the background as the browser does when it is idle, whatever it is at. Whatever event comes next wakes it.
   * @returns whether it ran.
   */
  stopWorker(): Promise<boolean>;
  /** Closes the browser and starts it again with the same profile. All pages of before are gone. */
  restart(): Promise<void>;
  /** Loads the extension anew under the same id, as an update does. */
  updateExtension(): Promise<void>;
  /**
   * Pulls the network cable, or plugs it in again. The browser notices, and tells the pages and the background of the
   * extension, as it does when the machine itself is without a network; a background that is started while the cable is
   * out may learn of it late.
   */
  setOffline(isOffline: boolean): Promise<void>;
  /** Saves what the page shows as `.artifacts/screenshots/<browser>-<name>.png` and gives back the path. */
  screenshot(page: Page, name: string, options?: { readonly isDark?: boolean }): Promise<string>;
  /** All that the extension keeps in `storage`; the vault (IndexedDB) is not part of it. */
  storageDump(): Promise<Record<'local' | 'session' | 'sync', Record<string, unknown>>>;
  /** Resolves when the person has closed the browser. */
  waitForEnd(): Promise<void>;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}
