import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OidcService, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { jsonAnswer } from './messages.ts';
import { seedOidc } from './oidc/seed.ts';
import {
  clientId,
  createOidcClient,
  isSignedBy,
  parse,
  parseTokens,
  readCallback,
  readJwt,
  redirectUri,
} from './oidc/test-client.ts';
import { requestSandbox } from './request.ts';

let sandbox: Sandbox;
let service: OidcService;
let app: ReturnType<typeof createOidcClient>;
beforeAll(async () => {
  sandbox = await startSandbox();
  service = sandbox.oidc;
  seedOidc(service, { redirectUris: [redirectUri] });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.clockOffsetMs = 0;
  app = createOidcClient(sandbox, service);
});

describe('refresh tokens', () => {
  test('BCP 23: rotate, and an old one that comes again ends the whole family', async () => {
    const first = await app.signIn('bob');
    const second = parseTokens(await app.refresh(first.refresh));
    expect(second.refresh).not.toBe(first.refresh);
    expect((await app.userinfo(second.access)).status).toBe(200);
    expect(parse(await app.refresh(first.refresh))).toMatchObject({ error: 'invalid_grant' });
    expect(parse(await app.refresh(second.refresh))).toMatchObject({ error: 'invalid_grant' });
    const dead = await app.userinfo(second.access);
    expect(dead.status).toBe(401);
    expect(dead.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  test('stay the same where rotation is off', async () => {
    service.rotatesRefreshTokens = false;
    const { refresh } = await app.signIn('bob');
    expect(parseTokens(await app.refresh(refresh)).refresh).toBe(refresh);
    expect((await app.refresh(refresh)).status).toBe(200);
    service.rotatesRefreshTokens = true;
  });

  test('BCP 24: live no longer than the first of them', async () => {
    const first = await app.signIn('bob');
    sandbox.clockOffsetMs = 13 * 86_400_000;
    const second = parseTokens(await app.refresh(first.refresh));
    expect(second.refresh).not.toBe('');
    sandbox.clockOffsetMs = 14 * 86_400_000;
    expect(parse(await app.refresh(second.refresh))).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('the time of the sandbox', () => {
  test('ends an access token on the second, and dates ID tokens', async () => {
    sandbox.clockOffsetMs = -86_400_000;
    const { access, idToken } = await app.signIn('bob');
    const { iat, exp } = readJwt(idToken).claims;
    expect(Math.abs(Number(iat) * 1000 - (Date.now() - 86_400_000))).toBeLessThan(10_000);
    expect(Number(exp) - Number(iat)).toBe(3600);
    sandbox.clockOffsetMs += 3_590_000;
    expect((await app.userinfo(access)).status).toBe(200);
    sandbox.clockOffsetMs += 10_000;
    expect((await app.userinfo(access)).status).toBe(401);
    expect(service.validAccessTokens()).not.toContain(access);
  });

  test('is nobody else’s', async () => {
    sandbox.clockOffsetMs = 86_400_000;
    const before = performance.timeOrigin + performance.now();
    await app.discover();
    expect(Math.abs(Date.now() - before)).toBeLessThan(60_000);
  });
});

describe('ending things from outside', () => {
  test('expire ends one token, revoke ends all of one consent', async () => {
    const { access, refresh } = await app.signIn('bob');
    service.expire(access);
    expect((await app.userinfo(access)).status).toBe(401);
    const next = parseTokens(await app.refresh(refresh));
    service.revoke(next.access);
    expect((await app.userinfo(next.access)).status).toBe(401);
    expect(parse(await app.refresh(next.refresh))).toMatchObject({ error: 'invalid_grant' });
    expect(() => service.revoke('nothing')).toThrow('no such token');
    expect(() => service.expire('nothing')).toThrow('no such token');
  });

  test('revocation ends a refresh token with all that came of it', async () => {
    const { access, refresh } = await app.signIn('bob');
    const answer = await app.post('/token/revocation', { token: refresh, client_id: clientId });
    expect(answer.status).toBe(200);
    expect((await app.userinfo(access)).status).toBe(401);
    expect(service.validRefreshTokens()).not.toContain(refresh);
  });

  test('revocation can want a secret where the token endpoint does not', async () => {
    const addresses = { redirectUris: [redirectUri], revocationNeedsSecret: true };
    service.registerClient({ clientId: 'half-public', ...addresses });
    const answer = await app.post('/token/revocation', { token: 'any', client_id: 'half-public' });
    expect([answer.status, parse(answer).error]).toEqual([401, 'invalid_client']);
  });

  test('signing out ends the session and leads to the registered address with the state', async () => {
    const { idToken } = await app.signIn('alice');
    expect(service.sessions).toContainEqual({ username: 'alice', clientIds: [clientId] });
    const out = (to: string): string =>
      `${service.issuer}/session/end?${new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: to, state: 'bye' })}`;
    expect((await app.browser.open(out('https://elsewhere.example/'))).status).toBe(400);
    const page = await app.browser.open(out(redirectUri));
    expect(page.text).toContain('>Yes, sign me out</button>');
    const xsrf = /name="xsrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
    const done = await app.browser.open(`${service.issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(done.headers.location).toBe(`${redirectUri}?state=bye`);
    expect(service.sessions.filter(({ username }) => username === 'alice')).toEqual([]);
  });

  test('nextError answers once instead of the server', async () => {
    const { refresh } = await app.signIn('bob');
    service.nextError(jsonAnswer({ error: 'temporarily_unavailable' }, 503), { path: '/token' });
    expect((await app.refresh(refresh)).status).toBe(503);
    expect((await app.refresh(refresh)).status).toBe(200);
  });
});

describe('the switches', () => {
  test('tamper with the signature of ID tokens', async () => {
    service.tampersIdTokens = true;
    const { idToken } = await app.signIn('bob');
    service.tampersIdTokens = false;
    const jwks = parse(await requestSandbox(sandbox, `${service.issuer}/jwks`));
    expect(readJwt(idToken).claims.iss).toBe(service.issuer);
    expect(isSignedBy(jwks, idToken)).toBe(false);
  });

  test('change discovery, userinfo and token answers', async () => {
    service.discovery = (document) => ({ ...document, token_endpoint: 'https://evil.example/token' });
    service.userinfo = (claims) => ({ ...claims, sub: 'somebody else' });
    service.tokens = ({ refresh_token: _, ...rest }) => rest;
    expect(await app.discover()).toMatchObject({
      issuer: service.issuer,
      token_endpoint: 'https://evil.example/token',
    });
    const { access, refresh } = await app.signIn('bob');
    expect(refresh).toBe('');
    expect(parse(await app.userinfo(access)).sub).toBe('somebody else');
    service.discovery = (document) => document;
    service.userinfo = (claims) => claims;
    service.tokens = (answer) => answer;
  });

  test('change the callback: another issuer, and parameters twice', async () => {
    service.callback = (parameters) => {
      parameters.set('iss', 'https://evil.example');
      parameters.append('code', 'another');
      return parameters;
    };
    const callback = readCallback(await app.click(await app.ask(), 'bob'));
    expect(callback.get('iss')).toBe('https://evil.example');
    expect(callback.getAll('code')).toHaveLength(2);
    service.callback = (parameters) => parameters;
  });
});
