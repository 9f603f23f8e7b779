import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededWarranties } from './allegro/seed-after-sales.ts';
import { seededOffers, seededOrders } from './allegro/seed-trade.ts';
import { seedAllegro, seededAllegroApp, seededAllegroSecretApp } from './allegro/seed.ts';
import type { AllegroClient } from './allegro/test-client.ts';
import { basic, createAllegroClient, parse, readText, summarize, vendorType } from './allegro/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';

let sandbox: Sandbox;
let client: AllegroClient;
let seller: string;
let buyer: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  seedAllegro(sandbox.allegro);
  client = createAllegroClient(sandbox, sandbox.allegro);
  seller = sandbox.allegro.issueTokens(seededAllegroApp.clientId, 'bobs-shop').access;
  buyer = sandbox.allegro.issueTokens(seededAllegroApp.clientId, 'alice-buys').access;
});
afterEach(() => sandbox.close());

const conditions = '/after-sales-service-conditions';
const userMessage = (text: string): object => ({ errors: [{ userMessage: text }] });
const tokenFor = (scope: readonly string[]): string =>
  sandbox.allegro.issueTokens(seededAllegroApp.clientId, 'bobs-shop', scope).access;
const takeAppToken = async (service = sandbox.allegro): Promise<string> => {
  const fields = { grant_type: 'client_credentials' };
  const asking = createAllegroClient(sandbox, service);
  return readText(
    await asking.token(fields, { authorization: basic(seededAllegroSecretApp) }),
    'access_token',
  );
};

