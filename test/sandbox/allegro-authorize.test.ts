import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedAllegro, seededAllegroApp, seededAllegroDeviceApp } from './allegro/seed.ts';
import type { AllegroClient } from './allegro/test-client.ts';
import { challenge, createAllegroClient, parse, readCallback, redirectUri } from './allegro/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';

let sandbox: Sandbox;
let client: AllegroClient;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedAllegro(sandbox.allegro, { redirectUris: [redirectUri, 'http://localhost:8000/back'] });
  client = createAllegroClient(sandbox, sandbox.allegro);
});
afterEach(() => sandbox.close());

const profile = 'allegro:api:profile:read';
const orders = 'allegro:api:orders:read';

describe('what the app may ask', () => {
  test.each([
    ['an unknown client id', { client_id: 'unknown' }],
    ['a key of the device type', { client_id: seededAllegroDeviceApp.clientId }],
    ['an unregistered address', { redirect_uri: 'https://evil.example/' }],
    ['an address with a slash more', { redirect_uri: `${redirectUri}/` }],
    ['the token flow', { response_type: 'token' }],
    ['no response type', { response_type: '' }],
    ['plain PKCE', { code_challenge_method: 'plain' }],
    ['a challenge without a method', { code_challenge_method: '' }],
    ['a method without a challenge', { code_challenge: '' }],
    ['a challenge that is none', { code_challenge: `${challenge}=` }],
  ])('%s: a page and no way back', async (_, changes) => {
    for (const answer of [await client.open(changes), await client.press({ allow: 'bobs-shop' }, changes)]) {
      expect(answer.status).toBe(400);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.text).toMatch(/Numer błędu: [0-9a-f]+/);
    }
  });

  test('a parameter that comes twice: the same page', async () => {
    const url = `${client.web}/auth/oauth/authorize?client_id=a&client_id=b&redirect_uri=${redirectUri}`;
    expect((await client.send(url)).text).toContain('Numer błędu');
  });

  test('no redirect address: JSON', async () => {
    const answer = await client.open({ redirect_uri: '', redirect_url: redirectUri });
    expect(parse(answer)).toMatchObject({ errors: [{ code: 'ERROR', path: '/auth/oauth/authorize' }] });
  });

  test('localhost has any port, other addresses are compared to the letter', async () => {
    const to = 'http://localhost:9123/back';
    const answer = await client.press({ allow: 'bobs-shop' }, { redirect_uri: to });
    expect(readCallback(answer, to).get('code')).toBeTruthy();
  });

  test.each([
    'http://127.0.0.1/mozoauth2/abc',
    'http://[::1]/',
    'latchkey://allegro',
    'https://a_b.example/',
    'https://a.example/#top',
    'https://a.example/x/../y',
  ])('%s can not be registered', (uri) => {
    expect(() => sandbox.allegro.registerApp({ clientId: 'other', redirectUris: [uri] })).toThrow();
  });
});

describe('what the person is asked', () => {
  test('nobody signed in: log in first, then come back', async () => {
    sandbox.allegro.signedIn = [];
    const page = await client.open();
    expect(page.text).toContain('Log in to Allegro');
    const next = '/auth/oauth/authorize?client_id=x';
    expect((await client.postForm('/login', { login: 'nobody', next })).text).toContain('no such account');
    const answer = await client.postForm('/login', { login: 'alice-buys', next });
    expect([answer.status, answer.headers.location]).toEqual([302, next]);
    expect(sandbox.allegro.signedIn).toEqual(['alice-buys']);
  });

  test('logging in leads nowhere else than to Allegro', async () => {
    const answer = await client.postForm('/login', { login: 'alice-buys', next: '//evil.example/' });
    expect(answer.headers.location).toBe('/');
  });

  test('a button for each person, and Cancel', async () => {
    sandbox.allegro.signedIn = ['bobs-shop', 'alice-buys'];
    const { text } = await client.open();
    expect(text).toContain('>Allow access as bobs-shop</button>');
    expect(text).toContain('>Allow access as alice-buys</button>');
    expect(text).toContain('>Cancel</button>');
  });

  test('who is not signed in can not allow anything', async () => {
    expect((await client.press({ allow: 'alice-buys' })).status).toBe(200);
  });

  test('Allow leads back with code, state and what else the app sent, encoded', async () => {
    const answer = await client.press({ allow: 'bobs-shop' }, { more: 'ż=1' });
    const query = readCallback(answer);
    expect([...query.keys()]).toEqual(['code', 'state', 'more']);
    expect(query.get('state')).toBe('a state & more');
    expect(answer.headers.location).toContain('state=a%20state%20%26%20more&more=%C5%BC%3D1');
  });

  test('Cancel leads back with access_denied and state, or nowhere', async () => {
    const query = readCallback(await client.press({ refuse: 'yes' }));
    expect(Object.fromEntries(query)).toEqual({ error: 'access_denied', state: 'a state & more' });
    sandbox.allegro.cancelRedirects = false;
    const answer = await client.press({ refuse: 'yes' });
    expect([answer.status, answer.headers.location]).toEqual([200, undefined]);
  });

  test('the site marks the browser with a cookie, for the API host too', async () => {
    expect((await client.open()).headers['set-cookie']?.[0]).toContain('Domain=allegro.pl;');
  });
});

describe('without a click', () => {
  beforeEach(() => sandbox.allegro.allow(seededAllegroApp.clientId, 'bobs-shop', [profile]));
  const asked = { scope: profile };

  test('who allowed it before is sent back at once', async () => {
    expect(readCallback(await client.open(asked)).get('code')).toBeTruthy();
  });

  test('the page comes for prompt=confirm, for more rights, for two people, and for others', async () => {
    expect((await client.open({ ...asked, prompt: 'confirm' })).status).toBe(200);
    expect((await client.open({ scope: `${profile} ${orders}` })).status).toBe(200);
    sandbox.allegro.signedIn = ['alice-buys'];
    expect((await client.open(asked)).status).toBe(200);
    sandbox.allegro.signedIn = ['bobs-shop', 'alice-buys'];
    expect((await client.open(asked)).status).toBe(200);
  });

  test('unlinking takes it back', async () => {
    sandbox.allegro.revoke('bobs-shop');
    expect((await client.open(asked)).status).toBe(200);
  });
});

test('scope: all declared ones when left out, never more than declared', async () => {
  sandbox.allegro.registerApp({
    clientId: seededAllegroApp.clientId,
    redirectUris: [redirectUri],
    scopes: [profile, orders],
  });
  for (const scope of ['', profile, `${profile} allegro:api:bids unheard:of`]) {
    await client.press({ allow: 'bobs-shop' }, { scope });
  }
  expect(sandbox.allegro.consentsOf('bobs-shop').map((consent) => consent.scope)).toEqual([
    [profile, orders],
    [profile],
    [profile],
  ]);
});
