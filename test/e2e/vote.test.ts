/** Journeys 3 and 4: voting from the popup, and from the buttons on the pages of Steem and Hive. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxChain } from '../sandbox/index.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney, type Journey } from './journey.ts';
import { createOverlay, postActions, visitSite, voteOnPage } from './overlay.ts';
import { chooseUndo } from './page-steps.ts';
import { findField, selectTab, voteInPopup, waitForStatus, waitUntil } from './steps.ts';

/** Bob's votes on a post, in percent. */
function votesOfBob(
  chain: SandboxChain,
  { author, permlink }: { author: string; permlink: string },
): number[] {
  return chain
    .votesOn(author, permlink)
    .filter(({ voter }) => voter === 'bob')
    .map(({ percent }) => percent / 100);
}

describe.each(browserNames)('voting in %s', (name) => {
  let journey: Journey;
  const open: Page[] = [];

  beforeAll(async () => {
    journey = await startJourney(name);
    const options = await journey.browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
    await connectAccount(journey, options, { service: 'hivesigner', name: 'bob' });
    await chooseUndo(options, 'Off');
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  beforeEach(async () => {
    for (const page of open.splice(0)) await page.close().catch(() => undefined);
  });

  const visit = async (url: string) => {
    const { browser } = journey;
    const page = await (url.startsWith('https:') ? visitSite(browser, url) : browser.newPage(url));
    open.push(page);
    return page;
  };

  test('a pasted link is voted on, once, and Activity shows it', async () => {
    const { browser, sandbox } = journey;
    const popup = await browser.openPopup(await visit('about:blank'));
    open.push(popup);
    await voteInPopup(popup, {
      post: `https://steemit.com/travel/@alice/${seededPosts.fresh.permlink}`,
      weight: '12.34',
    });
    await waitForStatus(popup, /Voted 12\.34 % on alice\/notes-from-a-mountain-hut as bob/);
    expect(votesOfBob(sandbox.steem, seededPosts.fresh)).toEqual([12.34]);
    expect(votesOfBob(sandbox.hive, seededPosts.fresh)).toEqual([]);

    await selectTab(popup, 'Activity');
    const post = '::-p-text(alice/notes-from-a-mountain-hut)';
    await popup.waitForSelector(`li.entry ${post}`);
    expect(await popup.$$(`li.entry a${post}`)).toHaveLength(1);
  });

  test('the popup opens with the post of the current tab', async () => {
    const { browser, sandbox } = journey;
    const { author, permlink } = seededPosts.chinese;
    const popup = await browser.openPopup(await visit(`https://hive.blog/cn/@${author}/${permlink}`));
    open.push(popup);
    const field = await findField(popup, 'Post');
    await waitUntil('the post in the form', () => field.evaluate(({ value }) => value.includes('zhongwen')));
    await voteInPopup(popup, { weight: '50' });
    await waitForStatus(popup, `Voted 50 % on ${author}/${permlink} as bob`);
    expect(votesOfBob(sandbox.hive, seededPosts.chinese)).toEqual([50]);
    expect(votesOfBob(sandbox.steem, seededPosts.chinese)).toEqual([]);
  });

  test.each([
    { host: 'steemit.com', chain: 'steem', path: '/nature' },
    { host: 'hive.blog', chain: 'hive', path: '/nature' },
    { host: 'peakd.com', chain: 'hive', path: '' },
    { host: 'ecency.com', chain: 'hive', path: '/nature' },
    { host: 'd.buzz', chain: 'hive', path: '' },
  ] as const)('the button on a post page of $host votes on that post', async ({ host, chain, path }) => {
    const { browser, sandbox } = journey;
    const post = { author: 'carol', permlink: 'emoji-title' };
    const weight = { 'steemit.com': 21, 'hive.blog': 22, 'peakd.com': 23, 'ecency.com': 24, 'd.buzz': 25 }[
      host
    ];
    const page = await visit(`https://${host}${path}/@carol/${post.permlink}`);
    await voteOnPage(browser, page, { ...post, weight: String(weight) });
    expect(votesOfBob(sandbox[chain], post)).toEqual([weight]);
  });

  test('buttons follow pushState navigation and an endless feed', async () => {
    const { browser, sandbox } = journey;
    const page = await visit('https://steemit.com/created');
    const actions = createOverlay(browser, page, postActions);
    const vote = (post: { author: string; permlink: string }) => `Vote on ${post.author}/${post.permlink}`;
    await waitUntil('buttons in the feed', async () =>
      (await actions.buttons()).includes(vote(seededPosts.fresh)),
    );

    const far = { author: 'carol', permlink: 'harbour-diary-35' };
    await waitUntil('the far end of the feed', async () => {
      await page.evaluate(() => {
        scrollTo(0, document.documentElement.scrollHeight);
      });
      return (await actions.buttons()).includes(vote(far));
    });
    await voteOnPage(browser, page, { ...far, weight: '31' });
    expect(votesOfBob(sandbox.steem, far)).toEqual([31]);

    const last = (await actions.buttons()).findLast((text) => text.startsWith('Vote on '));
    const [author = '', permlink = ''] = last?.replace('Vote on ', '').split('/') ?? [];
    const next = { author, permlink };
    const link = await page.waitForSelector(`a[href$="@${next.author}/${next.permlink}"]`);
    await link?.evaluate((anchor) => (anchor as HTMLElement).click());
    await waitUntil('the next page', () => Promise.resolve(page.url().endsWith(next.permlink)));
    await voteOnPage(browser, page, { ...next, weight: '32' });
    expect(votesOfBob(sandbox.steem, next)).toEqual([32]);
  });
});
