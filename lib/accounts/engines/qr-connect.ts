/** A sign-in by QR code, caught on its way back to the person's own domain; see {@link QrConnectProvider}. */
import { AppError, toAppError } from '../../errors.ts';
import { callProtectedResource } from '../../oauth/protected-resource.ts';
import type { Client } from '../../oauth/token-endpoint.ts';
import type { Http } from '../../ports.ts';
import type { QrConnectProvider } from '../../providers/provider.ts';
import type { QrTokens } from '../../providers/record/qr-connect-provider.ts';
import { assertPerson } from '../assert-person.ts';
import type { Credentials, Engine, EnginePorts, SignedIn, SignInRequest, TimedTokens } from './engine.ts';

type QrClient = Client<QrConnectProvider>;

/** Opens the page and waits for the way back. @throws AppError */
async function openPage(ports: EnginePorts, client: QrClient, request: SignInRequest): Promise<string> {
  const { provider, bases, clientId, settings } = client;
  const callback = settings[provider.callbackSetting] ?? '';
  const state = ports.random.token();
  await request.keep(JSON.stringify({ callback, state }));
  try {
    const url = await ports.identity.authorize({
      url: provider.buildPageUrl(bases, { clientId, callback, state }),
      redirectUrl: ports.identity.redirectUrl(provider.id),
      interactive: true,
      capture: { address: callback, state },
      signal: request.signal,
    });
    return provider.readWayBack(url, { callback, state });
  } catch (thrown) {
    const isClosed = toAppError(thrown).code === 'cancelled' && !request.signal.aborted;
    throw isClosed ? new AppError(provider.closedPage) : thrown;
  }
}

export function createQrConnectEngine(ports: EnginePorts): Engine<QrConnectProvider> {
  /** @param signedInAt UTC ms. */
  function timeTokens({ provider }: QrClient, tokens: QrTokens, signedInAt: number): TimedTokens {
    const { accessToken, refreshToken, expiresInSeconds = provider.accessTokenSeconds } = tokens;
    return {
      accessToken,
      refreshToken,
      expiresAt: ports.clock.now() + expiresInSeconds * 1000,
      renewableUntil: signedInAt + provider.signInSeconds * 1000,
    };
  }

  async function exchange(client: QrClient, code: string): Promise<QrTokens> {
    const { provider, bases, clientId, clientSecret } = client;
    const asked = provider.buildExchange(bases, { clientId, clientSecret, code });
    const { findExchangeRefusal: findRefusal } = provider;
    const secrets = [clientSecret, code];
    const tokens = provider.readTokens(
      await callProtectedResource(ports, { ...provider, findRefusal }, asked, { secrets }),
    );
    if (tokens.isSnapshotUser) throw new AppError('snapshot_user');
    return tokens;
  }

  const authorize =
    ({ provider }: QrClient, { accessToken, subject: openId = '' }: Credentials): Http =>
    (request) =>
      ports.http(provider.authorize(request, { accessToken, openId }));

  /** What the person is called. The code is spent and the tokens are good, so a failure here ends nothing. */
  async function findName(client: QrClient, { accessToken, openId }: QrTokens) {
    const { provider, bases } = client;
    const http = authorize(client, { accessToken, subject: openId });
    const asked = provider.buildIdentityRequest(bases);
    try {
      const secrets = [accessToken];
      return provider.readIdentity(
        await callProtectedResource({ ...ports, http }, provider, asked, { secrets }),
      );
    } catch {
      return { name: '', unionId: undefined };
    }
  }

  async function signIn(client: QrClient, request: SignInRequest): Promise<SignedIn> {
    if (!request.isInteractive) throw new AppError('needs_sign_in');
    const tokens = await exchange(client, await openPage(ports, client, request));
    const signedInAt = ports.clock.now();
    const { name, unionId = tokens.unionId } = await findName(client, tokens);
    return {
      subject: {
        id: tokens.openId,
        name: name === '' ? tokens.openId : name,
        ...(unionId === undefined ? {} : { unionId }),
        app: client.clientId,
      },
      scopes: tokens.scopes,
      tokens: timeTokens(client, tokens, signedInAt),
    };
  }

  async function refresh(client: QrClient, refreshToken: string, held: Credentials): Promise<TimedTokens> {
    const { provider, bases, clientId } = client;
    const { subject, signedInAt = 0 } = held;
    const asked = provider.buildRefresh(bases, { clientId, refreshToken });
    const secrets = [refreshToken, held.accessToken];
    const tokens = provider.readTokens(await callProtectedResource(ports, provider, asked, { secrets }));
    assertPerson({ id: tokens.openId, name: tokens.openId }, subject);
    return timeTokens(client, tokens, signedInAt);
  }

  return {
    signIn,
    renew: (client, held) =>
      held.refreshToken === undefined ? undefined : refresh(client, held.refreshToken, held),
    authorize,
    // Nothing takes these tokens back but the person, on the phone.
    revoke: () => Promise.resolve(),
  };
}
