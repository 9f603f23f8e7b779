import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../index.ts';
import { startSandbox } from '../index.ts';
import type { RawAnswer } from '../request.ts';
import { requestSandbox } from '../request.ts';
import { seedX } from './seed.ts';
import type { Signing } from './test-client.ts';
import { callSigned, parse, postForm, readCallback, redirectUri, signRequest } from './test-client.ts';

const requestTokenUrl = 'https://api.x.com/oauth/request_token';
const accessTokenUrl = 'https://api.x.com/oauth/access_token';
const meUrl = 'https://api.x.com/2/users/me';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedX(sandbox.x, { redirectUris: [redirectUri] });
});
afterEach(() => sandbox.close());

interface Pair {
  readonly token: string;
  readonly tokenSecret: string;
}

function readPair(answer: RawAnswer): Pair {
  const form = new URLSearchParams(answer.text);
  return { token: form.get('oauth_token') ?? '', tokenSecret: form.get('oauth_token_secret') ?? '' };
}

const askRequestToken = (signing: Signing = {}) =>
  callSigned(sandbox, requestTokenUrl, {
    method: 'POST',
    ...signing,
    oauth: { oauth_callback: redirectUri, ...signing.oauth },
  });

const decide = (token: string, decision: 'authorize' | 'cancel') =>
  postForm(sandbox, 'https://api.x.com/oauth/authorize', { oauth_token: token, decision });

async function agree(signing?: Signing): Promise<Pair & { readonly verifier: string }> {
  const pair = readPair(await askRequestToken(signing));
  const callback = readCallback(await decide(pair.token, 'authorize'));
  expect(callback.get('oauth_token')).toBe(pair.token);
  return { ...pair, verifier: callback.get('oauth_verifier') ?? '' };
}

const askAccessToken = ({ token, tokenSecret, verifier }: Pair & { readonly verifier: string }) =>
  callSigned(sandbox, accessTokenUrl, { token, tokenSecret, form: { oauth_verifier: verifier } });

async function signIn(signing?: Signing): Promise<Pair> {
  return readPair(await askAccessToken(await agree(signing)));
}

function errorOf(answer: RawAnswer): [number, unknown] {
  // The v1 shape is asserted with the code.
  const body = parse(answer) as { errors?: { code?: unknown }[] };
  return [answer.status, body.errors?.[0]?.code];
}

