/** Accounts of OpenID Connect servers, over strict servers that are not ours. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { type SandboxApp, signInToOidc, startSandboxApp } from '../../headless/sandbox-app.ts';
import { htmlAnswer, jsonAnswer, type SandboxRequest } from '../../sandbox/index.ts';
import { seededOidcClients } from '../../sandbox/oidc/seed.ts';
import { createOidcClient } from '../../sandbox/oidc/test-client.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const issuer = 'https://id.bees.example';
const bob = '5f9d0cef60d09ff5a4c87c06';
const isToken = { host: 'id.bees.example', method: 'POST', path: '/token', where: isExact('/token') };
const isAuthorize = { host: 'id.bees.example', path: '/auth', where: isExact('/auth') };
const isDiscovery = { host: 'id.bees.example', path: '/.well-known/openid-configuration' };

function isExact(path: string) {
  return (request: SandboxRequest) => request.path === path;
}

const listAccounts = async () => (await house.app.invoke('accounts.list', {})).accounts;
const health = async (account: string) =>
  (await listAccounts()).find(({ id }) => id === account)?.health.state;
const refresh = (account: string) => house.app.invoke('accounts.refresh', { account });
const advanceHours = (hours: number) => house.clock.advance(hours * 60 * 60_000);

async function readUserinfo(account: string): Promise<Record<string, unknown>> {
  const { rows } = await house.app.invoke('lookup.run', { account, lookup: 'userinfo', params: {} });
  return Object.fromEntries(rows.map(({ claim, value }) => [String(claim), value]));
}

function save(input: { authBase?: string; settings?: Record<string, string> } = {}) {
  const registration = { provider: 'oidc', clientId: seededOidcClients.plain, apiBase: '' };
  return house.app.invoke('services.save', { ...registration, authBase: issuer, ...input });
}

const refusal = (facts: object) => ({ refusal: expect.objectContaining(facts) as unknown });

describe('signing in at an OpenID Connect server', () => {
  it('BCP 28: keeps the person that the server named, asks with state, nonce and PKCE, and puts no token in an address', async () => {
    const id = await signInToOidc(house);
    expect(await listAccounts()).toMatchObject([
      { id, provider: 'oidc', service: 'OpenID Connect', name: 'bob', health: { state: 'fresh' } },
    ]);
    expect((await listAccounts())[0]?.scopes).toContain('offline_access');
    // The general server takes pushed requests.
    const [pushed] = house.sandbox.requests.find({ host: 'id.bees.example', path: '/request' });
    const asked = new URLSearchParams(pushed?.body);
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('prompt')).toBe('consent');
    expect(asked.get('nonce')).toMatch(/^\w{43,}$/);
    expect(asked.get('redirect_uri')).toBe('https://latchkey.chromiumapp.org/oidc');
    const [page] = house.sandbox.requests.find(isAuthorize);
    expect([...(page?.query.keys() ?? [])].sort()).toEqual(['client_id', 'request_uri']);
    const tokens = [...house.sandbox.oidc.validAccessTokens(), ...house.sandbox.oidc.validRefreshTokens()];
    for (const { query } of house.sandbox.requests)
      for (const token of tokens) expect(query.toString()).not.toContain(token);
  });

  it('says who without asking twice what the server is', async () => {
    const id = await signInToOidc(house);
    await refresh(id);
    expect(house.sandbox.requests.count(isDiscovery)).toBe(1);
    advanceHours(2);
    await refresh(id);
    expect(house.sandbox.requests.count(isDiscovery)).toBe(2);
  });

  it.each(['plain', 'pushed', 'bound'] as const)('works with the client that is %s', async (kind) => {
    const id = await signInToOidc(house, seededOidcClients[kind]);
    await refresh(id);
    expect(await readUserinfo(id)).toMatchObject({ sub: bob, nickname: 'Bob' });
  });

  it('repeats a proof with the nonce that the server asks for', async () => {
    house.sandbox.oidc.requiresDpopNonce = true;
    const id = await signInToOidc(house, seededOidcClients.bound);
    await refresh(id);
    expect(await readUserinfo(id)).toMatchObject({ email: 'bob@bees.example' });
    const [call] = house.sandbox.requests.find({ path: '/me' }).reverse();
    expect(call?.headers['authorization']).toMatch(/^DPoP /);
  });

  it('lets a client with a secret in by it', async () => {
    const secret = 'asecretwithoutspaces';
    const redirectUris = [house.ports.identity.redirectUrl('oidc')];
    house.sandbox.oidc.registerClient({ clientId: 'web', secret, redirectUris });
    const id = await signInToOidc(house, 'web', secret);
    await refresh(id);
    expect(await health(id)).toBe('fresh');
  });

  it.each([
    [seededOidcClients.confidential, { code: 'client_refused', field: 'clientId' }],
    [seededOidcClients.hs256, { code: 'id_token_symmetric', field: 'clientId' }],
  ])('says what to change at the server for %s, and keeps nothing', async (clientId, facts) => {
    await expect(signInToOidc(house, clientId)).rejects.toMatchObject(refusal(facts));
    expect(await listAccounts()).toEqual([]);
  });

  it('refuses an ID token with a signature that is not the server’s', async () => {
    house.sandbox.oidc.tampersIdTokens = true;
    await expect(signInToOidc(house)).rejects.toMatchObject(refusal({ code: 'id_token_refused' }));
    expect(await listAccounts()).toEqual([]);
  });

  it.each([
    [
      'no ID token',
      (answer: Record<string, unknown>) => ({ ...answer, id_token: undefined }),
      'id_token_refused',
    ],
    [
      'an encrypted one',
      (answer: Record<string, unknown>) => ({ ...answer, id_token: 'a.b.c.d.e' }),
      'id_token_encrypted',
    ],
    ['no token', (answer: Record<string, unknown>) => ({ ...answer, access_token: undefined }), 'bad_answer'],
  ])('refuses %s', async (_what, tokens, code) => {
    house.sandbox.oidc.tokens = tokens;
    await expect(signInToOidc(house)).rejects.toMatchObject(refusal({ code }));
  });

  it('BCP 33: believes no userinfo of somebody else', async () => {
    house.sandbox.oidc.userinfo = (claims) => ({ ...claims, sub: 'somebody-else' });
    await expect(signInToOidc(house)).rejects.toMatchObject(refusal({ code: 'wrong_person' }));
    expect(await listAccounts()).toEqual([]);
  });

  it('takes nobody else where an account is signed in anew', async () => {
    const account = await signInToOidc(house);
    house.sandbox.oidc.autoConsent(seededOidcClients.plain, 'alice');
    await expect(house.app.invoke('accounts.sign-in', { provider: 'oidc', account })).rejects.toMatchObject(
      refusal({ code: 'wrong_person' }),
    );
    expect(await health(account)).toBe('fresh');
  });

  it.each([
    ['another issuer', (back: URLSearchParams) => back.set('iss', 'https://evil.example')],
    ['no issuer, though it was promised', (back: URLSearchParams) => back.delete('iss')],
    ['two codes', (back: URLSearchParams) => back.append('code', 'another')],
    ['two states', (back: URLSearchParams) => back.append('state', back.get('state') ?? '')],
    ['another state', (back: URLSearchParams) => back.set('state', 'forged')],
    [
      'an error of another issuer',
      (back: URLSearchParams) => {
        back.set('error', 'access_denied');
        back.set('iss', 'https://evil.example');
      },
    ],
  ])('BCP 14: throws an answer with %s away, and sends no code anywhere', async (_what, change) => {
    house.sandbox.oidc.callback = (parameters) => {
      const changed = new URLSearchParams(parameters);
      change(changed);
      return changed;
    };
    await expect(signInToOidc(house)).rejects.toMatchObject(refusal({ code: 'answer_not_ours' }));
    expect(house.sandbox.requests.count(isToken)).toBe(0);
  });

  it('changes nothing when the person cancels', async () => {
    await save();
    house.sandbox.oidc.callback = (parameters) =>
      new URLSearchParams({
        state: parameters.get('state') ?? '',
        iss: issuer,
        error: 'access_denied',
      });
    await expect(signInToOidc(house)).rejects.toMatchObject(refusal({ code: 'cancelled' }));
    expect(await listAccounts()).toEqual([]);
  });
});

describe('an issuer', () => {
  it.each([
    ['http://id.bees.example', 'bad_address_not_https'],
    ['id bees', 'bad_address'],
    ['', 'empty'],
    ['https://id.bees.example/elsewhere', 'issuer_not_found'],
    ['https://nowhere.bees.example', 'issuer_not_found'],
  ])('%j is refused when it is saved: %s', async (authBase, code) => {
    await expect(save({ authBase })).rejects.toMatchObject(refusal({ code, field: 'authBase' }));
    const { services } = await house.app.invoke('services.list', {});
    expect(services.find(({ provider }) => provider === 'oidc')).toMatchObject({ isSetUp: false });
  });

  it.each<[string, (document: Record<string, unknown>) => unknown, object]>([
    [
      'of another name',
      (document) => ({ ...document, issuer: 'https://other.example' }),
      { code: 'issuer_differs', message: expect.stringContaining('https://other.example') as unknown },
    ],
    [
      'without S256',
      (document) => ({ ...document, code_challenge_methods_supported: ['plain'] }),
      { code: 'issuer_without_pkce' },
    ],
    ['without keys', (document) => ({ ...document, jwks_uri: undefined }), { code: 'issuer_not_found' }],
    [
      'with a page that is no address',
      (document) => ({ ...document, token_endpoint: '/token' }),
      { code: 'issuer_not_found' },
    ],
  ])('%s is refused when it is saved', async (_what, change, facts) => {
    // Deliberately of any shape.
    house.sandbox.oidc.discovery = (document) => change(document) as Record<string, unknown>;
    await expect(save()).rejects.toMatchObject(refusal({ field: 'authBase', ...facts }));
  });

  it('that answers with a web page is none', async () => {
    house.sandbox.oidc.nextError(htmlAnswer('<h1>Hello</h1>'), isDiscovery);
    await expect(save()).rejects.toMatchObject(refusal({ code: 'issuer_not_found' }));
  });

  it('that is down just now is kept as it was typed', async () => {
    house.sandbox.oidc.nextError(jsonAnswer({}, 503), isDiscovery);
    expect((await save()).service).toMatchObject({ isSetUp: true, authBase: issuer });
  });

  it('whose endpoint lies elsewhere is refused by name, unless the person listed that host', async () => {
    house.sandbox.oidc.discovery = (document) => ({
      ...document,
      token_endpoint: 'https://evil.example/token',
    });
    const facts = {
      code: 'issuer_endpoint_elsewhere',
      field: 'otherHosts',
      message: expect.stringContaining('evil.example (token_endpoint)') as unknown,
    };
    await expect(save()).rejects.toMatchObject(refusal(facts));
    const { service } = await save({ settings: { otherHosts: 'evil.example, https://two.example/path' } });
    const kept = service.settings.find(({ id }) => id === 'otherHosts');
    expect(kept?.value).toBe('https://evil.example https://two.example');
    await expect(save({ settings: { otherHosts: 'http://evil.example' } })).rejects.toMatchObject(
      refusal({ code: 'bad_address_not_https', field: 'otherHosts' }),
    );
  });

  it('may end in a slash of its own', async () => {
    house.sandbox.oidc.discovery = (document) => ({ ...document, issuer: `${issuer}/` });
    expect((await save({ authBase: `${issuer}/` })).service.isSetUp).toBe(true);
  });

  it('BCP 18: typed anew is shown no token of the one before', async () => {
    const id = await signInToOidc(house);
    house.sandbox.oidc.discovery = (document) => ({ ...document, issuer: `${issuer}/authorize` });
    house.sandbox.pages.set('other.example', () =>
      jsonAnswer({
        issuer: 'https://other.example',
        authorization_endpoint: 'https://other.example/auth',
        token_endpoint: 'https://other.example/token',
        jwks_uri: 'https://other.example/jwks',
      }),
    );
    await save({ authBase: 'https://other.example' });
    house.sandbox.requests.clear();
    advanceHours(2);
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'service_changed' }));
    expect(await health(id)).toBe('needs_sign_in');
    await house.app.invoke('accounts.sign-out', { account: id });
    expect(house.sandbox.requests.count({ host: 'other.example', method: 'POST' })).toBe(0);
  });
});

describe('staying signed in', () => {
  it.each([true, false])('takes refresh tokens that change (%s) or stay', async (rotates) => {
    house.sandbox.oidc.rotatesRefreshTokens = rotates;
    const id = await signInToOidc(house);
    const before = house.sandbox.oidc.validRefreshTokens('bob');
    for (let round = 0; round < 3; round += 1) await refresh(id);
    const after = house.sandbox.oidc.validRefreshTokens('bob');
    if (rotates) expect(after).not.toEqual(before);
    else expect(after).toEqual(before);
    advanceHours(2);
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
  });

  it('renews once where a token is refused before its time', async () => {
    const id = await signInToOidc(house);
    for (const token of house.sandbox.oidc.validAccessTokens('bob')) house.sandbox.oidc.expire(token);
    const calls = house.sandbox.requests.count(isToken);
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
    expect(house.sandbox.requests.count(isToken)).toBe(calls + 1);
  });

  it('takes an empty refusal with its reason in the header for what it is', async () => {
    const id = await signInToOidc(house);
    const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
    house.sandbox.oidc.nextError({ status: 401, headers, body: '' }, { path: '/me' });
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
  });

  it('BCP 30: has refresh tokens that are of no use to a thief, where the server binds them to a key', async () => {
    const id = await signInToOidc(house);
    const thief = createOidcClient(house.sandbox, house.sandbox.oidc);
    const [stolen = ''] = house.sandbox.oidc.validRefreshTokens('bob');
    expect((await thief.refresh(stolen)).status).toBe(400);
    expect(await health(id)).toBe('fresh');
  });

  it('ends when the server saw a refresh token twice, and says so once', async () => {
    house.sandbox.oidc.discovery = (document) => ({
      ...document,
      dpop_signing_alg_values_supported: undefined,
    });
    const id = await signInToOidc(house);
    const thief = createOidcClient(house.sandbox, house.sandbox.oidc);
    const [stolen = ''] = house.sandbox.oidc.validRefreshTokens('bob');
    expect((await thief.refresh(stolen)).status).toBe(200);
    advanceHours(2);
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'needs_sign_in' }));
    expect(await health(id)).toBe('needs_sign_in');
    expect(house.sandbox.oidc.validRefreshTokens('bob')).toEqual([]);
    expect(house.ports.seen.badge).toBe('!');
    const { entries } = await house.app.invoke('journal.list', {});
    expect(entries.filter(({ action }) => action === 'accounts.refresh')).toHaveLength(1);
  });

  it('ends when the person took the right back at the server', async () => {
    const id = await signInToOidc(house);
    const [token = ''] = house.sandbox.oidc.validRefreshTokens('bob');
    house.sandbox.oidc.revoke(token);
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'needs_sign_in' }));
    // Signed in again, the account is the one it was.
    expect((await refresh(id)).account).toMatchObject({ id, health: { state: 'fresh' } });
  });

  it('without a refresh token asks silently, and the person when their session has ended', async () => {
    await save({ settings: { scopes: 'profile' } });
    house.sandbox.oidc.autoConsent(seededOidcClients.plain, 'bob');
    const { account } = await house.app.invoke('accounts.sign-in', { provider: 'oidc' });
    expect(account.health.state).toBe('ends');
    house.sandbox.requests.clear();
    advanceHours(2);
    expect(await readUserinfo(account.id)).toMatchObject({ nickname: 'Bob' });
    const [pushed] = house.sandbox.requests.find({ path: '/request' });
    expect(new URLSearchParams(pushed?.body).get('prompt')).toBe('none');
    expect(await health(account.id)).toBe('fresh');
    house.sandbox.oidc.endSessions();
    advanceHours(2);
    await expect(readUserinfo(account.id)).rejects.toMatchObject(refusal({ code: 'needs_sign_in' }));
  });

  it('keeps the tokens where the server has a bad hour', async () => {
    const id = await signInToOidc(house);
    advanceHours(2);
    const broken = house.sandbox.misbehave({
      ...isDiscovery,
      how: { kind: 'status', status: 404 },
      times: 2,
    });
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'issuer_not_found' }));
    expect(await health(id)).toBe('try_later');
    broken.remove();
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
  });
});

describe('signing out', () => {
  it('BCP 34: takes the tokens back, ends the session at the server, and deletes the account', async () => {
    const account = await signInToOidc(house);
    expect(house.sandbox.oidc.sessions).toHaveLength(1);
    expect(await house.app.invoke('accounts.sign-out', { account })).toEqual({ revoked: true });
    expect(house.sandbox.oidc.validRefreshTokens()).toEqual([]);
    expect(house.sandbox.oidc.validAccessTokens()).toEqual([]);
    expect(house.sandbox.oidc.sessions).toEqual([]);
    expect(await listAccounts()).toEqual([]);
    expect(house.ports.seen.tabs).toEqual([]);
  });

  it('deletes the account where the server wants the secret for it, and says where to look', async () => {
    const redirectUris = [house.ports.identity.redirectUrl('oidc')];
    const clientId = 'half-public';
    house.sandbox.oidc.registerClient({
      clientId,
      redirectUris,
      postLogoutRedirectUris: redirectUris,
      revocationNeedsSecret: true,
    });
    const account = await signInToOidc(house, clientId);
    expect(await house.app.invoke('accounts.sign-out', { account })).toEqual({
      revoked: false,
      revokePage: issuer,
    });
    expect(await listAccounts()).toEqual([]);
    expect(house.sandbox.oidc.sessions).toEqual([]);
  });

  it('leaves the person on the server’s own page where it does not know the way back', async () => {
    const account = await signInToOidc(house);
    const asked: string[] = [];
    Object.assign(house.ports.identity, {
      authorize: ({ url }: { readonly url: string }) => {
        asked.push(url);
        return Promise.reject(new AppError('page_not_loaded'));
      },
    });
    expect(await house.app.invoke('accounts.sign-out', { account })).toEqual({ revoked: true });
    const back = house.ports.identity.redirectUrl('oidc');
    expect(new URL(asked[0] ?? '').searchParams.get('post_logout_redirect_uri')).toBe(back);
    const [page = ''] = house.ports.seen.tabs;
    expect(page).toMatch(/^https:\/\/id\.bees\.example\/session\/end\?id_token_hint=/);
    expect(page).not.toContain('post_logout_redirect_uri');
    expect(await listAccounts()).toEqual([]);
  });

  it('deletes the account while the server can’t be reached, and opens nothing', async () => {
    const account = await signInToOidc(house);
    house.sandbox.misbehave({ host: 'id.bees.example', how: 'drop-before', times: Infinity });
    expect(await house.app.invoke('accounts.sign-out', { account })).toMatchObject({ revoked: false });
    expect(await listAccounts()).toEqual([]);
    expect(house.sandbox.requests.count({ path: '/session/end' })).toBe(0);
  });
});

describe('what the server tells about me', () => {
  it('is a table of claims, without anything that opens a door', async () => {
    const id = await signInToOidc(house);
    house.sandbox.oidc.userinfo = (claims) => ({
      ...claims,
      access_token: 'PLANTED',
      id_token: 'PLANTED',
      picture: null,
      badge: 'eyJhbGciOiJub25lIn0.eyJQTEFOVEVEIjoxfQ.',
      address: { locality: 'Gdańsk', apiSecret: 'PLANTED' },
      updated_at: 1_795_219_200,
    });
    const told = await readUserinfo(id);
    expect(JSON.stringify(told)).not.toContain('PLANTED');
    expect(told).toMatchObject({
      name: 'Bob 🐝',
      email_verified: 'true',
      address: '{"locality":"Gdańsk"}',
      updated_at: '2026-11-21T00:00:00.000Z',
    });
    expect(told).not.toHaveProperty('badge');
    expect(told).not.toHaveProperty('picture');
  });

  it('is not what it tells about somebody else', async () => {
    const id = await signInToOidc(house);
    house.sandbox.oidc.userinfo = (claims) => ({ ...claims, sub: 'somebody-else' });
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'wrong_person' }));
  });

  it('can’t be asked where the server has no place for it', async () => {
    house.sandbox.oidc.discovery = (document) => ({ ...document, userinfo_endpoint: undefined });
    const id = await signInToOidc(house);
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'no_userinfo' }));
  });
});

describe.each([
  { provider: 'authing', host: 'bees.authing.cn', family: 'x-authing-' },
  { provider: 'approw', host: 'bees.approw.example', family: 'x-approw-' },
] as const)('$provider by OpenID Connect', ({ provider, host, family }) => {
  const clientId = seededOidcClients.plain;
  const signIn = async (authBase: string, settings: Record<string, string> = {}) => {
    await house.app.invoke('services.save', { provider, clientId, authBase, apiBase: '', settings });
    house.sandbox[provider].oidc.autoConsent(clientId, 'bob');
    return (await house.app.invoke('accounts.sign-in', { provider })).account;
  };

  it.each([host, `https://${host}/`])('signs in at %s and asks in its own headers', async (authBase) => {
    const account = await signIn(authBase, { language: 'zh-CN' });
    expect(account).toMatchObject({ provider, name: 'bob', health: { state: 'fresh' } });
    const [call] = house.sandbox.requests.find({ host, path: '/oidc/token', method: 'POST' });
    expect(call?.headers).toMatchObject({ [`${family}app-id`]: clientId, [`${family}lang`]: 'zh-CN' });
    const [page] = house.sandbox.requests.find({ host, path: '/oidc/auth' });
    expect(page?.query.get('scope')).toBe('openid profile email phone offline_access');
    expect(page?.query.get('ui_locales')).toBe('zh-CN');
    expect(page?.query.get('prompt')).toBe('consent');
    expect(await readUserinfo(account.id)).toMatchObject({ phone_number: '+48123456789' });
  });

  it('stays signed in with a refresh token that never changes, and signs out at the server', async () => {
    const { oidc } = house.sandbox[provider];
    oidc.rotatesRefreshTokens = false;
    const { id } = await signIn(host);
    await refresh(id);
    advanceHours(2);
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
    expect(await house.app.invoke('accounts.sign-out', { account: id })).toEqual({ revoked: true });
    expect(oidc.sessions).toEqual([]);
    expect(oidc.validRefreshTokens()).toEqual([]);
  });

  it('says what to switch at the console, and refuses a time limit that is none', async () => {
    const hs256 = { provider, clientId: seededOidcClients.hs256, authBase: host, apiBase: '' };
    await house.app.invoke('services.save', hs256);
    house.sandbox[provider].oidc.autoConsent(seededOidcClients.hs256, 'bob');
    await expect(house.app.invoke('accounts.sign-in', { provider })).rejects.toMatchObject(
      refusal({ code: 'id_token_symmetric' }),
    );
    for (const timeLimit of ['0', '21', '1.5', 'soon'])
      await expect(
        house.app.invoke('services.save', { ...hs256, settings: { timeLimit } }),
      ).rejects.toMatchObject(refusal({ code: 'bad_time_limit', field: 'timeLimit' }));
  });

  it('gives up when the person’s time limit is over', async () => {
    const { id } = await signIn(host, { timeLimit: '1' });
    const held = house.sandbox.misbehave({ host, path: '/oidc/me', how: { kind: 'hold', when: 'lost' } });
    await expect(readUserinfo(id)).rejects.toMatchObject(refusal({ code: 'timeout' }));
    held.remove();
  });
});
