/**
 * `npm start`: Latchkey in a browser, with the services on loopback, so that anyone can try it without an account
 * anywhere. With a display the browser stays open for the person. Without one, or with `--headless`, the journey is
 * walked here, each step is printed, and the end is checked on the sandbox's chain.
 */
import { spawnSync } from 'node:child_process';
import { relative } from 'node:path';
import { argv, cwd, env, execPath } from 'node:process';
import type { Page } from 'puppeteer-core';
import { BrowserMissing, ensureBrowser } from './e2e/browsers.ts';
import { startJourney, type Journey } from './e2e/journey.ts';
import { visitSite, voteOnPage } from './e2e/overlay.ts';
import {
  choose,
  findService,
  press,
  pressToClose,
  selectTab,
  signIn,
  voteInPopup,
  waitForStatus,
  waitUntil,
} from './e2e/steps.ts';
import { answerConsent, openConsent, openTweetTab, waitForConsent, writeTweet } from './e2e/x-steps.ts';
import { seededAllegroUsers } from './sandbox/allegro/seed.ts';
import { activeKeyOf } from './sandbox/index.ts';
import { seededPosts } from './sandbox/seed.ts';
import { setUpServices, typeServices } from './start-services.ts';

const { author, permlink } = seededPosts.fresh;
const postPage = `https://steemit.com/travel/@${author}/${permlink}`;
const tweetText = 'Three days without a signal, and a stove that has opinions.';
const byButton = seededPosts.lastHours;
const otherPage = `https://steemit.com/photography/@${byButton.author}/${byButton.permlink}`;

