import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  seededAllegroApp,
  seededAllegroDeviceApp,
  seededAllegroSecretApp,
  seededAllegroUsers,
} from './allegro/seed.ts';
import { createAllegroClient, readCallback, redirectUri } from './allegro/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { seedSandbox } from './seed.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
  seedSandbox(sandbox, { redirectUris: ['https://other.example/', redirectUri] });
});
afterAll(() => sandbox.close());

test.each(['allegro', 'allegroSandbox'] as const)('%s has a shop, a buyer and three apps', async (id) => {
  const service = sandbox[id];
  const shop = service.people.get(seededAllegroUsers.seller);
  expect(shop.warranties.filter(({ attachment }) => attachment !== null)).toHaveLength(1);
  expect(shop.offers.length).toBeGreaterThan(60);
  expect(new Set(shop.offers.map((offer) => offer.id)).size).toBe(shop.offers.length);
  expect(service.people.get(seededAllegroUsers.buyer)).toMatchObject({
    offers: [],
    orders: [],
    warranties: [],
  });
  expect(service.findApp(seededAllegroDeviceApp.clientId)?.type).toBe('device');
  const client = createAllegroClient(sandbox, service);
  for (const app of [seededAllegroApp, seededAllegroSecretApp]) {
    const changes = { client_id: app.clientId };
    expect((await client.open(changes)).status).toBe(200);
    expect(readCallback(await client.press({ allow: shop.login }, changes)).get('code')).toBeTruthy();
  }
});

test('the same login has another id in each environment', () => {
  const idIn = (name: 'allegro' | 'allegroSandbox') => sandbox[name].people.get(seededAllegroUsers.seller).id;
  expect(idIn('allegro')).not.toBe(idIn('allegroSandbox'));
});
