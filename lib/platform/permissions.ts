import browser from 'webextension-polyfill';
import type { Permissions } from '../ports.ts';

export const permissions: Permissions = {
  mayReach(url) {
    // Firefox allows no port in a pattern, and without one all ports are meant in both browsers.
    const { protocol, hostname } = new URL(url);
    return browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] });
  },
};
