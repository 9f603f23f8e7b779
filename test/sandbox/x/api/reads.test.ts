import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../index.ts';
import { startSandbox } from '../../index.ts';
import { seededFollowers, seededTweets, seedX } from '../seed.ts';
import { allScopes, call, clientId, parse } from '../test-client.ts';

let sandbox: Sandbox;
let token: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedX(sandbox.x);
  token = sandbox.x.issueTokens(clientId, 'bob_on_x', allScopes).access;
});
afterEach(() => sandbox.close());

const bobId = '1450000000000000001';
const get = (path: string, bearer = token) => call(sandbox, bearer, `/2${path}`);

interface List {
  readonly data?: readonly { readonly id: string }[];
  readonly errors?: readonly object[];
  readonly meta?: {
    readonly result_count: number;
    readonly next_token?: string;
    readonly previous_token?: string;
    readonly newest_id?: string;
    readonly oldest_id?: string;
  };
}

async function getList(path: string): Promise<List> {
  const answer = await get(path);
  expect(answer.status).toBe(200);
  // The fields are asserted by each test.
  return parse(answer) as List;
}

const idsOf = ({ data = [] }: List): string[] => data.map(({ id }) => id);

describe('people', () => {
  test('have few fields, and those that are asked for', async () => {
    expect(parse(await get('/users/by/username/ALICE_on_x'))).toEqual({
      data: { id: '1450000000000000002', name: 'Alice', username: 'alice_on_x' },
    });
    expect(parse(await get('/users/me?user.fields=public_metrics,protected'))).toEqual({
      data: {
        id: bobId,
        name: 'Bob 🐝',
        username: 'bob_on_x',
        protected: false,
        public_metrics: {
          followers_count: seededFollowers,
          following_count: 9,
          tweet_count: seededTweets,
          listed_count: 0,
          like_count: 0,
        },
      },
    });
  });

  test.each([
    ['nobody_here', 'Not Found Error', 'Could not find user with username: [nobody_here].'],
    ['gone_on_x', 'Forbidden', 'User has been suspended: [gone_on_x].'],
  ])('%s: status 200 with errors only', async (username, title, detail) => {
    const answer = await get(`/users/by/username/${username}`);
    expect([answer.status, parse(answer)]).toEqual([
      200,
      {
        errors: [
          {
            title,
            detail,
            value: username,
            resource_id: username,
            parameter: 'username',
            resource_type: 'user',
            type: 'https://api.twitter.com/2/problems/resource-not-found',
          },
        ],
      },
    ]);
  });

  test.each(['@bob_on_x', 'a-b', 'sixteen_letters_'])('%j is no username', async (username) => {
    expect((await get(`/users/by/username/${username}`)).status).toBe(400);
  });
});

describe('a timeline', () => {
  test('comes in pages, newest first, with nothing twice and nothing missing', async () => {
    const all: string[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      const query = new URLSearchParams({ max_results: '20', ...(next && { pagination_token: next }) });
      const page = await getList(`/users/${bobId}/tweets?${query}`);
      const ids = idsOf(page);
      expect(page.meta).toMatchObject({ result_count: ids.length, newest_id: ids[0], oldest_id: ids.at(-1) });
      expect(page.meta?.previous_token === undefined).toBe(next === undefined);
      all.push(...ids);
      next = page.meta?.next_token;
      if (next !== undefined) expect(next.length).toBeGreaterThanOrEqual(16);
      pages += 1;
    } while (next !== undefined);
    expect(pages).toBe(3);
    expect(all).toEqual(sandbox.x.tweetsOf('bob_on_x').map(({ id }) => id));
  });

  test('goes back a page, and stays in place when something new was posted', async () => {
    const path = `/users/${bobId}/tweets?max_results=5`;
    const first = await getList(path);
    sandbox.x.addTweet('bob_on_x', 'Just in');
    const second = await getList(`${path}&pagination_token=${first.meta?.next_token ?? ''}`);
    const known = sandbox.x.tweetsOf('bob_on_x').map(({ id }) => id);
    expect(idsOf(second)).toEqual(known.slice(6, 11));
    const back = await getList(`${path}&pagination_token=${second.meta?.previous_token ?? ''}`);
    expect(idsOf(back)).toEqual(idsOf(first));
  });

  test('without posts has no data', async () => {
    const { id } = sandbox.x.people.get('premium_on_x');
    expect(await getList(`/users/${id}/tweets`)).toEqual({ meta: { result_count: 0 } });
  });

  test('of unknown, suspended and protected people: errors only', async () => {
    const ids = ['gone_on_x', 'quiet_on_x'].map((name) => sandbox.x.people.get(name).id);
    for (const id of ['1', ...ids]) {
      const { data, errors } = await getList(`/users/${id}/tweets`);
      expect([data, errors?.length]).toEqual([undefined, 1]);
    }
    sandbox.x.follow('bob_on_x', 'quiet_on_x');
    expect(idsOf(await getList(`/users/${ids[1] ?? ''}/tweets`))).toHaveLength(1);
  });

  test('leaves out replies, and keeps to ids and times', async () => {
    const [newest, second] = sandbox.x.tweetsOf('bob_on_x');
    if (newest === undefined || second === undefined) throw new Error('the seed has no posts');
    sandbox.x.addTweet('bob_on_x', 'A reply', { inReplyTo: newest });
    const path = `/users/${bobId}/tweets?max_results=5`;
    expect(idsOf(await getList(`${path}&exclude=replies`))[0]).toBe(newest.id);
    expect(idsOf(await getList(`${path}&until_id=${newest.id}`))[0]).toBe(second.id);
    expect(idsOf(await getList(`${path}&since_id=${newest.id}`))).toHaveLength(1);
    const time = new Date(newest.createdAt + 1000).toISOString();
    expect(idsOf(await getList(`${path}&end_time=${time}`))[0]).toBe(newest.id);
    expect(idsOf(await getList(`${path}&start_time=${time}`))).toHaveLength(1);
  });

  test.each([
    'max_results=4',
    'max_results=101',
    'max_results=ten',
    'pagination_token=short',
    `pagination_token=${'x'.repeat(20)}`,
    'exclude=everything',
    'since_id=abc',
    'start_time=yesterday',
    'tweet.fields=created_at,secret',
    'expansions=geo.place_id',
    'count=5',
    'max_results=5&max_results=6',
  ])('?%s is an invalid request', async (query) => {
    expect((await get(`/users/${bobId}/tweets?${query}`)).status).toBe(400);
  });

  test('an id that is none', async () => expect((await get('/users/bob_on_x/tweets')).status).toBe(400));
});

