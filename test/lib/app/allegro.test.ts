import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxApp, signInToAllegro, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededAllegroApp, seededAllegroSecretApp, seededAllegroUsers } from '../../sandbox/allegro/seed.ts';
import { seededOffers, seededOrders } from '../../sandbox/allegro/seed-trade.ts';
import { htmlAnswer, textAnswer } from '../../sandbox/index.ts';

const minute = 60_000;
const hour = 60 * minute;
const tokenPath = '/auth/oauth/token';
const { seller, buyer } = seededAllegroUsers;

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const only = async (app = house.app) => {
  const [account] = (await app.invoke('accounts.list', {})).accounts;
  if (account === undefined) throw new Error('no account');
  return account;
};
const tokenCalls = () =>
  house.sandbox.requests
    .find({ host: 'allegro.pl', path: tokenPath })
    .map(({ headers, body }) => ({ headers, form: new URLSearchParams(body) }));
const readEntries = async () => (await house.app.invoke('journal.list', {})).entries;
const refuses = (code: string) => ({ refusal: { code } });

/** Rings the alarm at its time, as a browser does, until so much time has passed. */
async function live(ms: number, app = house.app): Promise<void> {
  for (const end = house.clock.now() + ms; ;) {
    const next = house.ports.alarmTimes.get('refresh') ?? Infinity;
    house.clock.advance(Math.max(0, Math.min(next, end) - house.clock.now()));
    if (next > end) return;
    house.ports.alarmTimes.delete('refresh');
    await app.onAlarm('refresh');
  }
}

describe('signing in to Allegro', () => {
  it.each([1, 2])('works with PKCE alone, whatever the shape of the code (%i)', async (round) => {
    house.sandbox.allegro.codeShape = round === 1 ? 'short' : 'long';
    await signInToAllegro(house);
    const account = await only();
    expect(account).toMatchObject({ name: seller, service: 'Allegro', health: { state: 'ends' } });
    expect(account.scopes).toEqual(['allegro:api:profile:read', 'allegro:api:sale:settings:read']);
    const [exchange, ...more] = tokenCalls();
    expect(more).toEqual([]);
    expect(exchange?.headers['authorization']).toBeUndefined();
    expect([...(exchange?.form.keys() ?? [])].toSorted()).toEqual([
      'client_id',
      'code',
      'code_verifier',
      'grant_type',
      'redirect_uri',
    ]);
  });

  it('works with a secret, and then renews itself for months', async () => {
    await signInToAllegro(house, seededAllegroSecretApp);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
    const [exchange] = tokenCalls();
    expect(exchange?.headers['authorization']).toMatch(/^Basic /);
    expect(exchange?.form.has('code_verifier')).toBe(true);
    await live(100 * 24 * hour);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
    expect(
      tokenCalls()
        .slice(1)
        .every(({ form }) => form.get('grant_type') === 'refresh_token'),
    ).toBe(true);
    expect(house.sandbox.allegro.validRefreshTokens(seller)).toHaveLength(1);
  });

  it('asks whether it is the right account, but not when it renews', async () => {
    const account = await signInToAllegro(house);
    const pages = () =>
      house.sandbox.requests
        .find({ path: '/auth/oauth/authorize', method: 'GET' })
        .map(({ query }) => query.get('prompt'));
    expect(pages()).toEqual(['confirm']);
    await house.app.invoke('accounts.refresh', { account });
    await house.app.invoke('accounts.sign-in', { provider: 'allegro', account });
    expect(pages()).toEqual(['confirm', null, null]);
  });

  it('keeps a second account beside the first, and the sandbox environment apart', async () => {
    await signInToAllegro(house);
    house.sandbox.allegro.signedIn = [buyer];
    house.person.allows = buyer;
    await house.app.invoke('accounts.sign-in', { provider: 'allegro' });
    house.person.allows = seller;
    const trial = { provider: 'allegro-sandbox', ...seededAllegroApp, authBase: '', apiBase: '' };
    await house.app.invoke('services.save', trial);
    await house.app.invoke('accounts.sign-in', { provider: 'allegro-sandbox' });
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts.map(({ name, service }) => [name, service])).toEqual([
      [seller, 'Allegro'],
      [buyer, 'Allegro'],
      [seller, 'Allegro sandbox'],
    ]);
  });

  it('sends a code once, and says when it came too late', async () => {
    house.sandbox.misbehave({ path: tokenPath, times: 1, how: 'drop-after' });
    await expect(signInToAllegro(house)).rejects.toMatchObject(refuses('network'));
    expect(tokenCalls()).toHaveLength(1);
    house.sandbox.misbehave({ path: tokenPath, times: 1, how: { kind: 'hold' } });
    expect((await house.app.invoke('accounts.list', {})).accounts).toEqual([]);
  });

  it('says what is wrong with a secret, and with a key of the other kind', async () => {
    const wrong = { ...seededAllegroSecretApp, clientSecret: 'not-the-secret' };
    await expect(signInToAllegro(house, wrong)).rejects.toMatchObject(refuses('allegro_unauthorized'));
    house.sandbox.allegro.credentialsError = 'invalid_client';
    await expect(signInToAllegro(house, wrong)).rejects.toMatchObject(refuses('app_settings'));
  });
});

