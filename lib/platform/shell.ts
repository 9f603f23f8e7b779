import browser from 'webextension-polyfill';
import type { Shell, Topic } from '../ports.ts';
import { announcements } from './announcements.ts';

export function createShell(): Shell {
  const channel = new BroadcastChannel(announcements);
  return {
    async setBadge(text, title) {
      await browser.action.setBadgeBackgroundColor({ color: '#b3261e' });
      await browser.action.setBadgeText({ text });
      await browser.action.setTitle({ title });
    },
    async openTab(url) {
      await browser.tabs.create({ url });
    },
    async activeTab() {
      const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
      return tab && { url: tab.url, title: tab.title };
    },
    announce: (topic: Topic) => channel.postMessage(topic),
  };
}
