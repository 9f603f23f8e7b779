import browser, { type Menus, type Tabs } from 'webextension-polyfill';
import type { MenuChoice } from '../ports.ts';

export type MenuTitles = Readonly<Record<MenuChoice['id'], string>>;

/** Called when Latchkey was installed or updated: menus stay until then. */
export async function installMenus(titles: MenuTitles, postLinks: string[]): Promise<void> {
  await browser.contextMenus.removeAll();
  const add = (
    id: MenuChoice['id'],
    context: Menus.ContextType,
    more: { targetUrlPatterns?: string[] } = {},
  ) => browser.contextMenus.create({ id, title: titles[id], contexts: [context], ...more });
  add('vote', 'link', { targetUrlPatterns: postLinks });
  add('tweet-link', 'link', { targetUrlPatterns: ['https://*/*', 'http://*/*'] });
  add('tweet-selection', 'selection');
  add('tweet-page', 'page');
}

export function onMenu(choose: (choice: MenuChoice) => Promise<void>): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const choice = readChoice(info, tab);
    if (choice !== undefined) void choose(choice);
  });
}

function readChoice(info: Menus.OnClickData, tab: Tabs.Tab | undefined): MenuChoice | undefined {
  const { menuItemId, linkUrl, selectionText, pageUrl = '' } = info;
  switch (menuItemId) {
    case 'vote':
    case 'tweet-link':
      return linkUrl === undefined ? undefined : { id: menuItemId, link: linkUrl };
    case 'tweet-selection':
      return { id: menuItemId, text: selectionText ?? '', link: pageUrl };
    case 'tweet-page':
      return { id: menuItemId, title: tab?.title ?? '', link: pageUrl };
    default:
      return undefined;
  }
}
