/** GET /order/checkout-forms: what others bought of the person. */
import type { FulfillmentStatus, Order, OrderStatus } from '../shop.ts';
import type { Call } from './call.ts';
import { getUser } from './call.ts';
import { readChoices, sortBy, takePage } from './query.ts';

const statuses: readonly OrderStatus[] = ['BOUGHT', 'FILLED_IN', 'READY_FOR_PROCESSING', 'CANCELLED'];
const fulfillments: readonly FulfillmentStatus[] = [
  'NEW',
  'PROCESSING',
  'READY_FOR_SHIPMENT',
  'READY_FOR_PICKUP',
  'SENT',
  'PICKED_UP',
  'CANCELLED',
  'SUSPENDED',
  'RETURNED',
];
const ranges = {
  limit: { least: 1, most: 100, usual: 100 },
  offset: { least: 0, most: 99_999_999, usual: 0 },
};

export const orderParameters = ['limit', 'offset', 'status', 'fulfillment.status', 'buyer.login', 'sort'];

export function listOrders(call: Call): object {
  const wanted = readChoices(call, 'status', statuses);
  const states = readChoices(call, 'fulfillment.status', fulfillments);
  const buyer = call.request.query.get('buyer.login');
  const matching = getUser(call).orders.filter(
    (order) =>
      (wanted.length === 0 || wanted.includes(order.status)) &&
      (states.length === 0 || states.includes(order.fulfillment)) &&
      (buyer === null || buyer === order.buyerLogin),
  );
  const sorted = sortBy(call, matching, {
    'lineItems.boughtAt': ({ boughtAt }) => boughtAt,
    updatedAt: ({ updatedAt }) => updatedAt,
  });
  const page = takePage(call, sorted, ranges);
  return { checkoutForms: page.map(shapeOrder), count: page.length, totalCount: matching.length };
}

function shapeOrder(order: Order): object {
  const total = order.lines.reduce(
    (sum, { offer, quantity }) => sum + Math.round(Number(offer.price.amount) * 100) * quantity,
    0,
  );
  const money = { amount: (total / 100).toFixed(2), currency: 'PLN' };
  const updatedAt = new Date(order.updatedAt).toISOString();
  return {
    id: order.id,
    messageToSeller: order.message,
    buyer: shapeBuyer(order.buyerLogin),
    payment: {
      id: order.id.replace(/^.{8}/, '00000000'),
      type: 'ONLINE',
      provider: 'P24',
      finishedAt: updatedAt,
      paidAmount: order.status === 'READY_FOR_PROCESSING' ? money : null,
    },
    status: order.status,
    fulfillment: { status: order.fulfillment, shipmentSummary: { lineItemsSent: 'NONE' } },
    delivery: { method: { name: 'Allegro Paczkomaty InPost' }, cost: { amount: '0.00', currency: 'PLN' } },
    invoice: { required: false },
    lineItems: order.lines.map(({ offer, quantity }) => ({
      offer: { id: offer.id, name: offer.name },
      quantity,
      price: offer.price,
      boughtAt: new Date(order.boughtAt).toISOString(),
    })),
    surcharges: [],
    note: null,
    marketplace: { id: 'allegro-pl' },
    summary: { totalToPay: money },
    updatedAt,
    revision: order.id.slice(0, 8),
  };
}

function shapeBuyer(login: string): object {
  return {
    id: String(Buffer.from(login).reduce((sum, byte) => sum + byte, 10_000_000)),
    email: `${login}@allegromail.pl`,
    login,
    guest: false,
  };
}
