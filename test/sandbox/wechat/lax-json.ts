/** JSON as WeChat writes it: control characters stay raw inside texts, and half an emoji becomes invalid UTF-8. */

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Not valid JSON when a text holds a control character: `JSON.parse` throws on it. */
export function writeLaxJson(value: unknown): Buffer {
  const text = JSON.stringify(value).replace(
    /\\(?:u([0-9a-f]{4})|(.))/g,
    (whole, hex: string | undefined, letter: string | undefined) =>
      hex === undefined ? (escapes[letter ?? ''] ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return encodeLax(text);
}

/** UTF-8, with a lone surrogate written as the three bytes its number would have. */
function encodeLax(text: string): Buffer {
  const parts = text
    .split(/(\p{Surrogate})/u)
    .map((part) => (/^\p{Surrogate}$/u.test(part) ? encodeSurrogate(part.charCodeAt(0)) : Buffer.from(part)));
  return Buffer.concat(parts);
}

function encodeSurrogate(unit: number): Buffer {
  return Buffer.from([0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]);
}
