/** One walk through a service's sign-in page, from the address we open to tokens whose owner the service itself named. */
import { AppError } from '../errors.ts';
import {
  buildAuthorizationUrl,
  type CallbackGrant,
  deriveCodeChallenge,
  readCallback,
} from '../oauth/authorization.ts';
import { callProtectedResource } from '../oauth/protected-resource.ts';
import { type Client, exchangeCode, type OAuth2Client, type Tokens } from '../oauth/token-endpoint.ts';
import type { Ports } from '../ports.ts';
import type { Feature, Subject } from '../providers/provider.ts';
import type { Vault } from '../vault/vault.ts';
import { type TimedTokens, timeTokens } from './grants.ts';
import { createAuthorizedHttp } from './send-authorized.ts';
import { walkOAuth1 } from './sign-in-oauth1.ts';

export type SignInPorts = Pick<Ports, 'http' | 'clock' | 'random' | 'identity' | 'crypto'>;

export interface SignedIn {
  /** Undefined where the service would not tell now, and need not. */
  readonly subject: Subject | undefined;
  readonly tokens: TimedTokens;
  readonly scopes: readonly string[];
}

export interface SignInRequest {
  readonly client: Client;
  readonly interactive: boolean;
  /** When an account is renewed, the person it must be. */
  readonly expected?: { readonly account: string; readonly subject: string };
  readonly allow?: readonly Feature[];
}

/** Who a token belongs to, as the service says; never from the callback, which nobody signed. */
export async function identify(
  ports: SignInPorts,
  client: OAuth2Client,
  accessToken: string,
): Promise<Subject | undefined> {
  const { provider, bases } = client;
  const http = createAuthorizedHttp(ports, client, { accessToken, tokenSecret: undefined });
  try {
    const request = provider.buildIdentityRequest(bases);
    const secrets = [accessToken];
    return provider.readIdentity(
      await callProtectedResource({ ...ports, http }, provider, request, { secrets }),
    );
  } catch (failure) {
    if (provider.canIdentityFail !== true) throw failure;
    return undefined;
  }
}

/** @throws AppError `wrong_person` with both names. */
function assertPerson(subject: Subject, expected: string | undefined): void {
  if (expected !== undefined && expected !== subject.id)
    throw new AppError('wrong_person', { params: { name: subject.name, expected } });
}

/** What must be remembered from the address we open to the one that comes back. */
interface Walk {
  readonly redirectUrl: string;
  readonly state: string;
  readonly codeVerifier: string | undefined;
}

async function openPage(
  ports: SignInPorts,
  client: OAuth2Client,
  { interactive, allow = [] }: SignInRequest,
  walk: Walk,
): Promise<string> {
  const { provider } = client;
  const responseType = client.clientSecret === '' ? provider.publicResponseType : 'code';
  const url = buildAuthorizationUrl({
    endpoint: provider.endpoints(client.bases).authorization,
    clientId: client.clientId,
    redirectUrl: walk.redirectUrl,
    responseType,
    scope: provider.scope({ responseType, allow }),
    state: walk.state,
    ...(walk.codeVerifier === undefined
      ? {}
      : { codeChallenge: await deriveCodeChallenge(walk.codeVerifier) }),
  });
  return ports.identity.authorize({ url, redirectUrl: walk.redirectUrl, interactive });
}

async function takeTokens(
  ports: SignInPorts,
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
  return tokens;
}

async function walkOAuth2(
  ports: SignInPorts,
  client: OAuth2Client,
  request: SignInRequest,
  keep: KeepPending,
): Promise<SignedIn> {
  const { provider } = client;
  const walk: Walk = {
    redirectUrl: ports.identity.redirectUrl(provider.id),
    state: ports.random.token(),
    codeVerifier: provider.hasPkce ? ports.random.token() : undefined,
  };
  await keep(walk.state);
  const url = await openPage(ports, client, request, walk);
  const callback = readCallback(url, walk.redirectUrl, walk.state);
  const tokens = await takeTokens(ports, client, walk, { url, callback });
  const receivedAt = ports.clock.now();
  const subject = await identify(ports, client, tokens.accessToken);
  if (subject !== undefined) assertPerson(subject, callback.username);
  const scopes = tokens.scopes ?? subject?.scopes ?? [];
  return { subject, scopes, tokens: timeTokens(tokens, receivedAt, provider.accessTokenSeconds) };
}

/** Keeps what a walk under way must be known by, sealed, before its page opens. */
export type KeepPending = (secret: string) => Promise<void>;

/**
 * Opens the page, checks what comes back, exchanges it and asks whose it is. Nothing is kept of a walk that fails.
 * @throws AppError `cancelled`, `needs_sign_in` (silent, and the person is needed), `answer_not_ours`, `wrong_person`,
 *   `sign_in_refused`, `app_settings`, and what the network brings.
 */
export async function walkSignIn(
  ports: SignInPorts,
  vault: Vault,
  request: SignInRequest,
): Promise<SignedIn> {
  const { client, interactive, expected } = request;
  const { provider } = client;
  const keep: KeepPending = async (secret) => {
    if (!interactive) return;
    await vault.store.signIns.put({
      provider: provider.id,
      state: await vault.seal(secret, `signIns/${provider.id}/state`),
      startedAt: ports.clock.now(),
      ...(expected === undefined ? {} : { account: expected.account }),
    });
  };
  try {
    const signedIn =
      provider.protocol === 'oauth1'
        ? await walkOAuth1(ports, { ...client, provider }, request, keep)
        : await walkOAuth2(ports, { ...client, provider }, request, keep);
    if (signedIn.subject !== undefined) assertPerson(signedIn.subject, expected?.subject);
    return signedIn;
  } finally {
    if (interactive) await vault.store.signIns.remove(provider.id);
  }
}
