/** ID tokens that a hostile or careless server could send. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenIdCaller } from '../../../lib/oauth/openid-call.ts';
import { exchangeOpenIdCode, refreshOpenIdTokens } from '../../../lib/oauth/openid-tokens.ts';
import { readServer } from '../../../lib/oauth/openid-server.ts';
import { oidc } from '../../../lib/providers/oidc.ts';

const issuer = 'https://id.example';
const clientId = 'latchkey';
const redirectUrl = 'https://latchkey.example/oidc';
const exchange = {
  url: `${redirectUrl}?code=PLANTED-CODE&state=astate`,
  redirectUrl,
  state: 'astate',
  nonce: 'anonce',
  codeVerifier: 'v'.repeat(43),
};
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
type Header = Readonly<Record<string, unknown>>;

function signToken(
  claims: object,
  header: Header = { alg: 'RS256', kid: 'rsa' },
  key: KeyObject = rsa.privateKey,
) {
  const text = `${encode(header)}.${encode(claims)}`;
  const dsaEncoding = 'ieee-p1363' as const;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding }).toString('base64url')}`;
}

const now = () => Math.floor(Date.now() / 1000);
const claims = (changes: object = {}) => ({
  iss: issuer,
  sub: 'bob',
  aud: clientId,
  iat: now(),
  exp: now() + 3600,
  nonce: exchange.nonce,
  ...changes,
});

let sent: Request[];
let idToken: unknown;
let more: object;
beforeEach(() => {
  sent = [];
  idToken = signToken(claims());
  more = {};
});

const keys = [
  { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa', use: 'sig', alg: 'RS256' },
  { ...elliptic.publicKey.export({ format: 'jwk' }), kid: 'ec', use: 'sig', alg: 'ES256' },
];

/** A server whose document is always the same, and whose keys are fetched anew for each test. */
function createCaller(clockSkew = 0): OpenIdCaller {
  const document = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ['RS256', 'ES256', 'HS256', 'none'],
  };
  const http = (request: Request) => {
    sent.push(request);
    if (request.url === `${issuer}/jwks`) return Promise.resolve(Response.json({ keys }));
    const answer = {
      access_token: 'PLANTED-ACCESS',
      token_type: 'Bearer',
      expires_in: 3600,
      id_token: idToken,
    };
    return Promise.resolve(Response.json({ ...answer, ...more }));
  };
  return {
    network: { http, clock: { now: () => Date.now(), sleep: () => Promise.resolve() } },
    client: {
      provider: oidc,
      bases: { auth: issuer, api: issuer },
      clientId,
      clientSecret: '',
      settings: {},
      secrets: {},
    },
    server: { metadata: readServer(document, { issuer, otherOrigins: [] }), clockSkew },
  };
}

const take = (clockSkew?: number) => exchangeOpenIdCode(createCaller(clockSkew), exchange);

