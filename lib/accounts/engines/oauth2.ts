/** OAuth 2.0: the walk through the sign-in page (RFC 6749 section 4.1 or 4.2), refresh (6), bearer tokens (RFC 6750). */
import { AppError } from '../../errors.ts';
import {
  buildAuthorizationUrl,
  type CallbackGrant,
  deriveCodeChallenge,
  readCallback,
} from '../../oauth/authorization.ts';
import { callProtectedResource } from '../../oauth/protected-resource.ts';
import { pollDeviceCode, requestDeviceCode } from '../../oauth/device-flow.ts';
import { exchangeCode, type OAuth2Client, refreshTokens, type Tokens } from '../../oauth/token-endpoint.ts';
import type { Http } from '../../ports.ts';
import type { OAuth2Provider, Subject } from '../../providers/provider.ts';
import { assertPerson } from '../assert-person.ts';
import { timeTokens } from '../grants.ts';
import type { Credentials, Engine, EnginePorts, SignedIn, SignInRequest } from './engine.ts';

/** What must be remembered from the address we open to the one that comes back. */
interface Walk {
  readonly redirectUrl: string;
  readonly state: string;
  readonly codeVerifier: string | undefined;
}

const isPublic = ({ clientSecret }: OAuth2Client) => clientSecret === '';

/** A refresh token that this client can't use is not worth keeping. */
function isRefreshTokenUseful(client: OAuth2Client): boolean {
  return !(isPublic(client) && client.provider.needsSecretToRefresh === true);
}

export function createOAuth2Engine(ports: EnginePorts): Engine<OAuth2Provider> {
  const authorize =
    ({ provider }: OAuth2Client, { accessToken }: Credentials): Http =>
    (request) => {
      const authorized = new Request(request.clone());
      // RFC 6750 section 2.1, or the service's own way.
      authorized.headers.set('authorization', provider.authorization(accessToken));
      return ports.http(authorized);
    };

  /** Who a token belongs to, as the service says; never from the callback, which nobody signed. */
  async function identify(client: OAuth2Client, credentials: Credentials): Promise<Subject | undefined> {
    const { provider, bases } = client;
    const http = authorize(client, credentials);
    try {
      const request = provider.buildIdentityRequest(bases);
      const secrets = [credentials.accessToken];
      return provider.readIdentity(
        await callProtectedResource({ ...ports, http }, provider, request, { secrets }),
      );
    } catch (failure) {
      if (provider.canIdentityFail !== true) throw failure;
      return undefined;
    }
  }

  async function openPage(
    client: OAuth2Client,
    { isInteractive, isRenewal, allow, signal }: SignInRequest,
    walk: Walk,
  ): Promise<string> {
    const { provider } = client;
    const responseType = isPublic(client) ? provider.publicResponseType : 'code';
    const url = buildAuthorizationUrl({
      endpoint: provider.endpoints(client.bases).authorization,
      clientId: client.clientId,
      redirectUrl: walk.redirectUrl,
      responseType,
      scope: provider.scope({ responseType, allow }),
      state: walk.state,
      more: provider.authorizationParameters?.({ isRenewal, isInteractive }) ?? {},
      ...(walk.codeVerifier === undefined
        ? {}
        : { codeChallenge: await deriveCodeChallenge(walk.codeVerifier) }),
    });
    return ports.identity.authorize({
      url,
      redirectUrl: walk.redirectUrl,
      interactive: isInteractive,
      signal,
    });
  }

  async function takeTokens(
    client: OAuth2Client,
    walk: Walk,
    { url, callback }: { readonly url: string; readonly callback: CallbackGrant },
  ): Promise<Tokens> {
    const { accessToken, expiresInSeconds } = callback;
    const tokens =
      accessToken === undefined
        ? await exchangeCode(ports, client, { url, ...walk })
        : { accessToken, refreshToken: undefined, expiresInSeconds };
    const madeFor = client.provider.findTokenClient?.(tokens.accessToken);
    if (madeFor !== undefined && madeFor !== client.clientId) throw new AppError('answer_not_ours');
    return isRefreshTokenUseful(client) ? tokens : { ...tokens, refreshToken: undefined };
  }

  const findDevice = ({ provider: { device }, settings }: OAuth2Client) =>
    device?.isChosen(settings) === true ? device : undefined;

  /** Whose the tokens are, and how long they are good. */
  async function settle(client: OAuth2Client, tokens: Tokens, toldName?: string): Promise<SignedIn> {
    const receivedAt = ports.clock.now();
    const subject = await identify(client, tokens);
    if (subject !== undefined) assertPerson(subject, toldName);
    const scopes = tokens.scopes ?? subject?.scopes ?? [];
    return { subject, scopes, tokens: timeTokens(tokens, receivedAt, client.provider.accessTokenSeconds) };
  }

  async function signIn(client: OAuth2Client, request: SignInRequest): Promise<SignedIn> {
    const { provider } = client;
    if (findDevice(client) !== undefined)
      throw new AppError(request.isInteractive ? 'sign_in_by_code' : 'needs_sign_in');
    const walk: Walk = {
      redirectUrl: ports.identity.redirectUrl(provider.id),
      state: ports.random.token(),
      codeVerifier: provider.hasPkce ? ports.random.token() : undefined,
    };
    await request.keep(JSON.stringify(walk));
    const url = await openPage(client, request, walk);
    const callback = readCallback(url, walk.redirectUrl, walk.state);
    const tokens = await takeTokens(client, walk, { url, callback });
    return settle(client, tokens, callback.username);
  }

  async function refresh(client: OAuth2Client, refreshToken: string) {
    const tokens = await refreshTokens(ports, client, refreshToken);
    return timeTokens(tokens, ports.clock.now(), client.provider.accessTokenSeconds);
  }

  return {
    signIn,
    renew: (client, { refreshToken }) =>
      refreshToken === undefined || !isRefreshTokenUseful(client) ? undefined : refresh(client, refreshToken),
    device(client) {
      const flow = findDevice(client);
      if (flow === undefined) return undefined;
      return {
        begin: (allow) =>
          requestDeviceCode(ports, client, flow, client.provider.scope({ responseType: 'code', allow })),
        async poll(deviceCode) {
          const answer = await pollDeviceCode(ports, client, flow, deviceCode);
          return typeof answer === 'string' ? answer : settle(client, answer);
        },
      };
    },
    authorize,
    canRevokeFormer: true,
    async revoke({ provider, bases, clientId }, { accessToken, refreshToken }) {
      const requests = provider.buildRevocationRequests(bases, clientId, { accessToken, refreshToken });
      for (const request of requests)
        await callProtectedResource(ports, provider, request, { secrets: [accessToken] });
    },
    identify,
  };
}
