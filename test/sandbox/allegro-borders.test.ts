import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedAllegro, seededAllegroSecretApp } from './allegro/seed.ts';
import type { AllegroClient } from './allegro/test-client.ts';
import { basic, createAllegroClient, redirectUri } from './allegro/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox, textAnswer } from './index.ts';
import type { RawAnswer } from './request.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
  for (const service of [sandbox.allegro, sandbox.allegroSandbox]) {
    seedAllegro(service, { redirectUris: [redirectUri] });
  }
});
afterEach(() => sandbox.close());

type Headers = Readonly<Record<string, string>>;

/** Each kind of a program's call, all of which succeed without further headers. */
function listCalls(client: AllegroClient, access: string): ((headers: Headers) => Promise<RawAnswer>)[] {
  const authorization = basic(seededAllegroSecretApp);
  return [
    (headers) => client.token({ grant_type: 'client_credentials' }, { authorization, ...headers }),
    (headers) => client.postForm('/auth/oauth/device', { client_id: 'x' }, { authorization, ...headers }),
    (headers) => client.call(access, '/me', { headers }),
    (headers) => client.call(access, '/bidding/offers/1/bid', { method: 'PUT', headers, body: '{}' }),
  ];
}

describe.each(['allegro', 'allegroSandbox'] as const)('%s: token, device and API calls', (id) => {
  let client: AllegroClient;
  let calls: ReturnType<typeof listCalls>;
  beforeEach(() => {
    const service = sandbox[id];
    client = createAllegroClient(sandbox, service);
    calls = listCalls(client, service.issueTokens(seededAllegroSecretApp.clientId, 'bobs-shop').access);
  });
  const askAll = (headers: Headers) => Promise.all(calls.map((call) => call(headers)));

  test.each([
    'chrome-extension://abcdefghijklmnop',
    'moz-extension://3f0f0e8a-1111-4222-8333-444455556666',
    'https://steemit.com',
    'null',
  ])('Origin %s: 403 Invalid CORS request, as text', async (origin) => {
    for (const answer of await askAll({ origin })) {
      expect([answer.status, answer.text]).toEqual([403, 'Invalid CORS request']);
      expect(answer.headers['content-type']).toContain('text/plain');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  test('a preflight gets no permission either', async () => {
    const answer = await client.send(`${client.api}/me`, {
      method: 'OPTIONS',
      headers: { origin: 'https://steemit.com', 'access-control-request-method': 'GET' },
    });
    expect([answer.status, answer.text]).toEqual([403, 'Invalid CORS request']);
  });

  test("the site's own Origin passes", async () => {
    const answers = await askAll({ origin: client.web });
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 200, 404]);
  });

  test.each([
    ['none', ''],
    ['a browser', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'],
    ['node', 'node'],
    ['another app', 'Other/1.0 (+https://example.com)'],
    ['no version', 'Latchkey (+https://example.com)'],
    ['no page', 'Latchkey/1.0.0'],
    ['a page without plus', 'Latchkey/1.0.0 (https://example.com)'],
    ['more behind it', 'Latchkey/1.0.0 (+https://example.com) Chrome/156'],
  ])('User-Agent: %s is blocked with a page', async (_, userAgent) => {
    for (const answer of await askAll({ 'user-agent': userAgent })) {
      expect(answer.status).toBe(403);
      expect(answer.headers['content-type']).toContain('text/html');
    }
    sandbox[id].requiresUserAgent = false;
    expect((await calls[0]?.({ 'user-agent': userAgent }))?.status).toBe(200);
  });

  test('the anti-bot page and the way to the block page, on demand', async () => {
    sandbox[id].blocking = 'datadome';
    for (const answer of await askAll({})) {
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('Please enable JS and disable any ad blocker');
    }
    sandbox[id].blocking = 'redirect';
    for (const answer of await askAll({})) {
      expect([answer.status, answer.headers.location]).toEqual([302, `${client.web}/blocked`]);
    }
  });

  test('people see the pages with any browser', async () => {
    sandbox[id].blocking = 'datadome';
    const answer = await client.send(`${client.web}/login`, { headers: { 'user-agent': 'Mozilla/5.0' } });
    expect(answer.status).toBe(200);
  });

  test('nextError hits the call it fits, once', async () => {
    sandbox[id].nextError(textAnswer('busy', 503), { path: '/me' });
    expect((await askAll({})).map(({ status }) => status)).toEqual([200, 400, 503, 404]);
    expect((await calls[2]?.({}))?.status).toBe(200);
  });
});

test('one environment can block while the other serves', async () => {
  sandbox.allegro.blocking = 'datadome';
  const { access } = sandbox.allegroSandbox.issueTokens(seededAllegroSecretApp.clientId, 'bobs-shop');
  const client = createAllegroClient(sandbox, sandbox.allegroSandbox);
  expect((await client.call(access, '/me')).status).toBe(200);
});