describe('an ID token', () => {
  it('is taken with the server’s own signature, by either kind of key', async () => {
    expect((await take()).claims).toMatchObject({ sub: 'bob' });
    idToken = signToken(claims(), { alg: 'ES256', kid: 'ec' }, elliptic.privateKey);
    expect((await take()).idToken).toBe(idToken);
  });

  it.each<[string, () => string, string]>([
    ['nobody signed', () => `${encode({ alg: 'none' })}.${encode(claims())}.`, 'id_token_refused'],
    [
      'is signed by another key',
      () => signToken(claims(), { alg: 'RS256', kid: 'rsa' }, other.privateKey),
      'id_token_refused',
    ],
    [
      'is signed by a key that is not published',
      () => signToken(claims(), { alg: 'RS256', kid: 'new' }),
      'id_token_refused',
    ],
    [
      'is signed with HMAC',
      () => `${encode({ alg: 'HS256' })}.${encode(claims())}.c2ln`,
      'id_token_symmetric',
    ],
    [
      'has an extension that must be understood',
      () => signToken(claims(), { alg: 'RS256', kid: 'rsa', crit: ['x'], x: 1 }),
      'id_token_refused',
    ],
    ['is encrypted', () => 'eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d', 'id_token_encrypted'],
    ['is for another client', () => signToken(claims({ aud: 'another' })), 'id_token_refused'],
    ['is for others too', () => signToken(claims({ aud: [clientId, 'another'] })), 'id_token_refused'],
    [
      'was given to another',
      () => signToken(claims({ aud: [clientId, 'another'], azp: 'another' })),
      'id_token_refused',
    ],
    ['is of another issuer', () => signToken(claims({ iss: 'https://evil.example' })), 'id_token_refused'],
    [
      'is of an issuer of nearly that name',
      () => signToken(claims({ iss: `${issuer}/` })),
      'id_token_refused',
    ],
    ['has ended', () => signToken(claims({ exp: now() - 60 })), 'id_token_refused'],
    ['has not begun', () => signToken(claims({ nbf: now() + 600 })), 'id_token_refused'],
    ['has no end', () => signToken(claims({ exp: undefined })), 'id_token_refused'],
    ['names nobody', () => signToken(claims({ sub: undefined })), 'id_token_refused'],
    ['names a number', () => signToken(claims({ sub: 7 })), 'id_token_refused'],
  ])('BCP 32: that %s is refused', async (_what, make, code) => {
    idToken = make();
    await expect(take()).rejects.toMatchObject({ code });
  });

  it.each(['another', undefined])(
    'BCP 6: with the nonce %j, of another sign-in, is refused',
    async (nonce) => {
      idToken = signToken(claims({ nonce }));
      await expect(take()).rejects.toMatchObject({ code: 'id_token_refused' });
    },
  );

  it('for others too is taken where it was given to us', async () => {
    idToken = signToken(claims({ aud: [clientId, 'another'], azp: clientId }));
    expect((await take()).claims).toMatchObject({ sub: 'bob' });
  });

  it('BCP 41: may be a little late, and is judged by the server’s clock', async () => {
    idToken = signToken(claims({ exp: now() - 10 }));
    await expect(take()).resolves.toBeDefined();
    idToken = signToken(claims({ exp: now() - 3000 }));
    await expect(take(-3_600_000)).resolves.toBeDefined();
  });

  it('of any other form is refused, and its text reaches no error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1 }), async (text) => {
        idToken = text;
        await expect(take()).rejects.toMatchObject({ code: expect.stringMatching(/^id_token_/) as string });
      }),
      { numRuns: 50 },
    );
    idToken = 'PLANTED.PLANTED.PLANTED';
    const failure: unknown = await take().catch((thrown: unknown) => thrown);
    expect(JSON.stringify(failure)).not.toContain('PLANTED');
  });

  it('that is missing makes the answer useless', async () => {
    idToken = undefined;
    await expect(take()).rejects.toMatchObject({ code: 'id_token_refused' });
  });
});

describe('an answer', () => {
  it.each([
    { access_token: undefined },
    { access_token: '' },
    { token_type: undefined },
    { access_token: 7 },
  ])('with %j is none', async (changes) => {
    more = changes;
    await expect(take()).rejects.toMatchObject({ code: 'bad_answer' });
  });

  it('BCP 19: sends code and verifier to the token endpoint, and nothing secret for the keys', async () => {
    await take();
    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${issuer}/token`,
      `GET ${issuer}/jwks`,
    ]);
    expect(sent[0]?.headers.has('authorization')).toBe(false);
    expect(new URLSearchParams(await sent[0]?.text())).toEqual(
      new URLSearchParams({
        redirect_uri: redirectUrl,
        code: 'PLANTED-CODE',
        code_verifier: exchange.codeVerifier,
        grant_type: 'authorization_code',
        client_id: clientId,
      }),
    );
  });
});

describe('a renewal', () => {
  const renew = () => refreshOpenIdTokens(createCaller(), 'PLANTED-REFRESH');

  it('needs no ID token, and does not wait for keys that it could lose the tokens over', async () => {
    idToken = undefined;
    expect((await renew()).accessToken).toBe('PLANTED-ACCESS');
    idToken = signToken(claims({ nonce: undefined }));
    expect((await renew()).claims).toMatchObject({ sub: 'bob' });
    expect(sent.filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it.each([{ aud: 'another' }, { iss: 'https://evil.example' }, { exp: 1 }])(
    'with an ID token of %j is refused',
    async (changes) => {
      idToken = signToken(claims(changes));
      await expect(renew()).rejects.toMatchObject({ code: 'id_token_refused' });
    },
  );
});
