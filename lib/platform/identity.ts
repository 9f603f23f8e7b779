import browser from 'webextension-polyfill';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Identity } from '../ports.ts';

/** How long a silent sign-in may take in Chromium, in ms; the page may redirect by script after it has loaded. */
const silentTimeoutMs = 10_000;
/** Firefox suspends the background after 30 s without an API call, and an open sign-in window does not count as one. */
const keepAwakeMs = 20_000;

/** The browsers' own words, in English in every language; both browsers' texts. */
const meanings: readonly (readonly [RegExp, ErrorCode])[] = [
  [/did not approve|cancelled or denied/i, 'cancelled'],
  [/interaction required|requires user interaction/i, 'needs_sign_in'],
  [/one web auth flow/i, 'sign_in_running'],
  [/timed out/i, 'timeout'],
];

const isFirefox = () => browser.runtime.getURL('').startsWith('moz-extension:');

function keepAwake(): () => void {
  const timer = setInterval(() => void browser.runtime.getPlatformInfo(), keepAwakeMs);
  return () => clearInterval(timer);
}

export const identity: Identity = {
  redirectUrl: (path) => browser.identity.getRedirectURL(path),

  async authorize({ url, interactive }) {
    // Only Chromium knows these, and Firefox refuses keys that it does not know.
    const patience = isFirefox()
      ? {}
      : { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: silentTimeoutMs };
    const letSleep = keepAwake();
    try {
      return await browser.identity.launchWebAuthFlow({ url, interactive, ...patience });
    } catch (cause) {
      const text = cause instanceof Error ? cause.message : '';
      const code = meanings.find(([pattern]) => pattern.test(text))?.[1] ?? 'page_not_loaded';
      throw new AppError(code, { cause });
    } finally {
      letSleep();
    }
  },
};