describe('what every call needs', () => {
  test.each(['', '*/*', 'application/json', 'application/vnd.allegro.beta.v1+json'])(
    'Accept %j: 406',
    async (accept) => {
      const answer = await client.call(seller, '/me', { headers: { accept } });
      expect(summarize(answer)).toMatchObject([406, { errors: [{ code: 'NotAcceptableException' }] }]);
    },
  );

  test('the type may stand beside others, and is that of the answer', async () => {
    const answer = await client.call(seller, '/me', {
      headers: { accept: `text/html, ${vendorType};q=0.9` },
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, `${vendorType};charset=UTF-8`]);
  });

  test('no token, one that is none, a refresh token', async () => {
    expect(summarize(await client.call('', '/me'))).toMatchObject([401, { error: 'unauthorized' }]);
    const { refresh } = sandbox.allegro.issueTokens(seededAllegroApp.clientId, 'bobs-shop');
    for (const text of ['wrong', seller.slice(0, -10), refresh]) {
      expect(summarize(await client.call(text, '/me'))).toEqual([
        401,
        { error: 'invalid_token', error_description: 'Cannot convert access token to JSON' },
      ]);
    }
  });

  test('a Trace-Id on each answer of the API, on none of the token endpoint', async () => {
    const answers = [
      await client.call(seller, '/me'),
      await client.call('', '/me'),
      await client.call(seller, '/unheard-of'),
      await client.call(seller, '/me', { headers: { origin: 'https://steemit.com' } }),
    ];
    for (const { headers } of answers) expect(headers['trace-id']).toMatch(/^[0-9a-f]{16}$/);
    expect((await client.token({ grant_type: 'x' })).headers['trace-id']).toBeUndefined();
  });

  test('Accept-Language decides the text for people', async () => {
    const denied = (language: string) =>
      client.call(tokenFor([]), '/me', { headers: { 'accept-language': language } });
    const english = userMessage('Access denied. Contact the author of the application.');
    for (const language of ['', 'en-US', 'zh-CN', 'ru,en;q=0.8']) {
      expect(parse(await denied(language))).toMatchObject(english);
    }
    for (const language of ['pl-PL', 'pl,en-US;q=0.7', 'ru,pl-PL;q=0.8']) {
      expect(parse(await denied(language))).toMatchObject(
        userMessage('Brak dostępu. Skontaktuj się z autorem aplikacji.'),
      );
    }
  });

  test.each([
    ['/me', 'allegro:api:profile:read', 'AccessDenied'],
    ['/users/46968690/ratings-summary', 'allegro:api:profile:read', 'AccessDenied'],
    ['/sale/offers', 'allegro:api:sale:offers:read', 'AccessDenied'],
    ['/order/checkout-forms', 'allegro:api:orders:read', 'AccessDenied'],
    [`${conditions}/warranties`, 'allegro:api:sale:settings:read', ''],
    [`${conditions}/return-policies`, 'allegro:api:sale:settings:read', ''],
    [`${conditions}/implied-warranties`, 'allegro:api:sale:settings:read', ''],
  ])('%s needs %s', async (path, scope, code) => {
    expect((await client.call(tokenFor([scope]), path)).status).toBe(200);
    const answer = await client.call(tokenFor(['allegro:api:bids']), path);
    expect(answer.status).toBe(403);
    if (code === '') expect(answer.text).toBe('');
    else expect(parse(answer)).toMatchObject({ errors: [{ code, path: null }] });
  });

  test('answers without a body, where the specification has none', async () => {
    const bare = await Promise.all([
      client.call('', `${conditions}/warranties`),
      client.call(seller, `${conditions}/warranties/unknown`),
      client.call('', '/order/checkout-forms'),
      client.call(seller, '/order/checkout-forms', { headers: { accept: '*/*' } }),
      client.call(seller, '/order/checkout-forms?limit=101'),
    ]);
    expect(bare.map(({ status, text }) => [status, text])).toEqual([
      [401, ''],
      [404, ''],
      [401, ''],
      [406, ''],
      [422, ''],
    ]);
  });

  test('more calls than the minute has room for: 429 for a minute', async () => {
    sandbox.allegro.callsPerMinute = 2;
    const statusAt = async (seconds: number, token = seller): Promise<number> => {
      sandbox.clockOffsetMs = seconds * 1000;
      return (await client.call(token, '/me')).status;
    };
    expect([await statusAt(0), await statusAt(1)]).toEqual([200, 200]);
    // All people of the client id together; the block is not made longer by asking.
    expect([await statusAt(2, buyer), await statusAt(30)]).toEqual([429, 429]);
    expect(await statusAt(63)).toBe(200);
  });

  test('unknown, closed, removed, and wrong method', async () => {
    const ask = async (path: string, method = 'GET') =>
      summarize(await client.call(seller, path, { method }));
    expect(await ask('/unheard-of')).toMatchObject([404, { errors: [{ code: 'NotFoundException' }] }]);
    expect(await ask('/offers/listing?phrase=x')).toMatchObject([
      403,
      { errors: [{ code: 'VerificationRequired' }] },
    ]);
    expect(await ask('/sale/offers/7680000001')).toMatchObject([403, { errors: [{ code: 'AccessDenied' }] }]);
    expect(await ask('/me', 'DELETE')).toMatchObject([405, { errors: [{ code: 'MethodNotAllowed' }] }]);
  });

  test('a parameter the sandbox does not act upon is told, never ignored', async () => {
    const answer = await client.call(seller, `${conditions}/warranties?sellerId=46968690`);
    expect([answer.status, answer.text]).toEqual([
      501,
      'The sandbox does not know the parameter sellerId here.',
    ]);
  });
});

describe("an app's own token", () => {
  test('reads categories, and nothing of people', async () => {
    const token = await takeAppToken();
    expect((await client.call(token, '/sale/categories')).status).toBe(200);
    for (const path of ['/me', '/sale/offers', `${conditions}/warranties`]) {
      expect((await client.call(token, path)).status).toBe(403);
    }
  });

  test("at Allegro's sandbox /me answers 500", async () => {
    seedAllegro(sandbox.allegroSandbox);
    const other = createAllegroClient(sandbox, sandbox.allegroSandbox);
    expect((await other.call(await takeAppToken(sandbox.allegroSandbox), '/me')).status).toBe(500);
  });
});

test('me: with and without a company', async () => {
  expect(parse(await client.call(seller, '/me'))).toMatchObject({
    id: '46968690',
    login: 'bobs-shop',
    baseMarketplace: { id: 'allegro-pl' },
    company: { name: 'Miód i Ule Bob' },
  });
  expect(parse(await client.call(buyer, '/me'))).toMatchObject({ login: 'alice-buys', company: null });
});

