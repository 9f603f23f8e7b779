/**
 * What RFC 9700 (BCP 240) and RFC 10017 (BCP 212) ask of a client, as far as no other test says it. SECURITY.md lists all
 * lines by their numbers, with the tests whose titles bear them.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCallback } from '../../../lib/oauth/authorization.ts';
import { providers } from '../../../lib/providers/index.ts';
import {
  type SandboxApp,
  signInAs,
  signInToAllegro,
  signInToOidc,
  signInToX,
  startSandboxApp,
} from '../../headless/sandbox-app.ts';
import type { SandboxRequest } from '../../sandbox/index.ts';
import { listSources } from '../../read-imports.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const sources = [...listSources('lib'), ...listSources('entrypoints')].map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));
const findSources = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

/** Everything that was sent in query or form, from all requests, in their order. */
const sent = (): URLSearchParams[] =>
  [...house.sandbox.requests].map(
    ({ query, body }: SandboxRequest) => new URLSearchParams([...query, ...new URLSearchParams(body)]),
  );
const collect = (name: string) =>
  sent()
    .map((fields) => fields.get(name))
    .filter((value) => value !== null);

async function signInEverywhere(): Promise<void> {
  await signInToX(house);
  await signInToAllegro(house);
  await signInToOidc(house);
  await signInAs(house, 'steemlogin', 'bob', 'sandbox-secret');
}

it('BCP 1: asks for a code, but where a Steem signer has nothing else without a secret, and for no password', async () => {
  const implicit = providers.filter(
    (provider) => provider.protocol === 'oauth2' && provider.publicResponseType === 'token',
  );
  expect(implicit.map(({ id }) => id)).toEqual(['steemlogin', 'hivesigner', 'steemconnect']);
  await signInEverywhere();
  expect(new Set(collect('response_type'))).toEqual(new Set(['code']));
  expect(new Set(collect('grant_type'))).toEqual(new Set(['authorization_code']));
});

it('BCP 2: uses PKCE with S256 wherever a code is asked for without a secret', async () => {
  const withoutSecret = providers.flatMap((provider) =>
    provider.protocol === 'oauth2' && provider.publicResponseType === 'code' ? [provider] : [],
  );
  expect(withoutSecret.length).toBeGreaterThan(2);
  expect(withoutSecret.filter(({ hasPkce }) => !hasPkce)).toEqual([]);
  await signInToX(house);
  await signInToAllegro(house);
  await signInToOidc(house);
  expect(collect('code_challenge_method').length).toBeGreaterThanOrEqual(3);
  expect(new Set(collect('code_challenge_method'))).toEqual(new Set(['S256']));
});

it('BCP 3: makes a verifier of 43 characters or more for each sign-in, and a challenge of that very verifier', async () => {
  await signInToX(house);
  await signInToOidc(house);
  const verifiers = collect('code_verifier');
  expect(verifiers).toHaveLength(2);
  expect(new Set(verifiers).size).toBe(2);
  for (const verifier of verifiers) expect(verifier).toMatch(/^[\w.~-]{43,128}$/);
  const challenges = verifiers.map((text) => createHash('sha256').update(text).digest('base64url'));
  expect(collect('code_challenge')).toEqual(expect.arrayContaining(challenges));
});

it('BCP 5: makes a state for each sign-in, and takes the one of another for none', async () => {
  await signInAs(house, 'steemlogin', 'bob', 'sandbox-secret');
  const [first = ''] = collect('state');
  expect(first).toMatch(/^\w[\w-]{42,}$/);
  const { sandbox, app } = house;
  sandbox.requests.clear();
  sandbox.auth.steemlogin.nextCallback({ params: { state: first } });
  await expect(app.invoke('accounts.sign-in', { provider: 'steemlogin' })).rejects.toMatchObject({
    refusal: { code: 'answer_not_ours' },
  });
  expect(new Set(collect('state'))).not.toContain(first);
  expect(collect('code')).toEqual([]);
});

