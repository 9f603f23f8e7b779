/** /auth/oauth/token: a POST with its parameters in the form, and nowhere else. */
import { createHash } from 'node:crypto';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';
import type { AllegroApp } from './app-registry.ts';
import { buildBlockRedirect } from './borders.ts';
import { authenticateBasic, wrongCredentials } from './client-authentication.ts';
import type { Code } from './codes.ts';
import { findField, getField, readProgramForm } from './program-form.ts';
import { noCredentials, oauthRefusal } from './refusal.ts';
import type { AllegroService } from './service.ts';
import type { Pair } from './sessions.ts';

interface TokenCall {
  readonly service: AllegroService;
  readonly request: SandboxRequest;
  readonly form: URLSearchParams;
}

const grants: Readonly<Record<string, (call: TokenCall) => Pair>> = {
  authorization_code: exchangeCode,
  refresh_token: refresh,
  client_credentials: giveAppToken,
  'urn:ietf:params:oauth:grant-type:device_code': pollDevice,
};

export function answerToken(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  // Since 23 September 2025; such calls are sent to the page for the blocked.
  if (request.method !== 'POST' || request.query.size > 0) return buildBlockRedirect(service);
  const form = readProgramForm(request);
  const grant = grants[getField(form, 'grant_type')];
  if (grant === undefined) throw oauthRefusal('unsupported_grant_type', 'OAuth 2.0 Parameter: grant_type');
  return buildTokenAnswer(service, grant({ service, request, form }));
}

function buildTokenAnswer(
  { accessTokenSeconds }: AllegroService,
  { access, refresh: renewal }: Pair,
): SandboxAnswer {
  return jsonAnswer(
    {
      access_token: access.text,
      token_type: 'bearer',
      ...(renewal !== undefined && { refresh_token: renewal.text }),
      expires_in: accessTokenSeconds,
      scope: access.session.scope.join(' '),
      allegro_api: true,
      jti: access.jti,
    },
    200,
    { 'cache-control': 'no-store' },
  );
}

/** With the secret, or without it by the verifier alone. */
function exchangeCode({ service, request, form }: TokenCall): Pair {
  const isPublic = request.headers.authorization === undefined;
  const app = isPublic
    ? findPublicApp(service, form)
    : authenticateBasic(service, request, findField(form, 'client_id'));
  const text = findField(form, 'code');
  if (text === null) throw oauthRefusal('invalid_request', 'An authorization code must be supplied');
  const code = service.codes.take(text);
  if (code?.app !== app) throw oauthRefusal('invalid_grant', `Invalid authorization code: ${text}`);
  if (findField(form, 'redirect_uri') !== code.redirectUri) {
    throw oauthRefusal('invalid_grant', 'Redirect URI mismatch.');
  }
  checkVerifier(code, findField(form, 'code_verifier'), isPublic);
  const { user, scope } = code;
  return service.sessions.open({ app, user, scope }, !isPublic || service.givesPublicClientsRefreshTokens);
}

/** Needs both the id and a verifier: one of them alone is no credential. */
function findPublicApp(service: AllegroService, form: URLSearchParams): AllegroApp {
  const clientId = findField(form, 'client_id');
  if (clientId === null || findField(form, 'code_verifier') === null) throw noCredentials();
  const app = service.findApp(clientId);
  if (app === undefined) throw wrongCredentials(service);
  return app;
}

function checkVerifier({ challenge }: Code, verifier: string | null, isPublic: boolean): void {
  // A code that was asked for without PKCE belongs to whoever has the secret.
  if (challenge === undefined && isPublic) throw noCredentials();
  if (challenge === undefined) return;
  const isVerifier = verifier !== null && /^[A-Za-z0-9._~-]{43,128}$/.test(verifier);
  if (!isVerifier || createHash('sha256').update(verifier).digest('base64url') !== challenge) {
    throw oauthRefusal('invalid_grant', 'OAuth 2.0 Parameter: code_verifier');
  }
}

function refresh({ service, request, form }: TokenCall): Pair {
  const app = authenticateBasic(service, request, findField(form, 'client_id'));
  const text = getField(form, 'refresh_token');
  const token = service.sessions.findRefresh(text);
  // The real text holds the token as well: nobody may log it.
  const invalid = oauthRefusal('invalid_grant', `Invalid refresh token: ${text}`);
  if (token?.session.app !== app || !service.sessions.mayRefresh(token)) throw invalid;
  if (!token.session.isEnded) return service.sessions.rotate(token);
  throw service.endedSessionError === 'invalid_grant'
    ? invalid
    : oauthRefusal('Unauthorized', 'Unauthorized', 401);
}

function giveAppToken({ service, request, form }: TokenCall): Pair {
  const app = authenticateBasic(service, request, findField(form, 'client_id'));
  return service.sessions.open({ app, user: undefined, scope: app.scopes }, false);
}

function pollDevice({ service, request, form }: TokenCall): Pair {
  const app = authenticateBasic(service, request, findField(form, 'client_id'));
  if (app.type !== 'device') throw oauthRefusal('unauthorized_client', 'OAuth 2.0 Parameter: client_id');
  const asked = service.devices.findByDeviceCode(getField(form, 'device_code'));
  if (asked?.app !== app) throw oauthRefusal('Invalid device code');
  if (service.devices.isExpired(asked)) throw oauthRefusal('expired_token');
  const isEarly = service.devices.countPoll(asked);
  if (asked.decision === undefined) throw oauthRefusal(isEarly ? 'slow_down' : 'authorization_pending');
  if (asked.decision === 'refused') throw oauthRefusal('access_denied');
  service.devices.remove(asked);
  return service.sessions.open({ app, user: asked.decision, scope: asked.scope }, true);
}
