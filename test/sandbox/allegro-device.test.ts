import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seedAllegro, seededAllegroDeviceApp, seededAllegroSecretApp } from './allegro/seed.ts';
import type { AllegroClient } from './allegro/test-client.ts';
import { basic, createAllegroClient, parse, readText, summarize } from './allegro/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';

let sandbox: Sandbox;
let client: AllegroClient;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedAllegro(sandbox.allegro);
  client = createAllegroClient(sandbox, sandbox.allegro);
});
afterEach(() => sandbox.close());

const authorization = basic(seededAllegroDeviceApp);
const { clientId } = seededAllegroDeviceApp;
const profile = 'allegro:api:profile:read';

const begin = (fields: Readonly<Record<string, string>> = {}, header = authorization) =>
  client.postForm('/auth/oauth/device', { client_id: clientId, ...fields }, { authorization: header });

const poll = (deviceCode: string, header = authorization) =>
  client.token(
    { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode },
    { authorization: header },
  );

async function beginCodes(scope = '') {
  const answer = await begin({ scope });
  return { device: readText(answer, 'device_code'), user: readText(answer, 'user_code') };
}

const press = (code: string, button: Readonly<Record<string, string>>) =>
  client.postForm('/skojarz-aplikacje', { code, ...button });

describe('the beginning', () => {
  test('codes, the page, and numbers as texts', async () => {
    const answer = await begin();
    const user = readText(answer, 'user_code');
    expect(parse(answer)).toMatchObject({
      expires_in: '3600',
      interval: '5',
      verification_uri: 'https://allegro.pl/skojarz-aplikacje',
      verification_uri_complete: `https://allegro.pl/skojarz-aplikacje?code=${user}`,
    });
    expect(user).toMatch(/^[a-z0-9]{9}$/);
    sandbox.allegro.writesDeviceNumbersAsText = false;
    expect(parse(await begin())).toMatchObject({ expires_in: 3600, interval: 5 });
  });

  test('the id may be in the query', async () => {
    const url = `/auth/oauth/device?client_id=${clientId}`;
    expect((await client.postForm(url, {}, { authorization })).status).toBe(200);
  });

  test('a key of the browser type, another id, no id, no secret, a wrong one, GET', async () => {
    const browserApp = await begin(
      { client_id: seededAllegroSecretApp.clientId },
      basic(seededAllegroSecretApp),
    );
    expect(summarize(browserApp)).toEqual([
      400,
      { error: 'unauthorized_client', error_description: 'OAuth 2.0 Parameter: client_id' },
    ]);
    expect(summarize(await begin({ client_id: 'another' }))).toEqual([
      400,
      { error: 'invalid_request', error_description: 'ClientId does not match authenticated client.' },
    ]);
    expect(summarize(await begin({ client_id: '' }))).toMatchObject([400, { error: 'invalid_request' }]);
    expect(summarize(await begin({}, ''))).toMatchObject([401, { error: 'unauthorized' }]);
    const wrong = basic({ clientId, clientSecret: 'wrong' });
    expect(summarize(await begin({}, wrong))).toMatchObject([401, { error: 'Unauthorized' }]);
    expect((await client.send(`${client.web}/auth/oauth/device`)).status).toBe(302);
  });
});

describe('polling', () => {
  test('waits for the person, and gives tokens once', async () => {
    const { device, user } = await beginCodes(`${profile} unheard:of`);
    expect(summarize(await poll(device))).toEqual([400, { error: 'authorization_pending' }]);
    expect((await press(user, { allow: 'bobs-shop' })).text).toContain('Linked');
    sandbox.clockOffsetMs = 5_000;
    const answer = await poll(device);
    expect(summarize(answer)).toMatchObject([200, { token_type: 'bearer', scope: profile }]);
    const me = await client.call(readText(answer, 'access_token'), '/me');
    expect(readText(me, 'login')).toBe('bobs-shop');
    sandbox.clockOffsetMs = 10_000;
    expect(summarize(await poll(device))).toEqual([400, { error: 'Invalid device code' }]);
    const renewed = await client.refresh(readText(answer, 'refresh_token'), { authorization });
    expect(renewed.status).toBe(200);
  });

  test('too fast: slow_down, and five seconds more from then on', async () => {
    const { device } = await beginCodes();
    const errors: string[] = [];
    for (const seconds of [0, 2, 9, 24, 39]) {
      sandbox.clockOffsetMs = seconds * 1000;
      errors.push(readText(await poll(device), 'error'));
    }
    // 9 is seven after 2, less than ten; then the interval is fifteen, which 24 and 39 keep.
    const pending = 'authorization_pending';
    expect(errors).toEqual([pending, 'slow_down', 'slow_down', pending, pending]);
  });

  test('the interval can be shortened for journeys', async () => {
    sandbox.allegro.deviceIntervalSeconds = 1;
    const { device } = await beginCodes();
    await poll(device);
    sandbox.clockOffsetMs = 1_000;
    expect(readText(await poll(device), 'error')).toBe('authorization_pending');
  });

  test('refused, expired, wrong, and of another app', async () => {
    const { device, user } = await beginCodes();
    expect((await press(user, { refuse: 'yes' })).text).toContain('Refused');
    expect(summarize(await poll(device))).toEqual([400, { error: 'access_denied' }]);
    const late = await beginCodes();
    sandbox.clockOffsetMs = 3_600_000;
    expect(summarize(await poll(late.device))).toEqual([400, { error: 'expired_token' }]);
    expect(summarize(await poll('wrong'))).toEqual([400, { error: 'Invalid device code' }]);
    const other = { clientId: 'other-device', clientSecret: 'secret' };
    sandbox.allegro.registerApp({ ...other, type: 'device' });
    const { device: fresh } = await beginCodes();
    expect(summarize(await poll(fresh, basic(other)))).toEqual([400, { error: 'Invalid device code' }]);
  });

  test('not with a key of the browser type', async () => {
    const { device } = await beginCodes();
    expect(summarize(await poll(device, basic(seededAllegroSecretApp)))).toMatchObject([
      400,
      { error: 'unauthorized_client' },
    ]);
  });
});

describe('the page', () => {
  const open = (code: string) => client.send(`${client.web}/skojarz-aplikacje?code=${code}`);

  test('asks for the code, knows a wrong one, and shows both buttons', async () => {
    expect((await client.send(`${client.web}/skojarz-aplikacje`)).text).toContain('<label>Code');
    expect((await open('wrong')).text).toContain('role="alert"');
    const { user } = await beginCodes();
    const { text } = await open(user);
    expect(text).toContain('>Allow access as bobs-shop</button>');
    expect(text).toContain('>Refuse</button>');
    await press(user, { allow: 'bobs-shop' });
    expect((await open(user)).text).toContain('role="alert"');
  });

  test('wants a person who is signed in', async () => {
    sandbox.allegro.signedIn = [];
    const { device, user } = await beginCodes();
    expect((await open(user)).text).toContain('Log in to Allegro');
    await press(user, { allow: 'bobs-shop' });
    expect(readText(await poll(device), 'error')).toBe('authorization_pending');
  });
});
