import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../index.ts';
import { startSandbox } from '../../index.ts';
import type { RawAnswer } from '../../request.ts';
import { seededTweets, seedX } from '../seed.ts';
import type { ApiRequest } from '../test-client.ts';
import { allScopes, call, clientId, parse } from '../test-client.ts';

let sandbox: Sandbox;
let token: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedX(sandbox.x);
  token = sandbox.x.issueTokens(clientId, 'bob_on_x', allScopes).access;
});
afterEach(() => sandbox.close());

const send = (json: unknown, request: ApiRequest = {}): Promise<RawAnswer> =>
  call(sandbox, token, '/2/tweets', { method: 'POST', json, ...request });
const post = (text: string, more: object = {}): Promise<RawAnswer> => send({ text, ...more });
const textsOf = (username: string): string[] => sandbox.x.tweetsOf(username).map(({ text }) => text);
const plain = (detail: string) => ({ title: 'Forbidden', type: 'about:blank', status: 403, detail });
const notPermitted = plain('You are not permitted to perform this action.');

function idOf(answer: RawAnswer): string {
  // The answer's shape is asserted by the first test.
  return (parse(answer) as { data: { id: string } }).data.id;
}

describe('a post', () => {
  test('is written, and comes back with links shortened and entities escaped', async () => {
    const text = 'A & B <see> https://example.com/long?x=1 and x.ai';
    const answer = await post(text);
    expect(answer.status).toBe(201);
    const { id } = sandbox.x.tweetsOf('bob_on_x')[0] ?? { id: '' };
    expect(Number(id)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(parse(answer)).toEqual({
      data: {
        id,
        edit_history_tweet_ids: [id],
        text: expect.stringMatching(
          /^A &amp; B &lt;see&gt; https:\/\/t\.co\/\w{10} and https:\/\/t\.co\/\w{10}$/,
        ) as unknown,
      },
    });
    expect(textsOf('bob_on_x')).toHaveLength(seededTweets + 1);
    expect(textsOf('bob_on_x')[0]).toBe(text);
  });

  test.each([
    ['280 letters', 'a'.repeat(280), 201],
    ['281 letters', 'a'.repeat(281), 403],
    ['140 families', '👨‍👩‍👧‍👦'.repeat(140), 201],
    ['141 kanji', '日'.repeat(141), 403],
    ['a long link', `${'a'.repeat(256)} https://example.com/${'b'.repeat(300)}`, 201],
    ['short bare domains', Array.from({ length: 13 }, () => 'x.ai').join(' '), 403],
  ])('of %s', async (_title, text, status) => {
    const answer = await post(text);
    expect(answer.status).toBe(status);
    if (status === 403) expect(parse(answer)).toEqual(plain('Tweet needs to be a bit shorter.'));
  });

  test('of a premium person may have 25,000 characters', async () => {
    token = sandbox.x.issueTokens(clientId, 'premium_on_x', allScopes).access;
    expect((await post('a'.repeat(25_000))).status).toBe(201);
    expect((await post('b'.repeat(25_001))).status).toBe(403);
  });

  test('with the same text is a duplicate for a day, unless it is gone', async () => {
    const first = await post('Once');
    const again = await post(' Once ');
    expect(parse(again)).toEqual(plain('You are not allowed to create a Tweet with duplicate content.'));
    await call(sandbox, token, `/2/tweets/${idOf(first)}`, { method: 'DELETE' });
    expect((await post('Once')).status).toBe(201);
    sandbox.x.accessTokenSeconds = 10 * 86_400;
    token = sandbox.x.issueTokens(clientId, 'bob_on_x', allScopes).access;
    sandbox.clockOffsetMs = 25 * 3_600_000;
    expect((await post('Once')).status).toBe(201);
  });

  test.each<[string, unknown]>([
    ['no text', {}],
    ['empty text', { text: '' }],
    ['only spaces', { text: ' \n ' }],
    ['a number', { text: 1 }],
    ['a BOM', { text: '\uFEFFHello' }],
    ['a lone surrogate', { text: 'Hello \uD83D' }],
    ['an unknown field', { text: 'Hello', visibility: 'public' }],
    ['an unknown field of the reply', { text: 'Hello', reply: { in_reply_to_tweet_id: '1', to: 'x' } }],
    ['an id that is a number', { text: 'Hello', reply: { in_reply_to_tweet_id: 1 } }],
    ['everyone as reply setting', { text: 'Hello', reply_settings: 'everyone' }],
    ['a list', []],
  ])('%s is an invalid request', async (_title, json) => {
    const answer = await send(json);
    expect([answer.status, parse(answer)]).toMatchObject([
      400,
      { title: 'Invalid Request', type: 'https://api.twitter.com/2/problems/invalid-request' },
    ]);
    expect(textsOf('bob_on_x')).toHaveLength(seededTweets);
  });

  test('an unknown field is named', async () => {
    expect((await send({ text: 'Hello', visibility: 'public' })).text).toContain(
      '$.visibility: is not defined',
    );
  });

  test('takes nothing but JSON', async () => {
    const form = await call(sandbox, token, '/2/tweets', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'text=Hello',
    });
    expect(form.text).toContain('Requests with bodies must have content-type of application/json.');
    const broken = await call(sandbox, token, '/2/tweets', {
      headers: { 'content-type': 'application/json' },
      body: '{"text":',
    });
    expect([form.status, broken.status]).toEqual([400, 400]);
  });

  test('has at most one cashtag', async () => {
    expect((await post('$ABC for $5')).status).toBe(201);
    expect(parse(await post('$ABC and $XYZ'))).toEqual(notPermitted);
  });
});

