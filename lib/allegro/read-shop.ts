/** Reads who a token belongs to, a seller's ratings, the marketplaces and the categories. */
import * as z from 'zod/mini';
import { count, joinTexts, maybe, orNoNumber, orNone, read, text, toAmount } from './read-body.ts';

const me = z.object({
  id: z.string(),
  login: z.string(),
  firstName: text,
  lastName: text,
  email: text,
  baseMarketplace: maybe(z.object({ id: text })),
  company: maybe(z.object({ name: text, taxId: text })),
  features: maybe(z.array(z.string())),
});

/** @throws AppError `bad_answer`. */
export function readMe(body: unknown) {
  const { id, login, firstName, lastName, email, baseMarketplace, company, features } = read(me, body);
  return {
    id,
    login,
    firstName: orNone(firstName),
    lastName: orNone(lastName),
    email: orNone(email),
    marketplace: orNone(baseMarketplace?.id),
    company: orNone(company?.name),
    taxId: orNone(company?.taxId),
    features: features?.join(', '),
  };
}

const opinions = maybe(z.object({ unique: count, total: count }));
const ratings = z.object({
  recommended: opinions,
  notRecommended: opinions,
  recommendedPercentage: maybe(z.union([z.string(), z.number()])),
});

export function readRatings(body: unknown) {
  const { recommended, notRecommended, recommendedPercentage } = read(ratings, body);
  return {
    recommended: orNoNumber(recommended?.total),
    recommendedBy: orNoNumber(recommended?.unique),
    notRecommended: orNoNumber(notRecommended?.total),
    notRecommendedBy: orNoNumber(notRecommended?.unique),
    recommendedPercent: readPercent(recommendedPercentage),
  };
}

/** The service writes it with a decimal comma. */
function readPercent(value: string | number | null | undefined): number | undefined {
  return toAmount(String(value ?? '').replace(',', '.'));
}

const codes = maybe(z.array(z.object({ code: text })));
const marketplaces = z.object({
  marketplaces: z.array(
    z.object({
      id: z.string(),
      languages: maybe(z.object({ offerDisplay: codes })),
      currencies: maybe(z.object({ base: maybe(z.object({ code: text })), additional: codes })),
      shippingCountries: codes,
    }),
  ),
});

const joinCodes = (list: z.output<typeof codes>) => joinTexts((list ?? []).map(({ code }) => code));

export function readMarketplaces(body: unknown) {
  return {
    entries: read(marketplaces, body).marketplaces.map(
      ({ id, languages, currencies, shippingCountries }) => ({
        id,
        languages: joinCodes(languages?.offerDisplay),
        currencies: joinTexts([currencies?.base?.code, joinCodes(currencies?.additional)]),
        countries: joinCodes(shippingCountries),
      }),
    ),
  };
}

const categories = z.object({
  categories: z.array(
    z.object({ id: z.string(), name: text, parent: maybe(z.object({ id: text })), leaf: maybe(z.boolean()) }),
  ),
});

/** `leaf` tells that a category has none below it, as a tick. */
export function readCategories(body: unknown) {
  return {
    entries: read(categories, body).categories.map(({ id, name, parent, leaf }) => ({
      id,
      name: orNone(name),
      parent: orNone(parent?.id),
      leaf: leaf === true ? '✓' : undefined,
    })),
  };
}
