/** The resources as data: path, whose token, which right, which parameters, and which answers have no body. */
import {
  listImpliedWarranties,
  listReturnPolicies,
  listWarranties,
  showImpliedWarranty,
  showReturnPolicy,
  showWarranty,
} from './after-sales.ts';
import type { Handler } from './call.ts';
import { listCategories, listMarketplaces, showMe, showRatings } from './look-ups.ts';
import { listOffers, offerParameters } from './offers.ts';
import { listOrders, orderParameters } from './orders.ts';

export interface Endpoint {
  /** Its first group is the subject. */
  readonly path: RegExp;
  /** `user`: a person's only. `any`: an app's own too. `none`: may be left out. */
  readonly token: 'user' | 'any' | 'none';
  readonly scope?: string;
  /** All others are answered 501, so that no test passes with a parameter that is not acted upon. */
  readonly parameters: readonly string[];
  /** Statuses that come without a body, as the specification has it. */
  readonly bodiless: readonly number[];
  readonly handle: Handler;
}

const afterSales = {
  token: 'user',
  scope: 'allegro:api:sale:settings:read',
  bodiless: [401, 403, 404],
} as const;
const page = ['limit', 'offset'];
const base = '/after-sales-service-conditions';

export const endpoints: readonly Endpoint[] = [
  {
    path: /^\/me$/,
    token: 'user',
    scope: 'allegro:api:profile:read',
    parameters: [],
    bodiless: [],
    handle: showMe,
  },
  { ...afterSales, path: new RegExp(`^${base}/warranties$`), parameters: page, handle: listWarranties },
  {
    ...afterSales,
    path: new RegExp(`^${base}/return-policies$`),
    parameters: page,
    handle: listReturnPolicies,
  },
  {
    ...afterSales,
    path: new RegExp(`^${base}/implied-warranties$`),
    parameters: page,
    handle: listImpliedWarranties,
  },
  { ...afterSales, path: new RegExp(`^${base}/warranties/([^/]+)$`), parameters: [], handle: showWarranty },
  {
    ...afterSales,
    path: new RegExp(`^${base}/return-policies/([^/]+)$`),
    parameters: [],
    handle: showReturnPolicy,
  },
  {
    ...afterSales,
    path: new RegExp(`^${base}/implied-warranties/([^/]+)$`),
    parameters: [],
    handle: showImpliedWarranty,
  },
  {
    path: /^\/sale\/offers$/,
    token: 'user',
    scope: 'allegro:api:sale:offers:read',
    parameters: offerParameters,
    bodiless: [],
    handle: listOffers,
  },
  {
    path: /^\/order\/checkout-forms$/,
    token: 'user',
    scope: 'allegro:api:orders:read',
    parameters: orderParameters,
    bodiless: [401, 406, 422],
    handle: listOrders,
  },
  {
    path: /^\/users\/([^/]+)\/ratings-summary$/,
    token: 'user',
    scope: 'allegro:api:profile:read',
    parameters: [],
    bodiless: [],
    handle: showRatings,
  },
  { path: /^\/marketplaces$/, token: 'none', parameters: [], bodiless: [], handle: listMarketplaces },
  {
    path: /^\/sale\/categories$/,
    token: 'any',
    parameters: ['parent.id'],
    bodiless: [],
    handle: listCategories,
  },
];