describe('the three steps', () => {
  test('end with tokens, id and name, and the tokens work', async () => {
    const first = await askRequestToken();
    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toContain('text/html');
    expect(new URLSearchParams(first.text).get('oauth_callback_confirmed')).toBe('true');
    const last = await askAccessToken(await agree());
    expect(last.headers['content-type']).toContain('text/html');
    expect(Object.fromEntries(new URLSearchParams(last.text))).toMatchObject({
      user_id: '1450000000000000001',
      screen_name: 'bob_on_x',
    });
    const pair = readPair(last);
    expect(sandbox.x.validOAuth1Tokens('bob_on_x')).toEqual([pair.token]);
    expect(parse(await callSigned(sandbox, meUrl, pair))).toMatchObject({ data: { username: 'bob_on_x' } });
  });

  test('work on api.twitter.com too, signed for that host', async () => {
    const url = requestTokenUrl.replace('x.com', 'twitter.com');
    const signing = { method: 'POST', oauth: { oauth_callback: redirectUri } };
    expect((await callSigned(sandbox, url, signing)).status).toBe(200);
    const other = await callSigned(sandbox, url, { ...signing, signedUrl: requestTokenUrl });
    expect(errorOf(other)).toEqual([401, 32]);
  });

  test.each([`${redirectUri}/`, 'https://example.com/', ''])('callback %j: XML 415', async (callback) => {
    const answer = await askRequestToken({ oauth: { oauth_callback: callback } });
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toContain('xml');
    expect(answer.text).toContain('<error code="415">');
  });

  test('without any callback address the app must use oob, and gets a number', async () => {
    sandbox.x.registerApp({
      clientId: 'pin-app',
      type: 'native',
      redirectUris: [],
      apiKey: 'pin-key',
      apiKeySecret: 'pin-secret',
      callbackUrls: [],
      permission: 'read-write',
    });
    const keys = { consumerKey: 'pin-key', consumerSecret: 'pin-secret' };
    expect(errorOf(await askRequestToken(keys))).toEqual([401, 417]);
    const pair = readPair(await askRequestToken({ ...keys, oauth: { oauth_callback: 'oob' } }));
    const { text } = await decide(pair.token, 'authorize');
    const pin = /<code>(\d{7})<\/code>/.exec(text)?.[1] ?? '';
    const form = { oauth_verifier: pin };
    expect((await callSigned(sandbox, accessTokenUrl, { ...keys, ...pair, form })).status).toBe(200);
  });

  test('the page asks, and is gone after the answer', async () => {
    const { token } = readPair(await askRequestToken());
    const open = (query: string) =>
      requestSandbox(sandbox, `https://api.x.com/oauth/authorize?oauth_token=${query}`);
    const page = await open(token);
    expect(page.text).toContain('>Authorize app</button>');
    expect(page.text).toContain('>Cancel</button>');
    expect((await open(`${token}&oauth_callback=x`)).text).toContain('Something went wrong');
    sandbox.x.signedIn = undefined;
    expect((await open(token)).text).toContain('Log in to X');
    sandbox.x.signedIn = 'bob_on_x';
    await decide(token, 'authorize');
    expect((await open(token)).text).toContain('There is no request token for this page.');
    expect((await open('unknown')).status).toBe(403);
  });

  test('Cancel shows a page whose link says denied', async () => {
    const pair = readPair(await askRequestToken());
    const answer = await decide(pair.token, 'cancel');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`<a href="${redirectUri}?denied=${pair.token}">Return to Latchkey</a>`);
    expect((await askAccessToken({ ...pair, verifier: 'x' })).text).toBe('Request token missing');
  });

  test('authenticate asks the first time only', async () => {
    const open = async () => {
      const { token } = readPair(await askRequestToken());
      return requestSandbox(sandbox, `https://api.x.com/oauth/authenticate?oauth_token=${token}`);
    };
    expect((await open()).status).toBe(200);
    await agree();
    expect(readCallback(await open()).has('oauth_verifier')).toBe(true);
  });

  test('a wrong verifier, a second exchange, a token not agreed to and one too old', async () => {
    const agreed = await agree();
    const wrong = await askAccessToken({ ...agreed, verifier: 'wrong' });
    expect([wrong.status, wrong.text]).toEqual([
      401,
      'Error processing your OAuth request: Invalid oauth_verifier parameter',
    ]);
    expect((await askAccessToken(agreed)).status).toBe(200);
    expect((await askAccessToken(agreed)).text).toBe('Request token missing');
    const waiting = readPair(await askRequestToken());
    expect((await askAccessToken({ ...waiting, verifier: '' })).status).toBe(401);
    sandbox.clockOffsetMs = 11 * 60_000;
    const page = await requestSandbox(
      sandbox,
      `https://api.x.com/oauth/authorize?oauth_token=${waiting.token}`,
    );
    expect(page.status).toBe(403);
  });

  test('an Origin of an extension is refused', async () => {
    const headers = { origin: 'chrome-extension://abc' };
    expect((await askRequestToken({ headers })).status).toBe(403);
  });
});

describe('the signature', () => {
  test.each<[string, Signing, number, number]>([
    ['an unknown key', { consumerKey: 'unknown' }, 401, 32],
    ['the OAuth 2.0 client id as key', { consumerKey: 'x-client-id' }, 401, 32],
    ['a wrong secret', { consumerSecret: 'wrong' }, 401, 32],
    ['another method of signing', { oauth: { oauth_signature_method: 'HMAC-SHA256' } }, 401, 32],
    ['another version', { oauth: { oauth_version: '2.0' } }, 401, 32],
    ['a nonce with other characters', { oauth: { oauth_nonce: 'a-b_c' } }, 401, 32],
    ['no nonce', { oauth: { oauth_nonce: '' } }, 401, 32],
    ['no timestamp', { oauth: { oauth_timestamp: '' } }, 401, 32],
  ])('%s', async (_title, signing, status, code) => {
    expect(errorOf(await askRequestToken(signing))).toEqual([status, code]);
  });

  test('no version is fine', async () => {
    expect((await askRequestToken({ oauth: { oauth_version: '' } })).status).toBe(200);
  });

  test('no usable header', async () => {
    const answer = await callSigned(sandbox, requestTokenUrl, { method: 'POST' }, 'OAuth nonsense');
    expect(errorOf(answer)).toEqual([400, 215]);
  });

  test.each([
    [299, 200],
    [-299, 200],
    [302, 401],
    [-302, 401],
  ])('a clock that is %d s off: %d', async (seconds, status) => {
    const answer = await askRequestToken({ timestamp: Math.floor(Date.now() / 1000) + seconds });
    expect(answer.status).toBe(status);
    if (status === 401) expect(errorOf(answer)).toEqual([401, 135]);
  });

  test("the Date header tells the server's time, which mends the clock", async () => {
    sandbox.clockOffsetMs = 3_600_000;
    const late = await askRequestToken();
    expect(errorOf(late)).toEqual([401, 135]);
    const timestamp = Date.parse(late.headers.date ?? '') / 1000;
    expect((await askRequestToken({ timestamp })).status).toBe(200);
  });

  test('a request that comes twice is refused the second time', async () => {
    const signing = { method: 'POST', oauth: { oauth_callback: redirectUri } };
    const header = signRequest(requestTokenUrl, signing);
    expect((await callSigned(sandbox, requestTokenUrl, signing, header)).status).toBe(200);
    expect(errorOf(await callSigned(sandbox, requestTokenUrl, signing, header))).toEqual([401, 32]);
  });

  test('covers query and form, duplicates and difficult characters too, but not JSON', async () => {
    const pair = await signIn();
    const odd = "*!'() +&=%ż日😀";
    const query = new URLSearchParams({ 'user.fields': 'verified' });
    expect((await callSigned(sandbox, `${meUrl}?${query}`, pair)).status).toBe(200);
    expect(errorOf(await callSigned(sandbox, `${meUrl}?${query}`, { ...pair, signedUrl: meUrl }))).toEqual([
      401, 32,
    ]);
    const posted = await callSigned(sandbox, 'https://api.x.com/2/tweets', { ...pair, json: { text: odd } });
    expect(posted.status).toBe(201);
    const url = `https://api.x.com/1.1/statuses/update.json?${new URLSearchParams([
      ['a', odd],
      ['a', 'b'],
      ['a1', ''],
    ])}`;
    expect(errorOf(await callSigned(sandbox, url, { ...pair, form: { status: odd } }))).toEqual([403, 453]);
    const forged = { ...pair, form: { status: 'other' } };
    const header = signRequest(url, { ...pair, form: { status: odd } });
    expect(errorOf(await callSigned(sandbox, url, forged, header))).toEqual([401, 32]);
  });
});