describe('a session without a secret', () => {
  it('is renewed silently after twelve hours, where Allegro asks nothing', async () => {
    await signInToAllegro(house);
    const before = house.sandbox.allegro.validAccessTokens(seller);
    await live(12 * hour);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
    expect(house.sandbox.allegro.validAccessTokens(seller)).not.toEqual(before);
    expect(tokenCalls().map(({ form }) => form.get('grant_type'))).not.toContain('refresh_token');
  });

  it('asks for one click where Allegro asks', async () => {
    const account = await signInToAllegro(house);
    house.sandbox.allegro.signedIn = [];
    await live(12 * hour);
    expect((await only()).health).toMatchObject({ state: 'needs_sign_in' });
    house.sandbox.allegro.signedIn = [seller];
    await house.app.invoke('accounts.sign-in', { provider: 'allegro', account });
    expect((await only()).health).toMatchObject({ state: 'ends' });
  });
});

describe('a refresh', () => {
  const signIn = () => signInToAllegro(house, seededAllegroSecretApp);

  it('whose answer was lost is made good within the minute of grace', async () => {
    await signIn();
    house.sandbox.misbehave({ path: tokenPath, times: 1, how: 'drop-after' });
    await live(12 * hour);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
    expect(tokenCalls()).toHaveLength(3);
  });

  it('whose answer was lost for longer asks the person, and its token is shown nowhere', async () => {
    const account = await signIn();
    house.sandbox.allegro.graceSeconds = 0;
    const [planted = ''] = house.sandbox.allegro.validRefreshTokens(seller);
    house.sandbox.misbehave({ path: tokenPath, times: 1, how: 'drop-after' });
    await live(12 * hour);
    const health = (await only()).health;
    expect(health).toMatchObject({ state: 'needs_sign_in' });
    expect(planted.length).toBeGreaterThan(1000);
    const failed = await house.app
      .invoke('lookup.run', { account, lookup: 'me', params: {} })
      .catch(JSON.stringify);
    const told = JSON.stringify([health, failed, await readEntries(), house.ports.seen]);
    expect(told).toContain('needs_sign_in');
    for (const piece of [planted, planted.slice(0, 40), planted.slice(-40)])
      expect(told).not.toContain(piece);
  });

  it.each(['before', 'after'] as const)(
    'whose worker died %s Allegro acted is found again in time',
    async (when) => {
      const account = await signIn();
      const rule = house.sandbox.misbehave({ path: tokenPath, times: 1, how: { kind: 'hold', when } });
      house.clock.advance(11.9 * hour);
      void house.app.onAlarm('refresh');
      await rule.hit;
      const next = house.restart();
      rule.release();
      await next.start();
      await live(minute, next);
      expect((await only(next)).health).toMatchObject({ state: 'fresh' });
      const page = await next.invoke('lookup.run', { account, lookup: 'me', params: {} });
      expect(page.rows).toHaveLength(1);
    },
  );

  it('of an unlinked app says so', async () => {
    await signIn();
    house.sandbox.allegro.revoke(seller);
    await live(12 * hour);
    expect((await only()).health).toMatchObject({ state: 'needs_sign_in' });
    expect(await readEntries()).toMatchObject([{ code: 'allegro_unauthorized' }, {}]);
  });

  it.each([
    ['a CORS refusal', textAnswer('Invalid CORS request', 403), 'allegro_cors'],
    ['an empty 403', { status: 403, headers: {}, body: '' }, 'allegro_empty_answer'],
    ['an empty 400', { status: 400, headers: {}, body: '' }, 'allegro_empty_answer'],
    ['a 429', { status: 429, headers: {}, body: '' }, 'too_many_requests'],
    ['a 503 page', htmlAnswer('<html></html>', 503), 'service_busy'],
  ] as const)('that meets %s says so and keeps the tokens', async (_what, answer, code) => {
    const account = await signIn();
    house.sandbox.allegro.nextError(answer, { path: tokenPath });
    await expect(house.app.invoke('accounts.refresh', { account })).rejects.toMatchObject(refuses(code));
    await live(2 * minute);
    expect((await only()).health).toMatchObject({ state: 'fresh' });
  });

  it.each(['datadome', 'redirect'] as const)(
    'that meets a guard of robots (%s) keeps the tokens',
    async (how) => {
      const account = await signIn();
      house.sandbox.allegro.blocking = how;
      const refresh = () => house.app.invoke('accounts.refresh', { account });
      await expect(refresh()).rejects.toMatchObject(refuses('allegro_blocked'));
      house.sandbox.allegro.blocking = undefined;
      await refresh();
      expect((await only()).health).toMatchObject({ state: 'fresh' });
    },
  );
});

