/** Answers that the fuzzer found to do harm: each did, before it was written down here. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SandboxApp,
  signInToAllegro,
  signInToTwitter,
  signInToX,
  startSandboxApp,
} from '../../headless/sandbox-app.ts';
import { seededAllegroSecretApp } from '../../sandbox/allegro/seed.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const status = (code: number, body: string) => ({ kind: 'status', status: code, body }) as const;
const outcome = async (work: Promise<unknown>) =>
  JSON.stringify(await work.catch((failure: unknown) => failure));

describe('a token', () => {
  it('that the service repeats in an error under a good status is shown to nobody', async () => {
    const account = await signInToX(house);
    const [token = ''] = house.sandbox.x.validAccessTokens();
    expect(token).not.toBe('');
    const detail = `authorization: Bearer ${token}`;
    house.sandbox.misbehave({
      host: 'api.x.com',
      how: status(200, JSON.stringify({ title: detail, detail, errors: [{ detail }] })),
    });
    expect(await outcome(house.app.invoke('tweet.check', { account, text: 'Bees' }))).not.toContain(token);
  });

  it('that comes under a wrong status and in half a JSON is shown to nobody', async () => {
    const account = await signInToX(house);
    const token = 'QWxhZGRpbjpvcGVuIHNlc2FtZSBhbmQgc28gb24';
    house.sandbox.misbehave({
      path: '/2/oauth2/token',
      times: Infinity,
      how: status(503, `en_type":"bearer","access_token":"${token}"}`),
    });
    expect(await outcome(house.app.invoke('accounts.refresh', { account }))).not.toContain(token);
  });

  it('of OAuth 1.0a that comes under a wrong status is shown to nobody', async () => {
    const token = '1450000000000000001-abcdefghijklmnopqrstuvwxyz';
    house.sandbox.misbehave({
      path: '/oauth/access_token',
      how: status(403, `oauth_token=${token}&oauth_token_secret=${token}`),
    });
    expect(await outcome(signInToTwitter(house))).not.toContain(token);
  });
});

describe('a life of a token', () => {
  it.each([1e30, 1e306])('of %d s ends at a time that a calendar has', async (seconds) => {
    const account = await signInToX(house);
    house.sandbox.misbehave({
      path: '/2/oauth2/token',
      how: status(
        200,
        `{"token_type":"bearer","access_token":"new-token","refresh_token":"new-refresh","expires_in":${seconds}}`,
      ),
    });
    await house.app.invoke('accounts.refresh', { account });
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts).toMatchObject([{ id: account, health: { state: 'fresh' } }]);
    expect(accounts[0]?.health).not.toMatchObject({ until: expect.any(Number) as unknown });
  });
});

describe('a look-up', () => {
  it('leaves out numbers that are none and times that no calendar has', async () => {
    const account = await signInToX(house);
    const headers = {
      'x-rate-limit-limit': '1',
      'x-rate-limit-remaining': '1',
      'x-rate-limit-reset': '9'.repeat(20),
    };
    house.sandbox.misbehave({
      host: 'api.x.com',
      how: { ...status(200, '[{"a":1e999,"b":2}]'), headers },
    });
    const page = await house.app.invoke('custom-lookups.try', {
      ...{ provider: 'x', account, address: '/2/tweets', rows: '', params: {} },
    });
    expect(page.rows).toEqual([{ b: 2 }]);
    expect(page.limit).toBeUndefined();
  });

  it('of an answer nested a hundred thousand deep is refused in words', async () => {
    const account = await signInToAllegro(house, seededAllegroSecretApp);
    house.sandbox.misbehave({
      host: 'api.allegro.pl',
      how: status(200, '{"a":['.repeat(50_000) + ']}'.repeat(50_000)),
    });
    const ask = { provider: 'allegro', account, address: '/me', rows: '', params: {} };
    await expect(house.app.invoke('custom-lookups.try', ask)).rejects.toMatchObject({
      refusal: { code: 'bad_answer' },
    });
  });
});
