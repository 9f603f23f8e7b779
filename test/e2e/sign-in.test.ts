/** Journey 1: from the first run to an account, without reading any documentation. */
import { describe, expect, test } from 'vitest';
import { browserNames } from './driver/index.ts';
import { clientId, registerApp, startJourney } from './journey.ts';
import { readRole, setUpService, signIn } from './steps.ts';

describe.each(browserNames)('first run in %s', (name) => {
  test('the options page opens, SteemLogin is set up, and the account appears', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;

    const options = await browser.firstRunPage();
    await options.bringToFront();
    const address = await registerApp(sandbox, options, 'steemlogin');
    expect(address).toMatch(/^https:\/\/\S+\/steemlogin$/);

    await setUpService(options, { service: 'SteemLogin', clientId });
    await signIn(browser, options, { service: 'SteemLogin', host: 'steemlogin.com', name: 'bob' });

    expect(sandbox.auth.steemlogin.grantsFor('bob')).toHaveLength(1);
    const accounts = await browser.openExtensionPage('options.html#accounts');
    await accounts.waitForSelector('::-p-text(Ends)');
    expect(await accounts.evaluate(() => document.body.innerText)).toContain('bob');
    expect(await readRole(accounts, 'alert')).toEqual([]);
  });
});