describe('after-sales conditions', () => {
  test('warranties: id and name in the list, the rest in the detail', async () => {
    const list = await client.call(seller, `${conditions}/warranties`);
    expect(parse(list)).toEqual({
      count: 3,
      warranties: [
        { id: seededWarranties.maker, name: 'Gwarancja producenta 24 miesiące' },
        { id: seededWarranties.lifetime, name: 'Dożywotnia gwarancja na dłuta' },
        { id: seededWarranties.year, name: '12 miesięcy <b>bez pytań</b>' },
      ],
    });
    expect(
      parse(await client.call(seller, `${conditions}/warranties/${seededWarranties.maker}`)),
    ).toMatchObject({
      seller: { id: '46968690' },
      type: 'MANUFACTURER',
      individual: { period: 'P24M', lifetime: false },
      attachment: { name: 'karta-gwarancyjna.pdf' },
    });
  });

  test("another person's warranty is not found", async () => {
    const answer = await client.call(buyer, `${conditions}/warranties/${seededWarranties.maker}`);
    expect(answer.status).toBe(404);
  });

  test('return policies come whole, implied warranties short', async () => {
    expect(parse(await client.call(seller, `${conditions}/return-policies`))).toMatchObject({
      count: 2,
      returnPolicies: [
        { withdrawalPeriod: 'P14D', seller: { id: '46968690' } },
        { availability: { range: 'DISABLED' }, address: null, options: null },
      ],
    });
    const list = await client.call(seller, `${conditions}/implied-warranties`);
    expect(parse(list)).toMatchObject({ count: 1, impliedWarranties: [{ name: 'Reklamacja: 2 lata' }] });
    const path = `${conditions}/implied-warranties/5f1cbf7e-6d5e-4e77-9d5b-7b0a6a2f0e77`;
    expect(parse(await client.call(seller, path))).toMatchObject({ individual: { period: 'P2Y' } });
  });

  test.each([
    'limit=0',
    'limit=61',
    'limit=100',
    'limit=x',
    'limit=',
    'offset=60',
    'offset=-1',
    'limit=1&limit=2',
  ])('%s is refused, not cut to fit', async (query) => {
    for (const list of ['warranties', 'return-policies', 'implied-warranties']) {
      const answer = await client.call(seller, `${conditions}/${list}?${query}`);
      expect(summarize(answer)).toMatchObject([422, { errors: [{ path: query.split('=')[0] }] }]);
    }
  });

  test('paging, and the empty lists of somebody who does not sell', async () => {
    const page = await client.call(seller, `${conditions}/warranties?limit=2&offset=2`);
    expect(parse(page)).toMatchObject({ count: 3, warranties: [{ id: seededWarranties.year }] });
    expect(parse(await client.call(buyer, `${conditions}/warranties?limit=60&offset=59`))).toEqual({
      count: 0,
      warranties: [],
    });
  });
});

describe('offers', () => {
  const list = async (query = '', token = seller) =>
    summarize(await client.call(token, `/sale/offers${query}`));

  test('pages of twenty, with both counts', async () => {
    expect(await list()).toMatchObject([200, { count: 20, totalCount: seededOffers }]);
    expect(await list('?limit=30&offset=60')).toMatchObject([200, { count: 13, totalCount: seededOffers }]);
    expect(await list('?limit=1000')).toMatchObject([200, { count: seededOffers }]);
    expect(await list('', buyer)).toEqual([200, { offers: [], count: 0, totalCount: 0 }]);
  });

  test('filters and order', async () => {
    const [, body] = await list(
      '?name=MI%C3%93D&publication.status=ENDED&publication.status=INACTIVE&limit=50',
    );
    // The stand-in's own answer, whose shape the tests above assert.
    const { offers } = body as { offers: { name: string; publication: { status: string } }[] };
    expect(offers.length).toBeGreaterThan(2);
    expect(offers.every(({ name }) => name.startsWith('Miód'))).toBe(true);
    expect(new Set(offers.map(({ publication }) => publication.status))).toEqual(
      new Set(['ENDED', 'INACTIVE']),
    );
    const dear = { sellingMode: { price: { amount: '389.99' } } };
    expect(await list('?sort=-sellingMode.price.amount&limit=1')).toMatchObject([200, { offers: [dear] }]);
    const auction = { sellingMode: { format: 'AUCTION', price: null } };
    expect(await list('?sellingMode.format=AUCTION&limit=1')).toMatchObject([200, { offers: [auction] }]);
    expect(await list('?external.id=MAG-5')).toMatchObject([200, { totalCount: 1 }]);
    expect(await list('?offer.id=7680000001&offer.id=7680000018')).toMatchObject([200, { totalCount: 2 }]);
  });

  test.each(['limit=0', 'limit=1001', 'offset=10000000', 'sort=name', 'publication.status=active'])(
    '%s: 422',
    async (query) => {
      expect(await list(`?${query}`)).toMatchObject([422, { errors: [{ path: query.split('=')[0] }] }]);
    },
  );
});

