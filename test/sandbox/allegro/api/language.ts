/** Languages of the API, by Accept-Language. */

export type Language = 'en-US' | 'pl-PL' | 'uk-UA' | 'sk-SK' | 'cs-CZ' | 'hu-HU';
const languages: readonly Language[] = ['en-US', 'pl-PL', 'uk-UA', 'sk-SK', 'cs-CZ', 'hu-HU'];

/** The first that Allegro has, in the order of the header (what browsers send is sorted); English when it has none. */
export function readLanguage(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').map((entry) => entry.split(';')[0]?.trim().toLowerCase() ?? '');
  for (const tag of wanted) {
    const found = languages.find(
      (language) => language.toLowerCase() === tag || language.slice(0, 2) === tag,
    );
    if (found !== undefined) return found;
  }
  return 'en-US';
}
