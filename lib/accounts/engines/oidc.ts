/** OpenID Connect: the code flow with PKCE, tokens bound to a key where the server can, sign-out at the server too. */
import * as z from 'zod/mini';
import { toAppError } from '../../errors.ts';
import { buildAuthorizationUrl, deriveCodeChallenge, readCallback } from '../../oauth/authorization.ts';
import { createDpopKey, createProver, createProvingHttp, type DpopKey } from '../../oauth/dpop.ts';
import type { OidcClient, OpenIdCaller } from '../../oauth/openid-call.ts';
import { buildSignOutUrl, pushRequest, revokeOpenIdToken } from '../../oauth/openid-endpoints.ts';
import type { OpenIdServer } from '../../oauth/openid-server.ts';
import { exchangeOpenIdCode, type OpenIdTokens, refreshOpenIdTokens } from '../../oauth/openid-tokens.ts';
import { callProtectedResource } from '../../oauth/protected-resource.ts';
import { createServiceHttp } from '../../oauth/service-http.ts';
import type { Http } from '../../ports.ts';
import type { OidcProvider, Subject } from '../../providers/provider.ts';
import { assertPerson } from '../assert-person.ts';
import { timeTokens, type TimedTokens } from '../grants.ts';
import type { Credentials, Engine, EnginePorts, SignedIn, SignInRequest } from './engine.ts';
import { createOidcServers } from './oidc-servers.ts';

