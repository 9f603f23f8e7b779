/** The passphrase: set in Options, asked for after a restart of the browser, and then everything works again. */
import { describe, expect, test } from 'vitest';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney } from './journey.ts';
import { fill, press, readRole, voteInPopup, waitForAlert, waitForStatus } from './steps.ts';

const passphrase = 'correct horse battery';
const { author, permlink } = seededPosts.fresh;

describe.each(browserNames)('a passphrase in %s', (name) => {
  test('locks the vault at the end of the browser and opens it again', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    await connectAccount(journey, await browser.firstRunPage(), {
      service: 'steemlogin',
      name: 'bob',
      hasSecret: true,
    });
    const options = await browser.openExtensionPage('options.html#security');
    await fill(options, 'New passphrase', passphrase);
    await fill(options, 'The same again', 'another');
    await press(options, 'Set passphrase');
    expect(await waitForAlert(options)).toBe('The two are not the same.');
    await browser.screenshot(options, 'passphrase-set');
    await fill(options, 'The same again', passphrase);
    await press(options, 'Set passphrase');
    await options.waitForSelector('::-p-text(A passphrase protects your sign-ins.)');
    await browser.screenshot(options, 'passphrase', { isDark: true });

    await browser.restart();
    const popup = await browser.openPopup();
    await popup.waitForSelector('::-p-text(Latchkey is locked)');
    await browser.screenshot(popup, 'locked');
    await fill(popup, 'Passphrase', 'not the one');
    await press(popup, 'Unlock');
    expect(await waitForAlert(popup)).toBe('This is not the passphrase.');
    await fill(popup, 'Passphrase', passphrase);
    await press(popup, 'Unlock');
    await voteInPopup(popup, { post: `${author}/${permlink}`, weight: '10' });
    await waitForStatus(popup, 'Voted 10 %');
    expect(sandbox.steem.votesOn(author, permlink)).toContainEqual(
      expect.objectContaining({ voter: 'bob', percent: 1000 }),
    );

    const again = await browser.openExtensionPage('options.html#security');
    await press(again, 'Lock now');
    await again.waitForSelector('::-p-text(Latchkey is locked)');
    const later = await browser.openPopup(again);
    await later.waitForSelector('::-p-text(Latchkey is locked)');
    expect(await readRole(later, 'tab')).toEqual([]);
  });
});
