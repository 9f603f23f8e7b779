/** What Allegro lets a person look up: themselves, what they promise, sell and sold, and a few public lists. */
import { AppError } from '../../errors.ts';
import { buildRequest } from '../../allegro/build-request.ts';
import { findNext, type PageRanges, readPart } from '../../allegro/page-range.ts';
import * as afterSales from '../../allegro/read-after-sales.ts';
import type { Page } from '../../allegro/read-body.ts';
import * as shop from '../../allegro/read-shop.ts';
import * as trade from '../../allegro/read-trade.ts';
import type { Lookup, LookupColumn, LookupPage, LookupParam, LookupRequest, LookupRow } from '../lookup.ts';

type Call = Parameters<Lookup['run']>[0];

const columns = (kinds: Readonly<Record<string, LookupColumn['kind']>>): LookupColumn[] =>
  Object.entries(kinds).map(([id, kind]) => ({ id, kind, titleKey: `lookup_column_${id}` }));

const text = (id: string): LookupParam => ({
  id,
  titleKey: `lookup_param_${id}`,
  kind: 'text',
  isRequired: false,
  initial: '',
});
const choice = (id: string, values: readonly string[]): LookupParam => ({
  ...text(id),
  kind: 'choice',
  initial: values[0] ?? '',
  choices: values.map((value) => ({ value, titleKey: `lookup_choice_${value === '' ? 'any' : value}` })),
});
const number = (id: 'limit' | 'offset', initial: string): LookupParam => ({
  ...text(id),
  kind: 'number',
  isRequired: true,
  initial,
});
const paging = [number('limit', '20'), number('offset', '0')];

const afterSalesRanges: PageRanges = { limit: { least: 1, most: 60 }, offset: { least: 0, most: 59 } };
const offerRanges: PageRanges = {
  limit: { least: 1, most: 1000 },
  offset: { least: 0, most: 9_999_999 },
  sum: 10_000_000,
};
const orderRanges: PageRanges = { limit: { least: 1, most: 100 }, offset: { least: 0, most: 99_999_999 } };

const ask = (
  call: Call,
  { bases, language }: LookupRequest,
  path: string,
  query?: Readonly<Record<string, string | number>>,
) => call(buildRequest(path, { api: bases.api, language, ...(query && { query }) }));

interface List {
  readonly path: string;
  readonly ranges: PageRanges;
  readonly read: (body: unknown) => Page<LookupRow>;
  /** Further parameters of the address. */
  readonly query?: Readonly<Record<string, string>>;
}

async function readList(call: Call, asked: LookupRequest, list: List): Promise<LookupPage> {
  const part = readPart(list.ranges, { limit: '20', offset: '0', ...asked.params }, asked.next);
  const { entries, total } = list.read(await ask(call, asked, list.path, { ...list.query, ...part }));
  const next = findNext(list.ranges, part, entries.length, total);
  return { rows: entries, ...(next === undefined ? {} : { next }) };
}

/** Conditions come with their names alone; the rest of each is a request of its own. */
const conditions = (
  id: 'warranties' | 'implied-warranties',
  read: typeof afterSales.readWarranties,
): Lookup => {
  const path = `/after-sales-service-conditions/${id}`;
  return {
    id,
    titleKey: `lookup_${id.replace('-', '_')}`,
    params: [choice('details', ['yes', 'no']), ...paging],
    columns: columns({
      name: 'text',
      id: 'text',
      type: 'text',
      individual: 'text',
      corporate: 'text',
      description: 'text',
      attachment: 'link',
    }),
    async run(call, asked) {
      const page = await readList(call, asked, {
        path,
        ranges: afterSalesRanges,
        read: (body) => ({ entries: read(body).entries.map((entry) => ({ ...entry })) }),
      });
      if (asked.params['details'] === 'no') return page;
      const rows: LookupRow[] = [];
      // One after the other: all who use the person's client id share its limit.
      for (const row of page.rows) {
        const detail = await ask(call, asked, `${path}/${encodeURIComponent(String(row['id']))}`);
        rows.push({ ...row, ...afterSales.readConditionDetail(detail) });
      }
      return { ...page, rows };
    },
  };
};

const me: Lookup = {
  id: 'me',
  titleKey: 'lookup_me',
  params: [],
  columns: columns({
    login: 'text',
    id: 'text',
    firstName: 'text',
    lastName: 'text',
    email: 'text',
    marketplace: 'text',
    company: 'text',
    taxId: 'text',
    features: 'text',
  }),
  run: async (call, asked) => ({ rows: [shop.readMe(await ask(call, asked, '/me'))] }),
};

