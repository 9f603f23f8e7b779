import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from './auth-client.ts';
import { createClient, invalidRole, refusal, serviceNames, startAuthSandbox } from './auth-client.ts';
import type { Sandbox } from './index.ts';
import { requestSandbox } from './request.ts';
import { parseBody, postJson } from './test-client.ts';

let sandbox: Sandbox;
let v2: Client;
let v3: Client;
beforeEach(async () => {
  sandbox = await startAuthSandbox();
  v2 = createClient(sandbox, 'steemconnect');
  v3 = createClient(sandbox, 'steemlogin');
});
afterEach(() => sandbox.close());

const secret = { client_secret: 'the secret' };
const wrongSecret = refusal('invalid_grant', 'The code or secret is not valid');

describe.each(serviceNames)('%s', (name) => {
  test('a code, then its refresh token, bring new pairs of exactly four fields', async () => {
    const { issue, exchange, service } = createClient(sandbox, name);
    const first = parseBody(await exchange({ code: issue('code', ['vote', 'offline']), ...secret }));
    expect(first).toEqual({
      access_token: service.validAccessTokens()[0],
      expires_in: 604_800,
      username: 'bob',
      refresh_token: service.validRefreshTokens()[0],
    });
    const second = parseBody(
      await exchange({ refresh_token: service.validRefreshTokens()[0] ?? '', ...secret }),
    );
    expect(second).toMatchObject({ username: 'bob', refresh_token: service.validRefreshTokens()[1] });
    expect(service.validAccessTokens('bob')).toHaveLength(2);
  });

  test('any method, a form or the query, a slash at the end: all the same', async () => {
    const { issue, api } = createClient(sandbox, name);
    const fields = new URLSearchParams({ code: issue('code'), ...secret }).toString();
    const form = await requestSandbox(sandbox, `${api}/oauth2/token/`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: fields,
    });
    const query = await requestSandbox(sandbox, `${api}/oauth2/token?${fields}`);
    expect([form.status, query.status]).toEqual([200, 200]);
  });

  test('an Authorization header takes the place of the code', async () => {
    const { issue, api } = createClient(sandbox, name);
    for (const authorization of [
      `Basic ${Buffer.from('some.app:the secret').toString('base64')}`,
      issue('access'),
    ]) {
      const answer = await postJson(
        sandbox,
        `${api}/oauth2/token`,
        { code: issue('code'), ...secret },
        { authorization },
      );
      expect(answer.status).toBe(401);
      expect(parseBody(answer)).toEqual(invalidRole);
    }
  });

  test.each(['access', 'unknown'])('no code but a token that is %s', async (kind) => {
    const { issue, exchange } = createClient(sandbox, name);
    const answer = await exchange({ code: kind === 'access' ? issue('access') : 'no such code', ...secret });
    expect([answer.status, parseBody(answer)]).toEqual([401, invalidRole]);
  });

  test('a wrong secret', async () => {
    const { issue, exchange } = createClient(sandbox, name);
    const answer = await exchange({ code: issue('code'), client_secret: 'no' });
    expect([answer.status, parseBody(answer)]).toEqual([401, wrongSecret]);
  });

  test('an app that is bound to other addresses', async () => {
    const { issue, exchange, service } = createClient(sandbox, name);
    service.registerApp({
      clientId: 'some.app',
      secret: 'the secret',
      redirectUris: [],
      allowedIps: ['192.0.2.1'],
    });
    const answer = await exchange({ code: issue('code'), ...secret });
    expect(parseBody(answer)).toEqual(refusal('unauthorized_access', 'The IP 127.0.0.1 is not authorized'));
  });

  test('codes and refresh tokens work again, unless a test makes the server single-use', async () => {
    const { issue, exchange, service } = createClient(sandbox, name);
    const [code, refresh] = [issue('code'), issue('refresh')];
    for (const fields of [{ code }, { code }, { refresh_token: refresh }, { refresh_token: refresh }]) {
      expect((await exchange({ ...fields, ...secret })).status).toBe(200);
    }
    service.rotation = 'single-use';
    for (const status of [200, 401]) {
      expect((await exchange({ refresh_token: refresh, ...secret })).status).toBe(status);
    }
    expect(service.validRefreshTokens()).not.toContain(refresh);
  });

  test('a token that a test expires or revokes is refused', async () => {
    const { issue, me, exchange, service } = createClient(sandbox, name);
    const [access, refresh] = [issue('access'), issue('refresh')];
    expect((await me(access)).status).toBe(200);
    service.expire(access);
    service.revoke(refresh);
    expect(parseBody(await me(access))).toEqual(invalidRole);
    expect(parseBody(await exchange({ refresh_token: refresh, ...secret }))).toEqual(invalidRole);
    expect([service.validAccessTokens(), service.validRefreshTokens()]).toEqual([[], []]);
    expect(() => service.expire('never issued')).toThrow('never issued');
  });

  test('short-lived tokens say so', async () => {
    const { issue, exchange, service } = createClient(sandbox, name);
    service.accessTokenSeconds = 90;
    expect(parseBody(await exchange({ code: issue('code'), ...secret }))).toMatchObject({ expires_in: 90 });
  });

  test('every origin may call', async () => {
    const { api, me } = createClient(sandbox, name);
    const preflight = await requestSandbox(sandbox, `${api}/oauth2/token`, {
      method: 'OPTIONS',
      headers: { 'access-control-request-headers': 'authorization,content-type' },
    });
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'authorization,content-type',
      },
    });
    expect((await me('')).headers['access-control-allow-origin']).toBe('*');
  });

  test('an unknown path, JSON that does not parse, the internal authorize call', async () => {
    const { api, issue } = createClient(sandbox, name);
    expect((await requestSandbox(sandbox, `${api}/nothing`)).text).toContain('Cannot GET /api/nothing');
    const headers = { 'content-type': 'application/json' };
    expect((await requestSandbox(sandbox, `${api}/me`, { headers, body: '{' })).status).toBe(400);
    const authorize = await postJson(
      sandbox,
      `${api}/oauth2/authorize`,
      {},
      { authorization: issue('access') },
    );
    expect(parseBody(authorize)).toEqual(invalidRole);
  });
});

