/** The API hosts by path: tokens, the handshake, v2, and what is left of v1.1. No answer ever has a CORS header. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { answerV11, answerV2 } from './api/answer.ts';
import { ApiError } from './api-error.ts';
import { answerAccessToken, answerInvalidateToken, answerRequestToken } from './oauth1/handshake.ts';
import { answerRevoke, answerToken } from './oauth2/token-endpoint.ts';
import { findOriginRefusal } from './origin.ts';
import { notFound } from './problems.ts';
import type { XService } from './service.ts';

type Handler = (service: XService, request: SandboxRequest) => SandboxAnswer;

/** All by POST. */
const tokenCalls: Readonly<Record<string, Handler>> = {
  '/2/oauth2/token': answerToken,
  '/2/oauth2/revoke': answerRevoke,
  '/oauth/request_token': answerRequestToken,
  '/oauth/access_token': answerAccessToken,
  '/1.1/oauth/invalidate_token': answerInvalidateToken,
  '/1.1/oauth/invalidate_token.json': answerInvalidateToken,
};

export function answerApi(service: XService, request: SandboxRequest): SandboxAnswer {
  try {
    return route(service, request);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.answer;
  }
}

function route(service: XService, request: SandboxRequest): SandboxAnswer {
  const { method, path } = request;
  const tokenCall = tokenCalls[path];
  if (tokenCall !== undefined) {
    if (method !== 'POST') return notFound();
    return findOriginRefusal(request) ?? tokenCall(service, request);
  }
  if (method === 'OPTIONS') return notFound();
  if (path.startsWith('/2/')) return service.takeNextError(request) ?? answerV2(service, request);
  if (path.startsWith('/1.1/')) return service.takeNextError(request) ?? answerV11(service, request);
  return notFound();
}
