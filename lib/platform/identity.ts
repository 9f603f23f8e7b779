import browser, { type Identity } from 'webextension-polyfill';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Capture, Identity as Port } from '../ports.ts';
import { installDivert, removeDivert } from './divert.ts';
import { noteSignInWindow } from './sign-in-window.ts';
import { openAndCapture } from './watch-window.ts';

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

/** Rejects with the signal's reason when it aborts; `life` ends the listening. */
function whenAborted(signal: AbortSignal, life: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(signal.reason as Error); // An AppError by the port.
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { signal: life });
  });
}

/** @throws what the browser says, or the signal's reason; the window is closed then. */
async function launch(details: Identity.LaunchWebAuthFlowDetailsType, signal: AbortSignal): Promise<string> {
  const life = new AbortController();
  const window = noteSignInWindow();
  try {
    return await Promise.race([
      browser.identity.launchWebAuthFlow(details),
      whenAborted(signal, life.signal),
    ]);
  } finally {
    life.abort();
    window.forget();
    if (signal.aborted) await window.close();
  }
}

/** The service redirects to the person's own address only. */
async function capturing(url: string, capture: Capture, { redirectUrl, signal }: Waiting): Promise<string> {
  if (isFirefox()) return openAndCapture(url, capture, signal);
  await installDivert(capture, redirectUrl);
  try {
    const back = new URL(await launch({ url, interactive: true }, signal));
    const address = new URL(capture.address);
    address.search = back.search;
    return address.href;
  } finally {
    await removeDivert();
  }
}

interface Waiting {
  readonly redirectUrl: string;
  readonly signal: AbortSignal;
}

function toAppError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const text = cause instanceof Error ? cause.message : '';
  return new AppError(meanings.find(([pattern]) => pattern.test(text))?.[1] ?? 'page_not_loaded', { cause });
}

export const identity: Port = {
  redirectUrl: (path) => browser.identity.getRedirectURL(path),

  async authorize({ url, redirectUrl, interactive, capture, signal = new AbortController().signal }) {
    // Only Chromium knows these, and Firefox refuses keys that it does not know.
    const patience = isFirefox()
      ? {}
      : { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: silentTimeoutMs };
    const letSleep = keepAwake();
    try {
      return capture === undefined
        ? await launch({ url, interactive, ...patience }, signal)
        : await capturing(url, capture, { redirectUrl, signal });
    } catch (cause) {
      throw toAppError(cause);
    } finally {
      letSleep();
    }
  },
};
