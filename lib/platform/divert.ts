/**
 * Chromium ends a sign-in only at its own redirect address. Where a service can redirect to the person's own domain alone, a
 * request rule leads that one visit on to ours, so that the request with the code never reaches the domain.
 * https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
import browser from 'webextension-polyfill';
import type { Capture } from '../ports.ts';

/** Beside those of `request-rules.ts`. */
export const divertRuleId = 100;

/** True of the way back of one sign-in only: other visits to the address, e.g. by people of the site, pass. */
function buildFilter({ address, state }: Capture): string {
  return `|${address}${address.includes('?') ? '&' : '?'}*state=${state}`;
}

/** @param to the redirect address of ours; it gets the query of the visit. */
export async function installDivert(capture: Capture, to: string): Promise<void> {
  const { hostname: host, pathname: path } = new URL(to);
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [divertRuleId],
    addRules: [
      {
        id: divertRuleId,
        action: { type: 'redirect', redirect: { transform: { scheme: 'https', host, path } } },
        condition: {
          urlFilter: buildFilter(capture),
          isUrlFilterCaseSensitive: true,
          resourceTypes: ['main_frame'],
        },
      },
    ],
  });
}

export async function removeDivert(): Promise<void> {
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [divertRuleId] });
}
