/** Tokens and secrets in what services answer: known by their names and by their looks, and never shown. Pure. */

/** In a name, whatever stands around it. */
const secretWords =
  /token|secret|passw|passphrase|pwd|refresh|authori[sz]ation|bearer|cookie|credential|jwt|sessionid|csrf|mnemonic/;
/** In a name, or in the names of a path taken together: `api: {key}` is an API key too. */
const secretPhrases =
  /(api|access|private|secret|session|signing|encryption|client|auth)(key|secret|password|token|ticket)/;

/** Small letters and digits alone; letters of other widths and accents as the plain ones. */
function normalise(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * Whether a name says that its value is a token or a secret, in any case and however its words are joined.
 * @param path one name, or several with dots between them.
 */
export function isSecretName(path: string): boolean {
  return (
    path.split('.').some((name) => secretWords.test(normalise(name))) || secretPhrases.test(normalise(path))
  );
}

/** What stands in place of a secret. */
export const mask = '•••';

/**
 * A JSON Web Token (RFC 7519), signed or encrypted: a header that begins with `{"` in base64url, and two parts or more. What
 * has no dot is looked at once only, or a long text of such beginnings would take hours.
 */
const webToken = /(?<![\w-])(?=[\w-]*\.)((?:[\w-]*?-)??)eyJ[\w-]{6,}(?:\.[\w-]*){1,4}/g;
/** The value of an Authorization header (RFC 9110 section 11.4). */
const authorization = /\b(Bearer|DPoP|Basic|OAuth)(\s+|%20)[\w.~+/=-]{8,}/gi;
/** A part of an address or a form that is named like a secret. */
const namedPart = /([?&#;]|^)([\w.-]+)=([^&#;\s]+)/g;

/** Anything shorter is no secret worth the name, and could be a part of any word. */
const shortestSecret = 8;

/** A text without these secrets: a service that repeats what we sent must not bring it before people. */
export function concealSecrets(text: string, secrets: readonly string[], shortest = shortestSecret): string {
  return secrets
    .filter(({ length }) => length >= shortest)
    .reduce((rest, secret) => rest.replaceAll(secret, mask), text);
}

/**
 * A text without what looks like a token.
 * @param secrets texts that must not be in it, e.g. the access token that was sent.
 */
export function concealText(text: string, secrets: readonly string[] = []): string {
  return concealSecrets(text, secrets)
    .replace(webToken, (_, before: string) => before + mask)
    .replace(authorization, (_, scheme: string) => `${scheme} ${mask}`)
    .replace(namedPart, (whole, before: string, name: string) =>
      isSecretName(name) ? `${before}${name}=${mask}` : whole,
    );
}

/**
 * A JSON value without what is named like a secret, and with masks for what looks like one.
 * @param path where it stands, as the names on the way with dots between them.
 */
export function concealValue(value: unknown, secrets: readonly string[] = [], path = ''): unknown {
  if (typeof value === 'string') return concealText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => concealValue(item, secrets, path));
  if (typeof value !== 'object' || value === null) return value;
  const inside = (name: string) => (path === '' ? name : `${path}.${name}`);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isSecretName(inside(name)))
      .map(([name, item]) => [name, concealValue(item, secrets, inside(name))]),
  );
}
