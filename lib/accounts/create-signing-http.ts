/** Sends requests signed by OAuth 1.0a (RFC 5849). */
import { findClockSkew } from '../oauth/clock-skew.ts';
import { createOAuth1Signer, type HandshakeParameters } from '../oauth/oauth1-signature.ts';
import type { Client } from '../oauth/token-endpoint.ts';
import type { Http, Ports } from '../ports.ts';
import type { Credentials } from './grants.ts';

/** A clock that is off by less is no reason for a refusal, in ms. */
const toleratedSkew = 60_000;

type SigningPorts = Pick<Ports, 'http' | 'clock' | 'random' | 'crypto'>;

/**
 * Signs every sending anew (RFC 5849). A refusal by a service whose clock is far from ours is answered once by signing
 * for its clock.
 * @param extra parameters of the handshake.
 */
export function createSigningHttp(
  ports: SigningPorts,
  { clientId, clientSecret }: Pick<Client, 'clientId' | 'clientSecret'>,
  { accessToken, tokenSecret }: Partial<Credentials> = {},
  extra: HandshakeParameters = {},
): Http {
  const signer = createOAuth1Signer(ports);
  const credentials = {
    consumerKey: clientId,
    consumerSecret: clientSecret,
    ...(accessToken === undefined ? {} : { token: accessToken }),
    ...(tokenSecret === undefined ? {} : { tokenSecret }),
  };
  const send = async (request: Request, skewMs: number) => {
    // Bodies here are JSON or none, and neither is signed.
    const { method, url } = request;
    const signed = new Request(request.clone());
    signed.headers.set('authorization', await signer.authorize({ method, url }, credentials, extra, skewMs));
    return ports.http(signed);
  };
  return async (request) => {
    const response = await send(request, 0);
    const skew = findClockSkew(response.headers.get('date'), ports.clock.now()) ?? 0;
    return response.status === 401 && Math.abs(skew) > toleratedSkew ? send(request, skew) : response;
  };
}
