/** Signs requests with OAuth 1.0a, HMAC-SHA1 (RFC 5849 section 3). */
import type { Clock, Random } from '../ports.ts';
import { percentEncode } from './percent-encode.ts';

export type NameValue = readonly [name: string, value: string];

export interface OAuth1Credentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** The request token or access token; none in the first step of the handshake. */
  readonly token?: string;
  readonly tokenSecret?: string;
}

export interface RequestToSign {
  readonly method: string;
  /** Absolute, with the very host that is called: it is part of what is signed. */
  readonly url: string;
  /** Of a body sent as application/x-www-form-urlencoded. JSON and multipart bodies are not signed, so leave it out. */
  readonly form?: readonly NameValue[];
}

export interface HandshakeParameters {
  readonly oauth_callback?: string;
  readonly oauth_verifier?: string;
}

export interface OAuth1Signer {
  /**
   * The value of the Authorization header for one sending of the request; a second sending needs a new one.
   * @param skewMs how far the service's clock is ahead of ours, in milliseconds.
   */
  authorize(
    request: RequestToSign,
    credentials: OAuth1Credentials,
    extra?: HandshakeParameters,
    skewMs?: number,
  ): Promise<string>;
}

/** Section 3.4.1: the text that is signed. `parameters` are the `oauth_*` ones of the header, decoded. */
export function buildBaseString(
  { method, url, form = [] }: RequestToSign,
  parameters: readonly NameValue[],
): string {
  const { protocol, host, pathname, searchParams } = new URL(url);
  const normalized = normalize([...searchParams, ...form, ...parameters]);
  return [method.toUpperCase(), `${protocol}//${host}${pathname}`, normalized].map(percentEncode).join('&');
}

/** Section 3.4.1.3.2: encoded first, then sorted by name, then by value; never by the joined pair. */
function normalize(parameters: readonly NameValue[]): string {
  return parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map((pair) => pair.join('='))
    .join('&');
}

/** Encoded text is ASCII, so the order of code units is the order of bytes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Section 3.4.2: the base64 of the HMAC-SHA1 of the base string, keyed with both secrets. */
export async function signBaseString(
  crypto: SubtleCrypto,
  baseString: string,
  { consumerSecret, tokenSecret = '' }: Pick<OAuth1Credentials, 'consumerSecret' | 'tokenSecret'>,
): Promise<string> {
  const utf8 = new TextEncoder();
  // The & stays where there is no token secret yet.
  const secret = utf8.encode(`${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`);
  const key = await crypto.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const signature = await crypto.sign('HMAC', key, utf8.encode(baseString));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

export function createOAuth1Signer({
  crypto,
  clock,
  random,
}: {
  readonly crypto: SubtleCrypto;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Random, 'token'>;
}): OAuth1Signer {
  return {
    async authorize(request, credentials, extra = {}, skewMs = 0) {
      const parameters: NameValue[] = Object.entries({
        ...extra,
        oauth_consumer_key: credentials.consumerKey,
        oauth_nonce: random.token(),
        oauth_signature_method: 'HMAC-SHA1',
        oauth_timestamp: String(Math.floor((clock.now() + skewMs) / 1000)),
        ...(credentials.token === undefined ? {} : { oauth_token: credentials.token }),
        oauth_version: '1.0',
      });
      const signature = await signBaseString(crypto, buildBaseString(request, parameters), credentials);
      const signed = [...parameters, ['oauth_signature', signature] as const];
      return `OAuth ${signed.map(([name, value]) => `${name}="${percentEncode(value)}"`).join(', ')}`;
    },
  };
}
