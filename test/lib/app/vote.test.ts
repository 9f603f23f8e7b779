import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxApp, signInAs, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededPosts } from '../../sandbox/seed.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const post = `${seededPosts.fresh.author}/${seededPosts.fresh.permlink}`;
const votesOf = (
  voter: string,
  chain: 'steem' | 'hive' = 'steem',
  { author, permlink } = seededPosts.fresh,
) => house.sandbox[chain].votesOn(author, permlink).filter((vote) => vote.voter === voter);

async function cast(account: string, weight: number, more: { post?: string; isConfirmed?: boolean } = {}) {
  const input = { request: crypto.randomUUID(), account, post, weight, ...more };
  const first = await house.app.invoke('vote.cast', input);
  return first.state === 'waiting' ? house.app.invoke('vote.cast', input) : first;
}

describe('a vote without a browser', () => {
  it.each(['steemlogin', 'hivesigner', 'steemconnect'] as const)(
    'reaches the chain through %s',
    async (provider) => {
      const chain = provider === 'hivesigner' ? 'hive' : 'steem';
      const account = await signInAs(house, provider, 'bob');
      const result = await cast(account, 12.34);
      expect(result).toMatchObject({ state: 'done', wasThere: false, name: 'bob', weight: 12.34 });
      expect(votesOf('bob', chain)).toMatchObject([{ percent: 1234 }]);
      const { entries } = await house.app.invoke('journal.list', {});
      expect(entries[0]).toMatchObject({
        outcome: 'done',
        account: 'bob',
        weight: 12.34,
        ...seededPosts.fresh,
      });
      expect(result.state === 'done' && result.transactionId).toBe(entries[0]?.transactionId);
    },
  );

  it('is cast once however often the same request is asked for', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    const input = { request: crypto.randomUUID(), account, post, weight: 50 };
    const results = await Promise.all([1, 2, 3].map(() => house.app.invoke('vote.cast', input)));
    expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(1);
    await house.app.invoke('vote.cast', input);
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(1);
  });

  it('waits its turn: Steem takes one vote in 3 s from an account', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    const posts = [seededPosts.fresh, seededPosts.chinese, seededPosts.emoji].map(
      (p) => `${p.author}/${p.permlink}`,
    );
    const inputs = posts.map((text) => ({ request: crypto.randomUUID(), account, post: text, weight: 10 }));
    const first = await Promise.all(inputs.map((input) => house.app.invoke('vote.cast', input)));
    expect(first.map(({ state }) => state).sort()).toEqual(['done', 'waiting', 'waiting']);
    const ends = await Promise.all(inputs.map((input) => house.app.invoke('vote.cast', input)));
    expect(ends.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('does not wait behind a vote that was refused', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    house.sandbox.steem.refuseNext('Votes are not allowed on the comment.');
    await expect(cast(account, 10)).rejects.toMatchObject({ refusal: { code: 'vote_not_allowed' } });
    const next = { request: crypto.randomUUID(), account, post, weight: 10 };
    expect(await house.app.invoke('vote.cast', next)).toMatchObject({ state: 'done' });
  });

  it('asks once more before a downvote, and never remembers its weight', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    await expect(cast(account, -20)).rejects.toMatchObject({
      refusal: { code: 'downvote_needs_confirmation' },
    });
    expect(votesOf('bob')).toEqual([]);
    await cast(account, -20, { isConfirmed: true });
    expect(votesOf('bob')).toMatchObject([{ percent: -2000 }]);
    expect((await house.app.invoke('vote.start', {})).accounts).toMatchObject([{ postWeight: 100 }]);
  });

  it('counts as done when the chain holds the very vote already', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    const { author, permlink } = seededPosts.votedByBob;
    expect(await cast(account, 50, { post: `${author}/${permlink}` })).toMatchObject({ wasThere: true });
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(0);
  });

  it('refuses a link of the other chain, naming the field', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    await expect(cast(account, 50, { post: `https://hive.blog/x/@${post}` })).rejects.toMatchObject({
      refusal: { code: 'wrong_chain', field: 'post' },
    });
  });
});

