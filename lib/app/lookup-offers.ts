/** All that an account can look up: what its service has, then what the person wrote for it. */
import type { Translate } from '../ports.ts';
import type { Lookup } from '../providers/lookup.ts';
import type { Provider } from '../providers/provider.ts';
import { type CustomLookup, homeOf, toLookup, toLookupId } from './custom-lookups.ts';

export interface Offer extends Lookup {
  readonly title: string;
  /** The person wrote it, so its texts are their own. */
  readonly isOwn: boolean;
}

export function listOffers(
  provider: Provider,
  custom: readonly CustomLookup[],
  translate: Translate,
): readonly Offer[] {
  const own = custom.filter((lookup) => lookup.provider === homeOf(provider));
  return [
    ...(provider.lookups ?? []).map((lookup) => ({
      ...lookup,
      title: translate(lookup.titleKey),
      isOwn: false,
    })),
    ...own.map((lookup) => ({
      ...toLookup(lookup, { accept: provider.accept }),
      id: toLookupId(lookup.id),
      titleKey: '',
      title: lookup.name,
      isOwn: true,
    })),
  ];
}