describe('looking up', () => {
  const run = (account: string, lookup: string, params: Record<string, string> = {}, next?: string) =>
    house.app.invoke('lookup.run', { account, lookup, params, next });
  async function readAll(account: string, lookup: string, params: Record<string, string>) {
    const rows: Record<string, string | number>[] = [];
    for (let next: string | undefined; ;) {
      const page = await run(account, lookup, params, next);
      rows.push(...page.rows);
      if (page.next === undefined) return rows;
      next = page.next;
    }
  }

  it('shows the person, their conditions and the public lists after the first sign-in', async () => {
    const account = await signInToAllegro(house);
    expect((await run(account, 'me')).rows).toMatchObject([{ login: seller, marketplace: 'allegro-pl' }]);
    expect((await run(account, 'warranties')).rows.map(({ name }) => name)).toHaveLength(3);
    const detailed = await run(account, 'warranties', { details: 'yes', limit: '2' });
    expect(detailed.rows).toMatchObject([
      { individual: 'P24M', corporate: 'P12M', type: 'MANUFACTURER' },
      { individual: '∞', type: 'SELLER' },
    ]);
    expect((await run(account, 'return-policies')).rows).toMatchObject([{ availability: 'FULL' }, {}]);
    expect((await run(account, 'implied-warranties', { details: 'yes' })).rows).toMatchObject([
      { individual: 'P2Y', corporate: 'P1Y' },
    ]);
    expect((await run(account, 'ratings')).rows).toMatchObject([{ recommendedPercent: 99.2 }]);
    expect((await run(account, 'marketplaces')).rows).toHaveLength(5);
    expect((await run(account, 'categories')).rows).toHaveLength(4);
    expect((await run(account, 'categories', { parent: '1520' })).rows).toMatchObject([
      { name: 'Beekeeping', leaf: '✓', parent: '1520' },
    ]);
    expect((await run(account, 'categories', { parent: '1536' })).rows).toEqual([]);
  });

  it('asks for offers and orders when they are first wanted, and pages through them', async () => {
    const account = await signInToAllegro(house);
    await expect(run(account, 'offers')).rejects.toMatchObject(refuses('scope_missing'));
    await house.app.invoke('accounts.sign-in', { provider: 'allegro', account, allow: ['offers'] });
    const all = await readAll(account, 'offers', { limit: '30' });
    expect(all).toHaveLength(seededOffers);
    expect(new Set(all.map(({ id }) => id)).size).toBe(seededOffers);
    const ended = await readAll(account, 'offers', { offerStatus: 'ENDED', offerName: 'miód' });
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.every(({ status, name }) => status === 'ENDED' && String(name).includes('Miód'))).toBe(true);
    // The right from before stays when another is added.
    await house.app.invoke('accounts.sign-in', { provider: 'allegro', account, allow: ['orders'] });
    const orders = await readAll(account, 'orders', { limit: '3' });
    expect(orders).toHaveLength(seededOrders);
    expect(orders.every(({ boughtAt, total }) => typeof boughtAt === 'number' && Number(total) > 0)).toBe(
      true,
    );
    expect(await readAll(account, 'offers', { offerName: 'no such thing' })).toEqual([]);
  });

  it('pages through conditions, to the end of what may be asked for', async () => {
    const account = await signInToAllegro(house);
    expect(await readAll(account, 'warranties', { limit: '2' })).toHaveLength(3);
    expect((await run(account, 'warranties', { limit: '60', offset: '59' })).rows).toEqual([]);
  });

  it.each([
    ['warranties', { limit: '61' }, 'limit', 60],
    ['warranties', { limit: '0' }, 'limit', 60],
    ['warranties', { offset: '60' }, 'offset', 59],
    ['offers', { limit: '1001' }, 'limit', 1000],
    ['offers', { limit: '1000', offset: '9999500' }, 'offset', 9_999_000],
    ['orders', { limit: '1.5' }, 'limit', 100],
  ])('says at the field of %s what may stand there (%j)', async (lookup, params, field, most) => {
    const account = await signInToAllegro(house, seededAllegroApp, ['offers', 'orders']);
    house.sandbox.requests.clear();
    await expect(run(account, lookup, params)).rejects.toMatchObject({
      refusal: {
        code: 'out_of_range',
        field,
        message: expect.stringContaining(most.toLocaleString('en')) as string,
      },
    });
    expect(house.sandbox.requests.count({ host: 'api.allegro.pl' })).toBe(0);
  });

  it('finds nothing for a person who sells nothing', async () => {
    house.sandbox.allegro.signedIn = [buyer];
    await house.app.invoke('services.save', {
      provider: 'allegro',
      ...seededAllegroApp,
      authBase: '',
      apiBase: '',
    });
    house.person.allows = buyer;
    const signedIn = await house.app.invoke('accounts.sign-in', {
      provider: 'allegro',
      allow: ['offers', 'orders'],
    });
    for (const lookup of ['warranties', 'return-policies', 'implied-warranties', 'offers', 'orders'])
      expect(await run(signedIn.account.id, lookup)).toMatchObject({ rows: [] });
    await expect(run(signedIn.account.id, 'ratings')).rejects.toMatchObject(refuses('allegro_not_found'));
    await expect(run(signedIn.account.id, 'ratings', { seller: 'bobs-shop' })).rejects.toMatchObject({
      refusal: { code: 'allegro_bad_seller', field: 'seller' },
    });
  });

  it('tells the number that support asks for, and waits a minute after too many requests', async () => {
    const account = await signInToAllegro(house);
    await expect(run(account, 'categories', { parent: 'nothing' })).rejects.toMatchObject({
      refusal: {
        code: 'allegro_not_found',
        details: expect.stringMatching(/Trace-Id: [0-9a-f]{16}/) as string,
      },
    });
    house.sandbox.allegro.callsPerMinute = 0;
    await expect(run(account, 'me')).rejects.toMatchObject(refuses('too_many_requests'));
  });

  it('renews a token that Allegro takes no more, once', async () => {
    const account = await signInToAllegro(house, seededAllegroSecretApp);
    for (const token of house.sandbox.allegro.validAccessTokens(seller)) house.sandbox.allegro.expire(token);
    expect((await run(account, 'warranties')).rows).toHaveLength(3);
    expect(tokenCalls()).toHaveLength(2);
  });

  it('asks for the vendor’s media type and the person’s language, and names itself', async () => {
    const account = await signInToAllegro(house);
    house.sandbox.requests.clear();
    await run(account, 'me');
    const [{ headers, client } = { headers: {}, client: '' }] = house.sandbox.requests.find({ path: '/me' });
    expect(headers).toMatchObject({
      accept: 'application/vnd.allegro.public.v1+json',
      'accept-language': 'en-US',
    });
    expect(client).toMatch(/^Latchkey\/[\d.]+ \(\+https:/);
  });
});
