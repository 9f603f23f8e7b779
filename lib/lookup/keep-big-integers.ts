/**
 * Strings are stepped over whole; of the rest only numbers are looked at. A string that is never closed ends with the text:
 * each quote in it would be tried for a beginning otherwise, which takes hours in a long one.
 */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;

/**
 * A JSON text (RFC 8259) whose integers beyond 2^53 are strings, since as numbers they would be others: ids above all.
 * What is no JSON stays none.
 */
export function keepBigIntegers(json: string): string {
  return json.replaceAll(stringOrNumber, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
}
