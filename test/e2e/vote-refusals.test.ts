/** Journey 5: what the chain refuses is told in a sentence, kept in Activity, and can be tried again. */
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import sentences from '../../assets/static/_locales/en/messages.json' with { type: 'json' };
import type { ErrorCode } from '../../lib/errors.ts';
import { rareChainTexts } from '../sandbox/index.ts';
import { seededPosts } from '../sandbox/seed.ts';
import { browserNames } from './driver/index.ts';
import { connectAccount, startJourney } from './journey.ts';
import {
  byRole,
  fill,
  findField,
  press,
  readRole,
  selectTab,
  voteInPopup,
  waitForStatus,
  waitUntil,
} from './steps.ts';

interface Refusal {
  /** Names the sentence that the person reads. */
  readonly code: ErrorCode;
  /** The chain's own words. */
  readonly text: string;
  /** How often the chain says so before the person hears of it; once when left out. */
  readonly times?: number;
}

/** Rows whose way to the person differs; Firefox, which is slower, walks only these. */
const chosen: readonly Refusal[] = [
  // Sent again after three seconds, twice.
  { code: 'vote_too_soon', text: 'Can only vote once every 3 seconds.', times: 3 },
  // The chain is asked whether it took the vote.
  { code: 'vote_unknown', text: rareChainTexts.expired },
  // Stands at the field.
  { code: 'bad_weight', text: 'Weight is not a STEEMIT percentage' },
  { code: 'service_busy', text: rareChainTexts.lockBusy },
  { code: 'vote_power_empty', text: rareChainTexts.noMana },
];

const others: readonly Refusal[] = [
  {
    code: 'vote_changes_used_up',
    text: 'Voter has used the maximum number of vote changes on this comment.',
  },
  { code: 'vote_nothing_to_remove', text: 'Vote weight cannot be 0.' },
  { code: 'vote_power_empty', text: rareChainTexts.noPower },
  { code: 'vote_power_empty', text: rareChainTexts.noVotingPower },
  { code: 'downvote_power_empty', text: 'Account does not have enough mana to downvote.' },
  { code: 'vote_not_allowed', text: 'Votes are not allowed on the comment.' },
  { code: 'vote_declined', text: 'Voter has declined their voting rights.' },
  {
    code: 'vote_payout_running',
    text: 'Comment is actively being rewarded. Cannot vote on comment.',
  },
  { code: 'vote_after_payout', text: rareChainTexts.afterPayout },
  { code: 'vote_after_payout', text: rareChainTexts.evaluatingPaidOut },
  { code: 'vote_last_hours', text: rareChainTexts.lastTwelveHours },
  { code: 'vote_too_weak', text: rareChainTexts.tooSmall },
  {
    code: 'resource_credits_empty',
    text: 'Account: bob has 12 RC, needs 3456 RC. Please wait to transact, or power up STEEM.',
  },
  { code: 'app_not_authorised', text: 'Missing Posting Authority bob' },
  { code: 'post_not_found', text: 'unknown key: ' },
  { code: 'post_not_found', text: 'Comment with permlink a-b of bob not found' },
  { code: 'account_not_found', text: 'Account bob does not exist' },
  { code: 'vote_unknown', text: rareChainTexts.tapos },
  { code: 'vote_unknown', text: rareChainTexts.duplicate },
  { code: 'service_busy', text: rareChainTexts.lockNotAcquired },
  { code: 'vote_refused', text: 'A sentence that no table knows.' },
];

const refusals = { chromium: [...others, ...chosen], firefox: chosen };

const { author, permlink } = seededPosts.fresh;
const post = `https://steemit.com/travel/@${author}/${permlink}`;
const weight = '10';

function readSentence(code: ErrorCode): string {
  return sentences[`error_${code}`].message;
}

/** The sentence in the popup when "Details" beside it has these words; they are opened and read. */
async function readRefusal(popup: Page, text: string): Promise<string> {
  await waitUntil(`Details with "${text}"`, () =>
    popup.$$eval(
      '.failure pre',
      (found, words) => found.some((pre) => pre.textContent.includes(words)),
      text,
    ),
  );
  await popup.locator('.failure summary').click();
  expect(await popup.$eval('.failure pre', (pre) => pre.checkVisibility())).toBe(true);
  return (await readRole(popup, 'alert')).join(' / ');
}

async function readForm(popup: Page) {
  const read = async (label: string) => (await findField(popup, label)).evaluate(({ value }) => value);
  return {
    post: await read('Post'),
    weight: await popup.$eval('input[type=number]', (field) => field.value),
  };
}

/** All sentences of the Activity, the newest first, page by page; ends on the first page. */
async function readActivity(popup: Page): Promise<string[]> {
  await popup.waitForSelector('li.entry');
  const read = () => popup.$$eval('li.entry .message', (found) => found.map((line) => line.textContent));
  const first = await read();
  if ((await popup.$(byRole('button', 'Older'))) === null) return first;
  await press(popup, 'Older');
  await waitUntil('the older ones', async () => (await read())[0] !== first[0]);
  const older = await read();
  await press(popup, 'Newer');
  await waitUntil('the newest', async () => (await read())[0] === first[0]);
  return [...first, ...older];
}

describe.each(browserNames)('refusals in %s', (name) => {
  test('each text of the chain is a sentence, the form stays, and Try again works', async () => {
    await using journey = await startJourney(name);
    const { browser, sandbox } = journey;
    const bobs = () => sandbox.steem.votesOn(author, permlink).filter(({ voter }) => voter === 'bob');
    await connectAccount(journey, await browser.firstRunPage(), { service: 'steemlogin', name: 'bob' });

    const popup = await browser.openPopup();
    await fill(popup, 'Post', post);
    for (const { code, text, times = 1 } of refusals[name]) {
      sandbox.steem.refuseNext(text, { times });
      await voteInPopup(popup, { weight });
      expect({ text, said: await readRefusal(popup, text) }).toEqual({ text, said: readSentence(code) });
      expect(await readForm(popup)).toEqual({ post, weight });
    }
    expect(bobs()).toEqual([]);

    await selectTab(popup, 'Activity');
    expect(await readActivity(popup)).toEqual(
      refusals[name].map(({ code }) => readSentence(code)).toReversed(),
    );
    const newest = await popup.waitForSelector('li.entry.failed');
    if (newest === null) throw new Error('Activity is empty.');
    await press(newest, 'Try again');
    await waitForStatus(popup, `Voted 10 % on ${author}/${permlink} as bob`);
    expect(bobs()).toMatchObject([{ percent: 1000, changes: 0 }]);
    await waitUntil(
      'the refusal to be marked as reviewed',
      async () => (await popup.$$('li.entry.failed.reviewed')).length === 1,
    );

    // The one refusal that is good news: the chain holds the vote, so it counts as done.
    await selectTab(popup, 'Vote');
    sandbox.steem.refuseNext(rareChainTexts.oldIdentical);
    await voteInPopup(popup, { weight: '20' });
    await waitForStatus(popup, `This vote was there already: 20 % on ${author}/${permlink} as bob`);
  }, 90_000);
});
