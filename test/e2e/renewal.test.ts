/** Journeys 2 and 8: an account with a client secret renews itself, once, and the new token is the one that votes. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney } from './journey.ts';
import { readRole, voteInPopup, waitFor, waitForStatus, waitUntil } from './steps.ts';

const isRenewal = {
  host: 'api.steemlogin.com',
  path: '/api/oauth2/token',
  where: ({ body, query }: { body: unknown; query: unknown }) =>
    JSON.stringify([body, query]).includes('refresh_token'),
};

/** The button's own click, so that two windows can press in the same moment. */
const pressRefresh = (page: Page) =>
  page.$$eval('button', (buttons) => buttons.find((button) => button.textContent === 'Refresh now')?.click());

const canRefresh = (page: Page) =>
  page.$$eval('button', (buttons) =>
    buttons.some((button) => button.textContent === 'Refresh now' && !button.disabled),
  );

describe.each(browserNames)('renewal in %s', (name) => {
  test('the alarm wakes a stopped background, the new pair is kept, and the vote uses it', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    const service = sandbox.auth.steemlogin;
    // Due at once, which for an alarm means in half a minute.
    service.accessTokenSeconds = 130;
    await connectAccount(journey, await browser.firstRunPage(), {
      service: 'steemlogin',
      name: 'bob',
      hasSecret: true,
    });
    const first = service.validAccessTokens('bob');
    service.accessTokenSeconds = 604_800;
    const renewal = sandbox.requests.next(isRenewal);
    await browser.stopWorker();
    // The alarm may take its half minute.
    await waitFor('the renewal', renewal, 60_000);
    await waitUntil('a new token', () =>
      Promise.resolve(service.validAccessTokens('bob').length > first.length),
    );
    const newest = service.validAccessTokens('bob').at(-1);

    const popup = await browser.openPopup();
    await voteInPopup(popup, {
      post: `https://steemit.com/@alice/${seededPosts.fresh.permlink}`,
      weight: '10',
    });
    await waitForStatus(popup, 'Voted 10 %');
    const [broadcast] = sandbox.requests.find({ path: '/api/broadcast' });
    expect(broadcast?.headers['authorization']).toBe(newest);
    expect(sandbox.requests.count(isRenewal)).toBe(1);

    // Two windows at once: one request.
    const windows = [
      await browser.openExtensionPage('options.html#accounts'),
      await browser.openExtensionPage('options.html?second#accounts'),
    ];
    sandbox.requests.clear();
    const held = sandbox.misbehave({ ...isRenewal, how: { kind: 'hold' } });
    for (const page of windows) await waitUntil('the account', () => canRefresh(page));
    await Promise.all(windows.map(pressRefresh));
    await waitFor('the renewal at the service', held.hit);
    for (const page of windows) await waitUntil('a renewal under way', async () => !(await canRefresh(page)));
    held.release();
    for (const page of windows) {
      await waitUntil('the renewal to end', () => canRefresh(page));
      expect(await readRole(page, 'alert')).toEqual([]);
    }
    expect(sandbox.requests.count(isRenewal)).toBe(1);
  }, 120_000);
});
