/** Sends requests in an account's name: puts the token on them the way the service's protocol wants it. */
import { findClockSkew } from '../oauth/clock-skew.ts';
import { createOAuth1Signer, type HandshakeParameters } from '../oauth/oauth1-signature.ts';
import type { Client } from '../oauth/token-endpoint.ts';
import type { Http, Ports } from '../ports.ts';

export interface Credentials {
  readonly accessToken: string;
  /** OAuth 1.0a only; empty in the first step of its handshake. */
  readonly tokenSecret: string | undefined;
}

/** A clock that is off by less is no reason for a refusal, in ms. */
const toleratedSkew = 60_000;

type SendPorts = Pick<Ports, 'http' | 'clock' | 'random' | 'crypto'>;

/**
 * Signs every sending anew (RFC 5849). A refusal by a service whose clock is far from ours is answered once by signing
 * for its clock.
 * @param extra parameters of the handshake.
 */
export function createSigningHttp(
  ports: SendPorts,
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

/** An http for calls with the account's token on them. */
export function createAuthorizedHttp(ports: SendPorts, client: Client, credentials: Credentials): Http {
  const { provider } = client;
  if (provider.protocol === 'oauth1') return createSigningHttp(ports, client, credentials);
  return (request) => {
    const authorized = new Request(request.clone());
    // RFC 6750 section 2.1, or the service's own way.
    authorized.headers.set('authorization', provider.authorization(credentials.accessToken));
    return ports.http(authorized);
  };
}
