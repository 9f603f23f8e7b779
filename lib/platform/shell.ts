import browser from 'webextension-polyfill';
import type { PopupTab, Shell, Topic } from '../ports.ts';
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
    openPopup,
    async activeTab() {
      const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
      return tab && { url: tab.url, title: tab.title };
    },
    announce: (topic: Topic) => channel.postMessage(topic),
  };
}

const popupPage = 'popup.html';

/** The page's address tells it where to begin; the toolbar button goes on to open it without. */
async function openPopup(tab: PopupTab): Promise<void> {
  await browser.action.setPopup({ popup: `${popupPage}#${tab}` });
  try {
    await browser.action.openPopup();
  } catch {
    // Firefox before 149 wants a click for it, and Chromium a window in front.
    await browser.tabs.create({ url: browser.runtime.getURL(`${popupPage}#${tab}-in-tab`) });
  } finally {
    await browser.action.setPopup({ popup: popupPage });
  }
}
