import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../index.ts';
import { startSandbox } from '../index.ts';
import { requestSandbox } from '../request.ts';
import { seededXWebApp, seedX } from './seed.ts';
import * as client from './test-client.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedX(sandbox.x, { redirectUris: [client.redirectUri] });
});
afterEach(() => sandbox.close());

const invalidRequest = (error_description: string) => ({ error: 'invalid_request', error_description });
const invalidCode = invalidRequest('Value passed for the authorization code was invalid.');
const invalidToken = invalidRequest('Value passed for the token was invalid.');

describe('the consent page', () => {
  const open = (changes?: Record<string, string>, host = 'x.com') =>
    requestSandbox(sandbox, client.authorizeUrl(changes).replace('x.com', host));

  test('names the app, the person and every scope, and has two buttons', async () => {
    const { status, text } = await open();
    expect(status).toBe(200);
    expect(text).toContain('Latchkey wants to access your X account.');
    expect(text).toContain('@bob_on_x');
    for (const scope of client.allScopes) expect(text).toContain(`<code>${scope}</code>`);
    expect(text).toContain('>Authorize app</button>');
    expect(text).toContain('>Cancel</button>');
  });

  test.each([
    ['client_id', 'unknown'],
    ['client_id', ''],
    ['redirect_uri', `${client.redirectUri}/`],
    ['redirect_uri', ''],
    ['response_type', 'token'],
    ['scope', 'tweet.read everything'],
    ['scope', ''],
    ['state', ''],
    ['state', 's'.repeat(501)],
    ['code_challenge', ''],
    ['code_challenge', 'short'],
    ['code_challenge_method', 'plain'],
    ['code_challenge_method', ''],
  ])('%s %j: an error page, no way back', async (name, value) => {
    const { status, headers, text } = await open({ [name]: value });
    expect(status).toBe(400);
    expect(headers.location).toBeUndefined();
    expect(text).toContain('Something went wrong');
    expect(text).toContain('You weren’t able to give access to the App.');
  });

  test('takes a state of 500 characters and gives it back unchanged', async () => {
    const state = '&=ż '.repeat(125);
    expect(client.readCallback(await client.decide(sandbox, 'authorize', { state })).get('state')).toBe(
      state,
    );
  });

  test('Cancel comes back with access_denied and the state', async () => {
    const callback = client.readCallback(await client.decide(sandbox, 'cancel'));
    expect(Object.fromEntries(callback)).toEqual({ error: 'access_denied', state: 'a state' });
  });

  test('signed out: logs in first and comes back to the same page', async () => {
    sandbox.x.signedIn = undefined;
    const { text } = await open();
    expect(text).toContain('<h1>Log in to X</h1>');
    const { pathname, search } = new URL(client.authorizeUrl());
    const answer = await client.postForm(sandbox, 'https://x.com/login', {
      next: pathname + search,
      username: 'alice_on_x',
    });
    expect(answer.headers.location).toBe(pathname + search);
    expect((await open()).text).toContain('@alice_on_x');
  });

  test('twitter.com does not know who is signed in on x.com', async () => {
    expect((await open({}, 'twitter.com')).text).toContain('Log in to X');
  });

  test('autoConsent sends only that person back at once', async () => {
    sandbox.x.autoConsent(client.clientId, 'bob_on_x');
    expect(client.readCallback(await open()).get('state')).toBe('a state');
    sandbox.x.signedIn = 'alice_on_x';
    expect((await open()).status).toBe(200);
    sandbox.x.signedIn = 'bob_on_x';
    sandbox.x.autoConsent(client.clientId, undefined);
    expect((await open()).status).toBe(200);
  });
});

