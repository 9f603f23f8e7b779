import type { TypedTranslate } from '../../../lib/locale/translate.ts';

/** Those of the vault that have a name in the texts. */
export const namedStores = [
  'registrations',
  'signIns',
  'accounts',
  'grants',
  'outbox',
  'settings',
  'people',
  'batches',
  'journal',
  'keys',
] as const;

/** What is in a store, in the person's language; its own name where there is no word for it. */
export function sayStore(store: string, t: TypedTranslate): string {
  const known = namedStores.find((name) => name === store);
  return known === undefined ? store : t(`store_${known}`);
}
