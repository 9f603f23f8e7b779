import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { requestSandbox } from './request.ts';
import { postJson } from './test-client.ts';

const vote = { voter: 'bob', author: 'alice', permlink: 'a-post', weight: 10_000 };
let sandbox: Sandbox;
let token: string;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.behave());
beforeEach(() => {
  const service = sandbox.auth.steemlogin;
  sandbox.steem.addAccount({ name: 'alice' });
  sandbox.steem.addAccount({ name: 'bob', postingAuths: ['some.app'] });
  sandbox.steem.addPost({ author: 'alice', permlink: 'a-post' });
  service.registerApp({ clientId: 'some.app', redirectUris: [] });
  token = service.issue({ kind: 'access', app: 'some.app', user: 'bob', scope: [] }).text;
});

const sendVote = () =>
  postJson(
    sandbox,
    'https://api.steemlogin.com/api/broadcast',
    { operations: [['vote', vote]] },
    { authorization: token },
  );
const misbehave = (how: Fault, times = 1) =>
  sandbox.misbehave({ host: 'api.steemlogin.com', path: '/api/', times, how });
const votes = () => sandbox.steem.votesOn('alice', 'a-post').length;

describe('the connection', () => {
  test.each([
    ['drop-before', 0],
    ['drop-after', 1],
  ] as const)('%s ends it with %d votes cast', async (how, cast) => {
    misbehave(how);
    await expect(sendVote()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(votes()).toBe(cast);
  });

  test('delay', async () => {
    misbehave({ kind: 'delay', ms: 150 });
    const started = performance.now();
    expect((await sendVote()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(145);
  });

  test.each([
    ['before', 0],
    ['after', 1],
  ] as const)('hold %s: waits with %d votes cast until released', async (when, cast) => {
    const hold = misbehave({ kind: 'hold', when });
    const answer = sendVote();
    expect((await hold.hit).path).toBe('/api/broadcast');
    expect(votes()).toBe(cast);
    hold.release();
    expect((await answer).status).toBe(200);
    expect(votes()).toBe(1);
  });

  test('hold lost: ends it at the release, with no vote cast', async () => {
    const hold = misbehave({ kind: 'hold', when: 'lost' });
    const answer = sendVote();
    await hold.hit;
    hold.release();
    await expect(answer).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(votes()).toBe(0);
  });
});

describe('the answer', () => {
  test('a gateway’s status does not act, carries its headers and no CORS', async () => {
    misbehave({ kind: 'status', status: 429, headers: { 'retry-after': '7' } });
    const answer = await sendVote();
    expect(answer.status).toBe(429);
    expect(answer.headers).toMatchObject({ 'retry-after': '7', 'content-type': 'text/html' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(votes()).toBe(0);
  });

  test('html with status 200', async () => {
    misbehave('html');
    const answer = await sendVote();
    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(/^<!doctype html>/);
    expect(votes()).toBe(0);
  });

  test.each([
    ['empty', /^$/, 'application/json; charset=utf-8'],
    ['truncated-json', /^\{"result".*[^}]$/, 'application/json; charset=utf-8'],
    ['wrong-content-type', /^\{"result".*\}$/, 'text/html; charset=utf-8'],
  ] as const)('%s acts and damages', async (how, text, type) => {
    misbehave(how);
    const answer = await sendVote();
    expect(answer.text).toMatch(text);
    expect(answer.headers['content-type']).toBe(type);
    expect(votes()).toBe(1);
  });
});

describe('the rule', () => {
  test('hits as often as it says, and only what fits', async () => {
    misbehave({ kind: 'status', status: 503 }, 2);
    expect((await requestSandbox(sandbox, 'https://steemlogin.com/api/x')).status).toBe(404);
    const statuses = [await sendVote(), await sendVote(), await sendVote()].map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test('hits for ever until removed', async () => {
    const rule = misbehave({ kind: 'status', status: 500 }, Number.POSITIVE_INFINITY);
    const statuses = [await sendVote(), await sendVote(), await sendVote()].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 500]);
    rule.remove();
    expect((await sendVote()).status).toBe(200);
  });

  test('leaves preflights alone', async () => {
    misbehave('drop-before');
    const preflight = await requestSandbox(sandbox, 'https://api.steemlogin.com/api/me', {
      method: 'OPTIONS',
    });
    expect(preflight.status).toBe(204);
    await expect(sendVote()).rejects.toThrow();
  });

  test('can look into the request', async () => {
    const bodyOf = (text: string) => ({ where: ({ body }: { body: string }) => body.includes(text) });
    sandbox.misbehave({ ...bodyOf('"get_x"'), how: { kind: 'status', status: 502 } });
    const send = (method: string) =>
      postJson(sandbox, 'https://api.hive.blog', { jsonrpc: '2.0', id: 1, method });
    expect((await send('get_y')).status).toBe(200);
    expect((await send('get_x')).status).toBe(502);
  });
});
