/**
 * Journey 10 on the pages: known tokens and a known secret are planted by signing in, and looked for in everything that
 * comes near a page. What views, storage and the vault hold is in leaks.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { rareChainTexts } from '../sandbox/index.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, secret, startJourney } from './journey.ts';
import { overhearAnswers } from './message-log.ts';
import { createOverlay, postActions, visitSite, voteDialog } from './overlay.ts';
import {
  chooseUndo,
  openVote,
  tweetAbout,
  waitForButtons,
  waitForDialog,
  waitForMark,
  waitForNoDialog,
} from './page-steps.ts';
import { selectTab } from './steps.ts';

describe.each(browserNames)('near a page in %s', (name) => {
  test('no token and no secret is in an answer, on the page, in a console or in the journal, even when the service repeats them', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    const options = await browser.firstRunPage();
    await connectAccount(journey, options, { service: 'steemlogin', name: 'bob' });
    await connectAccount(journey, options, { service: 'hivesigner', name: 'bob', hasSecret: true });
    await chooseUndo(options, 'Off');
    const { hivesigner, steemlogin } = sandbox.auth;
    const planted = [
      secret,
      ...[hivesigner, steemlogin].flatMap((service) => [
        ...service.validAccessTokens('bob'),
        ...service.validRefreshTokens('bob'),
      ]),
    ];
    // A secret, two access tokens, one refresh token.
    expect(planted.length).toBeGreaterThanOrEqual(4);

    const post = seededPosts.emoji;
    const page = await visitSite(browser, 'https://hive.blog/nature/@carol/emoji-title');
    await waitForButtons(browser, page, post);
    const readAnswers = await overhearAnswers(browser, page);

    await openVote(browser, page, post);
    const dialog = createOverlay(browser, page, voteDialog);
    await dialog.typeNumber('17');
    // A service that repeats the request's token in its error.
    const sent = hivesigner.validAccessTokens('bob').join(' ');
    sandbox.hive.refuseNext(`${rareChainTexts.tooSmall} authorization: ${sent}`, { voter: 'bob' });
    await dialog.press('Vote');
    const refused = await waitForDialog(browser, page, 'the refusal', ({ alert }) => alert !== '');
    await dialog.press('Vote');
    await waitForNoDialog(browser, page);
    await waitForMark(browser, page, post, 'Voted 17 %');
    await createOverlay(browser, page, postActions).press(tweetAbout(post));
    await browser.waitForWindow(({ host }) => host === 'x.com');

    const popup = await browser.openPopup(page);
    await selectTab(popup, 'Activity');
    await popup.waitForSelector('li.entry ::-p-text(carol/emoji-title)');

    const seen = {
      answers: await readAnswers(),
      popover: refused.text,
      page: await page.content(),
      activity: await popup.content(),
      storage: JSON.stringify(await browser.storageDump()),
      consoles: browser.consoleLines.join('\n'),
    };
    // That they were listened to at all.
    expect(seen.answers).toContain('vote_too_weak');
    expect(seen.popover).toContain('authorization: •••');
    expect(seen.answers).toContain('"weight":17');
    expect(seen.activity).toContain('too weak');
    for (const [where, text] of Object.entries(seen))
      for (const value of planted)
        expect(text.includes(value), `${where} holds ${value.slice(0, 12)}`).toBe(false);
  });
});
