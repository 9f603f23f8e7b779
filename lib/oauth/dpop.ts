/** Tokens bound to a key that never leaves the browser (RFC 9449). */
import * as oauth from 'oauth4webapi';
import { AppError } from '../errors.ts';
import type { Http } from '../ports.ts';
import type { OpenIdServer } from './openid-server.ts';
import { toFetch } from './to-fetch.ts';

/** Not extractable, as WebCrypto makes it. */
export type DpopKey = Pick<CryptoKeyPair, 'publicKey' | 'privateKey'>;

/** What signs the proofs with a key, and remembers the nonces that servers ask for. */
export type DpopProver = oauth.DPoPHandle;

const algorithms = ['ES256', 'Ed25519', 'PS256', 'RS256'];

/** A new key where the server knows DPoP (section 5.1), else undefined. */
export async function createDpopKey({ metadata }: OpenIdServer): Promise<DpopKey | undefined> {
  const known = metadata.dpop_signing_alg_values_supported ?? [];
  const algorithm = algorithms.find((name) => known.includes(name));
  return algorithm === undefined ? undefined : oauth.generateKeyPair(algorithm);
}

/** @param clockSkewMs how far the server's clock is ahead: proofs of another hour are refused. */
export function createProver({ publicKey, privateKey }: DpopKey, clockSkewMs: number): DpopProver {
  const client = { client_id: '', [oauth.clockSkew]: Math.round(clockSkewMs / 1000) };
  return oauth.DPoP(client, { publicKey, privateKey });
}

/** True where the server wants its nonce in the proof (sections 8 and 9): the same once more, and it will do. */
export async function asksForNonce(response: Response): Promise<boolean> {
  if (response.status !== 400 && response.status !== 401) return false;
  if (!response.headers.has('dpop-nonce')) return false;
  const words = `${response.headers.get('www-authenticate') ?? ''} ${await response.clone().text()}`;
  return words.includes('use_dpop_nonce');
}

/** An http that shows the token together with a proof (section 7.1). */
export function createProvingHttp(http: Http, accessToken: string, prover: DpopProver): Http {
  async function send(request: Request): Promise<Response> {
    // Firefox knows no `Request.body`, and refuses a body, be it empty, on requests that can have none.
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const body = hasBody ? await request.clone().arrayBuffer() : null;
    const options = {
      DPoP: prover,
      signal: request.signal,
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- addresses on this machine are allowed at the border
      [oauth.allowInsecureRequests]: new URL(request.url).protocol === 'http:',
      [oauth.customFetch]: toFetch(http),
    };
    const { method, url, headers } = request;
    const ask = oauth.protectedResourceRequest(accessToken, method, new URL(url), headers, body, options);
    return ask.catch((refusal: unknown) => {
      if (refusal instanceof oauth.WWWAuthenticateChallengeError) return refusal.response;
      throw refusal instanceof AppError ? refusal : new AppError('internal', { cause: refusal });
    });
  }
  return async (request) => {
    const response = await send(request);
    return (await asksForNonce(response)) ? send(request) : response;
  };
}
