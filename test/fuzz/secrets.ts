/** Finds what may never be seen. */
import { Finding } from './target.ts';

/** Fields of answers that hold tokens. */
const tokenNames = /"(?:access_token|refresh_token|id_token|token|device_code)":\s*"([^"\\]{8,})"/g;
const tokenFields = /(?:^|&)(?:oauth_token|oauth_token_secret)=([^&\s]{8,})/g;

/** The tokens in an answer. */
export function readTokens(body: string): string[] {
  return [tokenNames, tokenFields].flatMap((pattern) =>
    [...body.matchAll(pattern)].flatMap(([, token]) => token ?? []),
  );
}

const shortest = 8;

/** A secret, and the forms in which it travels. */
function formsOf(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** @returns a check of whatever leaves the product; it throws a {@link Finding} that does not repeat the secret. */
export function createLeakCheck(planted: readonly string[]): (text: string, where: string) => void {
  const forms = [...new Set(planted.filter(({ length }) => length >= shortest).flatMap(formsOf))];
  return (text, where) => {
    const index = forms.findIndex((form) => text.includes(form));
    if (index < 0) return;
    const at = text.indexOf(forms[index] ?? '');
    throw new Finding(
      'leak',
      `Secret ${index} in ${where}: ...${text.slice(Math.max(0, at - 80), at)}<HERE>`,
    );
  };
}
