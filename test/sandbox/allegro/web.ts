/** The web host: pages that people see, and the OAuth endpoints that programs call. */
import { readForm } from '../auth/read-form.ts';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { redirectAnswer, textAnswer, withHeaders } from '../messages.ts';
import { answerAuthorize, authorizePath } from './authorize.ts';
import { blockPath, buildBlockPage, findBorderRefusal } from './borders.ts';
import { answerDevice } from './device-endpoint.ts';
import { answerDevicePage, devicePagePath } from './device-page.ts';
import { buildLoginPage, loginPath } from './pages.ts';
import { Refusal } from './refusal.ts';
import type { AllegroService } from './service.ts';
import { answerToken } from './token-endpoint.ts';

type Handler = (service: AllegroService, request: SandboxRequest) => SandboxAnswer;

const programs: Readonly<Record<string, Handler>> = {
  '/auth/oauth/token': answerToken,
  '/auth/oauth/device': answerDevice,
};

const pages: Readonly<Record<string, Handler>> = {
  [authorizePath]: answerAuthorize,
  [devicePagePath]: answerDevicePage,
  [loginPath]: answerLogin,
  [blockPath]: () => buildBlockPage(200),
};

export function answerWeb(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  const program = programs[request.path];
  const page = pages[request.path];
  try {
    if (program !== undefined) return findBorderRefusal(service, request) ?? program(service, request);
    if (page !== undefined) return addSiteCookie(service, page(service, request));
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
  return textAnswer('Not found', 404);
}

/** The anti-bot service marks every browser, for the API's host too: who sends cookies along shows itself. */
function addSiteCookie({ environment }: AllegroService, answer: SandboxAnswer): SandboxAnswer {
  const cookie = `datadome=sandbox; Domain=${environment.webHost}; Path=/; Secure; SameSite=Lax`;
  const marked = withHeaders(answer, { 'set-cookie': cookie });
  return marked === 'hang' ? answer : marked;
}

/** Any login there is, no password, then on to where the person wanted to go. */
function answerLogin(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  const isPost = request.method === 'POST';
  const fields = isPost ? readForm(request) : request.query;
  const asked = fields.get('next') ?? '/';
  const next = /^\/[^/]/.test(asked) ? asked : '/';
  const user = isPost ? service.people.find(fields.get('login') ?? '') : undefined;
  if (user === undefined) return buildLoginPage(next, isPost);
  if (!service.signedIn.includes(user.login)) service.signedIn.push(user.login);
  return redirectAnswer(next);
}
