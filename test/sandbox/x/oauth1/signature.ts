/** RFC 5849 sections 3.4.1, 3.4.2 and 3.6, from the text of the RFC: the sandbox's own, for checking ours. */
import { createHmac } from 'node:crypto';

export type Parameter = readonly [name: string, value: string];

/** Section 3.6: UTF-8 bytes; all but the unreserved characters as `%XX` in capitals. */
export function percentEncode(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Section 3.4.1.3.2: by encoded name, then by encoded value, in byte order; duplicates stay. */
export function normaliseParameters(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a, x], [b, y]) => compareBytes(a, b) || compareBytes(x, y))
    .map((pair) => pair.join('='))
    .join('&');
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Section 3.4.1.2: scheme and host in small letters, no default port, no query, no fragment. */
export function normaliseUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

export function buildBaseString(method: string, url: string, parameters: readonly Parameter[]): string {
  return [method.toUpperCase(), normaliseUrl(url), normaliseParameters(parameters)]
    .map(percentEncode)
    .join('&');
}

/** HMAC-SHA1 in base64; `tokenSecret` is empty while there is no token. */
export function signBaseString(
  base: string,
  { consumerSecret, tokenSecret }: { readonly consumerSecret: string; readonly tokenSecret: string },
): string {
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
  return createHmac('sha1', key).update(base, 'utf8').digest('base64');
}
