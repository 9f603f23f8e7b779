import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OidcService, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { seededOidcClients, seedOidc } from './oidc/seed.ts';
import {
  authorizeUrl,
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
let services: Record<'oidc' | 'authing' | 'approw', OidcService>;
const names = ['oidc', 'authing', 'approw'] as const;
beforeAll(async () => {
  sandbox = await startSandbox();
  services = { oidc: sandbox.oidc, authing: sandbox.authing.oidc, approw: sandbox.approw.oidc };
  for (const service of Object.values(services)) seedOidc(service, { redirectUris: [redirectUri] });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.clockOffsetMs = 0;
});

test.each(names)('%s says where it is, and only what it can', async (name) => {
  const service = services[name];
  const document = await createOidcClient(sandbox, service).discover();
  expect(document).toMatchObject({
    issuer: service.issuer,
    authorization_endpoint: `${service.issuer}/auth`,
    token_endpoint: `${service.issuer}/token`,
    userinfo_endpoint: `${service.issuer}/me`,
    end_session_endpoint: `${service.issuer}/session/end`,
    revocation_endpoint: `${service.issuer}/token/revocation`,
    jwks_uri: service.issuer + (name === 'oidc' ? '/jwks' : '/.well-known/jwks.json'),
    code_challenge_methods_supported: ['S256'],
  });
  const newer = [
    'authorization_response_iss_parameter_supported',
    'pushed_authorization_request_endpoint',
    'dpop_signing_alg_values_supported',
  ];
  expect(newer.filter((key) => key in document)).toEqual(name === 'oidc' ? newer : []);
});

describe.each(names)('signing in at %s', (name) => {
  test('BCP 21: shows a page with a button for each person, and gives tokens for the code once', async () => {
    const service = services[name];
    const app = createOidcClient(sandbox, service);
    const page = await app.ask();
    expect(page.text).toContain('>Continue as Bob 🐝</button>');
    expect(page.text).toContain('>Continue as Alice</button>');
    const callback = readCallback(await app.click(page, 'bob'));
    expect(callback.get('state')).toBe('a state');
    expect(callback.get('iss')).toBe(name === 'oidc' ? service.issuer : null);
    const answer = await app.exchange(callback.get('code') ?? '');
    expect(parse(answer)).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const { idToken, refresh, access } = parseTokens(answer);
    expect(readJwt(idToken)).toMatchObject({
      header: { alg: 'RS256' },
      claims: {
        iss: service.issuer,
        aud: 'latchkey-oidc',
        nonce: 'a nonce',
        sub: service.getUser('bob').sub,
      },
    });
    const { jwks_uri: jwksUri } = await app.discover();
    expect(isSignedBy(parse(await requestSandbox(sandbox, String(jwksUri))), idToken)).toBe(true);
    expect(service.validRefreshTokens('bob')).toContain(refresh);
    expect(parse(await app.userinfo(access))).toMatchObject({
      sub: service.getUser('bob').sub,
      name: 'Bob 🐝',
      email: 'bob@bees.example',
      phone_number: '+48123456789',
      nickname: 'Bob',
    });
    // The code again: refused, and what it gave is dead.
    expect(parse(await app.exchange(callback.get('code') ?? ''))).toMatchObject({ error: 'invalid_grant' });
    expect((await app.userinfo(access)).status).toBe(401);
  });

  test('sends a person who cancels back with access_denied', async () => {
    const app = createOidcClient(sandbox, services[name]);
    const callback = readCallback(await app.click(await app.ask(), ''));
    expect(callback.get('error')).toBe('access_denied');
    expect(callback.get('state')).toBe('a state');
  });
});

describe('the authorize page', () => {
  test('needs PKCE with S256', async () => {
    const app = createOidcClient(sandbox, services.oidc);
    const without = { code_challenge: '', code_challenge_method: '' };
    expect(readCallback(await app.ask(without)).get('error')).toBe('invalid_request');
    expect(readCallback(await app.ask({ code_challenge_method: 'plain' })).get('error')).toBe(
      'invalid_request',
    );
  });

  test.each([`${redirectUri}/`, `${redirectUri}?a=1`, 'https://abcdefghijklmnop.chromiumapp.org/'])(
    'does not lead to %s, which was not registered',
    async (address) => {
      const answer = await createOidcClient(sandbox, services.oidc).ask({ redirect_uri: address });
      expect(answer.status).toBe(400);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.text).toContain('redirect_uri');
    },
  );

  test('gives a refresh token only for offline_access with prompt=consent', async () => {
    const app = createOidcClient(sandbox, services.authing);
    expect((await app.signIn('bob')).refresh).not.toBe('');
    const silent = readCallback(await app.ask({ prompt: '' })).get('code') ?? '';
    const answer = parseTokens(await app.exchange(silent));
    expect(answer.refresh).toBe('');
    expect(answer.scope).not.toContain('offline_access');
    const online = createOidcClient(sandbox, services.authing);
    expect((await online.signIn('bob', { scope: 'openid' })).refresh).toBe('');
  });

  test('answers prompt=none with a code where consent was given, else with login_required', async () => {
    const app = createOidcClient(sandbox, services.oidc);
    const none = { prompt: 'none', scope: 'openid profile' };
    expect(readCallback(await app.ask(none)).get('error')).toBe('login_required');
    await app.signIn('bob', { scope: 'openid profile' });
    expect(readCallback(await app.ask(none)).get('code')).not.toBeNull();
    expect(readCallback(await app.ask({ ...none, scope: 'openid email' })).get('error')).toBe(
      'consent_required',
    );
    services.oidc.endSessions();
    expect(readCallback(await app.ask(none)).get('error')).toBe('login_required');
  });

  test('sends the person on at once where they click automatically', async () => {
    services.oidc.autoConsent(seededOidcClients.plain, 'alice');
    const answer = await requestSandbox(sandbox, authorizeUrl(services.oidc));
    const app = createOidcClient(sandbox, services.oidc);
    const { idToken } = parseTokens(await app.exchange(readCallback(answer).get('code') ?? ''));
    expect(readJwt(idToken).claims.sub).toBe(services.oidc.getUser('alice').sub);
    // Their browser remembers.
    const silent = await requestSandbox(
      sandbox,
      authorizeUrl(services.oidc, { prompt: 'none', scope: 'openid profile' }),
    );
    expect(readCallback(silent).get('code')).not.toBeNull();
    const out = `${services.oidc.issuer}/session/end?${new URLSearchParams({ id_token_hint: idToken })}`;
    await requestSandbox(sandbox, out);
    expect(services.oidc.sessions.filter(({ username }) => username === 'alice')).toEqual([]);
    services.oidc.autoConsent(seededOidcClients.plain, undefined);
    expect((await requestSandbox(sandbox, authorizeUrl(services.oidc))).headers.location).toContain(
      '/interaction/',
    );
  });
});

