import browser from 'webextension-polyfill';
import type { Alarms } from '../ports.ts';

export const alarms: Alarms = {
  find: async (name) => (await browser.alarms.get(name))?.scheduledTime,
  set: async (name, when) => {
    await browser.alarms.create(name, { when });
  },
  clear: async (name) => {
    await browser.alarms.clear(name);
  },
  list: async () =>
    (await browser.alarms.getAll()).map(({ name, scheduledTime }) => ({ name, at: scheduledTime })),
};
