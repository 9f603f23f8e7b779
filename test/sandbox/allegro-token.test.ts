import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedAllegro, seededAllegroApp, seededAllegroSecretApp } from './allegro/seed.ts';
import type { AllegroClient } from './allegro/test-client.ts';
import { basic, createAllegroClient, readText, redirectUri, summarize } from './allegro/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';

let sandbox: Sandbox;
let client: AllegroClient;
beforeEach(async () => {
  sandbox = await startSandbox();
  for (const service of [sandbox.allegro, sandbox.allegroSandbox]) {
    seedAllegro(service, { redirectUris: [redirectUri, 'https://other.example/'] });
  }
  client = createAllegroClient(sandbox, sandbox.allegro);
});
afterEach(() => sandbox.close());

const secretApp = { client_id: seededAllegroSecretApp.clientId };
const authorization = basic(seededAllegroSecretApp);
const description = (answer: Parameters<typeof readText>[0]): string => readText(answer, 'error_description');
const openSession = () => sandbox.allegro.issueTokens(seededAllegroSecretApp.clientId, 'bobs-shop');
const fullAuthentication = {
  error: 'unauthorized',
  error_description: 'Full authentication is required to access this resource',
};

describe('the exchange', () => {
  test('without a secret: id and verifier', async () => {
    const answer = await client.exchange(await client.takeCode({ scope: 'allegro:api:profile:read' }));
    expect(summarize(answer)).toMatchObject([
      200,
      { token_type: 'bearer', expires_in: 43_199, scope: 'allegro:api:profile:read', allegro_api: true },
    ]);
    const access = readText(answer, 'access_token');
    expect(access.length).toBeGreaterThan(1100);
    const payload: unknown = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({ user_name: '46968690', jti: readText(answer, 'jti') });
    expect((await client.call(access, '/me')).status).toBe(200);
    expect(sandbox.allegro.validAccessTokens('bobs-shop')).toEqual([access]);
  });

  test('with a secret, with and without PKCE', async () => {
    const code = await client.takeCode(secretApp);
    expect((await client.exchange(code, secretApp, { authorization })).status).toBe(200);
    const bare = await client.takeCode({ ...secretApp, code_challenge: '', code_challenge_method: '' });
    const fields = { client_id: '', code_verifier: '' };
    expect((await client.exchange(bare, fields, { authorization })).status).toBe(200);
  });

  test('a code without PKCE is no use without the secret', async () => {
    const bare = await client.takeCode({ code_challenge: '', code_challenge_method: '' });
    expect(summarize(await client.exchange(bare))).toEqual([401, fullAuthentication]);
  });

  test('whether public clients get a refresh token can be switched', async () => {
    expect(readText(await client.exchange(await client.takeCode()), 'refresh_token')).not.toBe('');
    sandbox.allegro.givesPublicClientsRefreshTokens = false;
    expect(readText(await client.exchange(await client.takeCode()), 'refresh_token')).toBe('');
  });

  test('a code lives ten seconds, and once', async () => {
    const code = await client.takeCode();
    sandbox.clockOffsetMs = 9_000;
    expect((await client.exchange(code)).status).toBe(200);
    expect(summarize(await client.exchange(code))).toEqual([
      400,
      { error: 'invalid_grant', error_description: `Invalid authorization code: ${code}` },
    ]);
    const late = await client.takeCode();
    sandbox.clockOffsetMs = 19_500;
    expect(description(await client.exchange(late))).toBe(`Invalid authorization code: ${late}`);
  });

  test('codes are short and long in turn; the long ones must be encoded', async () => {
    const [short, long] = [await client.takeCode(), await client.takeCode()];
    expect(short).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(long).toHaveLength(128);
    expect(long).toMatch(/[+&%]/);
    const raw = `grant_type=authorization_code&client_id=${seededAllegroApp.clientId}&code_verifier=x&redirect_uri=${redirectUri}&code=${long}`;
    const answer = await client.send(`${client.web}/auth/oauth/token`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: raw,
    });
    expect(description(answer)).toContain('Invalid authorization code: ');
    expect((await client.exchange(long)).status).toBe(200);
    sandbox.allegro.codeShape = 'long';
    expect(await client.takeCode()).toHaveLength(128);
    sandbox.allegro.codeShape = 'short';
    expect(await client.takeCode()).toHaveLength(32);
  });

  test.each([
    ['another redirect address', { redirect_uri: 'https://other.example/' }, 'Redirect URI mismatch.'],
    ['no redirect address', { redirect_uri: '' }, 'Redirect URI mismatch.'],
    ['a wrong verifier', { code_verifier: 'a'.repeat(43) }, 'OAuth 2.0 Parameter: code_verifier'],
    ['a short verifier', { code_verifier: 'short' }, 'OAuth 2.0 Parameter: code_verifier'],
  ])('%s is refused, and the code is gone', async (_, changes, text) => {
    const code = await client.takeCode();
    expect(summarize(await client.exchange(code, changes))).toEqual([
      400,
      { error: 'invalid_grant', error_description: text },
    ]);
    expect((await client.exchange(code)).status).toBe(400);
  });

  test("another app's code is refused", async () => {
    const code = await client.takeCode(secretApp);
    expect(description(await client.exchange(code))).toBe(`Invalid authorization code: ${code}`);
  });

  test('a missing code, id or verifier', async () => {
    expect(description(await client.exchange(''))).toBe('An authorization code must be supplied');
    for (const changes of [{ client_id: '' }, { code_verifier: '' }]) {
      const answer = await client.exchange(await client.takeCode(), changes);
      expect(summarize(answer)).toEqual([401, fullAuthentication]);
    }
  });
});

