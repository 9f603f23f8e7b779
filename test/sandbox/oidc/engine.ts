/** The `oidc-provider` package behind one issuer, on a loopback port of its own, by the sandbox's time. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerInteraction, interactionPath } from './interaction.ts';
import { buildErrorPage, buildSignedOutPage, buildSignOutPage } from './pages.ts';
import { runAt } from './scoped-time.ts';
import type { OidcService } from './service.ts';
import { buildClaims, claimsOfScopes } from './user.ts';
import type { Context } from 'oidc-provider';

export interface Engine {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts the server for `service`; its requests come with X-Forwarded-Proto and the service's Host. */
export async function startEngine(service: OidcService): Promise<Engine> {
  // Loaded only where a test meets it: it takes a while.
  const { default: ProviderOfPackage } = await import('oidc-provider');
  const provider = new ProviderOfPackage(service.issuer, buildConfiguration(service));
  provider.proxy = true;
  provider.on('server_error', (_context, error) => console.error(`sandbox: ${service.issuer}:`, error));
  const callback = provider.callback();
  const { pathname } = new URL(service.issuer);
  const mount = pathname === '/' ? '' : pathname;
  const server = createServer((request, response) => {
    runAt(service.clock, () => serve(request, response)).catch((error: unknown) => {
      console.error(`sandbox: ${service.issuer}:`, error);
      response.writeHead(500).end();
    });
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '/';
    if (url.startsWith(interactionPath)) return answerInteraction(service, provider, request, response);
    Object.assign(request, { originalUrl: url, baseUrl: mount, url: url.slice(mount.length) || '/' });
    return callback(request, response);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function buildConfiguration(service: OidcService): Record<string, unknown> {
  const { settings } = service;
  return {
    adapter: (model: string) => service.store.adapter(model),
    jwks: { keys: [makeSigningKey()] },
    routes: settings.jwksPath === undefined ? {} : { jwks: settings.jwksPath },
    scopes: ['openid', 'offline_access', ...settings.furtherScopes],
    claims: claimsOfScopes,
    conformIdTokenClaims: false,
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'HS256'] },
    // Without this an ended token works for 15 seconds more.
    clockTolerance: 0,
    pkce: { required: () => true },
    rotateRefreshToken: () => service.rotatesRefreshTokens,
    clientBasedCORS: (_context: unknown, origin: string) => service.allowedOrigins.includes(origin),
    cookies: { keys: [randomBytes(16).toString('hex')] },
    interactions: {
      url: (_context: unknown, { uid }: { uid: string }) => `${interactionPath}${uid}/login`,
    },
    findAccount: (_context: unknown, sub: string) => {
      const user = service.findUserBySub(sub);
      return user && { accountId: user.sub, claims: () => buildClaims(user) };
    },
    ttl: buildLifetimes(service),
    features: buildFeatures(service),
    renderError: (context: Context, error: Record<string, unknown>) => {
      context.type = 'html';
      context.body = buildErrorPage(error);
    },
  };
}

/** Seconds. A rotated refresh token of a public client lives no longer than the first would have. */
function buildLifetimes(service: OidcService): Record<string, unknown> {
  return {
    AccessToken: () => service.accessTokenSeconds,
    AuthorizationCode: () => service.settings.codeSeconds,
    IdToken: () => service.idTokenSeconds,
    RefreshToken: (context: Context) =>
      context.oidc.entities.RotatedRefreshToken?.remainingTTL ?? service.refreshTokenSeconds,
    Grant: 365 * 86_400,
    Interaction: 3600,
    Session: 14 * 86_400,
  };
}

function buildFeatures(service: OidcService): Record<string, unknown> {
  const { hasNewerStandards } = service.settings;
  return {
    devInteractions: { enabled: false },
    revocation: { enabled: true, allowedPolicy: isOwnToken },
    introspection: { enabled: !hasNewerStandards, allowedPolicy: isOwnToken },
    pushedAuthorizationRequests: { enabled: hasNewerStandards },
    dPoP: {
      enabled: hasNewerStandards,
      nonceSecret: randomBytes(32),
      requireNonce: () => service.requiresDpopNonce,
    },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (context: Context, form: string) => {
        context.body = buildSignOutPage(service.host, form);
      },
      postLogoutSuccessSource: (context: Context) => {
        context.body = buildSignedOutPage(service.host);
      },
    },
  };
}

function isOwnToken(
  _context: unknown,
  client: { readonly clientId: string },
  token: { readonly clientId: string },
): boolean {
  return token.clientId === client.clientId;
}

/** RSA of 2048 bits as a private JWK; the engine finds a key id itself. */
function makeSigningKey(): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' };
}
