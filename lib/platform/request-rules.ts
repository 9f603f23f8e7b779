/**
 * Changes the headers of our own requests. The rules live for a browser session and are set anew at each start. They hold
 * for requests that no tab makes and that we made, so no page is ever touched.
 * - `Origin` is taken off our writes: browsers send `chrome-extension://...` there, and services refuse it as a foreign
 *   web page.
 * - `User-Agent` is ours where a service wants to know the program. Chromium ignores the header in `fetch`.
 * https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';
import type { Environment, RequestRule } from '../ports.ts';
import { divertRuleId } from './divert.ts';
import { buildUserAgent } from './user-agent.ts';

const ids = { origin: 1, 'user-agent': 2 } as const satisfies Readonly<Record<RequestRule, number>>;
const names = Object.keys(ids) as RequestRule[]; // Of the record above, which is whole.

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
      id: ids.origin,
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
      // On every host that we may reach at all: people type hosts of their own.
      condition: { ...ours, requestMethods: ['post', 'put', 'delete'] },
    },
    {
      id: ids['user-agent'],
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

/** Which of them the browser has. */
export const readRequestRules: Environment['requestRules'] = async () => {
  const installed = new Set((await browser.declarativeNetRequest.getSessionRules()).map(({ id }) => id));
  return names.map((name) => ({ name, isInstalled: installed.has(ids[name]) }));
};
