/**
 * Links in a text as X finds them, with or without scheme. The grammar is that of twitter-text 3.1
 * (github.com/twitter/twitter-text js/src/regexp), with the lengths of DNS as bounds, which keeps matching linear.
 */
import { countryDomains, genericDomains, unicodeDomains } from './top-level-domains.ts';

/** A link from the UTF-16 index `start` up to, not including, `end`. */
export interface UrlSpan {
  readonly start: number;
  readonly end: number;
}

const maxLength = 4096;
const maxShortNameLength = 40;

// Members of character classes.
const invalid = String.raw`\uFFFE\uFEFF\uFFFF`;
const direction = String.raw`\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069`;
const space = String.raw`\s\x85\u180E`;
const latin = String.raw`\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF`;
const punctuation = String.raw`!'#%&()*+,\\\-./:;<=>?@[\]^_{|}~$`;
const pathEnd = String.raw`+\-a-z0-9=_#/\u0400-\u04FF${latin}`;

const topLevel = `(?:(?:${genericDomains}|${countryDomains}|${unicodeDomains})(?![0-9a-z@+-])|xn--[-0-9a-z]+)`;
const letter = `[^${punctuation}${space}${invalid}${direction}]`;
const labelOf = (joiners: string) => `${letter}(?:(?:[${joiners}]|${letter}){0,61}${letter})?\\.`;
const domain = `(?:${labelOf('_-')}){0,126}${labelOf('-')}${topLevel}`;

const inPath = String.raw`[${pathEnd}!*';:,.$%[\]\u2013~@|&]`;
/** Round brackets belong to a path in pairs, one within another at most. */
const brackets = String.raw`\((?:${inPath}+|${inPath}*\(${inPath}+\)${inPath}*)\)`;
const path = `/(?:${brackets}|${inPath}*(?:${brackets}${inPath}*)*[${pathEnd}]|@${inPath}+/)*`;
const query = String.raw`\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/]`;

const link = new RegExp(
  `(?<before>[^A-Za-z0-9@＠$#＃${invalid}]|^)` +
    `(?<url>(?<scheme>https?://)?(?<domain>${domain})(?::[0-9]+)?(?<path>${path})?(?:${query})?)`,
  'gi',
);
const asciiDomain = new RegExp(`(?:[-a-z0-9${latin}]+\\.)+${topLevel}`, 'gi');
const shortLink = new RegExp(String.raw`^https?://t\.co/(?<name>[a-z0-9]+)(?:${query})?`, 'i');

/** The links of a text in their order. Counting wants the text in Unicode's form C. */
export function findUrls(text: string): UrlSpan[] {
  // Every link has a dot; most texts have none, and are done here.
  return text.includes('.') ? Array.from(text.matchAll(link), readMatch).flat() : [];
}

function readMatch(match: RegExpExecArray): UrlSpan[] {
  const { before = '', url = '', scheme, domain = '', path } = match.groups ?? {};
  const end = match.index + match[0].length;
  const start = end - url.length;
  if (url.length + (scheme ?? 'https://').length > maxLength) return [];
  if (scheme !== undefined) return readShortLink(url, { start, end });
  if (/[-_./]/.test(before)) return [];
  // Without scheme only what is ASCII (or accented Latin) is a link, and the last of them takes the path.
  const bare = Array.from(domain.matchAll(asciiDomain), ({ index, 0: { length } }) => ({
    start: start + index,
    end: start + index + length,
  }));
  return bare.map((span, at) => (path !== undefined && at === bare.length - 1 ? { ...span, end } : span));
}

/** X's own short links end with their name, whatever stands behind it. */
function readShortLink(url: string, span: UrlSpan): UrlSpan[] {
  const [short, name = ''] = shortLink.exec(url) ?? [];
  if (short === undefined) return [span];
  return name.length > maxShortNameLength ? [] : [{ ...span, end: span.start + short.length }];
}