describe('an access token', () => {
  test('that is unknown, revoked or invalidated is 89', async () => {
    const pair = await signIn();
    expect(errorOf(await callSigned(sandbox, meUrl, { ...pair, token: 'unknown' }))).toEqual([401, 89]);
    const url = 'https://api.x.com/1.1/oauth/invalidate_token.json';
    const ended = await callSigned(sandbox, url, { ...pair, method: 'POST' });
    expect(parse(ended)).toEqual({ access_token: pair.token });
    expect(errorOf(await callSigned(sandbox, meUrl, pair))).toEqual([401, 89]);
    const second = await signIn();
    sandbox.x.revoke(second.token);
    expect(errorOf(await callSigned(sandbox, meUrl, second))).toEqual([401, 89]);
    expect(sandbox.x.validOAuth1Tokens()).toEqual([]);
  });

  test('with a wrong token secret is 32, without a token 89', async () => {
    const { token } = await signIn();
    expect(errorOf(await callSigned(sandbox, meUrl, { token, tokenSecret: 'wrong' }))).toEqual([401, 32]);
    expect(errorOf(await callSigned(sandbox, meUrl))).toEqual([401, 89]);
  });

  test.each(['the app', 'the request'])('that %s limits to reading posts nothing', async (which) => {
    const app = sandbox.x.findApp('x-client-id');
    if (app === undefined) throw new Error('the seed has no app');
    if (which === 'the app') app.permission = 'read';
    const pair = await signIn(which === 'the app' ? {} : { oauth: { x_auth_access_type: 'read' } });
    app.permission = 'read-write';
    const v2 = await callSigned(sandbox, 'https://api.x.com/2/tweets', { ...pair, json: { text: 'Hi' } });
    expect([v2.status, parse(v2)]).toMatchObject([
      403,
      { type: 'https://api.twitter.com/2/problems/oauth1-permissions' },
    ]);
    const v1 = 'https://api.x.com/1.1/statuses/update.json';
    expect(errorOf(await callSigned(sandbox, v1, { ...pair, form: { status: 'Hi' } }))).toEqual([403, 261]);
    expect((await callSigned(sandbox, meUrl, pair)).status).toBe(200);
    expect(sandbox.x.tweetsOf('bob_on_x').map(({ text }) => text)).not.toContain('Hi');
  });

  test("and a request token of another app are no one's", async () => {
    const other = { consumerKey: 'x-web-api-key', consumerSecret: 'x-web-api-key-secret' };
    const pair = await signIn();
    expect(errorOf(await callSigned(sandbox, meUrl, { ...pair, ...other }))).toEqual([401, 89]);
    const { verifier, ...requested } = await agree();
    const form = { oauth_verifier: verifier };
    const answer = await callSigned(sandbox, accessTokenUrl, { ...requested, ...other, form });
    expect([answer.status, answer.text]).toEqual([401, 'Request token missing']);
  });

  test('a suspended app is told so', async () => {
    const app = sandbox.x.findApp('x-client-id');
    if (app === undefined) throw new Error('the seed has no app');
    app.suspended = true;
    expect(errorOf(await askRequestToken())).toEqual([401, 416]);
  });
});
