/**
 * Takes the `Origin` header off our own writes. Browsers send `chrome-extension://...` there, and services refuse it as a
 * foreign web page. The rules live for a browser session and are set anew at each start. They hold for requests that no
 * tab makes and that we made, so no page is ever touched.
 * https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';

const ruleId = 1;
/** `tabs.TAB_ID_NONE`: the request of a background. */
const noTab = -1;

/** For every host that we may reach at all: people type hosts of their own. */
export async function installRequestRules(): Promise<void> {
  const rule: DeclarativeNetRequest.Rule = {
    id: ruleId,
    action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
    condition: {
      initiatorDomains: [new URL(browser.runtime.getURL('')).hostname],
      tabIds: [noTab],
      resourceTypes: ['xmlhttprequest'],
      requestMethods: ['post', 'put', 'delete'],
    },
  };
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [ruleId], addRules: [rule] });
}