describe('a reply', () => {
  const reply = (text: string, to: string) => post(text, { reply: { in_reply_to_tweet_id: to } });

  test('continues an own thread', async () => {
    const first = idOf(await post('One'));
    const second = idOf(await reply('Two', first));
    const [newest] = sandbox.x.tweetsOf('bob_on_x');
    expect([newest?.id, newest?.inReplyTo?.id]).toEqual([second, first]);
    sandbox.x.refusesOwnReplies = true;
    expect(parse(await reply('Three', second))).toEqual(notPermitted);
  });

  test('to others is for those who were summoned', async () => {
    const [summons, other] = sandbox.x.tweetsOf('alice_on_x');
    expect((await reply('I think so.', summons?.id ?? '')).status).toBe(201);
    expect(parse(await reply('Hear me', other?.id ?? ''))).toEqual(notPermitted);
    expect(sandbox.x.bill.all.map(({ what }) => what)).toEqual(['summoned reply create']);
  });

  test('needs a post to reply to', async () => {
    expect((await reply('Hello?', '1')).text).toContain('deleted or not visible');
  });

  test('and quote: an enterprise app may do what others may not', async () => {
    const [, other] = sandbox.x.tweetsOf('alice_on_x');
    const quote = () => post('Look', { quote_tweet_id: other?.id });
    expect(parse(await quote())).toEqual(notPermitted);
    const app = sandbox.x.findApp(clientId);
    if (app !== undefined) app.accessLevel = 'enterprise';
    expect((await quote()).status).toBe(201);
    expect((await reply('Hear me', other?.id ?? '')).status).toBe(201);
  });
});

describe('delete', () => {
  const remove = (id: string) => call(sandbox, token, `/2/tweets/${id}`, { method: 'DELETE' });

  test('takes the own post away, once', async () => {
    const id = idOf(await post('Soon gone'));
    const answer = await remove(id);
    expect([answer.status, parse(answer)]).toEqual([200, { data: { deleted: true } }]);
    expect(textsOf('bob_on_x')).not.toContain('Soon gone');
    expect((await remove(id)).status).toBe(404);
  });

  test('leaves what belongs to others', async () => {
    const id = sandbox.x.tweetsOf('alice_on_x')[0]?.id ?? '';
    expect(parse(await remove(id))).toEqual(plain('You are not authorized to delete this Tweet.'));
    expect((await remove('abc')).status).toBe(400);
  });
});

test.each([64, 185, 226, 326] as const)("a person's trouble %d refuses posts", async (code) => {
  sandbox.x.people.get('bob_on_x').trouble = code;
  const answer = await post('Hello');
  expect([answer.status, parse(answer)]).toMatchObject([403, { errors: [{ code }] }]);
  expect((await call(sandbox, token, '/2/users/me')).status).toBe(200);
});

test('the newer names: edit_history_post_ids, problems of api.x.com', async () => {
  sandbox.x.fieldNames = 'post';
  expect(parse(await post('Hello'))).toMatchObject({
    data: { edit_history_post_ids: [expect.any(String)] },
  });
  expect((await send({})).text).toContain('https://api.x.com/2/problems/invalid-request');
});
