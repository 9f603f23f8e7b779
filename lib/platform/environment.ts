import browser from 'webextension-polyfill';
import type { Environment } from '../ports.ts';
import { readRequestRules } from './request-rules.ts';

/** Name and version as browsers write them into the user agent, e.g. `Firefox/153.0`. */
function readBrowser(userAgent: string): string {
  const [, name, version] = /(Firefox|Edg|OPR|Chrome)\/([\d.]+)/.exec(userAgent) ?? [];
  return name === undefined ? 'unknown' : `${name === 'Chrome' ? 'Chromium' : name} ${version ?? ''}`;
}

export function createEnvironment(): Environment {
  return {
    version: browser.runtime.getManifest().version,
    browser: readBrowser(navigator.userAgent),
    async storage() {
      const [{ usage, quota }, isPersisted, isUnlimited] = await Promise.all([
        navigator.storage.estimate(),
        navigator.storage.persisted(),
        // Chromium clears nothing of an extension that has it, and says all the same that it is not persisted.
        // https://developer.chrome.com/docs/extensions/develop/concepts/storage-and-cookies
        browser.permissions.contains({ permissions: ['unlimitedStorage'] }),
      ]);
      return { used: usage, quota, isPersisted: isPersisted || isUnlimited };
    },
    requestRules: readRequestRules,
  };
}
