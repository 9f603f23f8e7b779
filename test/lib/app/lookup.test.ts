import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxApp, signInToX, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededFollowers, seededTweets } from '../../sandbox/x/seed.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const asked = () => house.sandbox.requests.count({ host: 'api.x.com', method: 'GET' });

/** All pages of a look-up. */
async function readAll(account: string, lookup: string, params: Record<string, string>) {
  const rows: Record<string, string | number>[] = [];
  for (let next: string | undefined; ;) {
    const page = await house.app.invoke('lookup.run', { account, lookup, params, next });
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    next = page.next;
  }
}

describe('looking up', () => {
  it('offers what the service has, with prices, and fetches nothing unasked', async () => {
    await signInToX(house);
    house.sandbox.requests.clear();
    const { accounts } = await house.app.invoke('lookup.list', {});
    expect(accounts[0]?.lookups.map(({ title, pricePerRow }) => [title, pricePerRow])).toEqual([
      ['My tweets', 0.005],
      ['My followers', 0.01],
      ['People I follow', 0.01],
      ['A person by user name', 0.01],
      ['A tweet by its link', 0.005],
    ]);
    expect(asked()).toBe(0);
  });

  it('pages through my tweets, with either generation of field names', async () => {
    const account = await signInToX(house);
    for (const names of ['tweet', 'post'] as const) {
      house.sandbox.x.fieldNames = names;
      const rows = await readAll(account, 'timeline', { count: '20' });
      expect(rows).toHaveLength(seededTweets);
      expect(rows.every((row) => typeof row['createdAt'] === 'number')).toBe(true);
    }
  });

  it('asks for followers with small pages, once the right is there, and tells what is left', async () => {
    const account = await signInToX(house, ['post']);
    expect((await house.app.invoke('lookup.list', {})).accounts[0]?.lookups[1]).toMatchObject({
      missing: 'follows',
    });
    const ask = { account, lookup: 'followers', params: { count: '' } };
    await expect(house.app.invoke('lookup.run', ask)).rejects.toMatchObject({
      refusal: { code: 'scope_missing' },
    });
    await house.app.invoke('accounts.sign-in', { provider: 'x', account, allow: ['post', 'follows'] });
    const page = await house.app.invoke('lookup.run', ask);
    expect(page.rows).toHaveLength(10);
    expect(page.limit?.remaining).toBeGreaterThan(0);
    expect(await readAll(account, 'followers', {})).toHaveLength(seededFollowers);
  });

  it('pages through the people I follow, each once, and no others', async () => {
    const account = await signInToX(house, ['follows']);
    const names = (await readAll(account, 'following', { count: '3' })).map((row) => row['userName']);
    // Of those who follow Bob he follows every third back.
    const readers = [3, 6, 9, 12, 15, 18, 21].map((index) => `reader_${index}`);
    expect(names.toSorted()).toEqual(['alice_on_x', 'premium_on_x', ...readers].toSorted());
  });

  it('finds a person and a tweet, remembers what was asked, and says at the field what can not be', async () => {
    const account = await signInToX(house);
    const user = { account, lookup: 'user', params: { user: '@alice_on_x' } };
    expect((await house.app.invoke('lookup.run', user)).rows).toMatchObject([
      { userName: 'alice_on_x', link: 'https://x.com/alice_on_x' },
    ]);
    expect((await house.app.invoke('lookup.list', {})).last).toEqual(user);
    const [tweet] = house.sandbox.x.tweetsOf('bob_on_x');
    const link = `https://x.com/bob_on_x/status/${tweet?.id ?? ''}?s=20`;
    const found = await house.app.invoke('lookup.run', { account, lookup: 'tweet', params: { tweet: link } });
    expect(found.rows).toMatchObject([{ text: tweet?.text }]);
    for (const [lookup, params, code, field] of [
      ['user', { user: 'no such name' }, 'bad_user_name', 'user'],
      ['user', { user: '' }, 'empty', 'user'],
      ['user', { user: 'nobody_at_all' }, 'user_not_found', 'user'],
      ['tweet', { tweet: 'https://example.org/1' }, 'bad_tweet_link', 'tweet'],
      ['tweet', { tweet: '1' }, 'tweet_not_found', 'tweet'],
    ] as const)
      await expect(house.app.invoke('lookup.run', { account, lookup, params })).rejects.toMatchObject({
        refusal: { code, field },
      });
  });

  it('waits for nobody: used-up limits and missing credits are told', async () => {
    const account = await signInToX(house);
    house.sandbox.x.rateLimits.set('GET /2/users/:id/tweets', { user: 1 });
    const ask = { account, lookup: 'timeline', params: {} };
    await house.app.invoke('lookup.run', ask);
    await expect(house.app.invoke('lookup.run', ask)).rejects.toMatchObject({
      refusal: { code: 'too_many_requests' },
    });
  });
});
