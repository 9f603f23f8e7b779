import browser from 'webextension-polyfill';
import type { Session } from '../ports.ts';

export const session: Session = {
  get: async (key) => (await browser.storage.session.get(key))[key],
  set: async (key, value) =>
    value === undefined ? browser.storage.session.remove(key) : browser.storage.session.set({ [key]: value }),
};
