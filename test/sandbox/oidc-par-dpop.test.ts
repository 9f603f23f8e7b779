import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OidcService, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { seededOidcClients, seedOidc } from './oidc/seed.ts';
import {
  authorizeUrl,
  createOidcClient,
  parse,
  parseTokens,
  readCallback,
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
  app = createOidcClient(sandbox, service);
});
afterAll(() => sandbox.close());

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A proof of possession (RFC 9449 section 4.2). */
function makeProof(method: string, url: string, further: Readonly<Record<string, string>> = {}): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jwk = keys.publicKey.export({ format: 'jwk' });
  const header = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk });
  const iat = Math.floor(Date.now() / 1000);
  const claims = encode({ jti: randomUUID(), htm: method, htu: url, iat, ...further });
  const key = { key: keys.privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${header}.${claims}.${sign('sha256', Buffer.from(`${header}.${claims}`), key).toString('base64url')}`;
}

test('a client can be made to push its request first', async () => {
  const client = { client_id: seededOidcClients.pushed };
  expect(readCallback(await app.ask(client)).get('error')).toBe('invalid_request');
  const { searchParams } = new URL(authorizeUrl(service, client));
  const pushed = await app.post('/request', Object.fromEntries(searchParams));
  expect(pushed.status).toBe(201);
  const { request_uri: requestUri } = parse(pushed);
  const query = new URLSearchParams({ ...client, request_uri: String(requestUri) });
  const page = await app.browser.open(`${service.issuer}/auth?${query}`);
  expect(readCallback(await app.click(page, 'bob')).get('code')).not.toBeNull();
});

test('a client can be made to bind its tokens to a key', async () => {
  const client = { client_id: seededOidcClients.bound };
  const url = `${service.issuer}/token`;
  const thumbprint = createHash('sha256');
  const { crv, kty, x, y } = keys.publicKey.export({ format: 'jwk' });
  thumbprint.update(JSON.stringify({ crv, kty, x, y }));
  const code = await app.takeCode('bob', { ...client, dpop_jkt: thumbprint.digest('base64url') });
  expect((await app.exchange(code, client)).status).toBe(400);
  const answer = await app.exchange(await app.takeCode('bob', client), client, {
    dpop: makeProof('POST', url),
  });
  expect(parse(answer)).toMatchObject({ token_type: 'DPoP' });
  const { access, refresh } = parseTokens(answer);
  expect((await app.userinfo(access)).status).toBe(401);
  const bound = { grant_type: 'refresh_token', refresh_token: refresh, ...client };
  expect(parse(await app.post('/token', bound))).toMatchObject({ error: 'invalid_grant' });
  const me = `${service.issuer}/me`;
  const ath = createHash('sha256').update(access).digest('base64url');
  const allowed = await requestSandbox(sandbox, me, {
    headers: { authorization: `DPoP ${access}`, dpop: makeProof('GET', me, { ath }) },
  });
  expect(allowed.status).toBe(200);
});

test('proofs can be made to carry a nonce of the server', async () => {
  const client = { client_id: seededOidcClients.bound };
  const url = `${service.issuer}/token`;
  service.requiresDpopNonce = true;
  const code = await app.takeCode('bob', client);
  const refused = await app.exchange(code, client, { dpop: makeProof('POST', url) });
  expect([refused.status, parse(refused).error]).toEqual([400, 'use_dpop_nonce']);
  const nonce = String(refused.headers['dpop-nonce']);
  const answer = await app.exchange(code, client, { dpop: makeProof('POST', url, { nonce }) });
  service.requiresDpopNonce = false;
  expect(parse(answer)).toMatchObject({ token_type: 'DPoP' });
});
