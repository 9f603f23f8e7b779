/** GET /sale/offers: the person's own, filtered and sorted. */
import type { Offer } from '../shop.ts';
import { apiError } from './api-error.ts';
import type { Call } from './call.ts';
import { getUser } from './call.ts';
import { readChoices, readNumber, sortBy, takePage } from './query.ts';

const mostOffset = 9_999_999;
const ranges = {
  limit: { least: 1, most: 1000, usual: 20 },
  offset: { least: 0, most: mostOffset, usual: 0 },
};

export const offerParameters = [
  'offer.id',
  'name',
  'publication.status',
  'sellingMode.format',
  'external.id',
  'category.id',
  'sort',
  'limit',
  'offset',
];

export function listOffers(call: Call): object {
  const matching = sortBy(call, filterOffers(call, getUser(call).offers), {
    'sellingMode.price.amount': ({ price }) => Number(price.amount),
    'stock.sold': ({ sold }) => sold,
    'stock.available': ({ available }) => available,
  });
  const limit = readNumber(call, 'limit', ranges.limit);
  if (limit + readNumber(call, 'offset', ranges.offset) > mostOffset + 1) {
    throw apiError('VALIDATION_ERROR', call.language, 'offset');
  }
  const page = takePage(call, matching, ranges);
  return { offers: page.map(shapeOffer), count: page.length, totalCount: matching.length };
}

function filterOffers(call: Call, offers: readonly Offer[]): Offer[] {
  const { query } = call.request;
  const name = query.get('name')?.toLowerCase() ?? '';
  const isIn = (parameter: string, value: string): boolean =>
    !query.has(parameter) || query.getAll(parameter).includes(value);
  readChoices(call, 'publication.status', ['INACTIVE', 'ACTIVE', 'ACTIVATING', 'ENDED']);
  readChoices(call, 'sellingMode.format', ['BUY_NOW', 'AUCTION', 'ADVERTISEMENT']);
  return offers.filter(
    (offer) =>
      offer.name.toLowerCase().includes(name) &&
      isIn('offer.id', offer.id) &&
      isIn('publication.status', offer.status) &&
      isIn('sellingMode.format', offer.format) &&
      isIn('external.id', offer.externalId ?? '') &&
      isIn('category.id', offer.categoryId),
  );
}

function shapeOffer(offer: Offer): object {
  const isAuction = offer.format === 'AUCTION';
  const startedAt = offer.startedAt === undefined ? null : new Date(offer.startedAt).toISOString();
  return {
    id: offer.id,
    name: offer.name,
    category: { id: offer.categoryId },
    primaryImage: { url: `https://a.allegroimg.com/original/11/${offer.id}` },
    sellingMode: {
      format: offer.format,
      price: isAuction ? null : offer.price,
      minimalPrice: null,
      startingPrice: isAuction ? offer.price : null,
      priceAutomation: null,
    },
    saleInfo: { currentPrice: isAuction ? offer.price : null, biddersCount: isAuction ? 2 : 0 },
    stock: { available: offer.available, sold: offer.sold },
    stats: { watchersCount: offer.sold * 2, visitsCount: offer.sold * 17 },
    publication: {
      status: offer.status,
      startingAt: null,
      startedAt,
      endingAt: null,
      endedAt: null,
      marketplaces: { base: { id: 'allegro-pl' }, additional: [] },
    },
    afterSalesServices: { impliedWarranty: null, returnPolicy: null, warranty: null },
    additionalServices: null,
    external: offer.externalId === undefined ? null : { id: offer.externalId },
    delivery: { shippingRates: null },
    b2b: { buyableOnlyByBusiness: false },
    fundraisingCampaign: null,
    isFulfillment: false,
    additionalMarketplaces: {},
  };
}
