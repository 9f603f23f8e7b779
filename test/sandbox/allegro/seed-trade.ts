/** Offers and orders of the seeded shop: enough for several pages of the first, and every state of both. */
import type { AllegroUser } from './people.ts';
import type { FulfillmentStatus, Offer, OfferFormat, OfferStatus, OrderStatus } from './shop.ts';

const hour = 3_600_000;

export const seededOffers = 73;
export const seededOrders = 7;

const goods = [
  ['Miód lipowy 1 kg', '42.00', '1536'],
  ['Ul wielkopolski, 10 ramek', '389.99', '1536'],
  ['Dłuto pasieczne "Bob" & futerał', '34.50', '20585'],
  ['Atlas pszczół <2. wydanie>', '59.90', '79196'],
  ['Kapelusz pszczelarski', '27.49', '1536'],
] as const;
const statuses: readonly OfferStatus[] = ['ACTIVE', 'ACTIVE', 'INACTIVE', 'ACTIVE', 'ENDED', 'ACTIVATING'];

/** `now` is UTC ms. */
export function seedOffers(shop: AllegroUser, now: number): void {
  for (let index = 0; index < seededOffers; index += 1) shop.offers.push(buildOffer(index, now));
}

function buildOffer(index: number, now: number): Offer {
  const [name, amount, categoryId] = goods[index % goods.length] ?? goods[0];
  const status = statuses[index % statuses.length] ?? 'ACTIVE';
  const format: OfferFormat = index % 10 === 9 ? 'AUCTION' : 'BUY_NOW';
  return {
    id: String(7_680_000_001 + index * 17),
    name: `${name} nr ${index + 1}`,
    categoryId,
    format,
    price: { amount, currency: 'PLN' },
    available: status === 'ENDED' ? 0 : (index * 7) % 50,
    sold: (index * 3) % 20,
    status,
    startedAt: status === 'INACTIVE' ? undefined : now - (index + 1) * 9 * hour,
    externalId: index % 4 === 0 ? `MAG-${index + 1}` : undefined,
  };
}

const orders: readonly (readonly [OrderStatus, FulfillmentStatus, string | null])[] = [
  ['READY_FOR_PROCESSING', 'NEW', 'Proszę o fakturę, dziękuję!'],
  ['READY_FOR_PROCESSING', 'PROCESSING', null],
  ['READY_FOR_PROCESSING', 'SENT', '=HYPERLINK("https://example.com")'],
  ['FILLED_IN', 'NEW', null],
  ['BOUGHT', 'NEW', null],
  ['CANCELLED', 'CANCELLED', 'Pomyłka 🙈'],
  ['READY_FOR_PROCESSING', 'RETURNED', null],
];

/** Newest first; the shop has its offers already. */
export function seedOrders(shop: AllegroUser, now: number): void {
  for (const [index, [status, fulfillment, message]] of orders.entries()) {
    const lines = shop.offers
      .slice(index, index + 1 + (index % 2))
      .map((offer) => ({ offer, quantity: 1 + (index % 3) }));
    const boughtAt = now - (index + 1) * 5 * hour;
    shop.orders.push({
      id: `29738e61-7f6a-11e8-ac45-09db60ede9d${index}`,
      status,
      fulfillment,
      buyerLogin: `kupujacy_${index % 3}`,
      message,
      lines,
      boughtAt,
      updatedAt: boughtAt + hour / 2,
    });
  }
}
