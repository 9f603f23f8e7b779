/** A shop and a customer on Allegro for `npm start` and the journeys, and Latchkey's apps. */
import type { AllegroUser } from './people.ts';
import { seedAfterSales } from './seed-after-sales.ts';
import { seedOffers, seedOrders } from './seed-trade.ts';
import type { AllegroService } from './service.ts';

export interface AllegroSeedOptions {
  /** Where people may be sent back to, to the letter; the device app has no use for it. */
  readonly redirectUris?: readonly string[];
}

/** For sign-in with PKCE alone; it has no secret here, so nothing can be refreshed with it. */
export const seededAllegroApp = { clientId: 'allegro-client-id' } as const;

/** For people who enter their own secret. */
export const seededAllegroSecretApp = {
  clientId: 'allegro-secret-client-id',
  clientSecret: 'allegro-client-secret',
} as const;

/** A key of the device type. */
export const seededAllegroDeviceApp = {
  clientId: 'allegro-device-client-id',
  clientSecret: 'allegro-device-client-secret',
} as const;

/** Logins: a shop with everything, and somebody who only buys, whose lists are all empty. */
export const seededAllegroUsers = { seller: 'bobs-shop', buyer: 'alice-buys' } as const;

/** The shop is signed in at the site and has allowed no app yet. The same in both environments but for the ids. */
export function seedAllegro(service: AllegroService, { redirectUris = [] }: AllegroSeedOptions = {}): void {
  const prefix = service.environment.webHost === 'allegro.pl' ? '' : '1';
  const shop = service.addUser({
    id: `${prefix}46968690`,
    login: seededAllegroUsers.seller,
    firstName: 'Bob',
    lastName: 'Pszczółka',
    company: { name: 'Miód i Ule Bob', taxId: '5252674798' },
    features: ['SUPER_SELLER'],
  });
  seedShop(service, shop);
  service.addUser({
    id: `${prefix}46968691`,
    login: seededAllegroUsers.buyer,
    firstName: 'Alice',
    lastName: 'Nowak',
  });
  service.registerApp({ ...seededAllegroApp, redirectUris });
  service.registerApp({ ...seededAllegroSecretApp, redirectUris });
  service.registerApp({ ...seededAllegroDeviceApp, type: 'device' });
  service.signedIn = [shop.login];
}

function seedShop(service: AllegroService, shop: AllegroUser): void {
  seedAfterSales(shop);
  seedOffers(shop, service.now());
  seedOrders(shop, service.now());
  shop.ratings = {
    recommended: { unique: 1208, total: 1433 },
    notRecommended: { unique: 9, total: 11 },
    recommendedPercentage: '99,2',
  };
}