describe('the token endpoint', () => {
  test.each(['chrome-extension://abcdefghijklmnop', 'moz-extension://1f6c', 'https://bees.example'])(
    'BCP 39: refuses a call from %s until the console allows it',
    async (origin) => {
      const service = services.authing;
      const app = createOidcClient(sandbox, service);
      const { refresh } = await app.signIn('bob');
      const refused = await app.refresh(refresh, { origin });
      expect([refused.status, parse(refused).error]).toEqual([400, 'invalid_request']);
      expect(parse(refused).error_description).toBe(`origin ${origin} not allowed for client: latchkey-oidc`);
      service.allowedOrigins = [origin];
      expect((await app.refresh(refresh, { origin })).status).toBe(200);
      service.allowedOrigins = [];
    },
  );

  test('BCP 20: wants the verifier of this very code', async () => {
    const app = createOidcClient(sandbox, services.oidc);
    const code = await app.takeCode('bob');
    const wrong = await app.exchange(code, { code_verifier: 'x'.repeat(43) });
    expect([wrong.status, parse(wrong).error]).toEqual([400, 'invalid_grant']);
  });

  test('takes a code for as long as it lives', async () => {
    for (const [service, seconds] of [
      [services.oidc, 60],
      [services.authing, 600],
    ] as const) {
      const app = createOidcClient(sandbox, service);
      const code = await app.takeCode('bob');
      sandbox.clockOffsetMs += seconds * 1000;
      expect(parse(await app.exchange(code))).toMatchObject({ error: 'invalid_grant' });
    }
  });

  test('asks a client of the wrong type for its secret', async () => {
    const app = createOidcClient(sandbox, services.oidc);
    const client = { client_id: seededOidcClients.confidential };
    const answer = await app.exchange(await app.takeCode('bob', client), client);
    expect([answer.status, parse(answer).error]).toEqual([401, 'invalid_client']);
    const password = encodeURIComponent('a secret of the web client').replaceAll('%20', '+');
    const authorization = `Basic ${btoa(`${seededOidcClients.confidential}:${password}`)}`;
    const code = await app.takeCode('bob', client);
    expect((await app.exchange(code, { client_id: '' }, { authorization })).status).toBe(200);
  });

  test('signs with HS256 where the console says so', async () => {
    const app = createOidcClient(sandbox, services.oidc);
    const client = { client_id: seededOidcClients.hs256 };
    const answer = parseTokens(await app.exchange(await app.takeCode('bob', client), client));
    expect(readJwt(answer.idToken).header).toEqual({ alg: 'HS256' });
  });
});
