/** Me, a seller's ratings, the marketplaces and the categories. */
import { apiError } from './api-error.ts';
import type { Call } from './call.ts';
import { getUser, notFound } from './call.ts';
import { listCategoriesBelow } from './categories.ts';

export function showMe(call: Call): object {
  const { session, service, language } = call;
  if (session?.user === undefined && service.environment.appTokenAtMe === 500) {
    throw apiError('InternalServerError', language);
  }
  const { id, login, firstName, lastName, email, company, features } = getUser(call);
  return {
    id,
    login,
    firstName,
    lastName,
    email,
    baseMarketplace: { id: 'allegro-pl' },
    company: company ?? null,
    features,
  };
}

/** 404 for people who don't exist and for people who don't sell. */
export function showRatings(call: Call): object {
  const ratings = call.service.people.findById(call.subject)?.ratings;
  if (ratings === undefined) throw notFound(call);
  return ratings;
}

const marketplaces = [
  ['allegro-pl', 'pl-PL', 'PLN', 'PL'],
  ['allegro-cz', 'cs-CZ', 'CZK', 'CZ'],
  ['allegro-sk', 'sk-SK', 'EUR', 'SK'],
  ['allegro-hu', 'hu-HU', 'HUF', 'HU'],
  ['allegro-business-pl', 'pl-PL', 'PLN', 'PL'],
] as const;

/** Speaks American English only. */
export function listMarketplaces({ request, language }: Call): object {
  const wanted = request.headers['accept-language'];
  if (wanted !== undefined && !/^en-US\b/i.test(wanted)) throw apiError('NotAcceptableException', language);
  return {
    marketplaces: marketplaces.map(([id, code, currency, country]) => ({
      id,
      languages: { offerCreation: [{ code }], offerDisplay: [{ code }] },
      currencies: { base: { code: currency }, additional: [] },
      shippingCountries: [{ code: country }],
    })),
  };
}

/** The children of `parent.id`, or the main ones; 404 for a parent that does not exist. */
export function listCategories(call: Call): object {
  const parents = call.request.query.getAll('parent.id');
  if (parents.length > 1) throw apiError('VALIDATION_ERROR', call.language, 'parent.id');
  const found = listCategoriesBelow(parents[0], call.language);
  if (found === undefined) throw notFound(call);
  return { categories: found };
}
