/** Journey 7: the background dies between any two steps, the browser restarts, the extension is updated. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import {
  connectAccount,
  registerApp,
  services,
  startJourney,
  clientId,
  secret,
  type Journey,
} from './journey.ts';
import {
  findAccount,
  findService,
  press,
  pressToClose,
  setUpService,
  signIn,
  voteInPopup,
  waitFor,
  waitForStatus,
} from './steps.ts';

const tokenEndpoint = { host: 'api.steemlogin.com', path: '/api/oauth2/token' };
const link = (post: { author: string; permlink: string }) =>
  `https://steemit.com/@${post.author}/${post.permlink}`;

describe.each(browserNames)('interruptions in %s', (name) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(name);
    await connectAccount(journey, await journey.browser.firstRunPage(), {
      service: 'hivesigner',
      name: 'bob',
    });
  });
  afterAll(() => journey[Symbol.asyncDispose]());
  beforeEach(() => journey.sandbox.behave());

  const votes = ({ author, permlink }: { author: string; permlink: string }) =>
    journey.sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob');

  test('a sign-in that died is simply begun again', async () => {
    const { browser, sandbox } = journey;
    let options = await browser.openOptions();
    await registerApp(sandbox, options, 'steemlogin');
    await setUpService(options, { service: 'SteemLogin', clientId, secret });

    // Dies while the consent page is open.
    await press(await findService(options, 'SteemLogin'), 'Sign in');
    const consent = await browser.waitForWindow((url) => url.host === services.steemlogin.host);
    await browser.stopWorker();
    await consent.close();

    // Dies after the service gave out tokens and before they arrived.
    await options.close();
    options = await browser.openOptions();
    const held = sandbox.misbehave({ ...tokenEndpoint, how: { kind: 'hold', when: 'after' } });
    await press(await findService(options, 'SteemLogin'), 'Sign in');
    const second = await browser.waitForWindow((url) => url.host === services.steemlogin.host);
    await pressToClose(second, 'Continue as @bob');
    await waitFor('the code to be changed for tokens', held.hit);
    await browser.stopWorker();
    held.release();

    await options.close();
    options = await browser.openOptions();
    await signIn(browser, options, { service: 'SteemLogin', host: services.steemlogin.host, name: 'bob' });
    await options.close();
  });

  test.each(['before', 'after'] as const)(
    'a vote whose background died %s the chain acted is cast once',
    async (when) => {
      const { browser, sandbox } = journey;
      const post = when === 'before' ? seededPosts.fresh : seededPosts.rightToLeft;
      const popup = await browser.openPopup();
      const held = sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold', when } });
      await voteInPopup(popup, { post: link(post), weight: '40' });
      await waitFor('the vote at the service', held.hit);
      await browser.stopWorker();
      held.release();
      await waitForStatus(popup, /: 40 % on|Voted 40 % on/);
      expect(votes(post)).toMatchObject([{ percent: 4000, changes: 0 }]);
      await popup.close();
    },
  );

  test('a lost answer is looked up, not sent again', async () => {
    const { browser, sandbox } = journey;
    const popup = await browser.openPopup();
    sandbox.misbehave({ path: '/api/broadcast', how: 'drop-after' });
    await voteInPopup(popup, { post: link(seededPosts.emoji), weight: '41' });
    await waitForStatus(popup, /41 % on/);
    expect(votes(seededPosts.emoji)).toMatchObject([{ percent: 4100, changes: 0 }]);
    await popup.close();
  });

  test('after a renewal that died with the new pair on its way, the account still votes', async () => {
    const { browser, sandbox } = journey;
    const accounts = await browser.openExtensionPage('options.html#accounts');
    const held = sandbox.misbehave({ ...tokenEndpoint, how: { kind: 'hold', when: 'after' } });
    await press(await findAccount(accounts, 'SteemLogin'), 'Refresh now');
    await waitFor('the renewal at the service', held.hit);
    await browser.stopWorker();
    held.release();
    await accounts.close();

    const popup = await browser.openPopup();
    await voteInPopup(popup, { post: link(seededPosts.comment), weight: '44' });
    await waitForStatus(popup, 'Voted 44 %');
    expect(votes(seededPosts.comment)).toMatchObject([{ percent: 4400 }]);
    await popup.close();
  });

  test('the account is still there after an update and after a restart of the browser, and votes', async () => {
    const { browser } = journey;
    await browser.updateExtension();
    const popup = await browser.openPopup();
    await voteInPopup(popup, { post: link(seededPosts.chinese), weight: '42' });
    await waitForStatus(popup, 'Voted 42 %');

    await browser.restart();
    const later = await browser.openPopup();
    await voteInPopup(later, { post: link(seededPosts.onlyOnSteem), weight: '43' });
    await waitForStatus(later, 'Voted 43 %');
    expect(votes(seededPosts.chinese)).toMatchObject([{ percent: 4200 }]);
    expect(votes(seededPosts.onlyOnSteem)).toMatchObject([{ percent: 4300 }]);
  });
});