function build(): void {
  const wxt = 'node_modules/wxt/bin/wxt.mjs';
  const { status } = spawnSync(execPath, [wxt, 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('The build failed.');
}

async function leaveToPerson(journey: Journey): Promise<void> {
  const { browser } = journey;
  const options = await browser.firstRunPage();
  await setUpServices(journey, options);
  await typeServices(journey, options);
  await browser.newPage(postPage);
  await options.bringToFront();
  console.log(`
Latchkey runs in Chromium. Every service is a stand-in on this machine: nothing leaves it, no real account is used.
SteemLogin, HiveSigner, X, Allegro and Authing are set up. To try:

  1. On the options page press "Sign in" at SteemLogin, then "Continue as @bob" on its page.
     (@alice works too: the page asks for her active key, which is ${activeKeyOf('alice')}.)
  2. Go to the other tab, a post on steemit.com, and press the button Vote beside it.
  3. Open the popup from the toolbar (the puzzle piece, then Latchkey): the post is filled in. See Activity, too.
  4. https://steemit.com/created, https://hive.blog, https://peakd.com, https://ecency.com and https://d.buzz have
     more posts to vote on.
  5. Sign in at X on the options page, then tweet from the popup; look up your timeline there.
  6. Sign in at Allegro ("Allow access as bobs-shop") or Authing, and look things up in the popup.
  7. For OpenID Connect and WeChat all is typed: press Save, let Latchkey reach the host, and sign in.

Close the browser to end.`);
  await browser.waitForEnd();
}

async function walk(journey: Journey): Promise<void> {
  const { browser, sandbox } = journey;
  const shoot = async (page: Page, name: string) => {
    console.log(`    ${relative(cwd(), await browser.screenshot(page, name))}`);
  };

  console.log('1. First run: the options page opens by itself');
  const options = await browser.firstRunPage();
  console.log('2. SteemLogin, HiveSigner, X, Allegro and Authing are set up with a client id');
  await setUpServices(journey, options);
  await shoot(options, 'options');

  console.log('3. Sign in: the consent page of SteemLogin, "Continue as @bob"');
  await signIn(browser, options, { service: 'SteemLogin', host: 'steemlogin.com', name: 'bob' });
  await (await findService(options, 'SteemLogin')).scrollIntoView();
  await shoot(options, 'signed-in');

  console.log(`4. Vote from the popup, opened on ${postPage}`);
  const post = await visitSite(browser, postPage);
  const popup = await browser.openPopup(post);
  await voteInPopup(popup, { post: postPage, weight: '50' });
  console.log(`    ${await waitForStatus(popup, `Voted 50 % on ${author}/${permlink} as bob`)}`);
  await shoot(popup, 'popup-vote');

  console.log('5. Activity shows the vote');
  await selectTab(popup, 'Activity');
  await popup.waitForSelector(`li.entry ::-p-text(${author}/${permlink})`);
  await shoot(popup, 'popup-activity');

  console.log(`6. Vote with the button on ${otherPage}`);
  const page = await visitSite(browser, otherPage);
  await voteOnPage(browser, page, { ...byButton, weight: '25' });
  await shoot(page, 'post-page');

  const weightOf = (name: { author: string; permlink: string }) =>
    sandbox.steem.votesOn(name.author, name.permlink).find(({ voter }) => voter === 'bob')?.percent;
  await tweet(journey, options, shoot);
  await lookUp(journey, options, shoot);

  console.log('11. The chain holds both votes, X the tweet');
  if (weightOf(seededPosts.fresh) !== 5_000) throw new Error('The vote from the popup is not on the chain.');
  if (weightOf(byButton) !== 2_500) throw new Error('The vote from the page is not on the chain.');
  const [newest] = sandbox.x.tweetsOf('bob_on_x');
  if (newest?.text !== tweetText) throw new Error('The tweet is not at X.');
  console.log('Done.');
}

type Shoot = (page: Page, name: string) => Promise<void>;

async function tweet(journey: Journey, options: Page, shoot: Shoot): Promise<void> {
  const { browser } = journey;
  console.log('7. Sign in at X, for reading; the first tweet asks for the right to post');
  await options.bringToFront();
  await answerConsent(await openConsent(journey, options), 'Authorize app');
  await waitForStatus(options, 'Signed in as bob_on_x.');
  const front = await browser.newPage('about:blank');
  const reading = await openTweetTab(journey, front);
  await press(reading, 'Allow posting');
  await answerConsent(await waitForConsent(browser), 'Authorize app');
  await waitUntil('the right to post', () =>
    Promise.resolve(journey.sandbox.x.consentsOf('bob_on_x').length > 1),
  );
  await reading.close().catch(() => undefined);

  console.log('8. Tweet from the popup');
  const composer = await openTweetTab(journey, front);
  await composer.waitForSelector('::-p-text(Posting costs about)');
  await writeTweet(composer, tweetText);
  await press(composer, 'Tweet');
  console.log(`    ${await waitForStatus(composer, 'Posted')}`);
  await shoot(composer, 'popup-tweet');
  await composer.close();
}

async function lookUp(journey: Journey, options: Page, shoot: Shoot): Promise<void> {
  const { browser } = journey;
  console.log('9. Sign in at Allegro');
  await options.bringToFront();
  await press(await findService(options, 'Allegro'), 'Sign in');
  const consent = await browser.waitForWindow(({ host }) => host === 'allegro.pl');
  await pressToClose(consent, `Allow access as ${seededAllegroUsers.seller}`);
  await waitForStatus(options, `Signed in as ${seededAllegroUsers.seller}.`);

  console.log('10. Look up the shop on Allegro and the timeline on X');
  const popup = await browser.openPopup(await browser.newPage('about:blank'));
  await selectTab(popup, 'Look up');
  for (const [service, name] of [
    ['Allegro', seededAllegroUsers.seller],
    ['X', 'bob_on_x'],
  ] as const) {
    await choose(popup, 'Account', `${name} · ${service}`);
    await press(popup, 'Look up');
    await popup.waitForSelector('table');
    console.log(`    ${await waitForStatus(popup, /row/)}`);
    await shoot(popup, `popup-look-up-${service.toLowerCase()}`);
  }
}

async function main(): Promise<void> {
  const hasWindow = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']) && !argv.includes('--headless');
  ensureBrowser('chromium');
  console.log('Building Latchkey for Chromium ...');
  build();
  await using journey = await startJourney('chromium', { hasWindow });
  await (hasWindow ? leaveToPerson(journey) : walk(journey));
}

try {
  await main();
} catch (error) {
  // A missing browser is told in its one line; anything else is a fault to be traced.
  console.error(error instanceof BrowserMissing ? error.message : error);
  process.exitCode = 1;
}
