/** A few branches of the category tree; names in English and Polish. */
import type { Language } from './language.ts';

interface Category {
  readonly id: string;
  readonly parent: string | undefined;
  readonly en: string;
  readonly pl: string;
}

const categories: readonly Category[] = [
  { id: '5', parent: undefined, en: 'Home and Garden', pl: 'Dom i Ogród' },
  { id: '3', parent: undefined, en: 'Cars and Motorcycles', pl: 'Motoryzacja' },
  { id: '7', parent: undefined, en: 'Books and Comics', pl: 'Książki i Komiksy' },
  { id: '42540aec-367a-4e5e-b411-17c09b08e41f', parent: undefined, en: 'Electronics', pl: 'Elektronika' },
  { id: '1520', parent: '5', en: 'Garden', pl: 'Ogród' },
  { id: '20585', parent: '5', en: 'Tools', pl: 'Narzędzia' },
  { id: '1536', parent: '1520', en: 'Beekeeping', pl: 'Pszczelarstwo' },
  { id: '79196', parent: '7', en: 'Nature', pl: 'Przyroda' },
];

/** Undefined when there is no such parent; empty below a leaf. */
export function listCategoriesBelow(parent: string | undefined, language: Language): object[] | undefined {
  if (parent !== undefined && !categories.some(({ id }) => id === parent)) return undefined;
  return categories
    .filter((category) => category.parent === parent)
    .map((category) => ({
      id: category.id,
      name: language === 'pl-PL' ? category.pl : category.en,
      parent: parent === undefined ? null : { id: parent },
      leaf: !categories.some((other) => other.parent === category.id),
      options: {
        advertisement: false,
        advertisementPriceOptional: false,
        offersWithProductPublicationEnabled: true,
        productCreationEnabled: true,
        customParametersEnabled: false,
        sellerCanRequirePurchaseComments: false,
      },
    }));
}
