/** The API host: border checks, token, limit, media type, right, and then the resource. */
import { randomBytes } from 'node:crypto';
import type { SandboxAnswer, SandboxRequest } from '../../messages.ts';
import { textAnswer } from '../../messages.ts';
import { findBorderRefusal } from '../borders.ts';
import { noCredentials, oauthRefusal, Refusal } from '../refusal.ts';
import type { AllegroService } from '../service.ts';
import type { Session } from '../sessions.ts';
import type { ApiErrorCode } from './api-error.ts';
import { apiError, vendorAnswer } from './api-error.ts';
import type { Call } from './call.ts';
import type { Endpoint } from './endpoints.ts';
import { endpoints } from './endpoints.ts';
import type { Language } from './language.ts';
import { readLanguage } from './language.ts';

const mediaType = 'application/vnd.allegro.public.v1+json';

/** Closed to new apps, or removed; both answer so whatever the token may do. */
const closed: readonly (readonly [RegExp, ApiErrorCode])[] = [
  [/^\/offers\/listing$/, 'VerificationRequired'],
  [/^\/sale\/offers\/[^/]+$/, 'AccessDenied'],
];

/** No answer has CORS headers; all have the number that support asks for. */
export function answerApi(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  const answer = findBorderRefusal(service, request) ?? serve(service, request);
  return { ...answer, headers: { ...answer.headers, 'trace-id': randomBytes(8).toString('hex') } };
}

function serve(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  const endpoint = endpoints.find(({ path }) => path.test(request.path));
  try {
    return vendorAnswer(callEndpoint(service, request, endpoint));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { answer } = error;
    const isBodiless = endpoint?.bodiless.includes(answer.status) === true;
    return isBodiless ? { status: answer.status, headers: {}, body: '' } : answer;
  }
}

function callEndpoint(
  service: AllegroService,
  request: SandboxRequest,
  endpoint: Endpoint | undefined,
): unknown {
  const language = readLanguage(request.headers['accept-language']);
  const session = findSession(service, request, endpoint?.token !== 'none');
  if (session !== undefined && !service.rateLimit.count(session.app.clientId, service.callsPerMinute)) {
    throw apiError('TooManyRequestsException', language);
  }
  if (!acceptsVendorType(request)) throw apiError('NotAcceptableException', language);
  const refusal = closed.find(([path]) => path.test(request.path))?.[1];
  if (refusal !== undefined) throw apiError(refusal, language);
  if (endpoint === undefined) throw apiError('NotFoundException', language);
  if (request.method !== 'GET') throw apiError('MethodNotAllowed', language);
  checkRight(endpoint, session, language);
  checkParameters(endpoint, request);
  const subject = decodeURIComponent(endpoint.path.exec(request.path)?.[1] ?? '');
  const call: Call = { service, request, language, subject, session };
  return endpoint.handle(call);
}

/** Throws Refusal 401. */
function findSession(
  { sessions }: AllegroService,
  { headers }: SandboxRequest,
  isNeeded: boolean,
): Session | undefined {
  const text = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (text === undefined) {
    if (isNeeded || headers.authorization !== undefined) throw noCredentials();
    return undefined;
  }
  const token = sessions.findAccess(text);
  if (token === undefined) throw oauthRefusal('invalid_token', 'Cannot convert access token to JSON', 401);
  if (!sessions.isGood(token)) throw oauthRefusal('invalid_token', `Access token expired: ${text}`, 401);
  return token.session;
}

function acceptsVendorType({ headers }: SandboxRequest): boolean {
  const types = (headers.accept ?? '').split(',').map((entry) => entry.split(';')[0]?.trim().toLowerCase());
  return types.includes(mediaType);
}

function checkRight(endpoint: Endpoint, session: Session | undefined, language: Language): void {
  const { scope } = endpoint;
  if (scope !== undefined && session?.scope.includes(scope) !== true)
    throw apiError('AccessDenied', language);
}

function checkParameters({ parameters }: Endpoint, { query }: SandboxRequest): void {
  const unknown = [...query.keys()].find((name) => !parameters.includes(name));
  if (unknown === undefined) return;
  throw new Refusal(textAnswer(`The sandbox does not know the parameter ${unknown} here.`, 501));
}
