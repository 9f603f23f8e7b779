/** /oauth/authorize and /oauth/authenticate: the person's part of the three-legged flow. */
import { readForm } from '../../auth/read-form.ts';
import type { SandboxRequest, SandboxResponse } from '../../messages.ts';
import { redirectAnswer } from '../../messages.ts';
import { addQuery } from '../add-query.ts';
import {
  buildCancelledPage,
  buildConsentPage,
  buildErrorPage,
  buildLoginPage,
  buildNoRequestTokenPage,
  buildPinPage,
} from '../pages.ts';
import type { XUser } from '../people.ts';
import type { XService } from '../service.ts';
import type { RequestToken } from './tokens.ts';

/** GET shows the page, POST is its form; authenticate sends people on who agreed before. */
export function answerOAuth1Authorize(service: XService, request: SandboxRequest): SandboxResponse {
  const isPost = request.method === 'POST';
  const fields = isPost ? readForm(request) : request.query;
  // The callback belongs to the request token, and only there can it be trusted.
  if (fields.has('oauth_callback')) return buildErrorPage();
  const token = service.oauth1.findRequestToken(fields.get('oauth_token') ?? '');
  if (token === undefined || token.agreed !== undefined) return buildNoRequestTokenPage();
  const isAuthenticate = request.path === '/oauth/authenticate';
  if (isAuthenticate && !token.app.signInWithX) return buildErrorPage();
  const user = service.findSignedIn(request.host);
  if (user === undefined) return buildLoginPage(`${request.path}?oauth_token=${token.text}`);

  const decision = isPost ? fields.get('decision') : undefined;
  if (decision === 'cancel') return cancel(service, token);
  const isKnown = isAuthenticate && service.hasConsented(token.app, user);
  if (decision === 'authorize' || isKnown || service.consentsAtOnce(token.app, user)) {
    return agree(service, token, user);
  }
  return askForConsent(token, user, request.path);
}

function askForConsent(
  { app, permission, text }: RequestToken,
  { username }: XUser,
  action: string,
): SandboxResponse {
  return buildConsentPage({
    app: app.name,
    username,
    rights: [
      ['read', 'See posts from your timeline and the people you follow.'],
      ...(permission === 'read' ? [] : [['write', 'Post and delete posts for you.'] as const]),
    ],
    action,
    fields: [['oauth_token', text]],
  });
}

function cancel(service: XService, token: RequestToken): SandboxResponse {
  const { app, callback, text } = token;
  service.oauth1.dropRequestToken(token);
  if (callback === 'oob') return buildCancelledPage(app.name, undefined);
  const address = addQuery(callback, { denied: text });
  // Addresses of other schemes lead into a program, which X opens at once.
  return /^https?:/.test(callback) ? buildCancelledPage(app.name, address) : redirectAnswer(address);
}

function agree(service: XService, token: RequestToken, user: XUser): SandboxResponse {
  service.recordConsent(token.app, user, [token.permission]);
  const verifier = service.oauth1.agree(token, user);
  if (token.callback === 'oob') return buildPinPage(token.app.name, verifier);
  return redirectAnswer(addQuery(token.callback, { oauth_token: token.text, oauth_verifier: verifier }));
}
