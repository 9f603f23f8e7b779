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
      const [{ usage, quota }, isPersisted] = await Promise.all([
        navigator.storage.estimate(),
        navigator.storage.persisted(),
      ]);
      return { used: usage, quota, isPersisted };
    },
    requestRules: readRequestRules,
  };
}
