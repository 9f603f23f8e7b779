import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../../lib/app/create-app.ts';
import { secret, type SandboxApp, signInAs, signInToX, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededPosts } from '../../sandbox/seed.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const timeZone = 'Europe/Warsaw';
const link = ({ author, permlink }: { readonly author: string; readonly permlink: string }) =>
  `${author}/${permlink}`;
const { fresh, chinese, emoji, comment, rightToLeft, onlyOnSteem, votedByBob, lastHours } = seededPosts;
const five = [fresh, chinese, emoji, comment, rightToLeft];

let house: SandboxApp;
let app: App;
beforeEach(async () => {
  house = await startSandboxApp();
  ({ app } = house);
});
afterEach(() => house.close());

const broadcasts = () => house.sandbox.requests.find({ path: '/api/broadcast' });
const tweets = () => house.sandbox.requests.count({ host: 'api.x.com', method: 'POST', path: '/2/tweets' });
const weightsOf = (post: { author: string; permlink: string }, voter = 'bob') =>
  house.sandbox.steem
    .votesOn(post.author, post.permlink)
    .filter((vote) => vote.voter === voter)
    .map(({ percent }) => percent / 100);
const weights = (posts = five) => posts.map((post) => weightsOf(post));

interface More {
  readonly request?: string;
  readonly weight?: number;
  readonly schedule?: { readonly at: number; readonly timeZone: string };
}
const buildVote = (account: string, post: { author: string; permlink: string } = fresh, more: More = {}) => ({
  request: crypto.randomUUID(),
  account,
  post: link(post),
  weight: 10,
  ...more,
});
const vote = (...[account, post, more]: Parameters<typeof buildVote>) =>
  app.invoke('vote.cast', buildVote(account, post, more));
const tweet = (account: string, parts: string[], more: Omit<More, 'weight'> = {}) =>
  app.invoke('tweet.post', { request: crypto.randomUUID(), account, parts, seen: parts.length, ...more });
const inMs = (ms: number) => ({ at: house.clock.now() + ms, timeZone });
const entries = async () => (await app.invoke('outbox.list', {})).entries;
const waits = async () => (await entries()).map(({ waitsFor }) => waitsFor);
const journal = async () => (await app.invoke('journal.list', {})).entries;
/** Where the alarm would ring it does, until it would not any more. */
const ring = (started = app) => started.onAlarm('outbox');
const signInBob = () => signInAs(house, 'steemlogin', 'bob', secret);

