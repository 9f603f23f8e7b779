/** Every call of api.x.com/2: the checks that all endpoints share, in X's order, and then the endpoint. */
import type { SandboxAnswer, SandboxRequest } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import { codeAnswer } from '../codes.ts';
import { verifyUser } from '../oauth1/handshake.ts';
import {
  appOnlyRefused,
  forbidden,
  notEnrolled,
  notFound,
  readOnlyRefused,
  tooManyRequests,
} from '../problems.ts';
import type { XService } from '../service.ts';
import type { EndpointName } from './call.ts';
import type { Caller } from './caller.ts';
import { getCaller } from './caller.ts';
import type { Endpoint } from './endpoints.ts';
import { endpoints } from './endpoints.ts';

export function answerV2(service: XService, request: SandboxRequest): SandboxAnswer {
  const found = findEndpoint(request);
  if (found === undefined) return notFound();
  const { name, endpoint, subject } = found;
  const caller = getCaller(service, request);
  const verdict = service.countCall(name, endpoint.limit, caller);
  const answer = ((): SandboxAnswer => {
    if (!verdict.isAllowed) return tooManyRequests();
    try {
      checkRights(service, endpoint, caller);
      return endpoint.handler({ service, request, caller, endpoint: name, subject });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error.answer;
    }
  })();
  return { ...answer, headers: { ...answer.headers, ...verdict.headers } };
}

function findEndpoint({
  method,
  path,
}: SandboxRequest): { name: EndpointName; endpoint: Endpoint; subject: string } | undefined {
  // The table's type says which keys it has.
  for (const [name, endpoint] of Object.entries(endpoints) as [EndpointName, Endpoint][]) {
    const match = endpoint.method === method ? endpoint.path.exec(path) : null;
    if (match !== null) return { name, endpoint, subject: match[1] ?? '' };
  }
  return undefined;
}

function checkRights(service: XService, endpoint: Endpoint, caller: Caller): void {
  const generation = service.fieldNames;
  if (!caller.app.enrolled) throw new ApiError(notEnrolled(generation, caller.app.clientId));
  if (caller.kind === 'app-only' && !endpoint.allowsAppOnly) throw new ApiError(appOnlyRefused(generation));
  if (caller.kind === 'oauth1' && endpoint.method !== 'GET' && !caller.canWrite)
    throw new ApiError(readOnlyRefused(generation));
  if (caller.kind === 'oauth2' && !endpoint.scopes.every((scope) => caller.scope.includes(scope)))
    throw new ApiError(forbidden('Forbidden'));
}

/** What is left of v1.1 for self-serve apps: refusals, after the signature was looked at. */
export function answerV11(service: XService, request: SandboxRequest): SandboxAnswer {
  if (/^Bearer /i.test(request.headers.authorization ?? '')) return codeAnswer(220);
  const { token } = verifyUser(service, request);
  if (request.method === 'POST' && token.permission === 'read') return codeAnswer(261);
  return codeAnswer(453);
}