describe('a vote in trouble', () => {
  it('is looked up when its answer was lost after the chain took it', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    house.sandbox.misbehave({ path: '/api/broadcast', how: 'drop-after' });
    expect(await cast(account, 40)).toMatchObject({ state: 'done', weight: 40 });
    expect(votesOf('bob')).toHaveLength(1);
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(1);
  });

  it('is unknown when its answer was lost and the chain does not show it; Try again votes once', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    house.sandbox.misbehave({ path: '/api/broadcast', how: 'drop-before' });
    await expect(cast(account, 40)).rejects.toMatchObject({ refusal: { code: 'vote_unknown' } });
    const { entries, openCount } = await house.app.invoke('journal.list', {});
    expect(entries[0]).toMatchObject({ outcome: 'unknown', canTryAgain: true });
    expect(openCount).toBe(1);
    const id = entries[0]?.id ?? 0;
    await house.app.invoke('journal.try-again', { id, request: crypto.randomUUID() });
    expect(votesOf('bob')).toMatchObject([{ percent: 4000 }]);
    expect((await house.app.invoke('journal.list', {})).openCount).toBe(0);
  });

  it('is asked for once more before a downvote is tried again', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    house.sandbox.steem.refuseNext('Votes are not allowed on the comment.');
    await expect(cast(account, -20, { isConfirmed: true })).rejects.toMatchObject({
      refusal: { code: 'vote_not_allowed' },
    });
    const [entry] = (await house.app.invoke('journal.list', {})).entries;
    const again = { id: entry?.id ?? 0, request: crypto.randomUUID() };
    await expect(house.app.invoke('journal.try-again', again)).rejects.toMatchObject({
      refusal: { code: 'downvote_needs_confirmation' },
    });
    expect(votesOf('bob')).toEqual([]);
    await house.app.invoke('journal.try-again', { ...again, isConfirmed: true });
    expect(votesOf('bob')).toMatchObject([{ percent: -2000 }]);
  });

  it('waits when there is no network, and goes out when there is', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob');
    const offline = house.sandbox.misbehave({ how: 'drop-before', times: Infinity });
    expect(await cast(account, 40)).toMatchObject({ state: 'queued', reason: 'network' });
    offline.remove();
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(0);
    await house.app.onAlarm('outbox');
    expect(votesOf('bob')).toMatchObject([{ percent: 4000 }]);
  });

  it('renews the token once when the service refuses it', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', 'sandbox-secret');
    for (const token of house.sandbox.auth.steemlogin.validAccessTokens('bob'))
      house.sandbox.auth.steemlogin.revoke(token);
    expect(await cast(account, 30)).toMatchObject({ state: 'done' });
    expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(2);
  });

  it('does not renew for a right the person took away, and says so', async () => {
    const account = await signInAs(house, 'steemlogin', 'bob', 'sandbox-secret');
    house.sandbox.steem.withdrawAuthority('bob', 'latchkey.app');
    house.sandbox.requests.clear();
    await expect(cast(account, 30)).rejects.toMatchObject({ refusal: { code: 'app_not_authorised' } });
    expect(house.sandbox.requests.count({ path: '/api/oauth2/token' })).toBe(0);
  });

  it.each(['hold before', 'hold after'] as const)(
    'survives a worker killed in the middle (%s)',
    async (point) => {
      const account = await signInAs(house, 'steemlogin', 'bob');
      const when = point === 'hold before' ? 'before' : 'after';
      const rule = house.sandbox.misbehave({ path: '/api/broadcast', how: { kind: 'hold', when } });
      const request = crypto.randomUUID();
      const lost = house.app.invoke('vote.cast', { request, account, post, weight: 60 });
      lost.catch(() => undefined);
      await rule.hit;
      // A killed worker takes its locks with it; a new one finds the entry in the outbox.
      const next = house.restart();
      rule.release();
      await next.start();
      const result = await next.invoke('vote.cast', { request, account, post, weight: 60 });
      expect(result).toMatchObject({ state: 'done', weight: 60 });
      expect(votesOf('bob')).toHaveLength(1);
      expect(house.sandbox.requests.count({ path: '/api/broadcast' })).toBe(1);
    },
  );
});
