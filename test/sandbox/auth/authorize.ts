/** The sign-in pages: authorize request, consent, first grant, and the way back to the app. */
import { readForm } from './read-form.ts';
import type { App } from './app-registry.ts';
import { hasRedirectUri } from './app-registry.ts';
import { buildCallbackUrl } from './callback.ts';
import type { Consent } from './generation.ts';
import { buildConsentPage, buildGrantPage, buildMessagePage } from './service-pages.ts';
import type { AuthService } from './service.ts';
import { activeKeyOf } from './service.ts';
import type { SandboxRequest, SandboxResponse } from '../messages.ts';
import { htmlAnswer, redirectAnswer } from '../messages.ts';

/** What the person is asked, read from the address or from the hidden fields of our own form. */
interface AuthorizeRequest {
  readonly app: App;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly consent: Consent;
}

/** Undefined for paths that have nothing to do with signing in. */
export function answerAuthorize(service: AuthService, request: SandboxRequest): SandboxResponse | undefined {
  if (request.host !== service.generation.webHost || request.path !== '/oauth2/authorize') return undefined;
  const fields = request.method === 'POST' ? readForm(request) : request.query;
  const asked = readAuthorizeRequest(service, fields);
  if (!('app' in asked)) return asked;
  const account = request.method === 'POST' ? fields.get('account') : findReturning(service, asked, fields);
  if (account === null || account === undefined) return askForConsent(service, asked);
  return consent(service, asked, account, fields.get('active_key'));
}

function readAuthorizeRequest(
  service: AuthService,
  fields: URLSearchParams,
): AuthorizeRequest | Exclude<SandboxResponse, 'hang'> {
  const { generation } = service;
  const app = service.findApp(fields.get('client_id') ?? '');
  const redirectUri = fields.get('redirect_uri') ?? '';
  if (app === undefined || !hasRedirectUri(app, redirectUri, generation.anyLoopbackPort)) {
    return 'redirect' in generation.mismatch
      ? redirectAnswer(generation.mismatch.redirect)
      : htmlAnswer(buildMessagePage(generation.title, 'Sign in', generation.mismatch.text));
  }
  const reading = generation.readScope(fields.get('scope') ?? '', fields.get('response_type') ?? '');
  if ('unknownScopes' in reading) {
    const text = `The scope is not valid: ${reading.unknownScopes.join(', ')}. Allowed: login, offline, ${generation.operations.join(', ')}.`;
    return htmlAnswer(buildMessagePage(generation.title, 'Oops, something went wrong', text));
  }
  const state = fields.get('state');
  return { app, redirectUri, consent: reading, state: state === null || state === '' ? undefined : state };
}

/** A person who is signed in, has authorised the app before and is sent back without a click. */
function findReturning(
  service: AuthService,
  { app, consent }: AuthorizeRequest,
  fields: URLSearchParams,
): string | undefined {
  const account = service.findAutoConsent(app.clientId);
  if (account === undefined || !service.signedIn.includes(account)) return undefined;
  const wanted = fields.get('account') ?? fields.get('select_account');
  if (wanted !== null && wanted !== account) return undefined;
  return needsGrant(service, app, account, consent) ? undefined : account;
}

const isLoginOnly = ({ scope }: Consent): boolean => scope.length === 1 && scope[0] === 'login';

function needsGrant(service: AuthService, app: App, account: string, consent: Consent): boolean {
  return !isLoginOnly(consent) && !service.chain.getAccount(account).postingAuths.includes(app.clientId);
}

/** The request again, as form fields. */
function listFields({ app, redirectUri, state, consent }: AuthorizeRequest): [string, string][] {
  return [
    ['client_id', app.clientId],
    ['redirect_uri', redirectUri],
    ['response_type', consent.responseType],
    ['scope', consent.scope.join(',')],
    ...(state === undefined ? [] : ([['state', state]] as [string, string][])),
  ];
}

function askForConsent(service: AuthService, asked: AuthorizeRequest): SandboxResponse {
  return htmlAnswer(
    buildConsentPage({
      title: service.generation.title,
      app: asked.app.clientId,
      consent: asked.consent,
      accounts: service.signedIn,
      action: '/oauth2/authorize',
      fields: listFields(asked),
    }),
  );
}

function consent(
  service: AuthService,
  asked: AuthorizeRequest,
  account: string,
  activeKey: string | null,
): SandboxResponse {
  const { app } = asked;
  if (!service.signedIn.includes(account)) return askForConsent(service, asked);
  if (needsGrant(service, app, account, asked.consent)) {
    if (activeKey !== activeKeyOf(account)) {
      return htmlAnswer(
        buildGrantPage({
          title: service.generation.title,
          app: app.clientId,
          account,
          action: '/oauth2/authorize',
          fields: [...listFields(asked), ['account', account]],
          wrongKey: activeKey !== null,
        }),
      );
    }
    service.chain.authorise(account, app.clientId);
  }
  service.recordGrant(account, { clientId: app.clientId, scope: asked.consent.scope });
  return sendBack(service, asked, account);
}

function sendBack(service: AuthService, asked: AuthorizeRequest, user: string): SandboxResponse {
  const overrides = service.takeCallbackOverrides();
  if (overrides.page !== undefined) return htmlAnswer(overrides.page.html, overrides.page.status);
  const { responseType, scope } = asked.consent;
  const { alwaysNamesUser } = service.generation;
  const kind = responseType === 'code' ? 'code' : 'access';
  const token = service.issue({ kind, app: asked.app.clientId, user, scope });
  const expiresIn = String(service.accessTokenSeconds);
  // v2 sorts its parameters and names no user beside a code; v3 has its own order and always names them.
  const params =
    responseType === 'code'
      ? { code: token.text, ...(alwaysNamesUser && { username: user }), state: asked.state }
      : alwaysNamesUser
        ? { access_token: token.text, username: user, expires_in: expiresIn, state: asked.state }
        : { access_token: token.text, expires_in: expiresIn, state: asked.state, username: user };
  return redirectAnswer(buildCallbackUrl(asked.redirectUri, params, overrides));
}