describe('without a network', () => {
  it('a vote is kept and told; it goes out when the network is back, spaced as the chain wants it', async () => {
    const account = await signInBob();
    house.sandbox.requests.clear();
    house.network.switch(false);
    for (const post of five)
      expect(await vote(account, post)).toMatchObject({ state: 'queued', reason: 'network' });
    expect(house.sandbox.requests.count({})).toBe(0);
    expect(await waits()).toEqual(five.map(() => 'network'));
    house.network.switch(true);
    await ring();
    expect(weights()).toEqual(five.map(() => [10]));
    expect(await entries()).toEqual([]);
    // In the order of the presses; the chain itself refuses what comes within 3 s.
    expect(broadcasts()).toHaveLength(5);
    expect((await journal()).slice(0, 5).map(({ permlink }) => permlink)).toEqual(
      five.map(({ permlink }) => permlink).reverse(),
    );
  });

  it('the return of the network wakes it, without an alarm', async () => {
    const account = await signInBob();
    house.network.switch(false);
    await vote(account);
    house.network.switch(true);
    await vi.waitFor(() => expect(weightsOf(fresh)).toEqual([10]));
  });

  it('keeps each account’s order, votes and tweets; one account does not wait for the other', async () => {
    const bob = await signInBob();
    const x = await signInToX(house);
    const carol = await signInAs(house, 'steemlogin', 'carol');
    const offline = house.sandbox.misbehave({ how: 'drop-before', times: Infinity });
    house.network.switch(false);
    await vote(bob, fresh);
    await tweet(x, ['First']);
    await vote(carol, chinese);
    await vote(bob, emoji);
    await tweet(x, ['Second (1/2)', 'Second (2/2)']);
    offline.remove();
    const held = house.sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold' } });
    house.network.switch(true);
    await held.hit;
    await vi.waitFor(() => expect(tweets()).toBe(3));
    held.release();
    await ring();
    expect([weightsOf(fresh), weightsOf(emoji), weightsOf(chinese, 'carol')]).toEqual([[10], [10], [10]]);
    const texts = house.sandbox.x.tweetsOf('bob_on_x').map(({ text }) => text);
    expect(texts.slice(0, 3)).toEqual(['Second (2/2)', 'Second (1/2)', 'First']);
    const bobs = (await journal()).filter(
      ({ account, action }) => account === 'bob' && action === 'vote.cast',
    );
    expect(bobs.map(({ permlink }) => permlink)).toEqual([emoji.permlink, fresh.permlink]);
  });

  /** Lets the alarm ring seven times. @returns after how many minutes each time. */
  async function ringSeven(): Promise<number[]> {
    const delays = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const at = house.ports.alarmTimes.get('outbox') ?? 0;
      delays.push(Math.round((at - house.clock.now()) / minute));
      house.clock.advance(at - house.clock.now());
      await ring();
    }
    return delays;
  }

  it('that comes and goes many times a second costs no vote and doubles none', async () => {
    const account = await signInBob();
    house.network.switch(false);
    for (const post of five) await vote(account, post);
    for (let times = 0; times < 60; times += 1) {
      house.network.switch(times % 2 === 0);
      await new Promise((resolve) => setTimeout(resolve, times % 5));
    }
    house.network.switch(true);
    await ring();
    expect(weights()).toEqual(five.map(() => [10]));
    expect(broadcasts()).toHaveLength(5);
  });

  it('that the machine knows of, it looks each minute: Chromium tells no worker that the network is back', async () => {
    const account = await signInBob();
    house.network.switch(false);
    await vote(account);
    expect(await ringSeven()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('is tried again after 1, 2, 4, ... 30 minutes, also by a worker that was killed meanwhile', async () => {
    const account = await signInBob();
    const offline = house.sandbox.misbehave({ how: 'drop-before', times: Infinity });
    await vote(account);
    expect(await ringSeven()).toEqual([1, 2, 4, 8, 16, 30, 30]);
    offline.remove();
    const next = house.restart();
    await ring(next);
    expect(weightsOf(fresh)).toEqual([10]);
  });

  it('that the machine does not know of is found out before anything leaves', async () => {
    const account = await signInBob();
    const offline = house.sandbox.misbehave({ how: 'drop-before', times: Infinity });
    expect(await vote(account)).toMatchObject({ state: 'queued', reason: 'network' });
    expect(await vote(account, chinese)).toMatchObject({ state: 'queued', reason: 'network' });
    offline.remove();
    expect(broadcasts()).toEqual([]);
    await ring();
    expect([weightsOf(fresh), weightsOf(chinese)]).toEqual([[10], [10]]);
  });

  it('in the middle of a thread keeps the rest, which goes on under what is posted', async () => {
    const account = await signInToX(house);
    const parts = ['One (1/3)', 'Two (2/3)', 'Three (3/3)'];
    const held = house.sandbox.misbehave({
      path: '/2/tweets',
      method: 'POST',
      how: { kind: 'hold', when: 'after' },
    });
    const posting = tweet(account, parts);
    await held.hit;
    // The token ends while the first tweet is on its way, and there is no network to renew it.
    house.clock.advance(3 * hour);
    const offline = house.sandbox.misbehave({ path: '/2/oauth2/token', how: 'drop-before', times: Infinity });
    held.release();
    expect(await posting).toMatchObject({ state: 'queued', reason: 'network' });
    expect(await entries()).toMatchObject([{ parts, postedCount: 1, waitsFor: 'network' }]);
    offline.remove();
    house.clock.advance(hour);
    await ring();
    const posted = house.sandbox.x.tweetsOf('bob_on_x').slice(0, 3);
    expect(posted.map(({ text }) => text)).toEqual(parts.toReversed());
    expect(posted[1]?.inReplyTo?.id).toBe(posted[2]?.id);
    expect(tweets()).toBe(3);
  });

  it('when the answer to a vote was lost, it is looked up when the network is back, and not sent again', async () => {
    const account = await signInBob();
    const held = house.sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold', when: 'after' } });
    const request = crypto.randomUUID();
    const casting = vote(account, fresh, { request });
    await held.hit;
    house.network.switch(false);
    const offline = house.sandbox.misbehave({ how: 'drop-before', times: Infinity });
    const next = house.restart();
    held.release();
    casting.catch(() => undefined);
    await ring(next);
    app = next;
    expect(await entries()).toMatchObject([{ request, waitsFor: 'answer' }]);
    await expect(app.invoke('vote.cast', buildVote(account, fresh, { request }))).rejects.toMatchObject({
      refusal: { code: 'vote_unknown' },
    });
    offline.remove();
    house.network.switch(true);
    await ring(next);
    expect(await journal()).toMatchObject([{ outcome: 'done' }, {}]);
    expect(broadcasts()).toHaveLength(1);
  });

  it('when the answer was lost and the machine knows of no network, costs no look and is ready each minute', async () => {
    const account = await signInBob();
    const held = house.sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold', when: 'after' } });
    vote(account, fresh).catch(() => undefined);
    await held.hit;
    house.network.switch(false);
    app = house.restart();
    held.release();
    const before = house.sandbox.requests.count({});
    expect(await ringSeven()).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(house.sandbox.requests.count({})).toBe(before);
    house.network.switch(true);
    await vi.waitFor(async () => expect(await journal()).toMatchObject([{ outcome: 'done' }, {}]));
    expect(broadcasts()).toHaveLength(1);
  });
});

describe('a worker that is killed', () => {
  it.each([
    ['before it asks anything', { path: '/', host: 'api.steemit.com', how: { kind: 'hold' } }],
    ['before the vote has left', { path: '/api/broadcast', how: { kind: 'hold', when: 'lost' } }],
    ['before the service acts', { path: '/api/broadcast', how: { kind: 'hold' } }],
    ['before the answer is there', { path: '/api/broadcast', how: { kind: 'hold', when: 'after' } }],
  ] as const)('%s loses no vote and doubles none', async (point, fault) => {
    const account = await signInBob();
    const rule = house.sandbox.misbehave(fault);
    const inputs = [fresh, chinese].map((post) => buildVote(account, post));
    for (const input of inputs) app.invoke('vote.cast', input).catch(() => undefined);
    await rule.hit;
    await vi.waitFor(async () => expect(await entries()).toHaveLength(2));
    app = house.restart();
    rule.release();
    await ring();
    const isLost = point === 'before the vote has left';
    // It had left as far as anybody can know: not sent again, and said so.
    expect([weightsOf(fresh), weightsOf(chinese)]).toEqual([isLost ? [] : [10], [10]]);
    expect((await journal()).slice(0, 2).map(({ outcome }) => outcome)).toEqual([
      'done',
      isLost ? 'unknown' : 'done',
    ]);
    expect(broadcasts()).toHaveLength(2);
  });

  it.each(['hold before', 'hold after'])('never posts a tweet twice (%s)', async (point) => {
    const account = await signInToX(house);
    const when = point === 'hold before' ? 'before' : 'after';
    const rule = house.sandbox.misbehave({ path: '/2/tweets', method: 'POST', how: { kind: 'hold', when } });
    tweet(account, ['Once']).catch(() => undefined);
    await rule.hit;
    app = house.restart();
    rule.release();
    await ring();
    expect(await journal()).toMatchObject([{ outcome: 'unknown', code: 'tweet_unknown' }, {}]);
    expect(tweets()).toBe(1);
  });

  it('finds what was accepted and not begun', async () => {
    const account = await signInBob();
    house.network.switch(false);
    await vote(account);
    house.network.switch(true);
    app = house.restart();
    await app.start();
    await vi.waitFor(() => expect(weightsOf(fresh)).toEqual([10]));
  });
});

describe('the same request', () => {
  it('asked for again and again is one entry and one vote', async () => {
    const account = await signInBob();
    const input = buildVote(account);
    house.network.switch(false);
    for (let asked = 0; asked < 3; asked += 1)
      expect(await app.invoke('vote.cast', input)).toMatchObject({ state: 'queued' });
    expect(await entries()).toHaveLength(1);
    house.network.switch(true);
    const ends = await Promise.all([1, 2, 3].map(() => app.invoke('vote.cast', input)));
    expect(ends.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(broadcasts()).toHaveLength(1);
  });

  it('taken back stays taken back', async () => {
    const account = await signInBob();
    const input = buildVote(account);
    house.network.switch(false);
    await app.invoke('vote.cast', input);
    expect(await app.invoke('outbox.cancel', { request: input.request })).toEqual({ wasInTime: true });
    house.network.switch(true);
    await expect(app.invoke('vote.cast', input)).rejects.toMatchObject({ refusal: { code: 'taken_back' } });
    expect(broadcasts()).toEqual([]);
    expect(await app.invoke('journal.list', {})).toMatchObject({ openCount: 0 });
    expect(await app.invoke('outbox.cancel', { request: input.request })).toEqual({ wasInTime: false });
    expect(house.ports.alarmTimes.get('outbox')).toBeUndefined();
  });
});

describe('taking back', () => {
  it('a vote that is being sent is too late, and says so', async () => {
    const account = await signInBob();
    const held = house.sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold' } });
    const input = buildVote(account);
    const casting = app.invoke('vote.cast', input);
    await held.hit;
    expect(await app.invoke('outbox.cancel', { request: input.request })).toEqual({ wasInTime: false });
    held.release();
    expect(await casting).toMatchObject({ state: 'done' });
  });

  it('a vote that is about to be sent is in time, and it does not leave', async () => {
    const account = await signInBob();
    const held = house.sandbox.misbehave({ host: 'api.steemit.com', how: { kind: 'hold' } });
    const input = buildVote(account);
    const casting = app.invoke('vote.cast', input);
    casting.catch(() => undefined);
    await held.hit;
    expect(await app.invoke('outbox.cancel', { request: input.request })).toEqual({ wasInTime: true });
    held.release();
    await expect(casting).rejects.toMatchObject({ refusal: { code: 'taken_back' } });
    await ring();
    expect(broadcasts()).toEqual([]);
  });

  it('a vote that is put off while it is about to be sent does not leave before its time', async () => {
    const account = await signInBob();
    const held = house.sandbox.misbehave({ host: 'api.steemit.com', how: { kind: 'hold' } });
    const input = buildVote(account);
    const { request } = input;
    const casting = app.invoke('vote.cast', input);
    await held.hit;
    const schedule = inMs(hour);
    expect(await app.invoke('outbox.reschedule', { request, schedule })).toEqual({ wasInTime: true });
    held.release();
    expect(await casting).toMatchObject({ state: 'queued', reason: 'schedule', until: schedule.at });
    expect(broadcasts()).toEqual([]);
    house.clock.advance(hour);
    await ring();
    expect(weightsOf(fresh)).toEqual([10]);
  });

  it('a thread half-way keeps the rest here', async () => {
    const account = await signInToX(house);
    const held = house.sandbox.misbehave({
      path: '/2/tweets',
      method: 'POST',
      how: { kind: 'hold', when: 'after' },
    });
    const request = crypto.randomUUID();
    const posting = tweet(account, ['One (1/2)', 'Two (2/2)'], { request });
    await held.hit;
    house.clock.advance(3 * hour);
    const offline = house.sandbox.misbehave({ path: '/2/oauth2/token', how: 'drop-before', times: Infinity });
    held.release();
    await posting;
    expect(await app.invoke('outbox.cancel', { request })).toEqual({ wasInTime: true });
    offline.remove();
    await ring();
    expect(tweets()).toBe(1);
    expect((await journal())[0]).toMatchObject({ code: 'taken_back', posted: [{}], parts: { length: 2 } });
  });

  it('in one view while another sends it now, with a second background beside: one of them is in time', async () => {
    const account = await signInBob();
    for (const [index, post] of five.entries()) {
      const request = crypto.randomUUID();
      await vote(account, post, { request, schedule: inMs(hour) });
      const before = broadcasts().length;
      const beside = house.startBeside();
      const [sent, cancelled] = await Promise.all([
        app.invoke('outbox.send-now', { request }),
        (index % 2 === 0 ? app : beside).invoke('outbox.cancel', { request }),
      ]);
      await ring();
      await ring(beside);
      await beside.close();
      expect(await entries()).toEqual([]);
      expect(sent.wasInTime || cancelled.wasInTime).toBe(true);
      expect(broadcasts().length - before).toBe(cancelled.wasInTime ? 0 : 1);
    }
  });

  it('is what signing out does', async () => {
    const account = await signInBob();
    await vote(account, fresh, { schedule: inMs(hour) });
    await app.invoke('accounts.sign-out', { account });
    expect(await entries()).toEqual([]);
    expect((await journal())[1]).toMatchObject({ account: 'bob', code: 'unknown_account' });
  });
});

describe('scheduled', () => {
  it('votes and tweets go out at their time, whatever was accepted meanwhile', async () => {
    const account = await signInBob();
    const x = await signInToX(house);
    const schedule = inMs(hour);
    expect(await vote(account, fresh, { schedule })).toEqual({
      state: 'queued',
      reason: 'schedule',
      until: schedule.at,
    });
    expect(await tweet(x, ['Good morning'], { schedule: inMs(2 * hour) })).toMatchObject({
      reason: 'schedule',
    });
    expect(house.ports.alarmTimes.get('outbox')).toBe(schedule.at);
    expect(await vote(account, chinese)).toMatchObject({ state: 'done' });
    expect(await entries()).toMatchObject([
      { waitsFor: 'schedule', until: schedule.at, schedule },
      { waitsFor: 'schedule' },
    ]);
    await ring();
    expect(broadcasts()).toHaveLength(1);
    house.clock.advance(hour);
    await ring();
    expect(weightsOf(fresh)).toEqual([10]);
    expect(tweets()).toBe(0);
    house.clock.advance(hour);
    await ring();
    expect(tweets()).toBe(1);
    expect(house.ports.alarmTimes.get('outbox')).toBeUndefined();
  });

  it('ones join the line when their time comes, and wait for the network then', async () => {
    const account = await signInBob();
    await vote(account, fresh, { schedule: inMs(minute) });
    house.network.switch(false);
    await vote(account, chinese);
    house.clock.advance(minute);
    await ring();
    expect((await entries()).map(({ permlink }) => permlink)).toEqual([chinese.permlink, fresh.permlink]);
    // It was found in time: that the network took hours is no miss.
    house.clock.advance(5 * hour);
    house.network.switch(true);
    await ring();
    expect([weightsOf(fresh), weightsOf(chinese)]).toEqual([[10], [10]]);
  });

  it.each([
    [-1, 'schedule_in_the_past'],
    [0, 'schedule_in_the_past'],
    [367 * day, 'schedule_too_far'],
    [Number.POSITIVE_INFINITY, 'bad_input'],
  ])('for a time %i ms from now are refused', async (ms, code) => {
    const account = await signInBob();
    await expect(vote(account, fresh, { schedule: inMs(ms) })).rejects.toMatchObject({ refusal: { code } });
    const x = await signInToX(house);
    await expect(tweet(x, ['Hi'], { schedule: inMs(ms) })).rejects.toMatchObject({ refusal: { code } });
    expect(await entries()).toEqual([]);
  });

  it('in a time zone that there is not are refused at the field', async () => {
    const account = await signInBob();
    const schedule = { at: house.clock.now() + hour, timeZone: 'Mars/Olympus' };
    await expect(vote(account, fresh, { schedule })).rejects.toMatchObject({
      refusal: { code: 'bad_input', field: 'schedule' },
    });
  });

  it('votes are nothing that a page can ask for', async () => {
    const account = await signInBob();
    const reply = await app.dispatch(
      {
        protocol: 'latchkey/1',
        action: 'vote.cast',
        input: buildVote(account, fresh, { schedule: inMs(hour) }),
      },
      { kind: 'page', host: 'steemit.com' },
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'not_allowed' } });
    expect(await entries()).toEqual([]);
  });

  it('can be put off, brought forward and sent now', async () => {
    const account = await signInBob();
    const requests = [crypto.randomUUID(), crypto.randomUUID()] as const;
    await vote(account, fresh, { request: requests[0], schedule: inMs(hour) });
    await vote(account, chinese, { request: requests[1], schedule: inMs(hour) });
    const schedule = inMs(3 * hour);
    expect(await app.invoke('outbox.reschedule', { request: requests[0], schedule })).toEqual({
      wasInTime: true,
    });
    expect(await app.invoke('outbox.send-now', { request: requests[1] })).toEqual({ wasInTime: true });
    await ring();
    expect([weightsOf(fresh), weightsOf(chinese)]).toEqual([[], [10]]);
    house.clock.advance(2 * hour);
    await ring();
    expect(weightsOf(fresh)).toEqual([]);
    expect(await entries()).toMatchObject([{ schedule }]);
    house.clock.advance(hour);
    await ring();
    expect(weightsOf(fresh)).toEqual([10]);
    expect(await app.invoke('outbox.send-now', { request: requests[0] })).toEqual({ wasInTime: false });
    await expect(
      app.invoke('outbox.reschedule', { request: requests[0], schedule: inMs(-1) }),
    ).rejects.toMatchObject({ refusal: { code: 'schedule_in_the_past', field: 'schedule' } });
  });
});

describe('missed, because the browser was closed', () => {
  async function miss(missed: 'send' | 'skip' | 'ask', lateMs = 6 * minute) {
    await app.invoke('settings.save', { missed });
    const account = await signInBob();
    const request = crypto.randomUUID();
    await vote(account, fresh, { request, schedule: inMs(hour) });
    app = house.restart();
    house.clock.advance(hour + lateMs);
    await ring();
    return request;
  }

  it('goes out late where the person chose that', async () => {
    await miss('send');
    expect(weightsOf(fresh)).toEqual([10]);
  });

  it('is skipped and noted where the person chose that', async () => {
    await miss('skip');
    expect(weightsOf(fresh)).toEqual([]);
    expect(await journal()).toMatchObject([{ outcome: 'failed', code: 'schedule_missed' }, {}]);
    expect(await entries()).toEqual([]);
  });

  it('waits for the person otherwise, who sees it at the toolbar button and decides', async () => {
    const request = await miss('ask');
    expect(weightsOf(fresh)).toEqual([]);
    expect(await waits()).toEqual(['missed']);
    await ring();
    expect(await waits()).toEqual(['missed']);
    await app.invoke('outbox.send-now', { request });
    await ring();
    expect(weightsOf(fresh)).toEqual([10]);
  });

  it('is counted at the toolbar button until it is decided', async () => {
    const account = await signInBob();
    const request = crypto.randomUUID();
    await vote(account, fresh, { request, schedule: inMs(hour) });
    house.clock.advance(hour + 6 * minute);
    await ring();
    expect(house.ports.seen).toMatchObject({
      badge: '!',
      title: expect.stringContaining('1 scheduled') as string,
    });
    // What the accounts have to say does not wipe it away.
    await app.invoke('accounts.refresh', { account });
    expect(house.ports.seen.badge).toBe('!');
    await app.invoke('outbox.cancel', { request });
    await ring();
    expect(house.ports.seen).toMatchObject({ badge: '', title: 'Latchkey' });
  });

  it('is none within five minutes', async () => {
    await miss('ask', 4 * minute);
    expect(weightsOf(fresh)).toEqual([10]);
  });
});

describe('the clock', () => {
  it('a day back sends nothing twice and nothing early, and makes no vote wait for it', async () => {
    const account = await signInBob();
    await vote(account, fresh);
    await vote(account, emoji, { schedule: inMs(hour) });
    house.drift.ms = day;
    house.clock.advance(-day);
    const before = house.clock.now();
    app = house.restart();
    await app.start();
    expect(await vote(account, chinese)).toMatchObject({ state: 'waiting' });
    await ring();
    expect(weightsOf(chinese)).toEqual([10]);
    expect(house.clock.now() - before).toBeLessThan(minute);
    expect(weightsOf(emoji)).toEqual([]);
    house.drift.ms = 0;
    house.clock.advance(day + hour);
    await ring();
    expect([fresh, chinese, emoji].map((post) => weightsOf(post))).toEqual([[10], [10], [10]]);
    expect(broadcasts()).toHaveLength(3);
  });

  it('a day back holds nothing that waits for the network for a day', async () => {
    const account = await signInBob();
    house.network.switch(false);
    await vote(account);
    house.clock.advance(-day);
    await app.start();
    await ring();
    expect((house.ports.alarmTimes.get('outbox') ?? Infinity) - house.clock.now()).toBeLessThanOrEqual(
      30 * minute,
    );
  });

  it('a year forward misses what was scheduled, and sends nothing of it by itself', async () => {
    const account = await signInBob();
    await vote(account, fresh, { schedule: inMs(hour) });
    house.clock.advance(365 * day);
    app = house.restart();
    await ring();
    expect(await waits()).toEqual(['missed']);
    expect(broadcasts()).toEqual([]);
  });
});

describe('the mana floor', () => {
  it('makes votes wait that Latchkey sends by itself, and lets them go when there is enough', async () => {
    const account = await signInBob();
    await app.invoke('settings.save', { manaFloorPercent: 80 });
    house.sandbox.steem.setMana('bob', 'votingMana', 70);
    await vote(account, fresh, { schedule: inMs(minute) });
    house.clock.advance(minute);
    await ring();
    const [entry] = await entries();
    // A tenth of five days.
    const wait = (entry?.until ?? 0) - house.clock.now();
    expect(entry?.waitsFor).toBe('mana');
    expect(wait).toBeGreaterThan(11.5 * hour);
    expect(wait).toBeLessThan(12.5 * hour);
    house.clock.advance(wait + minute);
    await ring();
    expect(weightsOf(fresh)).toEqual([10]);
  });

  it('holds no press of Vote, and nothing that the person sends now', async () => {
    const account = await signInBob();
    await app.invoke('settings.save', { manaFloorPercent: 80 });
    house.sandbox.steem.setMana('bob', 'votingMana', 50);
    expect(await vote(account, fresh)).toMatchObject({ state: 'done' });
    house.network.switch(false);
    const request = crypto.randomUUID();
    await vote(account, chinese, { request });
    house.network.switch(true);
    await ring();
    expect(await waits()).toEqual(['mana']);
    await app.invoke('outbox.send-now', { request });
    await ring();
    expect(weightsOf(chinese)).toEqual([10]);
  });

  it('that is lowered lets them go', async () => {
    const account = await signInBob();
    await app.invoke('settings.save', { manaFloorPercent: 80 });
    house.sandbox.steem.setMana('bob', 'votingMana', 50);
    await vote(account, fresh, { schedule: inMs(minute) });
    house.clock.advance(minute);
    await ring();
    expect(weightsOf(fresh)).toEqual([]);
    await app.invoke('settings.save', { manaFloorPercent: 0 });
    await vi.waitFor(() => expect(weightsOf(fresh)).toEqual([10]));
  });
});

describe('a locked Latchkey', () => {
  const passphrase = 'correct horse battery';
  it('lets scheduled votes wait, and judges them when it is unlocked', async () => {
    const account = await signInBob();
    await vote(account, fresh, { schedule: inMs(minute) });
    await vote(account, chinese, { schedule: inMs(3 * hour) });
    await app.invoke('lock.set', { passphrase });
    await app.invoke('lock.now', {});
    house.clock.advance(2 * minute);
    await ring();
    expect(await waits()).toEqual(['locked', 'schedule']);
    expect(broadcasts()).toEqual([]);
    await app.invoke('lock.unlock', { passphrase });
    await vi.waitFor(() => expect(weightsOf(fresh)).toEqual([10]));
    await app.invoke('lock.now', {});
    house.clock.advance(4 * hour);
    await ring();
    await app.invoke('lock.unlock', { passphrase });
    await vi.waitFor(async () => expect(await waits()).toEqual(['missed']));
  });

  it('keeps what waited for the network, and takes nothing new from whoever sits before it', async () => {
    const account = await signInBob();
    house.network.switch(false);
    await vote(account, fresh);
    await app.invoke('lock.set', { passphrase });
    await app.invoke('lock.now', {});
    house.network.switch(true);
    await ring();
    expect(await waits()).toEqual(['locked']);
    await expect(vote(account, chinese)).rejects.toMatchObject({ refusal: { code: 'vault_locked' } });
    await expect(vote(account, chinese, { schedule: inMs(hour) })).rejects.toMatchObject({
      refusal: { code: 'vault_locked' },
    });
    await app.invoke('lock.unlock', { passphrase });
    await vi.waitFor(async () => expect(await entries()).toEqual([]));
    expect([weightsOf(fresh), weightsOf(chinese)]).toEqual([[10], []]);
  });

  it('in the middle of everything loses nothing and fails nothing: batch, thread and what is for later wait for it', async () => {
    const account = await signInBob();
    const x = await signInToX(house);
    await app.invoke('lock.set', { passphrase });
    const held = house.sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold' } });
    const batch = crypto.randomUUID();
    const votes = [chinese, emoji, comment].map((post) => ({ ...post, weight: 10 }));
    await app.invoke('batch.start', { batch, account, votes });
    await held.hit;
    await tweet(x, ['One (1/2)', 'Two (2/2)'], { schedule: inMs(minute) });
    await vote(account, fresh, { schedule: inMs(minute) });
    await app.invoke('lock.now', {});
    held.release();
    house.clock.advance(minute);
    await ring();
    // The one that had left ends; nothing else is begun.
    await vi.waitFor(() => expect(weightsOf(chinese)).toEqual([10]));
    app = house.restart();
    await app.start();
    await ring();
    expect([broadcasts().length, tweets()]).toEqual([1, 0]);
    expect((await journal()).filter(({ outcome }) => outcome !== 'done')).toEqual([]);
    expect(await entries()).toHaveLength(4);
    await app.invoke('lock.unlock', { passphrase });
    await ring();
    await vi.waitFor(async () => expect(await entries()).toEqual([]));
    expect(weights([chinese, emoji, comment, fresh])).toEqual([[10], [10], [10], [10]]);
    expect(tweets()).toBe(2);
    expect((await journal()).filter(({ outcome }) => outcome !== 'done')).toEqual([]);
  });
});

describe('a service that is busy', () => {
  it('is asked again later for what nobody waits for, and told at once to whoever presses', async () => {
    const account = await signInBob();
    const busy = { path: '/api/broadcast', how: { kind: 'status', status: 429 } } as const;
    house.sandbox.misbehave(busy);
    await expect(vote(account, fresh)).rejects.toMatchObject({ refusal: { code: 'too_many_requests' } });
    house.sandbox.misbehave(busy);
    await vote(account, chinese, { schedule: inMs(minute) });
    house.clock.advance(minute);
    await ring();
    expect(await waits()).toEqual(['try_later']);
    await ring();
    expect(await waits()).toEqual(['try_later']);
    house.clock.advance(hour);
    await ring();
    expect(weightsOf(chinese)).toEqual([10]);
  });
});

it('refuses what can’t be sent for good, without keeping it', async () => {
  const account = await signInBob();
  await expect(vote(account, { author: 'nobody', permlink: 'nothing' })).rejects.toMatchObject({
    refusal: { code: 'post_not_found' },
  });
  expect(await vote(account, votedByBob, { weight: 50 })).toMatchObject({ wasThere: true });
  await expect(vote(account, lastHours, { weight: 200 })).rejects.toMatchObject({
    refusal: { code: 'bad_weight' },
  });
  expect(await vote(account, onlyOnSteem)).toMatchObject({ state: 'waiting' });
  await ring();
  expect(weightsOf(onlyOnSteem)).toEqual([10]);
  expect(await entries()).toEqual([]);
});