/** What must be remembered from the address we open to the one that comes back. */
interface Walk {
  /** The server that the code may be sent to, and no other (RFC 9700 section 4.4). */
  readonly issuer: string;
  readonly redirectUrl: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

type Claims = Readonly<Record<string, unknown>>;

const claimSet = z.record(z.string(), z.unknown());

/** By these claims people know themselves; the first that there is (OpenID Connect Core section 5.1). */
const nameClaims = ['preferred_username', 'username', 'nickname', 'name', 'email', 'phone_number', 'sub'];

function toSubject(claims: Claims): Subject {
  const texts = nameClaims.map((name) => claims[name]);
  const name = texts.find((text): text is string => typeof text === 'string' && text.trim() !== '');
  // A checked ID token always has its `sub`.
  const id = typeof claims['sub'] === 'string' ? claims['sub'] : '';
  return { id, name: name?.trim() ?? id };
}

/** A silent walk can't ask for what needs consent (OpenID Connect Core section 11). */
function scopeOf({ provider, settings }: OidcClient, isInteractive: boolean): string {
  const scopes = provider.scope(settings).split(' ');
  return scopes.filter((scope) => isInteractive || scope !== 'offline_access').join(' ');
}

function promptOf(scope: string, isInteractive: boolean): Record<string, string> {
  if (!isInteractive) return { prompt: 'none' };
  // Section 11: without it no refresh token comes, and no word of it either.
  return scope.split(' ').includes('offline_access') ? { prompt: 'consent' } : {};
}

export function createOidcEngine(ports: EnginePorts): Engine<OidcProvider> {
  const servers = createOidcServers(ports);

  async function createCaller(client: OidcClient, key?: DpopKey): Promise<OpenIdCaller> {
    const server = await servers.get(client);
    return {
      network: { ...ports, http: createServiceHttp(ports, client) },
      client,
      server,
      prover: key && createProver(key, server.clockSkew),
    };
  }

  function time(client: OidcClient, tokens: OpenIdTokens, key: DpopKey | undefined): TimedTokens {
    return {
      ...timeTokens(tokens, ports.clock.now(), client.provider.accessTokenSeconds),
      ...(tokens.idToken === undefined ? {} : { idToken: tokens.idToken }),
      ...(key !== undefined && tokens.isBound ? { dpopKey: key } : {}),
    };
  }

  function authorize(client: OidcClient, credentials: Credentials): Http {
    const http = createServiceHttp(ports, client);
    const { accessToken, dpopKey } = credentials;
    let proving: Promise<Http> | undefined;
    const createProving = async (key: DpopKey): Promise<Http> => {
      const { clockSkew } = await servers.get(client);
      return createProvingHttp(http, accessToken, createProver(key, clockSkew));
    };
    return async (request) => {
      if (dpopKey !== undefined) {
        proving ??= createProving(dpopKey);
        return (await proving)(request);
      }
      const authorized = new Request(request.clone());
      // RFC 6750 section 2.1: in the header only, never in an address.
      authorized.headers.set('authorization', `Bearer ${accessToken}`);
      return http(authorized);
    };
  }

  /** What userinfo says beyond the ID token; nothing where it does not answer now. @throws AppError `wrong_person` */
  async function fetchClaims(client: OidcClient, server: OpenIdServer, tokens: TimedTokens, claims: Claims) {
    const { userinfo_endpoint: address } = server.metadata;
    if (address === undefined) return {};
    const http = authorize(client, tokens);
    const answer = await callProtectedResource({ ...ports, http }, client.provider, new Request(address), {
      secrets: [tokens.accessToken],
    }).catch(() => undefined);
    const told = claimSet.safeParse(answer);
    if (!told.success) return {};
    // Section 5.3.2: an answer about somebody else must not be used, and nothing of this sign-in is to be trusted then.
    assertPerson(toSubject(told.data), toSubject(claims).id);
    return told.data;
  }

  async function openPage(caller: OpenIdCaller, request: SignInRequest, walk: Walk): Promise<string> {
    const { client, server } = caller;
    const { isInteractive } = request;
    const scope = scopeOf(client, isInteractive);
    const url = buildAuthorizationUrl({
      endpoint: server.metadata.authorization_endpoint ?? '',
      clientId: client.clientId,
      redirectUrl: walk.redirectUrl,
      responseType: 'code',
      scope,
      state: walk.state,
      codeChallenge: await deriveCodeChallenge(walk.codeVerifier),
      more: {
        nonce: walk.nonce,
        ...promptOf(scope, isInteractive),
        ...client.provider.authorizationParameters?.(client.settings),
      },
    });
    return ports.identity.authorize({
      url: await pushRequest(caller, url),
      redirectUrl: walk.redirectUrl,
      interactive: isInteractive,
      signal: request.signal,
    });
  }

  async function signIn(client: OidcClient, request: SignInRequest): Promise<SignedIn> {
    const server = await servers.get(client);
    const key = await createDpopKey(server);
    const caller = await createCaller(client, key);
    const { issuer, authorization_response_iss_parameter_supported: isAlwaysTold = false } = server.metadata;
    const walk: Walk = {
      issuer,
      redirectUrl: ports.identity.redirectUrl(client.provider.id),
      state: ports.random.token(),
      nonce: ports.random.token(),
      codeVerifier: ports.random.token(),
    };
    await request.keep(JSON.stringify(walk));
    const url = await openPage(caller, request, walk);
    readCallback(url, walk.redirectUrl, walk.state, { issuer, isAlwaysTold });
    const answer = await exchangeOpenIdCode(caller, { ...walk, url });
    const tokens = time(client, answer, key);
    const claims = answer.claims ?? {};
    const subject = toSubject({ ...claims, ...(await fetchClaims(client, server, tokens, claims)) });
    const scopes = answer.scopes ?? scopeOf(client, request.isInteractive).split(' ');
    return { subject, scopes, tokens };
  }

  async function refresh(client: OidcClient, held: Credentials, refreshToken: string): Promise<TimedTokens> {
    const caller = await createCaller(client, held.dpopKey);
    const answer = await refreshOpenIdTokens(caller, refreshToken);
    // Section 12.2: the ID token of a renewal is of the same person.
    if (answer.claims !== undefined) assertPerson(toSubject(answer.claims), held.subject);
    return time(client, answer, held.dpopKey);
  }

  /** A window opens only where the server wants to ask; a server that knows no way back to us keeps the person on its page. */
  async function endSession(client: OidcClient, credentials: Credentials): Promise<void> {
    const { idToken } = credentials;
    if (idToken === undefined) return;
    const caller = await createCaller(client);
    const redirectUrl = ports.identity.redirectUrl(client.provider.id);
    const url = buildSignOutUrl(caller, idToken, { redirectUrl, state: ports.random.token() });
    const page = buildSignOutUrl(caller, idToken, undefined);
    if (url === undefined || page === undefined) return;
    await ports.identity
      .authorize({ url, redirectUrl, interactive: true })
      .catch(async (failure: unknown) => {
        if (toAppError(failure).code === 'page_not_loaded') await ports.shell.openTab(page);
      });
  }

  return {
    signIn,
    renew: (client, held) =>
      held.refreshToken === undefined ? undefined : refresh(client, held, held.refreshToken),
    authorize,
    async revoke(client, credentials) {
      const caller = await createCaller(client);
      const { refreshToken, accessToken } = credentials;
      // The refresh token first: with it most servers take all of the same consent back (RFC 7009 section 2.1).
      if (refreshToken !== undefined) await revokeOpenIdToken(caller, refreshToken);
      await revokeOpenIdToken(caller, accessToken);
    },
    endSession,
    async check(client) {
      await servers.get(client);
    },
    async findEndpoints(client) {
      const { userinfo_endpoint: userinfo } = (await servers.get(client)).metadata;
      return userinfo === undefined ? {} : { userinfo };
    },
  };
}
