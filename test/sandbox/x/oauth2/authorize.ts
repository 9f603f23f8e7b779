/** x.com/i/oauth2/authorize: what the app asks for, the person's answer, and the way back. */
import type { SandboxRequest, SandboxResponse } from '../../messages.ts';
import { redirectAnswer } from '../../messages.ts';
import { readForm } from '../../auth/read-form.ts';
import { addQuery } from '../add-query.ts';
import type { XApp } from '../app-registry.ts';
import { buildConsentPage, buildErrorPage, buildLoginPage } from '../pages.ts';
import type { XUser } from '../people.ts';
import type { XService } from '../service.ts';
import { describeScope, knownScopes } from './scopes.ts';

export const authorizePath = '/i/oauth2/authorize';

interface AuthorizeRequest {
  readonly app: XApp;
  readonly redirectUri: string;
  readonly scope: readonly string[];
  readonly state: string;
  readonly challenge: string;
}

/** GET shows the page (or sends a returning person on), POST is the page's own form. */
export function answerAuthorize(service: XService, request: SandboxRequest): SandboxResponse {
  const isPost = request.method === 'POST';
  const fields = isPost ? readForm(request) : request.query;
  const asked = findAuthorizeRequest(service, fields);
  if (asked === undefined) return buildErrorPage();
  const user = service.findSignedIn(request.host);
  if (user === undefined) return buildLoginPage(`${authorizePath}?${new URLSearchParams(listFields(asked))}`);
  const decision = isPost ? fields.get('decision') : undefined;
  if (decision === 'cancel') {
    return redirectAnswer(addQuery(asked.redirectUri, { error: 'access_denied', state: asked.state }));
  }
  if (decision === 'authorize' || service.consentsAtOnce(asked.app, user)) {
    return sendBack(service, asked, user);
  }
  return buildConsentPage({
    app: asked.app.name,
    username: user.username,
    rights: asked.scope.map((scope) => [scope, describeScope(scope)]),
    action: authorizePath,
    fields: listFields(asked),
  });
}

/** Undefined when anything is amiss: X shows its own error page then, and the app learns nothing. */
function findAuthorizeRequest(service: XService, fields: URLSearchParams): AuthorizeRequest | undefined {
  const one = (name: string): string => {
    const values = fields.getAll(name);
    return values.length === 1 ? (values[0] ?? '') : '';
  };
  const app = service.findApp(one('client_id'));
  const redirectUri = one('redirect_uri');
  const state = one('state');
  const challenge = one('code_challenge');
  const scope = one('scope').split(' ');
  const isFine =
    app?.redirectUris.includes(redirectUri) === true &&
    one('response_type') === 'code' &&
    state.length >= 1 &&
    state.length <= 500 &&
    one('code_challenge_method') === 'S256' &&
    /^[A-Za-z0-9_-]{43}$/.test(challenge) &&
    scope.every((word) => knownScopes.includes(word));
  return isFine ? { app, redirectUri, scope, state, challenge } : undefined;
}

/** The request again, as form fields. */
function listFields({ app, redirectUri, scope, state, challenge }: AuthorizeRequest): [string, string][] {
  return [
    ['response_type', 'code'],
    ['client_id', app.clientId],
    ['redirect_uri', redirectUri],
    ['scope', scope.join(' ')],
    ['state', state],
    ['code_challenge', challenge],
    ['code_challenge_method', 'S256'],
  ];
}

function sendBack(service: XService, asked: AuthorizeRequest, user: XUser): SandboxResponse {
  const { app, redirectUri, challenge, state } = asked;
  const scope = asked.scope.filter((word) => service.grantableScopes?.includes(word) ?? true);
  service.recordConsent(app, user, scope);
  const code = service.grants.addCode({ app, user, scope, redirectUri, challenge });
  return redirectAnswer(addQuery(redirectUri, { state, code }));
}
