import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../index.ts';
import { startSandbox } from '../../index.ts';
import { requestSandbox } from '../../request.ts';
import { plainProblem } from '../problems.ts';
import { seedX } from '../seed.ts';
import type { XApp } from '../app-registry.ts';
import { allScopes, call, clientId, parse } from '../test-client.ts';

let sandbox: Sandbox;
let app: XApp;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedX(sandbox.x);
  const found = sandbox.x.findApp(clientId);
  if (found === undefined) throw new Error('the seed has no app');
  app = found;
});
afterEach(() => sandbox.close());

const bobId = '1450000000000000001';
const aliceId = '1450000000000000002';
const signIn = (scope: readonly string[] = allScopes, username = 'bob_on_x') =>
  sandbox.x.issueTokens(clientId, username, scope).access;
const post = (token: string, text: string) => call(sandbox, token, '/2/tweets', { json: { text } });

describe('who may call what', () => {
  test.each([
    ['/2/users/me', ['users.read'], 403],
    ['/2/users/me', ['tweet.read', 'users.read'], 200],
    ['/2/users/by/username/bob_on_x', ['tweet.read'], 403],
    [`/2/users/${bobId}/tweets`, ['users.read'], 403],
    [`/2/users/${bobId}/followers`, ['tweet.read', 'users.read'], 403],
    [`/2/users/${bobId}/followers`, ['tweet.read', 'users.read', 'follows.read'], 200],
  ])('%s with %j: %d', async (path, scope, status) => {
    expect((await call(sandbox, signIn(scope), path)).status).toBe(status);
  });

  test('a post needs tweet.write', async () => {
    const answer = await post(signIn(['tweet.read', 'users.read']), 'Hello');
    expect([answer.status, parse(answer)]).toMatchObject([403, { detail: 'Forbidden' }]);
  });

  test('the app itself reads in public, but is nobody', async () => {
    const token = sandbox.x.issueAppOnlyToken(clientId);
    expect((await call(sandbox, token, '/2/users/by/username/bob_on_x')).status).toBe(200);
    for (const answer of [await call(sandbox, token, '/2/users/me'), await post(token, 'Hello')]) {
      expect([answer.status, parse(answer)]).toMatchObject([
        403,
        { type: 'https://api.twitter.com/2/problems/unsupported-authentication' },
      ]);
    }
  });

  test('no token, a wrong one, a refresh token: 401', async () => {
    const bare = await requestSandbox(sandbox, 'https://api.x.com/2/users/me');
    const { refresh = '' } = sandbox.x.issueTokens(clientId, 'bob_on_x', allScopes);
    const others = await Promise.all(['wrong', refresh].map((text) => call(sandbox, text, '/2/users/me')));
    for (const answer of [bare, ...others]) {
      expect([answer.status, parse(answer)]).toEqual([
        401,
        { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' },
      ]);
    }
  });

  test('an app without a package is told so', async () => {
    app.enrolled = false;
    const answer = await post(signIn(), 'Hello');
    expect([answer.status, parse(answer)]).toMatchObject([
      403,
      { reason: 'client-not-enrolled', client_id: clientId, title: 'Client Forbidden' },
    ]);
  });

  test('unknown paths and v1.1', async () => {
    expect((await call(sandbox, signIn(), '/2/nothing')).status).toBe(404);
    const old = await call(sandbox, signIn(), '/1.1/account/verify_credentials.json');
    expect([old.status, parse(old)]).toMatchObject([403, { errors: [{ code: 220 }] }]);
  });
});

describe('the bill', () => {
  const billed = () => sandbox.x.bill.all.map(({ call: name, what, count, usd }) => [name, what, count, usd]);

  test('lists every price', async () => {
    const token = signIn();
    await post(token, 'Without a link');
    await post(token, 'With a link: example.com');
    const id = sandbox.x.tweetsOf('bob_on_x')[0]?.id ?? '';
    await call(sandbox, token, `/2/tweets/${id}`, { method: 'DELETE' });
    await call(sandbox, token, '/2/users/me');
    await call(sandbox, token, `/2/users/${bobId}/tweets?max_results=5`);
    await call(sandbox, token, `/2/users/${bobId}/followers?max_results=7`);
    await call(sandbox, token, `/2/users/${aliceId}/tweets`);
    await call(sandbox, token, `/2/users/${aliceId}/following`);
    expect(billed()).toEqual([
      ['POST /2/tweets', 'post create', 1, 0.015],
      ['POST /2/tweets', 'post create with url', 1, 0.2],
      ['DELETE /2/tweets/:id', 'post delete', 1, 0.01],
      ['GET /2/users/me', 'user read', 1, 0.01],
      ['GET /2/users/:id/tweets', 'owned read', 5, 0.005],
      ['GET /2/users/:id/followers', 'owned read', 7, 0.007],
      ['GET /2/users/:id/tweets', 'post read', 2, 0.01],
    ]);
    expect(sandbox.x.bill.total).toBe(0.257);
  });

  test('has a resource once in a UTC day, and no failed call', async () => {
    sandbox.x.accessTokenSeconds = 3 * 86_400;
    const token = signIn();
    const read = () => call(sandbox, token, `/2/users/${aliceId}/tweets`);
    await read();
    await read();
    await post(token, 'a'.repeat(281));
    expect(sandbox.x.bill.total).toBe(0.01);
    sandbox.clockOffsetMs = 86_400_000;
    await read();
    expect(sandbox.x.bill.total).toBe(0.02);
  });

  test('cannot be paid: 402, with an account that no JavaScript number holds, and nothing done', async () => {
    app.credits = 0.1;
    const token = signIn();
    expect((await post(token, 'Cheap')).status).toBe(201);
    expect(app.credits).toBe(0.085);
    const answer = await post(token, 'Dear: example.com');
    expect([answer.status, parse(answer)]).toMatchObject([402, { title: 'CreditsDepleted' }]);
    const digits = /"account_id":(\d+)/.exec(answer.text)?.[1] ?? '';
    expect(String(Number(digits))).not.toBe(digits);
    expect(sandbox.x.tweetsOf('bob_on_x')[0]?.text).toBe('Cheap');
    app.credits = 0;
    expect((await call(sandbox, token, '/2/users/me')).status).toBe(402);
  });
});

describe('limits', () => {
  test('are told in seconds, count down, and end with 429 until the reset', async () => {
    sandbox.x.rateLimits.set('GET /2/users/me', { user: 2 });
    const token = signIn();
    const me = () => call(sandbox, token, '/2/users/me');
    const now = Date.now() / 1000;
    const headers = [(await me()).headers, (await me()).headers];
    expect(headers.map((all) => [all['x-rate-limit-limit'], all['x-rate-limit-remaining']])).toEqual([
      ['2', '1'],
      ['2', '0'],
    ]);
    const over = await me();
    expect([over.status, parse(over)]).toEqual([
      429,
      { title: 'Too Many Requests', type: 'about:blank', status: 429, detail: 'Too Many Requests' },
    ]);
    const reset = Number(over.headers['x-rate-limit-reset']);
    expect(reset - now).toBeGreaterThan(890);
    expect(reset - now).toBeLessThan(910);
    expect((await call(sandbox, signIn(allScopes, 'alice_on_x'), '/2/users/me')).status).toBe(200);
    sandbox.clockOffsetMs = 901_000;
    expect((await me()).status).toBe(200);
  });

  test('of a day, for the person and for the whole app', async () => {
    sandbox.x.rateLimits.set('POST /2/tweets', { user: 100, userPerDay: 17, appPerDay: 2 });
    const [bob, alice] = [signIn(), signIn(allScopes, 'alice_on_x')];
    const first = await post(bob, 'One');
    expect(first.headers).toMatchObject({
      'x-user-limit-24hour-limit': '17',
      'x-user-limit-24hour-remaining': '16',
      'x-app-limit-24hour-limit': '2',
      'x-app-limit-24hour-remaining': '1',
    });
    expect((await post(alice, 'Two')).status).toBe(201);
    expect((await post(bob, 'Three')).status).toBe(429);
  });
});

describe('trouble on demand', () => {
  test('nextError queues codes and whole answers, for the calls that fit', async () => {
    const token = signIn();
    sandbox.x.nextError(88, { method: 'POST' });
    sandbox.x.nextError(plainProblem(503, 'Service Unavailable'));
    expect((await call(sandbox, token, '/2/users/me')).status).toBe(503);
    expect((await call(sandbox, token, '/2/users/me')).status).toBe(200);
    const refused = await post(token, 'Hello');
    expect([refused.status, parse(refused)]).toEqual([
      429,
      { errors: [{ code: 88, message: 'Rate limit exceeded' }] },
    ]);
    expect((await post(token, 'Hello')).status).toBe(201);
  });

  test('a connection that drops after X acted: posted once, a duplicate the second time', async () => {
    const token = signIn();
    sandbox.misbehave({ host: 'api.x.com', method: 'POST', path: '/2/tweets', how: 'drop-after' });
    await expect(post(token, 'Did it arrive?')).rejects.toThrow();
    expect(sandbox.x.tweetsOf('bob_on_x')[0]?.text).toBe('Did it arrive?');
    expect((await post(token, 'Did it arrive?')).text).toContain('duplicate content');
  });
});

test('the web intents of both hosts stay', async () => {
  for (const host of ['x.com', 'twitter.com']) {
    const { status, text } = await requestSandbox(sandbox, `https://${host}/intent/tweet?text=Hello`);
    expect([status, text.includes('>Hello</textarea>')]).toEqual([200, true]);
  }
});
