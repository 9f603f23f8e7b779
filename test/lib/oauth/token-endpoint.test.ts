import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import { exchangeCode, type OAuth2Client, refreshTokens } from '../../../lib/oauth/token-endpoint.ts';
import { steemlogin } from '../../../lib/providers/steemlogin.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

const route = 'POST https://api.steemlogin.com/api/oauth2/token';
const redirectUrl = 'https://latchkey.example/steemlogin';
const client: OAuth2Client = {
  provider: steemlogin,
  bases: steemlogin.bases,
  clientId: 'latchkey.app',
  clientSecret: 'PLANTED-SECRET',
  settings: {},
  secrets: {},
};
const answer = { access_token: 'T', expires_in: 604800, username: 'bob', refresh_token: 'R2' };

let ports: FakePorts;
beforeEach(() => {
  ports = createFakePorts();
});

const exchange = (more = '', of = client) =>
  exchangeCode(ports, of, {
    url: `${redirectUrl}?code=PLANTED-CODE&state=S${more}`,
    redirectUrl,
    state: 'S',
    codeVerifier: undefined,
  });
const refresh = () => refreshTokens(ports, client, 'PLANTED-REFRESH');
const answerWith = (body: unknown, init?: ResponseInit) => {
  ports.script.http[route] = () =>
    typeof body === 'string' ? new Response(body, init) : Response.json(body, init);
};
const sent = () => {
  const [request] = ports.seen.requests;
  if (request === undefined) throw new Error('nothing was sent');
  return request;
};

describe('the exchange of a code', () => {
  it('sends everything in the body and no Authorization header', async () => {
    answerWith(answer);
    expect(await exchange()).toEqual({ accessToken: 'T', refreshToken: 'R2', expiresInSeconds: 604800 });
    expect(sent().headers.has('authorization')).toBe(false);
    expect(Object.fromEntries(new URLSearchParams(sent().body))).toEqual({
      grant_type: 'authorization_code',
      code: 'PLANTED-CODE',
      redirect_uri: redirectUrl,
      client_id: 'latchkey.app',
      client_secret: 'PLANTED-SECRET',
    });
  });

  it('refuses an issuer that is another service', async () => {
    answerWith(answer);
    await expect(exchange('&iss=https://evil.example')).rejects.toMatchObject({ code: 'bad_answer' });
    expect(ports.seen.requests).toEqual([]);
  });

  it('without a secret asks nobody', async () => {
    await expect(exchange('', { ...client, clientSecret: '' })).rejects.toMatchObject({ code: 'bad_answer' });
    expect(ports.seen.requests).toEqual([]);
  });

  it('works with a service of one’s own on this machine', async () => {
    ports.script.http['POST http://127.0.0.1:8080/api/oauth2/token'] = () => Response.json(answer);
    const bases = { auth: 'http://127.0.0.1:8080', api: 'http://127.0.0.1:8080' };
    expect(await exchange('', { ...client, bases })).toMatchObject({ accessToken: 'T' });
  });
});

describe('a refresh', () => {
  it('sends the refresh token and the secret in the body and no Authorization header', async () => {
    answerWith(answer);
    expect(await refresh()).toMatchObject({ accessToken: 'T', refreshToken: 'R2' });
    expect(sent().headers.has('authorization')).toBe(false);
    expect(Object.fromEntries(new URLSearchParams(sent().body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'PLANTED-REFRESH',
      client_id: 'latchkey.app',
      client_secret: 'PLANTED-SECRET',
    });
  });

  it('says when there was no new refresh token and no life', async () => {
    answerWith({ access_token: 'T' });
    expect(await refresh()).toEqual({
      accessToken: 'T',
      refreshToken: undefined,
      expiresInSeconds: undefined,
    });
  });
});

describe('a token answer', () => {
  it.each([
    ['with its token_type', { ...answer, token_type: 'Bearer' }, {}],
    ['as plain text', JSON.stringify(answer), { headers: { 'content-type': 'text/plain' } }],
    ['with its life as text', { ...answer, expires_in: '604800' }, {}],
  ])('is taken %s', async (_name, body, init) => {
    answerWith(body, init);
    expect(await refresh()).toMatchObject({ accessToken: 'T', expiresInSeconds: 604800 });
  });

  it.each([
    ['no access token', { expires_in: 1 }],
    ['an empty access token', { ...answer, access_token: '' }],
    ['an access token that is no text', { ...answer, access_token: { a: 1 } }],
    ['a refresh token that is no text', { ...answer, refresh_token: 5 }],
    ['an error in a success', { error: 'invalid_grant', error_description: 'x' }],
    ['another token type', { ...answer, token_type: 'mac' }],
    ['null', null],
    ['a list', []],
    ['HTML', '<html>ok</html>'],
    ['nothing', ''],
    ['half a JSON', '{"access_token":"PLANTED'],
  ])('with %s is a bad answer, which passes', async (_name, body) => {
    answerWith(body);
    await expect(refresh()).rejects.toMatchObject({ name: 'AppError', code: 'bad_answer' });
  });

  it.each([
    [401, { error: 'invalid_grant', error_description: 'The token has invalid role' }, 'needs_sign_in'],
    [401, { error: 'invalid_grant', error_description: 'The code or secret is not valid' }, 'app_settings'],
    [
      401,
      { error: 'unauthorized_client', error_description: 'The app @a or user @b account failed to load' },
      'service_busy',
    ],
    [429, { error: 'invalid_grant' }, 'too_many_requests'],
    [503, '<html>', 'service_busy'],
    [502, { error: 'invalid_grant', error_description: 'The token has invalid role' }, 'service_error'],
    [501, { error: 'server_error', error_description: 'Request to Steemd API failed' }, 'service_error'],
    [403, '<html>Attention Required!</html>', 'bad_answer'],
    [201, answer, 'service_error'],
  ])('of status %i and %j is %s', async (status, body, code) => {
    answerWith(body, { status });
    await expect(refresh()).rejects.toMatchObject({ name: 'AppError', code });
  });

  it('keeps the network’s own error', async () => {
    ports.script.http[route] = () => Promise.reject(new AppError('timeout'));
    await expect(refresh()).rejects.toMatchObject({ code: 'timeout' });
  });

  it('that repeats what we sent is not repeated to people', async () => {
    answerWith(
      { error: 'invalid_grant', error_description: 'PLANTED-REFRESH PLANTED-CODE of PLANTED-SECRET' },
      { status: 401 },
    );
    for (const call of [refresh(), exchange()])
      await call.then(
        () => expect.unreachable(),
        (error: unknown) => expect(JSON.stringify(error)).not.toMatch(/SECRET/),
      );
    await expect(refresh()).rejects.toMatchObject({ details: '••• PLANTED-CODE of •••' });
    await expect(exchange()).rejects.toMatchObject({ details: 'PLANTED-REFRESH ••• of •••' });
  });
});