describe('follow lists', () => {
  test('have pages of their own, newest follower first', async () => {
    const path = `/users/${bobId}/followers`;
    const first = await getList(`${path}?max_results=20`);
    const next = first.meta?.next_token ?? '';
    const second = await getList(`${path}?max_results=20&pagination_token=${next}`);
    expect([idsOf(first).length, idsOf(second).length]).toEqual([20, seededFollowers - 20]);
    expect(second.data?.at(-1)).toMatchObject({ username: 'alice_on_x' });
    expect(second.meta?.next_token).toBeUndefined();
    const misplaced = await get(`/users/${bobId}/following?pagination_token=${next}`);
    expect(misplaced.status).toBe(400);
  });

  test('following', async () => {
    const { data } = await getList(`/users/${bobId}/following`);
    expect(data?.at(-1)).toMatchObject({ username: 'alice_on_x' });
    expect(data).toHaveLength(9);
  });

  test.each(['0', '1001'])('max_results=%s', async (most) =>
    expect((await get(`/users/${bobId}/followers?max_results=${most}`)).status).toBe(400),
  );
});

describe('one post', () => {
  const idOf = (start: string): string =>
    sandbox.x.tweetsOf('bob_on_x').find(({ text }) => text.startsWith(start))?.id ?? '';

  test('with everything that can be asked for', async () => {
    const id = idOf('Notes from');
    const fields = 'created_at,author_id,entities,public_metrics,conversation_id,referenced_tweets';
    const answer = await get(`/tweets/${id}?tweet.fields=${fields}&expansions=author_id`);
    expect(parse(answer)).toMatchObject({
      data: {
        id,
        author_id: bobId,
        conversation_id: id,
        edit_history_tweet_ids: [id],
        public_metrics: { retweet_count: 0 },
        entities: {
          urls: [
            {
              start: 26,
              end: 49,
              expanded_url: 'https://steemit.com/@alice/notes-from-a-mountain-hut',
            },
          ],
        },
      },
      includes: { users: [{ username: 'bob_on_x' }] },
    });
  });

  test('that is unknown: errors only; and no id at all', async () => {
    const answer = await get('/tweets/1');
    expect([answer.status, parse(answer)]).toMatchObject([
      200,
      { errors: [{ resource_type: 'tweet', parameter: 'id', value: '1' }] },
    ]);
    expect((await get('/tweets/abc')).status).toBe(400);
  });

  test('the newer names refuse the older ones by name, and the other way round', async () => {
    const id = idOf('Fish');
    sandbox.x.addTweet('bob_on_x', 'Me too', {
      inReplyTo: sandbox.x.tweetsOf('bob_on_x').find((post) => post.id === id) ?? never(),
    });
    const refused = await get(`/tweets/${id}?post.fields=public_metrics`);
    expect(refused.text).toContain('The query parameter [post.fields] is not one of [tweet.fields,');
    sandbox.x.fieldNames = 'post';
    const other = await get(`/tweets/${id}?tweet.fields=public_metrics`);
    expect([refused.status, other.status]).toEqual([400, 400]);
    expect(other.text).toContain('[tweet.fields] is not one of [post.fields,');
    expect(parse(await get(`/tweets/${id}?post.fields=public_metrics`))).toMatchObject({
      data: {
        text: 'Fish &amp; chips &lt; pie, and 2 &gt; 1 "quoted"',
        edit_history_post_ids: [id],
        public_metrics: { repost_count: 0, reply_count: 1 },
      },
    });
    expect(parse(await get('/users/me?user.fields=public_metrics'))).toMatchObject({
      data: { public_metrics: { post_count: seededTweets + 1 } },
    });
  });
});

function never(): never {
  throw new Error('the seed lacks a post');
}
