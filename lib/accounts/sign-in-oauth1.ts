/** The walk of OAuth 1.0a: a request token, the person's consent, an access token that does not end by time. */
import { AppError } from '../errors.ts';
import {
  buildAccessTokenStep,
  buildConsentUrl,
  buildRequestTokenStep,
  type HandshakeReply,
  type HandshakeStep,
  readAccessToken,
  readConsent,
  readRequestToken,
} from '../oauth/oauth1-handshake.ts';
import type { Client } from '../oauth/token-endpoint.ts';
import type { OAuth1Provider } from '../providers/provider.ts';
import { createSigningHttp, type Credentials } from './send-authorized.ts';
import type { KeepPending, SignedIn, SignInPorts, SignInRequest } from './sign-in.ts';
import { never } from './timing.ts';

async function send(
  ports: SignInPorts,
  client: Client,
  { request, extra }: HandshakeStep,
  credentials?: Credentials,
): Promise<HandshakeReply> {
  const http = createSigningHttp(ports, client, credentials, extra);
  const response = await http(new Request(request.url, { method: request.method }));
  try {
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    throw new AppError('network', { cause });
  }
}

/**
 * @throws AppError `needs_sign_in` when it should be silent: there is no such way here. Else as `walkSignIn`, and
 *   `callback_not_approved`, `request_token_missing`, `verifier_missing`.
 */
export async function walkOAuth1(
  ports: SignInPorts,
  client: Client<OAuth1Provider>,
  { interactive }: SignInRequest,
  keep: KeepPending,
): Promise<SignedIn> {
  if (!interactive) throw new AppError('needs_sign_in');
  const { provider, bases } = client;
  const endpoints = provider.endpoints(bases);
  const redirectUrl = ports.identity.redirectUrl(provider.id);
  const started = await send(ports, client, buildRequestTokenStep(endpoints.requestToken, redirectUrl));
  const { token, tokenSecret } = readRequestToken(started, provider.explain);
  await keep(tokenSecret);
  const url = await ports.identity.authorize({
    url: buildConsentUrl(endpoints.authorization, { token }),
    redirectUrl,
    interactive,
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
