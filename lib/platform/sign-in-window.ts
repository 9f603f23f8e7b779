/** The window that `launchWebAuthFlow` opens: the browser does not say which it is, and has no call to close it. */
import browser, { type Windows } from 'webextension-polyfill';

export interface SignInWindow {
  /** Stops listening. */
  forget(): void;
  close(): Promise<void>;
}

/** To be called right before the flow starts: the next popup window is taken for its own. */
export function noteSignInWindow(): SignInWindow {
  let found: number | undefined;
  const onCreated = ({ id, type }: Windows.Window) => {
    if (type === 'popup') found ??= id;
  };
  browser.windows.onCreated.addListener(onCreated);
  return {
    forget: () => browser.windows.onCreated.removeListener(onCreated),
    async close() {
      // The person may have closed it already.
      if (found !== undefined) await browser.windows.remove(found).catch(() => undefined);
    },
  };
}
