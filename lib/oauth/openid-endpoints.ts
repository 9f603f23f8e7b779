/** The endpoints of an OpenID Connect server beside that for tokens. */
import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { askOpenId, authenticate, type OpenIdCaller, optionsOf, registrationOf } from './openid-call.ts';

const pushed = z.object({ request_uri: z.string().check(z.minLength(1)) });

/**
 * Hands the parameters of a sign-in page's address to the server beforehand (RFC 9126), where it takes them.
 * @param url as `buildAuthorizationUrl` made it.
 * @returns the address to open, which is `url` itself where the server has no such endpoint.
 * @throws AppError
 */
export async function pushRequest(caller: OpenIdCaller, url: string): Promise<string> {
  const { metadata } = caller.server;
  if (metadata.pushed_authorization_request_endpoint === undefined) return url;
  const parameters = new URL(url).searchParams;
  const answer = await askOpenId(caller, [], () =>
    oauth.pushedAuthorizationRequest(
      metadata,
      registrationOf(caller),
      authenticate(caller),
      parameters,
      optionsOf(caller),
    ),
  );
  const parsed = pushed.safeParse(answer.body);
  if (!parsed.success) throw new AppError('bad_answer', { cause: parsed.error });
  const page = new URL(url);
  page.search = new URLSearchParams({
    client_id: caller.client.clientId,
    request_uri: parsed.data.request_uri,
  }).toString();
  return page.href;
}

/** RFC 7009. @throws AppError, also where the server takes nothing back. */
export async function revokeOpenIdToken(caller: OpenIdCaller, token: string): Promise<void> {
  const { metadata } = caller.server;
  if (metadata.revocation_endpoint === undefined) throw new AppError('service_error');
  await askOpenId(caller, [token], () =>
    oauth.revocationRequest(metadata, registrationOf(caller), authenticate(caller), token, optionsOf(caller)),
  );
}

/**
 * OpenID Connect RP-Initiated Logout 1.0 section 2. Undefined where the server has no such page.
 * @param back where the person is sent afterwards, with `state`; undefined leaves them on the server's own page.
 */
export function buildSignOutUrl(
  { client, server }: OpenIdCaller,
  idToken: string,
  back: { readonly redirectUrl: string; readonly state: string } | undefined,
): string | undefined {
  const { end_session_endpoint: page } = server.metadata;
  if (page === undefined) return undefined;
  const url = new URL(page);
  url.searchParams.set('id_token_hint', idToken);
  url.searchParams.set('client_id', client.clientId);
  if (back !== undefined) {
    url.searchParams.set('post_logout_redirect_uri', back.redirectUrl);
    url.searchParams.set('state', back.state);
  }
  return url.href;
}