describe('the form', () => {
  const url = (): string => `${client.web}/auth/oauth/token`;
  const grantType = { error: 'invalid_request', error_description: 'OAuth 2.0 Parameter: grant_type' };

  test('parameters in the query, and GET, are sent to the block page', async () => {
    const answers = [
      await client.send(`${url()}?grant_type=client_credentials`, {
        method: 'POST',
        headers: { authorization },
      }),
      await client.send(url(), { headers: { authorization } }),
    ];
    for (const answer of answers) {
      expect([answer.status, answer.headers.location]).toEqual([302, 'https://allegro.pl/blocked']);
    }
    const page = await client.send('https://allegro.pl/blocked');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test.each([
    ['application/vnd.allegro.public.v1+json', 400],
    ['application/x-www-form-urlencoded, application/x-www-form-urlencoded', 400],
    ['', 400],
    ['application/x-www-form-urlencoded;charset=UTF-8', 200],
  ])('Content-Type %j: %d', async (type, status) => {
    const answer = await client.token(
      { grant_type: 'client_credentials' },
      { authorization, 'content-type': type },
    );
    expect(answer.status).toBe(status);
    if (status === 400) expect(summarize(answer)).toEqual([400, grantType]);
  });

  test('an unknown grant type, and one that comes twice', async () => {
    expect(readText(await client.token({ grant_type: 'password' }), 'error')).toBe('unsupported_grant_type');
    const twice = await client.send(url(), {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=refresh_token&grant_type=refresh_token',
    });
    expect(summarize(twice)).toEqual([400, grantType]);
  });
});

describe('credentials', () => {
  test('a wrong secret, an unknown app, a header that is no Basic', async () => {
    const wrong = [
      basic({ ...seededAllegroSecretApp, clientSecret: 'wrong' }),
      basic({ clientId: 'unknown', clientSecret: 'x' }),
      'Bearer x',
    ];
    for (const header of wrong) {
      const answer = await client.token({ grant_type: 'client_credentials' }, { authorization: header });
      expect(summarize(answer)).toEqual([401, { error: 'Unauthorized', error_description: 'Unauthorized' }]);
    }
    sandbox.allegro.credentialsError = 'invalid_client';
    const answer = await client.token({ grant_type: 'client_credentials' }, { authorization: 'Basic eDp5' });
    expect(summarize(answer)).toMatchObject([401, { error: 'invalid_client' }]);
  });

  test('an id that says another app', async () => {
    const code = await client.takeCode(secretApp);
    expect(description(await client.exchange(code, {}, { authorization }))).toBe(
      'ClientId does not match authenticated client.',
    );
  });

  test('client_credentials gives no refresh token', async () => {
    const answer = await client.token({ grant_type: 'client_credentials' }, { authorization });
    expect(answer.status).toBe(200);
    expect(readText(answer, 'access_token')).not.toBe('');
    expect(readText(answer, 'refresh_token')).toBe('');
  });
});

describe('refresh', () => {
  test('gives a new pair, and the old access token is dead at once', async () => {
    const old = openSession();
    const answer = await client.refresh(old.refresh);
    expect(answer.status).toBe(200);
    expect(readText(answer, 'refresh_token')).not.toBe(old.refresh);
    expect(summarize(await client.call(old.access, '/me'))).toEqual([
      401,
      { error: 'invalid_token', error_description: `Access token expired: ${old.access}` },
    ]);
    expect((await client.call(readText(answer, 'access_token'), '/me')).status).toBe(200);
  });

  test('needs the secret', async () => {
    const answer = await client.refresh(openSession().refresh, { authorization: '' });
    expect(summarize(answer)).toEqual([401, fullAuthentication]);
  });

  test('the old token is taken for 60 s more, each time for a further pair', async () => {
    const old = openSession();
    const first = await client.refresh(old.refresh);
    sandbox.clockOffsetMs = 58_000;
    const second = await client.refresh(old.refresh);
    expect(second.status).toBe(200);
    expect(sandbox.allegro.validAccessTokens()).toEqual([readText(second, 'access_token')]);
    expect((await client.call(readText(first, 'access_token'), '/me')).status).toBe(401);
    sandbox.clockOffsetMs = 61_000;
    expect(summarize(await client.refresh(old.refresh))).toEqual([
      400,
      { error: 'invalid_grant', error_description: `Invalid refresh token: ${old.refresh}` },
    ]);
    expect((await client.refresh(readText(second, 'refresh_token'))).status).toBe(200);
  });

  test('the grace can be without end, as was seen in the real sandbox', async () => {
    sandbox.allegro.graceSeconds = Infinity;
    const { refresh } = openSession();
    await client.refresh(refresh);
    sandbox.clockOffsetMs = 3_600_000;
    expect((await client.refresh(refresh)).status).toBe(200);
  });

  test('three months, which each refresh begins anew', async () => {
    const day = 86_400_000;
    const { refresh } = openSession();
    sandbox.clockOffsetMs = 88 * day;
    const next = readText(await client.refresh(refresh), 'refresh_token');
    sandbox.clockOffsetMs = 176 * day;
    const last = readText(await client.refresh(next), 'refresh_token');
    sandbox.clockOffsetMs = 269 * day;
    expect(readText(await client.refresh(last), 'error')).toBe('invalid_grant');
  });

  test("not with another app's token, nor with an access token", async () => {
    const { access } = openSession();
    const others = sandbox.allegro.issueTokens(seededAllegroApp.clientId, 'bobs-shop');
    for (const text of [others.refresh, access, 'wrong']) {
      expect(description(await client.refresh(text))).toBe(`Invalid refresh token: ${text}`);
    }
  });
});

describe('the ends of a session', () => {
  test('twelve hours, switchable, and on demand', async () => {
    const { access } = openSession();
    sandbox.clockOffsetMs = 43_200_000;
    expect((await client.call(access, '/me')).status).toBe(401);
    sandbox.allegro.accessTokenSeconds = 60;
    const next = openSession();
    sandbox.allegro.expire(next.access);
    expect((await client.call(next.access, '/me')).status).toBe(401);
    sandbox.allegro.expire(next.refresh);
    expect(readText(await client.refresh(next.refresh), 'error')).toBe('invalid_grant');
    expect(() => sandbox.allegro.expire('unheard of')).toThrow();
  });

  test('unlinking: the access token is dead, refresh answers 401 or 400', async () => {
    const { access, refresh } = openSession();
    sandbox.allegro.revoke('bobs-shop', seededAllegroSecretApp.clientId);
    expect((await client.call(access, '/me')).status).toBe(401);
    expect(summarize(await client.refresh(refresh))).toEqual([
      401,
      { error: 'Unauthorized', error_description: 'Unauthorized' },
    ]);
    sandbox.allegro.endedSessionError = 'invalid_grant';
    expect(readText(await client.refresh(refresh), 'error')).toBe('invalid_grant');
    expect(sandbox.allegro.validRefreshTokens('bobs-shop')).toEqual([]);
  });

  test('a new sign-in leaves others alone; the twenty-first ends the oldest', async () => {
    const sessions = Array.from({ length: 20 }, openSession);
    const statusOf = async (index: number) =>
      (await client.call(sessions[index]?.access ?? '', '/me')).status;
    expect(await statusOf(0)).toBe(200);
    openSession();
    expect([await statusOf(0), await statusOf(1)]).toEqual([401, 200]);
  });

  test('the environments share nothing', async () => {
    const { access, refresh } = openSession();
    const other = createAllegroClient(sandbox, sandbox.allegroSandbox);
    expect(summarize(await other.call(access, '/me'))).toEqual([
      401,
      { error: 'invalid_token', error_description: 'Cannot convert access token to JSON' },
    ]);
    expect(description(await other.refresh(refresh))).toContain('Invalid refresh token');
    expect(readText(await other.exchange(await client.takeCode()), 'error')).toBe('invalid_grant');
  });
});
