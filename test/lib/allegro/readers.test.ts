import { describe, expect, it } from 'vitest';
import { buildRequest } from '../../../lib/allegro/build-request.ts';
import { chooseLanguage } from '../../../lib/allegro/choose-language.ts';
import * as afterSales from '../../../lib/allegro/read-after-sales.ts';
import * as shop from '../../../lib/allegro/read-shop.ts';
import * as trade from '../../../lib/allegro/read-trade.ts';

it.each([
  ['pl', 'pl-PL'],
  ['pl-PL', 'pl-PL'],
  ['uk', 'uk-UA'],
  ['en', 'en-US'],
  ['ru', 'en-US'],
  ['zh-CN', 'en-US'],
])('speaks to %s in %s', (tag, language) => {
  expect(chooseLanguage(tag)).toBe(language);
});

it('leaves empty parameters out, and encodes the rest', () => {
  const request = buildRequest('/sale/offers', {
    api: 'https://api.example',
    language: 'pl',
    query: { name: 'miód & ul', 'publication.status': '', limit: 20 },
  });
  expect(request.url).toBe('https://api.example/sale/offers?name=mi%C3%B3d+%26+ul&limit=20');
  expect(request.headers.get('accept')).toBe('application/vnd.allegro.public.v1+json');
});

describe('what is null or missing is left out', () => {
  it.each([
    ['me', () => shop.readMe({ id: '1', login: 'bob', company: null }), { id: '1', login: 'bob' }],
    ['ratings', () => shop.readRatings({}), {}],
    ['a warranty', () => afterSales.readConditionDetail({ individual: null }), {}],
  ])('of %s', (_what, read, expected) => {
    expect(JSON.parse(JSON.stringify(read()))).toEqual(expected);
  });

  it('of lists', () => {
    const bare = { id: '1' };
    expect(JSON.parse(JSON.stringify(trade.readOffers({ offers: [bare] })))).toEqual({ entries: [bare] });
    expect(JSON.parse(JSON.stringify(trade.readOrders({ checkoutForms: [bare], totalCount: 4 })))).toEqual({
      entries: [bare],
      total: 4,
    });
    expect(JSON.parse(JSON.stringify(afterSales.readReturnPolicies({ returnPolicies: [bare] })))).toEqual({
      entries: [bare],
    });
    expect(JSON.parse(JSON.stringify(shop.readMarketplaces({ marketplaces: [bare] })))).toEqual({
      entries: [bare],
    });
    expect(JSON.parse(JSON.stringify(shop.readCategories({ categories: [bare] })))).toEqual({
      entries: [bare],
    });
  });
});

describe('offers', () => {
  it.each([
    ['a price', { sellingMode: { price: { amount: '12.34', currency: 'PLN' } } }, 12.34],
    [
      'an auction’s current price',
      {
        sellingMode: { price: null, startingPrice: { amount: '1.00' } },
        saleInfo: { currentPrice: { amount: '5.00' } },
      },
      5,
    ],
    ['an auction’s first price', { sellingMode: { startingPrice: { amount: '1.00' } } }, 1],
    ['an amount that is none', { sellingMode: { price: { amount: 'x' } } }, undefined],
  ])('have %s', (_what, offer, price) => {
    expect(trade.readOffers({ offers: [{ id: '1', ...offer }] }).entries[0]?.price).toBe(price);
  });
});

it('reads a percentage with its decimal comma', () => {
  expect(shop.readRatings({ recommendedPercentage: '99,2' }).recommendedPercent).toBe(99.2);
});

it.each([
  () => shop.readMe({ login: 'no id' }),
  () => trade.readOffers({}),
  () => trade.readOrders([]),
  () => afterSales.readWarranties({ warranties: 'x' }),
  () => shop.readCategories(undefined),
])('refuses what is no answer of Allegro’s (%#)', (read) => {
  expect(read).toThrow(expect.objectContaining({ code: 'bad_answer' }));
});