const returnPolicies: Lookup = {
  id: 'return-policies',
  titleKey: 'lookup_return_policies',
  params: paging,
  columns: columns({
    name: 'text',
    availability: 'text',
    withdrawalPeriod: 'text',
    costCoveredBy: 'text',
    address: 'text',
    contact: 'text',
    id: 'text',
  }),
  run: (call, asked) =>
    readList(call, asked, {
      path: '/after-sales-service-conditions/return-policies',
      ranges: afterSalesRanges,
      read: afterSales.readReturnPolicies,
    }),
};

const offers: Lookup = {
  id: 'offers',
  titleKey: 'lookup_offers',
  needs: 'offers',
  params: [
    text('offerName'),
    choice('offerStatus', ['', 'ACTIVE', 'ACTIVATING', 'INACTIVE', 'ENDED']),
    ...paging,
  ],
  columns: columns({
    name: 'text',
    price: 'number',
    currency: 'text',
    available: 'number',
    sold: 'number',
    status: 'text',
    format: 'text',
    watchers: 'number',
    visits: 'number',
    startedAt: 'time',
    endingAt: 'time',
    category: 'text',
    externalId: 'text',
    id: 'text',
  }),
  run: (call, asked) =>
    readList(call, asked, {
      path: '/sale/offers',
      ranges: offerRanges,
      read: trade.readOffers,
      query: {
        name: asked.params['offerName'] ?? '',
        'publication.status': asked.params['offerStatus'] ?? '',
      },
    }),
};

const orders: Lookup = {
  id: 'orders',
  titleKey: 'lookup_orders',
  needs: 'orders',
  params: [
    choice('orderStatus', ['', 'BOUGHT', 'FILLED_IN', 'READY_FOR_PROCESSING', 'CANCELLED']),
    text('buyer'),
    ...paging,
  ],
  columns: columns({
    boughtAt: 'time',
    buyer: 'text',
    items: 'text',
    total: 'number',
    currency: 'text',
    status: 'text',
    fulfillment: 'text',
    message: 'text',
    updatedAt: 'time',
    id: 'text',
  }),
  run: (call, asked) =>
    readList(call, asked, {
      path: '/order/checkout-forms',
      ranges: orderRanges,
      read: trade.readOrders,
      query: { status: asked.params['orderStatus'] ?? '', 'buyer.login': asked.params['buyer'] ?? '' },
    }),
};

const ratings: Lookup = {
  id: 'ratings',
  titleKey: 'lookup_ratings',
  params: [text('seller')],
  columns: columns({
    recommendedPercent: 'number',
    recommended: 'number',
    recommendedBy: 'number',
    notRecommended: 'number',
    notRecommendedBy: 'number',
  }),
  async run(call, asked) {
    // Left empty it is the person themselves.
    const seller = asked.params['seller'] ?? '';
    if (!/^\d*$/.test(seller)) throw new AppError('allegro_bad_seller', { field: 'seller' });
    const path = `/users/${seller === '' ? encodeURIComponent(asked.subject) : seller}/ratings-summary`;
    return { rows: [shop.readRatings(await ask(call, asked, path))] };
  },
};

const marketplaces: Lookup = {
  id: 'marketplaces',
  titleKey: 'lookup_marketplaces',
  params: [],
  columns: columns({ id: 'text', languages: 'text', currencies: 'text', countries: 'text' }),
  run: async (call, asked) => ({
    // It speaks American English only, and answers 406 to any other wish.
    rows: shop.readMarketplaces(await ask(call, { ...asked, language: 'en-US' }, '/marketplaces')).entries,
  }),
};

const categories: Lookup = {
  id: 'categories',
  titleKey: 'lookup_categories',
  params: [text('parent')],
  columns: columns({ name: 'text', id: 'text', leaf: 'text', parent: 'text' }),
  run: async (call, asked) => ({
    rows: shop.readCategories(
      await ask(call, asked, '/sale/categories', { 'parent.id': asked.params['parent'] ?? '' }),
    ).entries,
  }),
};

export const allegroLookups: readonly Lookup[] = [
  conditions('warranties', afterSales.readWarranties),
  returnPolicies,
  conditions('implied-warranties', afterSales.readImpliedWarranties),
  me,
  offers,
  orders,
  ratings,
  marketplaces,
  categories,
];