it('BCP 7: shows sign-in pages in windows of the browser, never in a frame, and opens them in one place', () => {
  expect(findSources(/<iframe|createElement\(['"](?:iframe|webview|object|embed)/)).toEqual([]);
  expect(findSources(/\.launchWebAuthFlow\(/)).toEqual(['lib/platform/identity.ts']);
});

it('BCP 8: asks for the scopes that a feature needs, and more only when the person wants more', async () => {
  await signInToX(house, []);
  await signInToX(house, ['post']);
  await signInToAllegro(house);
  await signInToOidc(house);
  expect([...new Set(collect('scope'))]).toEqual([
    'tweet.read users.read offline.access',
    'tweet.read users.read offline.access tweet.write',
    'allegro:api:profile:read allegro:api:sale:settings:read',
    expect.stringMatching(/^openid profile( email)? offline_access$/),
  ]);
});

it('BCP 10: comes back to https addresses only', async () => {
  const { services } = await house.app.invoke('services.list', {});
  for (const { redirectUrl } of services) expect(redirectUrl).toMatch(/^https:/);
});

it('BCP 11: opens no address that a callback names', async () => {
  const evil = 'https://evil.example/';
  house.sandbox.auth.steemlogin.nextCallback({
    params: { redirect_uri: evil, next: evil, url: evil, error_uri: evil, error: 'server_error' },
  });
  await expect(signInAs(house, 'steemlogin', 'bob')).rejects.toMatchObject({
    refusal: { code: 'sign_in_refused' },
  });
  expect(house.ports.seen.tabs).toEqual([]);
  expect(house.sandbox.requests.find({ host: 'evil.example' })).toEqual([]);
});

it.each(['state', 'code', 'access_token', 'username', 'expires_in', 'error', 'iss'])(
  'BCP 13: takes an answer that has %s twice for none',
  (name) => {
    const redirectUrl = 'https://abc.chromiumapp.org/x';
    const address = new URL(`${redirectUrl}?state=S&code=C`);
    address.searchParams.append(name, 'one');
    address.searchParams.append(name, 'two');
    expect(() => readCallback(address.href, redirectUrl, 'S')).toThrow(
      expect.objectContaining({ code: 'answer_not_ours' }) as Error,
    );
  },
);

it('BCP 16: wants the issuer in the answer of a server that promised it', async () => {
  house.sandbox.oidc.callback = (parameters) => {
    const changed = new URLSearchParams(parameters);
    changed.delete('iss');
    return changed;
  };
  await expect(signInToOidc(house)).rejects.toMatchObject({ refusal: { code: 'answer_not_ours' } });
  expect(collect('code')).toEqual([]);
});

it('BCP 17: has a redirect address of its own for each service', () => {
  const addresses = providers.map(({ id }) => house.ports.identity.redirectUrl(id));
  expect(new Set(addresses).size).toBe(providers.length);
});

it('BCP 22: ships no client id and no secret, and names itself without one where the person has none', async () => {
  const records = sources.filter(({ path }) => path.startsWith('lib/providers/'));
  expect(records.length).toBeGreaterThan(10);
  for (const { path, text } of records)
    expect(text, path).not.toMatch(/(clientId|clientSecret|client_secret|apiKey)\s*[:=]\s*['"]\w/);
  const { services } = await house.app.invoke('services.list', {});
  expect(services.filter((service) => service.clientId !== '' || service.hasSecret)).toEqual([]);
  await signInToX(house);
  await signInToOidc(house);
  expect(collect('client_secret')).toEqual([]);
});

it('BCP 27: asks for no scope when it refreshes', async () => {
  const accounts = [await signInToX(house), await signInToOidc(house)];
  house.sandbox.requests.clear();
  for (const account of accounts) await house.app.invoke('accounts.refresh', { account });
  const refreshes = sent().filter((fields) => fields.get('grant_type') === 'refresh_token');
  expect(refreshes).toHaveLength(2);
  expect(collect('scope')).toEqual([]);
});
