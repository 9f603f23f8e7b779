/**
 * The extension API for views and page scripts, without webextension-polyfill: what they need (messages, texts) returns
 * promises natively in Manifest V3 in both browsers, and the polyfill would cost each bundle 10 kB. The background,
 * which needs more, imports the polyfill.
 */
import type { Browser } from 'webextension-polyfill';

const scope: { browser?: Browser; chrome?: Browser } = globalThis as never;

/** `browser` where the browser has it (Firefox, Chromium 148 and later), else `chrome`. */
const found = scope.browser?.runtime.id === undefined ? scope.chrome : scope.browser;

/** Missing only where this file is imported outside an extension, e.g. while WXT reads an entry point in Node. */
export const extension = found as Browser;
