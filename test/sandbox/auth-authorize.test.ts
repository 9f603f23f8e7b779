import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from './auth-client.ts';
import { createClient, readCallback, serviceNames, startAuthSandbox } from './auth-client.ts';
import type { Sandbox } from './index.ts';
import { redirectUri } from './test-client.ts';

let sandbox: Sandbox;
let v2: Client;
let v3: Client;
let hs: Client;
beforeEach(async () => {
  sandbox = await startAuthSandbox();
  v2 = createClient(sandbox, 'steemconnect');
  v3 = createClient(sandbox, 'steemlogin');
  hs = createClient(sandbox, 'hivesigner');
});
afterEach(() => sandbox.close());

const keys = (params: URLSearchParams): string[] => [...params.keys()];

describe.each(serviceNames)('%s', (name) => {
  test('the consent page says who asks for what and has a button for each account', async () => {
    const { text, status } = await createClient(sandbox, name).authorize({ scope: 'vote' });
    expect(status).toBe(200);
    expect(text).toContain('<h1>some.app asks to sign you in</h1>');
    expect(text).toContain('Continue as @bob</button>');
    expect(text).toContain('Continue as @alice</button>');
    expect(text).toContain('<a href="/">Cancel</a>');
  });

  test('a click brings the token in the query, with the state unchanged', async () => {
    const client = createClient(sandbox, name);
    const callback = readCallback(await client.consent('bob', { scope: 'vote', state: 'a b&c' }));
    expect(callback.get('state')).toBe('a b&c');
    expect(callback.get('username')).toBe('bob');
    expect(callback.get('expires_in')).toBe('604800');
    expect(client.service.validAccessTokens('bob')).toEqual([callback.get('access_token')]);
    expect(client.service.grantsFor('bob')).toMatchObject([{ clientId: 'some.app' }]);
  });

  test('no state, none back', async () => {
    expect(readCallback(await createClient(sandbox, name).consent('bob')).has('state')).toBe(false);
  });

  test('the first grant asks for the active key, and changes the chain', async () => {
    const client = createClient(sandbox, name);
    const { chain } = client.service;
    const wrong = await client.consent('alice', { active_key: 'posting key' });
    expect(wrong.text).toContain('<label>Active key');
    expect(wrong.text).toContain('role="alert"');
    expect(chain.getAccount('alice').postingAuths).toEqual([]);
    readCallback(await client.consent('alice'));
    expect(chain.getAccount('alice').postingAuths).toEqual(['some.app']);
  });

  test('scope login needs no grant', async () => {
    const callback = readCallback(
      await createClient(sandbox, name).consent('alice', { scope: 'login', active_key: '' }),
    );
    expect(callback.get('username')).toBe('alice');
    expect(sandbox.steem.getAccount('alice').postingAuths).toEqual([]);
  });

  test('nobody signed in: no button, and no consent by guessing', async () => {
    const client = createClient(sandbox, name);
    client.service.signedIn = [];
    expect((await client.authorize()).text).not.toContain('<button');
    expect((await client.consent('bob')).status).toBe(200);
  });

  test('an already known person is sent back at once, when signed in and authorised', async () => {
    const client = createClient(sandbox, name);
    client.service.autoConsent('some.app', 'bob');
    expect(readCallback(await client.authorize()).get('username')).toBe('bob');
    client.service.signedIn = ['alice'];
    expect((await client.authorize()).status).toBe(200);
    client.service.signedIn = ['alice', 'bob'];
    client.service.autoConsent('some.app', 'alice');
    expect((await client.authorize()).status).toBe(200);
    client.service.autoConsent('some.app', undefined);
    expect((await client.authorize()).status).toBe(200);
  });

  test('the callback can be made hostile', async () => {
    const { service, consent } = createClient(sandbox, name);
    service.nextCallback({ params: { state: 'other', username: ['mallory', 'bob'] } });
    service.nextCallback({ params: { state: undefined } });
    service.nextCallback({ params: { access_token: undefined, error: 'invalid_grant' } });
    service.nextCallback({ page: { status: 403, html: '<h1>Forbidden</h1>' } });
    const [first, second, third] = [
      readCallback(await consent('bob', { state: 'mine' })),
      readCallback(await consent('bob', { state: 'mine' })),
      readCallback(await consent('bob', { state: 'mine' })),
    ];
    expect([first.get('state'), first.getAll('username')]).toEqual(['other', ['mallory', 'bob']]);
    expect(second.has('state')).toBe(false);
    expect([third.get('error'), third.has('access_token')]).toEqual(['invalid_grant', false]);
    expect(await consent('bob')).toMatchObject({ status: 403, text: '<h1>Forbidden</h1>' });
    expect(readCallback(await consent('bob', { state: 'mine' })).get('state')).toBe('mine');
  });
});

