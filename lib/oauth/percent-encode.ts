/**
 * Percent-encoding as OAuth 1.0a wants it: all but letters, digits and `-._~` as UTF-8 bytes in capital hex. Lone
 * surrogates, which have no UTF-8, become U+FFFD as in every request body.
 * Source: RFC 5849 section 3.6; encodeURIComponent leaves five signs more.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
