/**
 * Firefox's `launchWebAuthFlow` refuses a page whose `redirect_uri` is not its own, so the page opens in a window of ours, and
 * the window's way to the person's own address is watched. Addresses of hosts that are not allowed stay unknown to us.
 * https://searchfox.org/mozilla-central/source/toolkit/components/extensions/parent/ext-identity.js
 */
import browser, { type Tabs } from 'webextension-polyfill';
import { AppError } from '../errors.ts';
import type { Capture } from '../ports.ts';

/** The QR page needs about this much. Pixels. */
const size = { width: 640, height: 720 };

/** The visit of this sign-in; the browser tells of it several times, and of others too. */
function isWayBack(url: string, { address, state }: Capture): boolean {
  const expected = new URL(address);
  const { origin, pathname, searchParams } = new URL(url);
  return origin === expected.origin && pathname === expected.pathname && searchParams.get('state') === state;
}

/** Resolves with the first address that is the way back. @throws AppError `cancelled`; the signal's reason. */
function watchTab(tabId: number, capture: Capture, signal: AbortSignal): Promise<string> {
  const life = new AbortController();
  return new Promise<string>((resolve, reject) => {
    const onUpdated = (id: number, { url }: Tabs.OnUpdatedChangeInfoType) => {
      if (id === tabId && url !== undefined && isWayBack(url, capture)) resolve(url);
    };
    const onRemoved = (id: number) => {
      if (id === tabId) reject(new AppError('cancelled'));
    };
    browser.tabs.onUpdated.addListener(onUpdated);
    browser.tabs.onRemoved.addListener(onRemoved);
    life.signal.addEventListener('abort', () => {
      browser.tabs.onUpdated.removeListener(onUpdated);
      browser.tabs.onRemoved.removeListener(onRemoved);
    });
    const options = { signal: life.signal };
    signal.addEventListener('abort', () => reject(signal.reason as Error), options); // An AppError by the port.
  }).finally(() => life.abort());
}

/**
 * Opens a page and waits until it leads to the address; the window is closed then.
 * @throws AppError `cancelled` when the person closed it, `page_not_loaded`, or the signal's reason.
 */
export async function openAndCapture(url: string, capture: Capture, signal: AbortSignal): Promise<string> {
  const { id, tabs = [] } = await browser.windows.create({ url, type: 'popup', ...size });
  const tabId = tabs[0]?.id;
  if (tabId === undefined) throw new AppError('page_not_loaded');
  try {
    return await watchTab(tabId, capture, signal);
  } finally {
    // It may be closed already.
    if (id !== undefined) await browser.windows.remove(id).catch(() => undefined);
  }
}
