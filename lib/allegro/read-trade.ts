/** Reads a seller's offers and orders, one entry a row. Times become UTC ms. */
import * as z from 'zod/mini';
import {
  count,
  joinTexts,
  maybe,
  money,
  named,
  orNoNumber,
  orNone,
  read,
  text,
  toAmount,
  toTime,
} from './read-body.ts';

const publication = maybe(z.object({ status: text, startedAt: text, endingAt: text }));
const sellingMode = maybe(z.object({ format: text, price: money, startingPrice: money }));
const offer = z.object({
  id: z.string(),
  name: text,
  category: named,
  sellingMode,
  saleInfo: maybe(z.object({ currentPrice: money })),
  stock: maybe(z.object({ available: count, sold: count })),
  stats: maybe(z.object({ watchersCount: count, visitsCount: count })),
  publication,
  external: named,
});
const offers = z.object({ offers: z.array(offer), totalCount: count });
type Offer = z.output<typeof offer>;

/** An auction has no price but a current one, and before the first bid the one it starts with. */
function readPrice({ sellingMode, saleInfo }: Offer) {
  const price = sellingMode?.price ?? saleInfo?.currentPrice ?? sellingMode?.startingPrice;
  return { price: toAmount(price?.amount), currency: orNone(price?.currency) };
}

function readPublication({ publication, sellingMode }: Offer) {
  return {
    status: orNone(publication?.status),
    format: orNone(sellingMode?.format),
    startedAt: toTime(publication?.startedAt),
    endingAt: toTime(publication?.endingAt),
  };
}

function readOffer(offer: Offer) {
  return {
    id: offer.id,
    name: orNone(offer.name),
    ...readPrice(offer),
    ...readPublication(offer),
    category: orNone(offer.category?.id),
    available: orNoNumber(offer.stock?.available),
    sold: orNoNumber(offer.stock?.sold),
    watchers: orNoNumber(offer.stats?.watchersCount),
    visits: orNoNumber(offer.stats?.visitsCount),
    externalId: orNone(offer.external?.id),
  };
}

export function readOffers(body: unknown) {
  const { offers: entries, totalCount } = read(offers, body);
  return { ...withTotal(totalCount), entries: entries.map(readOffer) };
}

const withTotal = (total: number | null | undefined) =>
  total === null || total === undefined ? {} : { total };

const orders = z.object({
  checkoutForms: z.array(
    z.object({
      id: z.string(),
      status: text,
      fulfillment: maybe(z.object({ status: text })),
      buyer: maybe(z.object({ login: text })),
      messageToSeller: text,
      summary: maybe(z.object({ totalToPay: money })),
      lineItems: maybe(
        z.array(
          z.object({ offer: maybe(z.object({ id: text, name: text })), quantity: count, boughtAt: text }),
        ),
      ),
      updatedAt: text,
    }),
  ),
  totalCount: count,
});

export function readOrders(body: unknown) {
  const { checkoutForms, totalCount } = read(orders, body);
  return {
    ...withTotal(totalCount),
    entries: checkoutForms.map(
      ({ id, status, fulfillment, buyer, messageToSeller, summary, lineItems, updatedAt }) => ({
        id,
        status: orNone(status),
        fulfillment: orNone(fulfillment?.status),
        buyer: orNone(buyer?.login),
        items: joinTexts(
          (lineItems ?? []).map(({ offer, quantity }) => `${quantity ?? 1} × ${offer?.name ?? ''}`),
        ),
        total: toAmount(summary?.totalToPay?.amount),
        currency: orNone(summary?.totalToPay?.currency),
        boughtAt: toTime(lineItems?.[0]?.boughtAt),
        updatedAt: toTime(updatedAt),
        message: orNone(messageToSeller),
      }),
    ),
  };
}
