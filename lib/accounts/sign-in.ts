/** One walk through a service's sign-in page, from the address we open to tokens whose owner the service itself named. */
import { AppError } from '../errors.ts';
import { buildAuthorizationUrl, readCallback } from '../oauth/authorization.ts';
import { callProtectedResource } from '../oauth/protected-resource.ts';
import { type Client, exchangeCode } from '../oauth/token-endpoint.ts';
import type { Ports } from '../ports.ts';
import type { Subject } from '../providers/provider.ts';
import type { Vault } from '../vault/vault.ts';
import { type TimedTokens, timeTokens } from './grants.ts';

type SignInPorts = Pick<Ports, 'http' | 'clock' | 'random' | 'identity'>;

export interface SignedIn {
  readonly subject: Subject;
  readonly tokens: TimedTokens;
}

export interface SignInRequest {
  readonly client: Client;
  readonly interactive: boolean;
  /** When an account is renewed, the person it must be. */
  readonly expected?: { readonly account: string; readonly subject: string };
}

/** Who a token belongs to, as the service says; never from the callback, which nobody signed. */
async function identify(
  ports: SignInPorts,
  { provider, bases }: Client,
  accessToken: string,
): Promise<Subject> {
  const request = provider.buildIdentityRequest(bases, accessToken);
  return provider.readIdentity(await callProtectedResource(ports, provider, request));
}

/** @throws AppError `wrong_person` with both names; `unknown_account` never. */
function assertPerson(subject: Subject, expected: string | undefined): void {
  if (expected !== undefined && expected !== subject.id)
    throw new AppError('wrong_person', { params: { name: subject.name, expected } });
}

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
  const hasSecret = client.clientSecret !== '';
  const redirectUrl = ports.identity.redirectUrl(provider.id);
  const state = ports.random.token();
  if (interactive)
    await vault.store.signIns.put({
      provider: provider.id,
      state: await vault.seal(state, `signIns/${provider.id}/state`),
      startedAt: ports.clock.now(),
      ...(expected === undefined ? {} : { account: expected.account }),
    });
  try {
    const url = buildAuthorizationUrl({
      endpoint: provider.endpoints(client.bases).authorization,
      clientId: client.clientId,
      redirectUrl,
      responseType: hasSecret ? 'code' : 'token',
      scope: hasSecret ? provider.scope.code : provider.scope.token,
      state,
    });
    const callbackUrl = await ports.identity.authorize({ url, redirectUrl, interactive });
    const callback = readCallback(callbackUrl, redirectUrl, state);
    const tokens =
      callback.accessToken === undefined
        ? await exchangeCode(ports, client, { url: callbackUrl, redirectUrl, state })
        : {
            accessToken: callback.accessToken,
            refreshToken: undefined,
            expiresInSeconds: callback.expiresInSeconds,
          };
    const receivedAt = ports.clock.now();
    const madeFor = provider.findTokenClient?.(tokens.accessToken);
    if (madeFor !== undefined && madeFor !== client.clientId) throw new AppError('answer_not_ours');
    const subject = await identify(ports, client, tokens.accessToken);
    assertPerson(subject, callback.username);
    assertPerson(subject, expected?.subject);
    return { subject, tokens: timeTokens(tokens, receivedAt, provider.accessTokenSeconds) };
  } finally {
    if (interactive) await vault.store.signIns.remove(provider.id);
  }
}
