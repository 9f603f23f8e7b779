import browser from 'webextension-polyfill';
import type { Permissions } from '../ports.ts';

export const permissions: Permissions = {
  mayReach(url) {
    // Firefox allows no port in a pattern, and without one all ports are meant in both browsers.
    const { protocol, hostname } = new URL(url.replace('://*.', '://'));
    // All hosts below one: Firefox takes no asterisk in an address.
    const below = url.includes('://*.') ? '*.' : '';
    return browser.permissions.contains({ origins: [`${protocol}//${below}${hostname}/*`] });
  },
};
