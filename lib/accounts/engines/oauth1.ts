/** OAuth 1.0a: a request token, the person's consent, an access token that does not end by time; requests are signed. */
import { AppError } from '../../errors.ts';
import { toNetworkError } from '../../oauth/limit-answers.ts';
import {
  buildAccessTokenStep,
  buildConsentUrl,
  buildRequestTokenStep,
  type HandshakeReply,
  type HandshakeStep,
  readAccessToken,
  readConsent,
  readRequestToken,
} from '../../oauth/oauth1-handshake.ts';
import { callProtectedResource } from '../../oauth/protected-resource.ts';
import type { Client } from '../../oauth/token-endpoint.ts';
import type { OAuth1Provider } from '../../providers/provider.ts';
import { createSigningHttp } from '../create-signing-http.ts';
import { never } from '../timing.ts';
import type { Credentials, Engine, EnginePorts, SignedIn, SignInRequest } from './engine.ts';

async function send(
  ports: EnginePorts,
  client: Client,
  { request, extra }: HandshakeStep,
  credentials?: Credentials,
): Promise<HandshakeReply> {
  const http = createSigningHttp(ports, client, credentials, extra);
  const { accessToken = '', tokenSecret = '' } = credentials ?? {};
  const secrets = [accessToken, tokenSecret, extra.oauth_verifier ?? ''];
  const response = await http(new Request(request.url, { method: request.method }));
  try {
    return { status: response.status, text: await response.text(), secrets };
  } catch (cause) {
    throw toNetworkError(cause);
  }
}

/** @throws AppError, `callback_not_approved`, `request_token_missing`, `verifier_missing` among others. */
async function walk(
  ports: EnginePorts,
  client: Client<OAuth1Provider>,
  { keep, signal }: SignInRequest,
): Promise<SignedIn> {
  const { provider, bases } = client;
  const endpoints = provider.endpoints(bases);
  const redirectUrl = ports.identity.redirectUrl(provider.id);
  const started = await send(ports, client, buildRequestTokenStep(endpoints.requestToken, redirectUrl));
  const { token, tokenSecret } = readRequestToken(started, provider.explain);
  await keep(tokenSecret);
  const url = await ports.identity.authorize({
    url: buildConsentUrl(endpoints.authorization, { token }),
    redirectUrl,
    interactive: true,
    signal,
  });
  const verifier = readConsent(url, redirectUrl, { token });
  const step = buildAccessTokenStep(endpoints.accessToken, verifier);
  const ended = await send(ports, client, step, { accessToken: token, tokenSecret });
  const person = readAccessToken(ended, provider.explain);
  return {
    subject: { id: person.userId, name: person.screenName },
    scopes: [],
    tokens: {
      accessToken: person.token,
      refreshToken: undefined,
      tokenSecret: person.tokenSecret,
      expiresAt: never,
    },
  };
}

export function createOAuth1Engine(ports: EnginePorts): Engine<OAuth1Provider> {
  return {
    async signIn(client, request) {
      // There is no silent way here.
      if (!request.isInteractive) throw new AppError('needs_sign_in');
      return walk(ports, client, request);
    },
    renew: () => undefined,
    authorize: (client, credentials) => createSigningHttp(ports, client, credentials),
    // A sign-in gives the same token again, which stays.
    canRevokeFormer: false,
    async revoke(client, credentials) {
      const http = createSigningHttp(ports, client, credentials);
      const request = new Request(client.provider.endpoints(client.bases).invalidation, { method: 'POST' });
      const secrets = [credentials.accessToken];
      await callProtectedResource({ ...ports, http }, client.provider, request, { secrets });
    },
  };
}
