/**
 * Changes the headers of our own requests. The rules live for a browser session and are set anew at each start. They hold
 * for requests that no tab makes and that we made, so no page is ever touched.
 * - `Origin` is taken off our writes: browsers send `chrome-extension://...` there, and services refuse it as a foreign
 *   web page.
 * - `User-Agent` is ours where a service wants to know the program. Chromium ignores the header in `fetch`.
 * https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';
import { divertRuleId } from './divert.ts';
import { buildUserAgent } from './user-agent.ts';

/** `tabs.TAB_ID_NONE`: the request of a background. */
const noTab = -1;

function buildRules(userAgentHosts: readonly string[]): DeclarativeNetRequest.Rule[] {
  const { version, homepage_url: homepage = '' } = browser.runtime.getManifest();
  const ours = {
    initiatorDomains: [new URL(browser.runtime.getURL('')).hostname],
    tabIds: [noTab],
    resourceTypes: ['xmlhttprequest' as const],
  };
  return [
    {
      id: 1,
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
      // On every host that we may reach at all: people type hosts of their own.
      condition: { ...ours, requestMethods: ['post', 'put', 'delete'] },
    },
    {
      id: 2,
      action: {
        type: 'modifyHeaders',
        requestHeaders: [
          { header: 'user-agent', operation: 'set', value: buildUserAgent(version, homepage) },
        ],
      },
      condition: { ...ours, requestDomains: [...userAgentHosts] },
    },
  ];
}

/** @param userAgentHosts those that are told our name. */
export async function installRequestRules(userAgentHosts: readonly string[]): Promise<void> {
  const rules = buildRules(userAgentHosts);
  await browser.declarativeNetRequest.updateSessionRules({
    // A sign-in whose worker died leaves its rule behind.
    removeRuleIds: [...rules.map(({ id }) => id), divertRuleId],
    addRules: rules,
  });
}
