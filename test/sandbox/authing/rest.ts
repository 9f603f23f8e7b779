/** The calls of `/api/v2` that the sandbox serves. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { textAnswer } from '../messages.ts';
import { Call } from './call.ts';
import { readBearer } from './caller.ts';
import { restError, restSuccess } from './envelope.ts';
import { Refusal } from './error-texts.ts';
import { checkHeaders, readLanguage } from './headers.ts';
import type { AuthingService } from './service.ts';

export function answerRest(service: AuthingService, request: SandboxRequest): SandboxAnswer {
  const serve = request.method === 'GET' ? calls[request.path] : undefined;
  if (serve === undefined) return textAnswer('Not Found', 404);
  try {
    return serve(service, request);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return restError({ refusal: error, language: readLanguage(service, request), form: service.errorForm });
  }
}

type Serve = (service: AuthingService, request: SandboxRequest) => SandboxAnswer;

const getKey: Serve = ({ passwordKey, errorForm }) =>
  restSuccess({ publicKey: passwordKey.publicKey }, errorForm);

const getMe: Serve = (service, request) => {
  checkHeaders(service, request);
  return restSuccess(service.describe(new Call(service, request).user), service.errorForm);
};

/** Ends the token it is asked with. */
const logOut: Serve = (service, request) => {
  const { appId } = service.settings;
  const asked = request.query.get('app_id');
  if (asked === null || asked === '') throw new Refusal(2101);
  if (asked !== appId) throw new Refusal(2011);
  const { id } = new Call(service, request).user;
  service.forget(readBearer(request) ?? '');
  return restSuccess({ id }, service.errorForm);
};

const calls: Readonly<Record<string, Serve>> = {
  '/api/v2/.well-known': getKey,
  '/api/v2/users/me': getMe,
  '/api/v2/logout': logOut,
};
