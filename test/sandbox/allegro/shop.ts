/** What a seller has, in the fields of Allegro's specification; amounts and ids are texts. */

export interface Money {
  readonly amount: string;
  readonly currency: 'PLN';
}

export interface Warranty {
  readonly id: string;
  readonly name: string;
  readonly type: 'MANUFACTURER' | 'SELLER';
  readonly individual: WarrantyPeriod;
  readonly corporate: WarrantyPeriod;
  readonly attachment: { readonly id: string; readonly name: string; readonly url: string } | null;
  readonly description: string | null;
}

export interface WarrantyPeriod {
  /** ISO 8601 duration; null for a lifetime. */
  readonly period: string | null;
  readonly lifetime: boolean;
}

export interface Address {
  readonly name: string;
  readonly street: string;
  readonly postCode: string;
  readonly city: string;
  readonly countryCode: string;
}

export interface ReturnPolicy {
  readonly id: string;
  readonly name: string;
  readonly isFulfillment: boolean;
  readonly availability: {
    readonly range: 'FULL' | 'RESTRICTED' | 'DISABLED';
    readonly restrictionCause: { readonly name: string; readonly description: string } | null;
  };
  readonly withdrawalPeriod: string | null;
  readonly returnCost: { readonly coveredBy: 'SELLER' | 'BUYER' } | null;
  readonly address: Address | null;
  readonly contact: { readonly phoneNumber: string | null; readonly email: string | null } | null;
  readonly options: {
    readonly cashOnDeliveryNotAllowed: boolean;
    readonly freeAccessoriesReturnRequired: boolean;
    readonly refundLoweredByReceivedDiscount: boolean;
    readonly businessReturnAllowed: boolean;
    readonly collectBySellerOnly: boolean;
  } | null;
}

export interface ImpliedWarranty {
  readonly id: string;
  readonly name: string;
  readonly individual: { readonly period: string };
  readonly corporate: { readonly period: string } | null;
  readonly address: Address;
  readonly description: string | null;
}

export type OfferStatus = 'INACTIVE' | 'ACTIVE' | 'ACTIVATING' | 'ENDED';
export type OfferFormat = 'BUY_NOW' | 'AUCTION' | 'ADVERTISEMENT';

export interface Offer {
  readonly id: string;
  readonly name: string;
  readonly categoryId: string;
  readonly format: OfferFormat;
  readonly price: Money;
  readonly available: number;
  readonly sold: number;
  readonly status: OfferStatus;
  /** UTC ms; undefined for one that was never published. */
  readonly startedAt: number | undefined;
  readonly externalId: string | undefined;
}

export type OrderStatus = 'BOUGHT' | 'FILLED_IN' | 'READY_FOR_PROCESSING' | 'CANCELLED';
export type FulfillmentStatus =
  | 'NEW'
  | 'PROCESSING'
  | 'READY_FOR_SHIPMENT'
  | 'READY_FOR_PICKUP'
  | 'SENT'
  | 'PICKED_UP'
  | 'CANCELLED'
  | 'SUSPENDED'
  | 'RETURNED';

export interface Order {
  readonly id: string;
  readonly status: OrderStatus;
  readonly fulfillment: FulfillmentStatus;
  readonly buyerLogin: string;
  readonly message: string | null;
  readonly lines: readonly { readonly offer: Offer; readonly quantity: number }[];
  /** UTC ms. */
  readonly boughtAt: number;
  readonly updatedAt: number;
}

export interface RatingsSummary {
  readonly recommended: { readonly unique: number; readonly total: number };
  readonly notRecommended: { readonly unique: number; readonly total: number };
  /** With a decimal comma, as the site writes it. */
  readonly recommendedPercentage: string;
}
