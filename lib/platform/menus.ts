import browser from 'webextension-polyfill';

const voteMenu = 'vote';

/** Called when Latchkey was installed or updated: menus stay until then. */
export async function installMenus(title: string, postLinks: string[]): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: voteMenu, title, contexts: ['link'], targetUrlPatterns: postLinks });
}

/** `choose` gets the link; the popup opens when it is done. */
export function onVoteMenu(choose: (link: string) => Promise<void>): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId, linkUrl }) => {
    if (menuItemId === voteMenu && linkUrl !== undefined)
      void choose(linkUrl).then(() => browser.action.openPopup());
  });
}
