import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, toAppError } from '../../../lib/errors.ts';
import { type ExpectedServer, fetchServer, readServer } from '../../../lib/oauth/openid-server.ts';

const issuer = 'https://id.example';
const document = {
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/me`,
  end_session_endpoint: `${issuer}/end`,
  revocation_endpoint: `${issuer}/revoke`,
  pushed_authorization_request_endpoint: `${issuer}/push`,
  code_challenge_methods_supported: ['S256'],
  id_token_signing_alg_values_supported: ['HS256', 'none', 'RS256', 'ES256'],
};
const endpoints = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'end_session_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
];
const expected: ExpectedServer = { issuer, otherOrigins: [] };

function refusalOf(body: unknown, server = expected): AppError | undefined {
  try {
    readServer(body, server);
    return undefined;
  } catch (failure) {
    return toAppError(failure);
  }
}

describe('a discovery document', () => {
  it('BCP 31: is taken where all lies at the issuer, without the signatures that nobody can check', () => {
    expect(readServer(document, expected)).toEqual({
      ...document,
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    });
  });

  it('brings nothing that nobody asked for', () => {
    const more = { ...document, mtls_endpoint_aliases: { token_endpoint: 'https://evil.example/token' } };
    expect(readServer(more, expected)).not.toHaveProperty('mtls_endpoint_aliases');
  });

  it('means RS256 where it lists no signature, and none where it lists none that can be checked', () => {
    const silent = { ...document, id_token_signing_alg_values_supported: undefined };
    expect(readServer(silent, expected).id_token_signing_alg_values_supported).toEqual(['RS256']);
    const symmetric = { ...document, id_token_signing_alg_values_supported: ['HS256'] };
    expect(readServer(symmetric, expected).id_token_signing_alg_values_supported).toEqual([]);
  });

  it.each(endpoints)('that puts its %s elsewhere is refused by name', (name) => {
    const hostile = { ...document, [name]: 'https://evil.example/take' };
    expect(refusalOf(hostile)).toMatchObject({
      code: 'issuer_endpoint_elsewhere',
      field: 'authBase',
      params: { endpoint: name, host: 'evil.example' },
    });
    expect(refusalOf(hostile, { ...expected, otherOrigins: ['https://evil.example'] })).toBeUndefined();
  });

  it.each([
    'http://id.example/token',
    'https://id.example:8443/token',
    'https://id.example.evil.example/token',
    'https://idxexample/token',
    'javascript:alert(1)',
    'data:text/html,hello',
    'ftp://id.example/token',
  ])('may not lead to %s', (address) => {
    expect(refusalOf({ ...document, token_endpoint: address })).toMatchObject({
      code: 'issuer_endpoint_elsewhere',
    });
  });

  it.each([
    '',
    '/token',
    'id.example/token',
    'https://user:word@id.example/token',
    'https://user@id.example/token',
  ])('is none with %j for an endpoint', (address) => {
    expect(refusalOf({ ...document, token_endpoint: address })).toMatchObject({ code: 'issuer_not_found' });
  });

  it.each([
    'https://id.example.',
    'https://ID.example',
    'https://id.example//',
    'https://id.example/x',
    'http://id.example',
    'https://id.example?x',
    '',
  ])('of the issuer %j is another’s', (told) => {
    expect(refusalOf({ ...document, issuer: told })).toMatchObject({ code: 'issuer_differs' });
  });

  it('may name its issuer with a slash at the end, and is then known by that', () => {
    expect(readServer({ ...document, issuer: `${issuer}/` }, expected).issuer).toBe(`${issuer}/`);
  });

  it('BCP 4: must have S256 where it lists ways of PKCE', () => {
    const silent = { ...document, code_challenge_methods_supported: undefined };
    expect(refusalOf(silent)).toBeUndefined();
    for (const methods of [[], ['plain']])
      expect(refusalOf({ ...document, code_challenge_methods_supported: methods })).toMatchObject({
        code: 'issuer_without_pkce',
        field: 'authBase',
      });
  });

  it('of any other shape is refused with a sentence, and never half taken', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => {
        expect(refusalOf(body)?.code).toBe('issuer_not_found');
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(document)), fc.jsonValue(), (name, value) => {
        const code = refusalOf({ ...document, [name]: value })?.code ?? 'taken';
        expect(code).toMatch(/^issuer_|^taken$/);
      }),
    );
  });

  it('never leads off its origin, whatever its addresses are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...endpoints), fc.webUrl(), (name, address) => {
        const code = refusalOf({ ...document, [name]: address })?.code;
        expect(code === undefined).toBe(new URL(address).origin === issuer);
      }),
    );
  });
});

describe('asking for it', () => {
  const clock = { now: () => 1_795_219_200_000, sleep: () => Promise.resolve() };
  const ask = (answer: Response) => fetchServer({ http: () => Promise.resolve(answer), clock }, expected);

  it('tells how far the server’s clock is ahead', async () => {
    const headers = { date: new Date(clock.now() + 3_600_000).toUTCString() };
    expect((await ask(Response.json(document, { headers }))).clockSkew).toBe(3_600_000);
    expect((await ask(Response.json(document))).clockSkew).toBe(0);
    const copy = { date: new Date(clock.now() - 3_600_000).toUTCString(), age: '3600' };
    expect((await ask(Response.json(document, { headers: copy }))).clockSkew).toBe(0);
  });

  it.each([
    [404, 'issuer_not_found'],
    [301, 'issuer_not_found'],
    [401, 'issuer_not_found'],
    [429, 'too_many_requests'],
    [503, 'service_error'],
  ])('with the answer %i ends in %s', async (status, code) => {
    await expect(ask(Response.json({}, { status }))).rejects.toMatchObject({ code });
  });

  it('follows no redirect', async () => {
    let asked: Request | undefined;
    const http = (request: Request) => {
      asked = request;
      return Promise.resolve(Response.json(document));
    };
    await fetchServer({ http, clock }, { issuer, otherOrigins: [] });
    expect(asked?.url).toBe(`${issuer}/.well-known/openid-configuration`);
    expect(asked?.redirect).toBe('manual');
  });
});
