/** The errors of v2: problem objects. The host in `type` depends on the generation of the API. */
import type { SandboxAnswer } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';
import type { Generation } from './field-names.ts';

export type ProblemType =
  | 'client-forbidden'
  | 'credits'
  | 'invalid-request'
  | 'not-authorized-for-resource'
  | 'oauth1-permissions'
  | 'resource-not-found'
  | 'unsupported-authentication';

export function problemUrl(generation: Generation, type: ProblemType): string {
  return `https://api.${generation === 'tweet' ? 'twitter' : 'x'}.com/2/problems/${type}`;
}

export function problemAnswer(status: number, fields: Readonly<Record<string, unknown>>): SandboxAnswer {
  return jsonAnswer(fields, status, { 'content-type': 'application/problem+json; charset=utf-8' });
}

/** A problem without a type of its own. */
export function plainProblem(status: number, title: string, detail: string = title): SandboxAnswer {
  return problemAnswer(status, { title, type: 'about:blank', status, detail });
}

export const unauthorized = (): SandboxAnswer => plainProblem(401, 'Unauthorized');
export const forbidden = (detail = 'You are not permitted to perform this action.'): SandboxAnswer =>
  plainProblem(403, 'Forbidden', detail);
export const notFound = (): SandboxAnswer => plainProblem(404, 'Not Found');
export const tooManyRequests = (): SandboxAnswer => plainProblem(429, 'Too Many Requests');

/** 400; `parameters` are the names and values that were wrong. */
export function invalidRequest(
  generation: Generation,
  message: string,
  parameters: Readonly<Record<string, readonly string[]>> = {},
): SandboxAnswer {
  return problemAnswer(400, {
    errors: [{ ...(Object.keys(parameters).length > 0 && { parameters }), message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: problemUrl(generation, 'invalid-request'),
  });
}

/** One entry of the `errors` beside or instead of `data`, in an answer of status 200. */
export interface PartialError {
  readonly resource_type: 'tweet' | 'user';
  readonly parameter: string;
  readonly value: string;
  readonly title: string;
  readonly detail: string;
  readonly type: string;
  readonly resource_id: string;
}

export function buildPartialError(
  generation: Generation,
  error: Pick<PartialError, 'resource_type' | 'parameter' | 'value'> & {
    readonly kind: 'missing' | 'protected' | 'suspended';
  },
): PartialError {
  const { kind, resource_type, parameter, value } = error;
  const facts = {
    missing: {
      title: 'Not Found Error',
      detail: `Could not find ${resource_type} with ${parameter}: [${value}].`,
      type: 'resource-not-found',
    },
    protected: {
      title: 'Authorization Error',
      detail: `Sorry, you are not authorized to see the ${resource_type} with ${parameter}: [${value}].`,
      type: 'not-authorized-for-resource',
    },
    suspended: {
      title: 'Forbidden',
      detail: `User has been suspended: [${value}].`,
      type: 'resource-not-found',
    },
  } as const;
  const { title, detail, type } = facts[kind];
  return {
    resource_type,
    parameter,
    value,
    resource_id: value,
    title,
    detail,
    type: problemUrl(generation, type),
  };
}

export function notEnrolled(generation: Generation, clientId: string): SandboxAnswer {
  return problemAnswer(403, {
    client_id: clientId,
    detail:
      'When authenticating requests to the X API v2 endpoints, you must use keys and tokens from a developer App that is attached to a Project.',
    registration_url: 'https://developer.x.com/en/docs/projects/overview',
    title: 'Client Forbidden',
    required_enrollment: 'Appropriate Level of API Access',
    reason: 'client-not-enrolled',
    type: problemUrl(generation, 'client-forbidden'),
  });
}

export function appOnlyRefused(generation: Generation): SandboxAnswer {
  return problemAnswer(403, {
    title: 'Unsupported Authentication',
    detail:
      'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint. Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
    type: problemUrl(generation, 'unsupported-authentication'),
    status: 403,
  });
}

export function readOnlyRefused(generation: Generation): SandboxAnswer {
  return problemAnswer(403, {
    title: 'Forbidden',
    detail:
      'Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.',
    type: problemUrl(generation, 'oauth1-permissions'),
    status: 403,
  });
}

/** The account is a number above 2^53 and is written as such: who parses and keeps it has another account. */
export function creditsDepleted(generation: Generation): SandboxAnswer {
  const account = '1868372964517265409';
  const rest = JSON.stringify({
    title: 'CreditsDepleted',
    detail: `Your enrolled account [${account}] does not have any credits to fulfill this request.`,
    type: problemUrl(generation, 'credits'),
  });
  return {
    status: 402,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: `{"account_id":${account},${rest.slice(1)}`,
  };
}