describe('v2 alone', () => {
  test('a refresh token only with the scope `offline`', async () => {
    expect(parseBody(await v2.exchange({ code: v2.issue('code', ['vote']), ...secret }))).not.toHaveProperty(
      'refresh_token',
    );
  });

  test('a code ends after 600 s, an access token when its time is over', async () => {
    const [code, access] = [v2.issue('code'), v2.issue('access')];
    sandbox.clockOffsetMs = 599_000;
    expect((await v2.exchange({ code, ...secret })).status).toBe(200);
    sandbox.clockOffsetMs = 601_000;
    expect(parseBody(await v2.exchange({ code, ...secret }))).toEqual(invalidRole);
    expect((await v2.me(access)).status).toBe(200);
    sandbox.clockOffsetMs = 604_801_000;
    expect(parseBody(await v2.me(access))).toEqual(invalidRole);
  });

  test('no secret at all is a wrong secret', async () => {
    expect(parseBody(await v2.exchange({ code: v2.issue('code') }))).toEqual(wrongSecret);
  });

  test('revocation works, for that token alone', async () => {
    const [one, other] = [v2.issue('access'), v2.issue('access')];
    const revoke = `${v2.api}/oauth2/token/revoke`;
    const answer = await postJson(sandbox, revoke, { token: other }, { authorization: one });
    expect(parseBody(answer)).toEqual({ success: true });
    expect(parseBody(await v2.me(one))).toEqual(
      refusal('invalid_grant', 'The access_token has been revoked'),
    );
    expect((await v2.me(other)).status).toBe(200);
  });

  test('a disabled app', async () => {
    const app = v2.service.findApp('some.app');
    if (app) app.disabled = true;
    expect(parseBody(await v2.me(v2.issue('access')))).toEqual(
      refusal('application_disabled', 'This application has been disabled by SteemConnect'),
    );
  });

  test('both hosts serve the API', async () => {
    const headers = { authorization: v2.issue('access') };
    expect((await requestSandbox(sandbox, 'https://api.steemconnect.com/api/me', { headers })).status).toBe(
      200,
    );
  });
});

describe('v3 alone', () => {
  test('the server does not look at the time, unless a test tightens it', async () => {
    const [code, access] = [v3.issue('code'), v3.issue('access')];
    sandbox.clockOffsetMs = 30 * 86_400_000;
    expect((await v3.exchange({ code, ...secret })).status).toBe(200);
    expect((await v3.me(access)).status).toBe(200);
    v3.service.enforcesExpiry = true;
    expect(parseBody(await v3.me(access))).toEqual(invalidRole);
  });

  test('without a secret there is never an answer', async () => {
    const body = JSON.stringify({ code: v3.issue('code') });
    const waiting = requestSandbox(sandbox, `${v3.api}/oauth2/token`, {
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(300),
    });
    await expect(waiting).rejects.toThrow('aborted');
  });

  test('revocation says success and does nothing', async () => {
    const access = v3.issue('access');
    const answer = await postJson(sandbox, `${v3.api}/oauth2/token/revoke`, {}, { authorization: access });
    expect(parseBody(answer)).toEqual({ success: true });
    expect((await v3.me(access)).status).toBe(200);
  });

  test('SteemLogin’s web host has no API', async () => {
    const answer = await requestSandbox(sandbox, 'https://steemlogin.com/api/me');
    expect(answer.status).toBe(404);
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});
