/** Requests to Allegro's REST API: only reading, with the media type it insists on. */
import { chooseLanguage } from './choose-language.ts';

/** Any other is answered 406. */
export const mediaType = 'application/vnd.allegro.public.v1+json';

export interface ApiQuestion {
  /** Base of the API, without a slash at the end. */
  readonly api: string;
  /** BCP 47 tag of the language that the person reads. */
  readonly language: string;
  /** Empty values are left out. */
  readonly query?: Readonly<Record<string, string | number>>;
}

/** @param path below the API's base; what comes from people in it must be encoded. */
export function buildRequest(path: string, { api, language, query = {} }: ApiQuestion): Request {
  const url = new URL(`${api}${path}`);
  for (const [name, value] of Object.entries(query))
    if (value !== '') url.searchParams.set(name, String(value));
  return new Request(url, {
    headers: { accept: mediaType, 'accept-language': chooseLanguage(language) },
  });
}