describe('BCP 9: an address that is not registered to the letter', () => {
  test.each([
    ['a slash more', { redirect_uri: `${redirectUri}/` }],
    ['http', { redirect_uri: redirectUri.replace('https', 'http') }],
    ['none', { redirect_uri: '' }],
    ['an unknown app', { client_id: 'other.app' }],
  ])('%s: v2 shows its 404, v3 a message, the app hears nothing', async (_what, params) => {
    expect(await v2.authorize(params)).toMatchObject({ status: 302, headers: { location: '/404' } });
    const { status, text } = await v3.authorize(params);
    expect(status).toBe(200);
    expect(text).toContain('The log in request URL provided is invalid.');
    expect((await hs.authorize(params)).text).toContain('redirect URL is not registered');
  });

  test('Hivesigner takes any port of a registered loopback address, the others do not', async () => {
    for (const { service } of [v3, hs]) {
      service.registerApp({ clientId: 'local.app', redirectUris: ['http://127.0.0.1/auth'] });
    }
    const params = { client_id: 'local.app', redirect_uri: 'http://127.0.0.1:5123/auth' };
    expect((await hs.authorize(params)).text).toContain('Continue as');
    expect((await v3.authorize(params)).text).toContain('invalid');
    expect(
      (await hs.authorize({ ...params, redirect_uri: 'http://127.0.0.1:5123/else' })).text,
    ).not.toContain('Continue');
  });

  test('a registered address with a query gets a second question mark', async () => {
    v3.service.registerApp({ clientId: 'some.app', redirectUris: [`${redirectUri}?a=b`] });
    const { headers } = await v3.consent('bob', { redirect_uri: `${redirectUri}?a=b` });
    expect(headers.location).toMatch(/\?a=b\?access_token=/);
  });
});

describe('scope and flow', () => {
  test('v2 refuses unknown names and lists those it knows', async () => {
    const { text } = await v2.authorize({ scope: 'vote,comment_delete' });
    expect(text).toContain('not valid: comment_delete');
    expect(text).toContain('claim_reward_balance');
  });

  test('v2 gives the code with the state alone, sorted parameters with a token', async () => {
    const code = readCallback(
      await v2.consent('bob', { response_type: 'code', scope: 'vote,offline', state: 's' }),
    );
    expect(keys(code)).toEqual(['code', 'state']);
    const token = readCallback(await v2.consent('bob', { scope: 'vote,offline', state: 's' }));
    expect(keys(token)).toEqual(['access_token', 'expires_in', 'state', 'username']);
  });

  test('v3 takes `offline` as the code flow whatever the response type', async () => {
    const callback = readCallback(
      await v3.consent('bob', { response_type: 'token', scope: 'vote,offline', state: 's' }),
    );
    expect(keys(callback)).toEqual(['code', 'username', 'state']);
    expect(keys(readCallback(await hs.consent('bob', { response_type: 'code' })))).toEqual([
      'code',
      'username',
    ]);
  });

  test('v3 tokens say what and whom they are for, in their own alphabet; v2’s are JWTs', async () => {
    const signed = readCallback(await v3.consent('bob')).get('access_token') ?? '';
    expect(signed).toMatch(/^eyJzaWduZWRfbWVzc2FnZSI6[\w.-]+$/);
    const base64 = signed.replaceAll('-', '+').replaceAll('_', '/').replaceAll('.', '=');
    expect(JSON.parse(Buffer.from(base64, 'base64').toString())).toMatchObject({
      signed_message: { type: 'posting', app: 'some.app' },
      authors: ['bob'],
    });
    const jwt = readCallback(await v2.consent('bob', { scope: 'vote' })).get('access_token') ?? '';
    expect(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      role: 'app',
      proxy: 'some.app',
      user: 'bob',
      scope: ['vote'],
    });
  });

  test('Hivesigner’s `account` chooses who is sent back', async () => {
    hs.service.autoConsent('some.app', 'bob');
    expect((await hs.authorize({ account: 'alice' })).status).toBe(200);
    expect((await hs.authorize({ account: 'bob' })).status).toBe(302);
  });
});