describe('the code', () => {
  test('becomes tokens of two hours that work', async () => {
    const answer = await client.exchange(sandbox, await client.takeCode(sandbox));
    expect(answer.status).toBe(200);
    expect(client.parse(answer)).toMatchObject({ token_type: 'bearer', expires_in: 7200 });
    const { access, refresh, scope } = client.parseTokens(answer);
    expect(scope).toBe(client.allScopes.join(' '));
    expect(sandbox.x.validAccessTokens('bob_on_x')).toEqual([access]);
    expect(sandbox.x.validRefreshTokens('bob_on_x')).toEqual([refresh]);
    expect(sandbox.x.consentsOf('bob_on_x')).toMatchObject([{ clientId: client.clientId }]);
    expect(client.parse(await client.call(sandbox, access, '/2/users/me'))).toEqual({
      data: { id: '1450000000000000001', name: 'Bob 🐝', username: 'bob_on_x' },
    });
  });

  test('works once', async () => {
    const code = await client.takeCode(sandbox);
    await client.exchange(sandbox, code);
    const again = await client.exchange(sandbox, code);
    expect([again.status, client.parse(again)]).toEqual([400, invalidCode]);
  });

  test.each([
    [29, 200],
    [31, 400],
  ])('after %d s: %d', async (seconds, status) => {
    const code = await client.takeCode(sandbox);
    sandbox.clockOffsetMs = seconds * 1000;
    expect((await client.exchange(sandbox, code)).status).toBe(status);
  });

  test.each([
    ['code', 'unknown', invalidCode],
    ['code', '', invalidRequest('Missing required parameter [code].')],
    ['code_verifier', '', invalidRequest('Missing required parameter [code_verifier].')],
    ['redirect_uri', '', invalidRequest('Missing required parameter [redirect_uri].')],
    ['client_id', '', invalidRequest('Missing required parameter [client_id].')],
    ['grant_type', '', invalidRequest('Missing required parameter [grant_type].')],
    [
      'code_verifier',
      'x'.repeat(43),
      invalidRequest('Value passed for the code verifier did not match the code challenge.'),
    ],
    [
      'redirect_uri',
      `${client.redirectUri}/`,
      invalidRequest('Value passed for the redirect uri did not match the uri of the authorization code.'),
    ],
  ])('%s %j is refused', async (name, value, body) => {
    const answer = await client.exchange(sandbox, await client.takeCode(sandbox), { [name]: value });
    expect([answer.status, client.parse(answer)]).toEqual([400, body]);
  });

  test('the token endpoint reads forms only, and each field once', async () => {
    const url = 'https://api.x.com/2/oauth2/token';
    const code = await client.takeCode(sandbox);
    const json = await requestSandbox(sandbox, url, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'authorization_code', code, client_id: client.clientId }),
    });
    expect(client.parse(json)).toEqual(invalidRequest('Missing required parameter [grant_type].'));
    const twice = await requestSandbox(sandbox, url, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&grant_type=refresh_token',
    });
    expect(twice.status).toBe(400);
    expect((await requestSandbox(sandbox, url)).status).toBe(404);
  });

  test('no refresh token without offline.access, and a scope that was narrowed is said', async () => {
    sandbox.x.grantableScopes = ['tweet.read', 'users.read'];
    const code = await client.takeCode(sandbox);
    const answer = client.parseTokens(await client.exchange(sandbox, code));
    expect(answer).toMatchObject({ scope: 'tweet.read users.read', refresh: '' });
    const posted = await client.call(sandbox, answer.access, '/2/tweets', { json: { text: 'Hello' } });
    expect(posted.status).toBe(403);
  });

  test.each(['chrome-extension://abc', 'moz-extension://abc'])('Origin %s is refused', async (origin) => {
    const code = await client.takeCode(sandbox);
    expect((await client.exchange(sandbox, code, {}, { origin })).status).toBe(403);
    const revoked = await client.postForm(sandbox, 'https://api.x.com/2/oauth2/revoke', {}, { origin });
    expect(revoked.status).toBe(403);
  });

  test('no answer has a CORS header, and a preflight is refused', async () => {
    const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
    const preflight = await requestSandbox(sandbox, 'https://api.x.com/2/tweets', {
      method: 'OPTIONS',
      headers,
    });
    const exchanged = await client.exchange(sandbox, await client.takeCode(sandbox), {}, headers);
    expect([preflight.status, exchanged.status]).toEqual([404, 200]);
    for (const answer of [preflight, exchanged])
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('a confidential app', () => {
  const changes = { client_id: seededXWebApp.clientId };
  const basic = (secret: string) => ({
    authorization: `Basic ${Buffer.from(`${seededXWebApp.clientId}:${secret}`).toString('base64')}`,
  });
  const missing = {
    error: 'unauthorized_client',
    error_description: 'Missing valid authorization header',
  };

  test('needs the Basic header with its secret', async () => {
    const take = () => client.takeCode(sandbox, changes);
    const without = await client.exchange(sandbox, await take(), changes);
    expect([without.status, client.parse(without)]).toEqual([401, missing]);
    const wrong = await client.exchange(sandbox, await take(), { client_id: '' }, basic('wrong'));
    expect([wrong.status, client.parse(wrong)]).toEqual([401, missing]);
    const right = await client.exchange(
      sandbox,
      await take(),
      { client_id: '' },
      basic(seededXWebApp.clientSecret),
    );
    expect(right.status).toBe(200);
  });

  test('an unknown app is told apart', async () => {
    const answer = await client.exchange(sandbox, 'code', { client_id: 'unknown' });
    expect([answer.status, client.parse(answer)]).toMatchObject([401, { error: 'invalid_client' }]);
  });

  test("another app's code is no code", async () => {
    const code = await client.takeCode(sandbox, changes);
    expect(client.parse(await client.exchange(sandbox, code))).toEqual(invalidCode);
  });
});

describe('refresh', () => {
  const signIn = async () =>
    client.parseTokens(await client.exchange(sandbox, await client.takeCode(sandbox)));

  test('gives a new pair; the old access token lives on', async () => {
    const old = await signIn();
    const fresh = client.parseTokens(await client.refresh(sandbox, old.refresh));
    expect(sandbox.x.validAccessTokens().sort()).toEqual([old.access, fresh.access].sort());
    expect(sandbox.x.validRefreshTokens()).toEqual([fresh.refresh]);
  });

  test('a refresh token that comes twice ends the whole grant', async () => {
    const old = await signIn();
    const fresh = client.parseTokens(await client.refresh(sandbox, old.refresh));
    const again = await client.refresh(sandbox, old.refresh);
    expect([again.status, client.parse(again)]).toEqual([400, invalidToken]);
    expect(sandbox.x.validAccessTokens()).toEqual([]);
    expect((await client.refresh(sandbox, fresh.refresh)).status).toBe(400);
  });

  test('refuses unknown tokens, access tokens and those of other apps', async () => {
    const { access, refresh } = await signIn();
    for (const [token, changes] of [
      ['unknown', {}],
      [access, {}],
    ] as const)
      expect(client.parse(await client.refresh(sandbox, token, changes))).toEqual(invalidToken);
    const other = await client.refresh(sandbox, refresh, { client_id: seededXWebApp.clientId });
    expect(other.status).toBe(401);
    expect(sandbox.x.validRefreshTokens()).toEqual([refresh]);
    sandbox.x.grantError = 'invalid_grant';
    expect(client.parse(await client.refresh(sandbox, 'unknown'))).toMatchObject({ error: 'invalid_grant' });
  });

  test('access ends after its time, by expire and by revoke; a dead one is a 401', async () => {
    const me = async (token: string) => (await client.call(sandbox, token, '/2/users/me')).status;
    sandbox.x.accessTokenSeconds = 60;
    const { access } = await signIn();
    expect(await me(access)).toBe(200);
    sandbox.clockOffsetMs = 61_000;
    expect(await me(access)).toBe(401);
    sandbox.clockOffsetMs = 0;
    sandbox.x.expire(access);
    expect(await me(access)).toBe(401);
    const second = await signIn();
    sandbox.x.revoke(second.access);
    expect(await me(second.access)).toBe(401);
    expect(() => sandbox.x.revoke('unknown')).toThrow();
  });

  test('a new sign-in ends the earlier one only where the switch says so', async () => {
    const first = await signIn();
    await signIn();
    expect(sandbox.x.validRefreshTokens()).toContain(first.refresh);
    sandbox.x.endsEarlierGrants = true;
    const third = await signIn();
    expect(sandbox.x.validRefreshTokens()).toEqual([third.refresh]);
  });

  test('revoke: an access token alone, with the refresh token everything', async () => {
    const revoke = (token: string, id = client.clientId) =>
      client.postForm(sandbox, 'https://api.x.com/2/oauth2/revoke', { token, client_id: id });
    const { access, refresh } = await signIn();
    expect(client.parse(await revoke(access))).toEqual({ revoked: true });
    expect([sandbox.x.validAccessTokens(), sandbox.x.validRefreshTokens()]).toEqual([[], [refresh]]);
    expect((await revoke(refresh, 'unknown')).status).toBe(401);
    const next = client.parseTokens(await client.refresh(sandbox, refresh));
    await revoke(next.refresh);
    expect([sandbox.x.validAccessTokens(), sandbox.x.validRefreshTokens()]).toEqual([[], []]);
    expect(client.parse(await revoke('unknown'))).toEqual({ revoked: true });
    expect((await revoke('')).status).toBe(400);
    const web = sandbox.x.issueTokens(seededXWebApp.clientId, 'bob_on_x', client.allScopes);
    await revoke(web.access);
    expect(sandbox.x.validAccessTokens()).toEqual([web.access]);
  });
});
