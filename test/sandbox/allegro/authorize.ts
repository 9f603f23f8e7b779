/** /auth/oauth/authorize: what the app asks for, the person's answer, and the way back. */
import { readForm } from '../auth/read-form.ts';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { jsonAnswer, redirectAnswer } from '../messages.ts';
import type { AllegroApp } from './app-registry.ts';
import { hasRedirectUri } from './app-registry.ts';
import { buildConsentPage, buildErrorPage, buildLoginPage, buildMessagePage } from './pages.ts';
import type { AllegroUser } from './people.ts';
import { Refusal } from './refusal.ts';
import { cutScope } from './scopes.ts';
import type { AllegroService } from './service.ts';

export const authorizePath = '/auth/oauth/authorize';

/** Allegro reads these itself; `state` and all it does not know go back to the app. */
const ownParameters = [
  'response_type',
  'client_id',
  'redirect_uri',
  'prompt',
  'code_challenge',
  'code_challenge_method',
  'scope',
];
/** The consent form's own buttons. */
const buttons = ['allow', 'refuse'];

interface AuthorizeRequest {
  readonly app: AllegroApp;
  readonly redirectUri: string;
  readonly scope: readonly string[];
  readonly challenge: string | undefined;
  readonly mustConfirm: boolean;
  /** `state` and other parameters of the app. */
  readonly returned: readonly (readonly [string, string])[];
  /** The whole request again, for forms and for the way back from logging in. */
  readonly parameters: readonly (readonly [string, string])[];
}

/** GET shows a page or sends a returning person on, POST is the page's own form. */
export function answerAuthorize(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  const isPost = request.method === 'POST';
  const fields = isPost ? readForm(request) : request.query;
  const asked = readAuthorizeRequest(service, fields);
  const users = service.listSignedIn();
  const here = `${authorizePath}?${new URLSearchParams(asked.parameters.map(([name, value]) => [name, value]))}`;
  if (users.length === 0) return buildLoginPage(here);
  if (isPost && fields.has('refuse')) return cancel(service, asked);
  const chosen = isPost ? users.find(({ login }) => login === fields.get('allow')) : undefined;
  const user = chosen ?? findReturning(service, asked, users);
  if (user !== undefined) return sendBack(service, asked, user);
  return buildConsentPage({
    title: service.environment.title,
    app: asked.app.name,
    scope: asked.scope,
    users,
    action: authorizePath,
    fields: asked.parameters,
    refusal: 'Cancel',
    here,
  });
}

/** The one person who is signed in and allowed all of it before; nobody where the app wants a confirmation. */
function findReturning(
  service: AllegroService,
  { app, scope, mustConfirm }: AuthorizeRequest,
  users: readonly AllegroUser[],
): AllegroUser | undefined {
  const [only, ...others] = users;
  if (only === undefined || others.length > 0 || mustConfirm) return undefined;
  return service.hasConsented(app, only, scope) ? only : undefined;
}

/** Throws Allegro's error page, without a way back, when anything is amiss. */
function readAuthorizeRequest(service: AllegroService, fields: URLSearchParams): AuthorizeRequest {
  const one = (name: string): string => {
    const values = fields.getAll(name);
    if (values.length > 1) throw new Refusal(buildErrorPage());
    return values[0] ?? '';
  };
  if (!fields.has('redirect_uri')) throw new Refusal(buildMissingRedirectAnswer());
  const app = service.findApp(one('client_id'));
  const redirectUri = one('redirect_uri');
  const isApp = app?.type === 'browser' && hasRedirectUri(app, redirectUri);
  if (!isApp || one('response_type') !== 'code') throw new Refusal(buildErrorPage());
  const wish = one('scope');
  const parameters = [...fields].filter(([name]) => !buttons.includes(name));
  return {
    app,
    redirectUri,
    scope: cutScope(app.scopes, wish),
    challenge: readChallenge(one('code_challenge'), one('code_challenge_method')),
    mustConfirm: one('prompt') === 'confirm',
    returned: parameters.filter(([name]) => !ownParameters.includes(name)),
    parameters,
  };
}

/** Undefined without PKCE. A challenge without a method would be `plain` (RFC 7636, 4.3), which is refused. */
function readChallenge(challenge: string, method: string): string | undefined {
  if (challenge === '' && method === '') return undefined;
  if (method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge)) throw new Refusal(buildErrorPage());
  return challenge;
}

function buildMissingRedirectAnswer(): SandboxAnswer {
  const error = {
    code: 'ERROR',
    message: 'An error has occurred',
    details: null,
    path: authorizePath,
    userMessage: null,
  };
  return jsonAnswer({ errors: [error] }, 400);
}

function cancel(service: AllegroService, asked: AuthorizeRequest): SandboxAnswer {
  if (!service.cancelRedirects) return buildMessagePage('Cancelled', 'The app was not linked.');
  return redirectTo(asked, [['error', 'access_denied'], ...asked.returned]);
}

function sendBack(service: AllegroService, asked: AuthorizeRequest, user: AllegroUser): SandboxAnswer {
  const { app, scope, redirectUri, challenge } = asked;
  service.recordConsent(app, user, scope);
  const code = service.giveCode({ app, user, scope, redirectUri, challenge });
  return redirectTo(asked, [['code', code], ...asked.returned]);
}

function redirectTo(
  { redirectUri }: AuthorizeRequest,
  parameters: readonly (readonly [string, string])[],
): SandboxAnswer {
  const query = parameters.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return redirectAnswer(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`);
}