describe('orders', () => {
  const list = async (query = '', token = seller) =>
    summarize(await client.call(token, `/order/checkout-forms${query}`));

  test('sums, buyers and both counts', async () => {
    expect(await list('?limit=2&offset=5')).toMatchObject([200, { count: 2, totalCount: seededOrders }]);
    expect(await list('?limit=1')).toMatchObject([
      200,
      {
        checkoutForms: [
          {
            buyer: { login: 'kupujacy_0' },
            status: 'READY_FOR_PROCESSING',
            summary: { totalToPay: { amount: '42.00', currency: 'PLN' } },
          },
        ],
      },
    ]);
    expect(await list('', buyer)).toEqual([200, { checkoutForms: [], count: 0, totalCount: 0 }]);
  });

  test('filters and order', async () => {
    expect(await list('?status=CANCELLED')).toMatchObject([200, { totalCount: 1 }]);
    expect(await list('?fulfillment.status=SENT&fulfillment.status=RETURNED')).toMatchObject([
      200,
      { totalCount: 2 },
    ]);
    expect(await list('?buyer.login=kupujacy_1')).toMatchObject([200, { totalCount: 2 }]);
    expect(await list('?sort=lineItems.boughtAt&limit=1')).toMatchObject([
      200,
      { checkoutForms: [{ fulfillment: { status: 'RETURNED' } }] },
    ]);
  });
});

test('ratings: of sellers only', async () => {
  expect(summarize(await client.call(buyer, '/users/46968690/ratings-summary'))).toMatchObject([
    200,
    { recommended: { unique: 1208, total: 1433 }, recommendedPercentage: '99,2' },
  ]);
  for (const id of ['46968691', '1']) {
    expect((await client.call(buyer, `/users/${id}/ratings-summary`)).status).toBe(404);
  }
});

test('marketplaces: without a token, in American English alone', async () => {
  for (const language of ['', 'en-US', 'en-US,en;q=0.9']) {
    const answer = await client.call('', '/marketplaces', { headers: { 'accept-language': language } });
    expect(parse(answer)).toMatchObject({ marketplaces: [{ id: 'allegro-pl' }, {}, {}, {}, {}] });
  }
  const polish = await client.call('', '/marketplaces', { headers: { 'accept-language': 'pl-PL' } });
  expect(polish.status).toBe(406);
  expect((await client.call('wrong', '/marketplaces')).status).toBe(401);
});

test('categories: main ones, children, a leaf, an unknown parent; names by language', async () => {
  const list = async (query = '', language = '') =>
    summarize(
      await client.call(seller, `/sale/categories${query}`, { headers: { 'accept-language': language } }),
    );
  expect(await list()).toMatchObject([
    200,
    { categories: [{ id: '5', name: 'Home and Garden', parent: null, leaf: false }, {}, {}, {}] },
  ]);
  expect(await list('?parent.id=1520', 'pl-PL')).toMatchObject([
    200,
    { categories: [{ id: '1536', name: 'Pszczelarstwo', parent: { id: '1520' }, leaf: true }] },
  ]);
  expect(await list('?parent.id=1536')).toEqual([200, { categories: [] }]);
  expect((await list('?parent.id=99'))[0]).toBe(404);
});
