/** One call to an endpoint of an OpenID Connect server, through oauth4webapi and our own http. */
import * as oauth from 'oauth4webapi';
import { AppError, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { OidcProvider } from '../providers/provider.ts';
import { asksForNonce, type DpopProver } from './dpop.ts';
import type { OpenIdServer } from './openid-server.ts';
import { type Answer, readAnswer, readFailure, toFailureError } from './read-answer.ts';
import { toFetch } from './to-fetch.ts';
import type { Client } from './token-endpoint.ts';

export type OidcClient = Client<OidcProvider>;

/** Whom we ask, as whom, and over which network. */
export interface OpenIdCaller {
  readonly network: Pick<Ports, 'http' | 'clock'>;
  readonly client: OidcClient;
  readonly server: OpenIdServer;
  /** Where tokens are bound to a key. */
  readonly prover?: DpopProver | undefined;
}

/** RFC 6749 section 2.3.1, the one way or the other as the server lists; a public client only names itself. */
export function authenticate({ client, server }: OpenIdCaller): oauth.ClientAuth {
  if (client.clientSecret === '') return oauth.None();
  const methods = server.metadata.token_endpoint_auth_methods_supported ?? [];
  const isPost = methods.includes('client_secret_post') && !methods.includes('client_secret_basic');
  return isPost ? oauth.ClientSecretPost(client.clientSecret) : oauth.ClientSecretBasic(client.clientSecret);
}

/** Tokens of a clock a little off are still taken. */
const toleranceSeconds = 30;

export function registrationOf({ client, server }: OpenIdCaller): oauth.Client {
  return {
    client_id: client.clientId,
    [oauth.clockSkew]: Math.round(server.clockSkew / 1000),
    [oauth.clockTolerance]: toleranceSeconds,
  };
}

export function optionsOf({ network, server, prover }: OpenIdCaller) {
  return {
    ...(prover === undefined ? {} : { DPoP: prover }),
    [oauth.customFetch]: toFetch(network.http),
    // A server on this machine may do without TLS; others are refused when their address is saved.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to go away
    [oauth.allowInsecureRequests]: new URL(server.metadata.issuer).protocol === 'http:',
  };
}

function refuse({ client }: OpenIdCaller, answer: Answer, secrets: readonly string[]): AppError {
  const failure = readFailure(answer, [client.clientSecret, ...secrets]);
  const error = client.provider.readFailure?.(failure) ?? toFailureError(failure);
  // RFC 6749 section 5.2: the commonest reason is an app that is registered as one with a secret.
  if (error.code !== 'app_settings') return error;
  return new AppError('client_refused', {
    field: 'clientId',
    ...(error.details === undefined ? {} : { details: error.details }),
  });
}

/**
 * Sends a request of the library, once more where the server wants its nonce in the proof, and reads the answer.
 * @param secrets what the request carries: a server that repeats it must not bring it before people's eyes.
 * @throws AppError, `client_refused`, `needs_sign_in` and what else a refusal means; the network's.
 */
export async function askOpenId(
  caller: OpenIdCaller,
  secrets: readonly string[],
  send: () => Promise<Response>,
): Promise<Answer> {
  const first = await send().catch((failure: unknown) => {
    throw toAppError(failure);
  });
  const response = (await asksForNonce(first)) ? await send() : first;
  const answer = await readAnswer(response, caller.network.clock.now(), caller.client.provider);
  if (answer.status < 200 || answer.status > 299) throw refuse(caller, answer, secrets);
  return answer;
}
