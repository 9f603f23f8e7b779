/** api.weixin.qq.com: GET only, always HTTP 200, JSON under the name of plain text, and never a CORS header. */
import { randomBytes } from 'node:crypto';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import { textAnswer } from '../messages.ts';
import type { WeChatErrorCode } from './error-codes.ts';
import { errorTexts, WeChatRefusal } from './error-codes.ts';
import { writeLaxJson } from './lax-json.ts';
import { checkToken, readPerson } from './person-endpoints.ts';
import type { WeChatService } from './service.ts';
import { exchangeCode, refreshToken } from './token-endpoints.ts';

const endpoints: Readonly<Record<string, (service: WeChatService, query: URLSearchParams) => unknown>> = {
  '/sns/oauth2/access_token': exchangeCode,
  '/sns/oauth2/refresh_token': refreshToken,
  '/sns/auth': checkToken,
  '/sns/userinfo': readPerson,
};

export function answerApi(service: WeChatService, request: SandboxRequest): SandboxResponse {
  const endpoint = endpoints[request.path];
  if (endpoint === undefined) return textAnswer('', 404);
  const early = service.takeNextError(request);
  if (early !== undefined) return typeof early === 'number' ? refuse(service, early) : early;
  if (request.method !== 'GET') return refuse(service, 43001);
  try {
    return answer(endpoint(service, request.query));
  } catch (error) {
    if (error instanceof WeChatRefusal) return refuse(service, error.code);
    throw error;
  }
}

/** The text ends with an id of the request, so that nobody compares it. */
function refuse({ writesErrorCodeAsText }: WeChatService, code: WeChatErrorCode): SandboxAnswer {
  const requestId = [0, 1, 2].map(() => randomBytes(4).toString('hex')).join('-');
  return answer({
    errcode: writesErrorCodeAsText ? String(code) : code,
    errmsg: `${errorTexts[code]}, rid: ${requestId}`,
  });
}

function answer(value: unknown): SandboxAnswer {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: writeLaxJson(value) };
}
