/** The services' API, as Express apps: token, revoke, me, broadcast. Open to every origin, without credentials. */
import { escapeHtml } from '../html.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import { htmlAnswer, jsonAnswer, withHeaders } from '../messages.ts';
import { hasSecret } from './app-registry.ts';
import { answerBroadcast } from './broadcast.ts';
import type { Fields } from './fields.ts';
import { findText, findTokenText, readFields } from './fields.ts';
import { answerMe } from './me.ts';
import { invalidRole, refuse } from './refusal.ts';
import type { AuthService } from './service.ts';
import type { Token, TokenKind } from './tokens.ts';

/** Answers any request to `/api/...`. */
export function answerApi(service: AuthService, request: SandboxRequest): SandboxResponse {
  const cors = { 'access-control-allow-origin': '*' };
  if (request.method === 'OPTIONS') return answerPreflight(request, cors);
  if (!service.generation.apiHosts.includes(request.host)) {
    return htmlAnswer(
      '<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>',
      404,
    );
  }
  const fields = readFields(request);
  if (fields === undefined)
    return withHeaders(htmlAnswer('<pre>SyntaxError: Unexpected token in JSON</pre>', 400), cors);
  // Express routes without strict slashes.
  const path = request.path.replace(/\/$/, '');
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (route === undefined) {
    return withHeaders(
      htmlAnswer(`<pre>Cannot ${request.method} ${escapeHtml(request.path)}</pre>`, 404),
      cors,
    );
  }
  return withHeaders(route({ service, request, fields }), cors);
}

/** What the npm package `cors` answers by default. */
function answerPreflight({ headers }: SandboxRequest, cors: Record<string, string>): SandboxAnswer {
  const wanted = headers['access-control-request-headers'];
  return {
    status: 204,
    headers: {
      ...cors,
      'access-control-allow-methods': 'GET,HEAD,PUT,PATCH,POST,DELETE',
      ...(wanted !== undefined && { 'access-control-allow-headers': wanted }),
      vary: 'Access-Control-Request-Headers',
    },
    body: '',
  };
}

interface Call {
  readonly service: AuthService;
  readonly request: SandboxRequest;
  readonly fields: Fields;
}

const routes: Readonly<Record<string, (call: Call) => SandboxResponse>> = {
  '/api/oauth2/token': answerToken,
  '/api/oauth2/token/revoke': answerRevoke,
  // Takes the site's own user token only, which no app ever holds.
  '/api/oauth2/authorize': invalidRole,
  '/api/me': (call) => {
    const token = authenticate(call, ['access']);
    return 'text' in token ? answerMe(call.service, token, call.request, call.fields) : token;
  },
  '/api/broadcast': (call) => {
    const token = authenticate(call, ['access']);
    return 'text' in token ? answerBroadcast(call.service, token, call.fields.body['operations']) : token;
  },
};

/** The token of the request, or the refusal: wrong or dead token first, then what the app may. */
function authenticate(
  { service, request, fields }: Call,
  kinds: readonly TokenKind[],
): Token | SandboxAnswer {
  const text = findTokenText(request, fields);
  const known = text === undefined ? undefined : service.tokens.find(text);
  if (
    known?.kind === 'access' &&
    known.state === 'revoked' &&
    service.generation.revokes &&
    kinds.includes('access')
  ) {
    return refuse('invalid_grant', 'The access_token has been revoked');
  }
  const token = text === undefined ? undefined : service.findGoodToken(text);
  if (token === undefined || !kinds.includes(token.kind)) return invalidRole();
  if (service.findApp(token.app)?.disabled === true) {
    return refuse('application_disabled', 'This application has been disabled by SteemConnect');
  }
  return token;
}

function answerToken(call: Call): SandboxResponse {
  const { service, request, fields } = call;
  const token = authenticate(call, ['code', 'refresh']);
  if (!('text' in token)) return token;
  const secret = findText(fields.query['client_secret']) ?? findText(fields.body['client_secret']);
  if (secret === undefined && service.generation.hangsWithoutSecret) return 'hang';
  const app = service.findApp(token.app);
  if (app === undefined || !hasSecret(app, secret))
    return refuse('invalid_grant', 'The code or secret is not valid');
  const ip = request.headers['x-forwarded-for'] ?? '127.0.0.1';
  if (app.allowedIps.length > 0 && !app.allowedIps.includes(ip)) {
    return refuse('unauthorized_access', `The IP ${ip} is not authorized`);
  }
  if (service.rotation === 'single-use') token.state = 'used';
  const facts = { app: token.app, user: token.user, scope: token.scope };
  const hasRefresh = service.generation.alwaysRefreshes || token.scope.includes('offline');
  return jsonAnswer({
    access_token: service.issue({ kind: 'access', ...facts }).text,
    expires_in: service.accessTokenSeconds,
    username: token.user,
    ...(hasRefresh && { refresh_token: service.issue({ kind: 'refresh', ...facts }).text }),
  });
}

function answerRevoke(call: Call): SandboxResponse {
  const token = authenticate(call, ['access']);
  if (!('text' in token)) return token;
  if (call.service.generation.revokes) token.state = 'revoked';
  return jsonAnswer({ success: true });
}
