/** api.x.com/2/oauth2/token and /revoke: forms only, each kind of app in its own way. */
import { createHash } from 'node:crypto';
import { readForm } from '../../auth/read-form.ts';
import type { SandboxAnswer, SandboxRequest } from '../../messages.ts';
import { jsonAnswer } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import type { XApp } from '../app-registry.ts';
import type { XService } from '../service.ts';
import type { Consent } from './grants.ts';

/** POST; the caller has looked at the path. */
export function answerToken(service: XService, request: SandboxRequest): SandboxAnswer {
  const form = readTokenForm(request);
  const grantType = getField(form, 'grant_type');
  const app = authenticate(service, request, form);
  switch (grantType) {
    case 'authorization_code':
      return exchangeCode(service, app, form);
    case 'refresh_token':
      return refresh(service, app, form);
    default:
      throw refuse('unsupported_grant_type', 'Value passed for the grant type was invalid.');
  }
}

/** Ends a token; with a refresh token the whole grant. Unknown tokens are no error (RFC 7009, 2.2). */
export function answerRevoke(service: XService, request: SandboxRequest): SandboxAnswer {
  const form = readTokenForm(request);
  const token = service.grants.find(getField(form, 'token'));
  const app = authenticate(service, request, form);
  if (token?.consent.app === app) {
    if (token.kind === 'refresh') service.grants.end(token.grant);
    else token.state = 'revoked';
  }
  return jsonAnswer({ revoked: true });
}

function refuse(error: string, description: string, status = 400): ApiError {
  return new ApiError(jsonAnswer({ error, error_description: description }, status));
}

function readTokenForm(request: SandboxRequest): URLSearchParams {
  const type = request.headers['content-type'] ?? '';
  // What is not a form has no fields for X, as its answers to JSON show.
  return /^application\/x-www-form-urlencoded\b/i.test(type) ? readForm(request) : new URLSearchParams();
}

/** RFC 6749 section 3.2: a parameter comes once, and an empty one is a missing one. */
function getField(form: URLSearchParams, name: string): string {
  const [value = '', ...more] = form.getAll(name);
  if (more.length > 0) throw refuse('invalid_request', `Parameter [${name}] must not be repeated.`);
  if (value === '') throw refuse('invalid_request', `Missing required parameter [${name}].`);
  return value;
}

function authenticate(service: XService, { headers }: SandboxRequest, form: URLSearchParams): XApp {
  const basic = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(headers.authorization ?? '')?.[1];
  const badHeader = refuse('unauthorized_client', 'Missing valid authorization header', 401);
  if (headers.authorization !== undefined) {
    const [, id = '', secret = ''] =
      /^([^:]*):(.*)$/s.exec(Buffer.from(basic ?? '', 'base64').toString()) ?? [];
    const app = service.findApp(id);
    if (app?.clientSecret === undefined || app.clientSecret !== secret) throw badHeader;
    return app;
  }
  const app = service.findApp(getField(form, 'client_id'));
  if (app === undefined) throw refuse('invalid_client', 'Value passed for the client id was invalid.', 401);
  if (app.type === 'web') throw badHeader;
  return app;
}

function exchangeCode(service: XService, app: XApp, form: URLSearchParams): SandboxAnswer {
  const redirectUri = getField(form, 'redirect_uri');
  const verifier = getField(form, 'code_verifier');
  const code = service.grants.takeCode(getField(form, 'code'));
  if (code?.app !== app) {
    throw refuse(service.grantError, 'Value passed for the authorization code was invalid.');
  }
  if (code.redirectUri !== redirectUri) {
    throw refuse(
      'invalid_request',
      'Value passed for the redirect uri did not match the uri of the authorization code.',
    );
  }
  if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge) {
    throw refuse('invalid_request', 'Value passed for the code verifier did not match the code challenge.');
  }
  if (service.endsEarlierGrants) service.grants.endOf(code);
  const { user, scope } = code;
  return giveTokens(service, { app, user, scope }, Symbol('grant'));
}

function refresh(service: XService, app: XApp, form: URLSearchParams): SandboxAnswer {
  const token = service.grants.find(getField(form, 'refresh_token'));
  const isOurs = token?.kind === 'refresh' && token.consent.app === app;
  // A refresh token that comes a second time has been copied: nobody may go on with this grant.
  if (isOurs && token.state === 'used') service.grants.end(token.grant);
  if (!isOurs || !service.grants.isGood(token)) {
    throw refuse(service.grantError, 'Value passed for the token was invalid.');
  }
  token.state = 'used';
  return giveTokens(service, token.consent, token.grant);
}

function giveTokens(service: XService, consent: Consent, grant: symbol): SandboxAnswer {
  const { grants, accessTokenSeconds: seconds } = service;
  const access = grants.issue('access', { consent, grant, seconds });
  const isOffline = consent.scope.includes('offline.access');
  return jsonAnswer({
    token_type: 'bearer',
    expires_in: seconds,
    access_token: access.text,
    scope: consent.scope.join(' '),
    ...(isOffline && { refresh_token: grants.issue('refresh', { consent, grant, seconds: undefined }).text }),
  });
}
