import { defineBackground } from 'wxt/utils/define-background';
import { createApp } from '../lib/app/create-app.ts';
import { isForUs } from '../lib/bus/dispatch.ts';
import * as events from '../lib/platform/events.ts';
import { installMenus, onMenu } from '../lib/platform/menus.ts';
import { createBrowserPorts } from '../lib/platform/ports.ts';
import { installRequestRules } from '../lib/platform/request-rules.ts';
import { userAgentHosts } from '../lib/app/hosts.ts';
import { siteHosts } from '../lib/steem/sites/index.ts';
import { postLinkPatterns } from '../lib/steem/sites/post-link-patterns.ts';

export default defineBackground(() => {
  // Each start, also from idle; nothing is sent before they are in force.
  const rules = installRequestRules(userAgentHosts);
  const ports = createBrowserPorts(rules);
  const app = createApp(ports);

  events.onMessage(new Set(siteHosts), isForUs, app.dispatch);
  events.onAlarm(app.onAlarm);
  events.onBrowserStart(app.start);
  events.onInstalled(async (isNew) => {
    await installMenus(readMenuTitles(ports), [...postLinkPatterns]);
    if (isNew) await events.openOptionsPage();
  });
  onMenu(app.onMenu);

  // Each start, also from idle, when neither of the two events above is fired.
  void app.start();
});

function readMenuTitles({ translate }: Pick<ReturnType<typeof createBrowserPorts>, 'translate'>) {
  return {
    vote: translate('menu_vote_on_post'),
    'tweet-link': translate('menu_tweet_link'),
    'tweet-selection': translate('menu_tweet_selection'),
    'tweet-page': translate('menu_tweet_page'),
  };
}
