/** Languages that the API writes its texts for people in. Source: its OpenAPI description, header Accept-Language. */
const languages = ['en-US', 'pl-PL', 'uk-UA', 'sk-SK', 'cs-CZ', 'hu-HU'] as const;

export type AllegroLanguage = (typeof languages)[number];

/** The API's language for a BCP 47 tag; English for those it does not have. */
export function chooseLanguage(tag: string): AllegroLanguage {
  const [wanted] = tag.toLowerCase().split('-');
  return languages.find((language) => language.slice(0, 2) === wanted) ?? 'en-US';
}
