/** One call of the API, after the checks that all endpoints share. */
import type { SandboxAnswer, SandboxRequest } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import { invalidRequest } from '../problems.ts';
import type { XService } from '../service.ts';
import type { Charge } from './bill.ts';
import type { Caller } from './caller.ts';

export interface Call {
  readonly service: XService;
  readonly request: SandboxRequest;
  readonly caller: Caller;
  /** As in `GET /2/tweets/:id`. */
  readonly endpoint: EndpointName;
  /** The variable part of the path; empty where there is none. */
  readonly subject: string;
}

export type EndpointName =
  | 'POST /2/tweets'
  | 'DELETE /2/tweets/:id'
  | 'GET /2/tweets/:id'
  | 'GET /2/users/me'
  | 'GET /2/users/by/username/:username'
  | 'GET /2/users/:id/tweets'
  | 'GET /2/users/:id/followers'
  | 'GET /2/users/:id/following';

export type Handler = (call: Call) => SandboxAnswer;

/** Bills the call. Throws ApiError 402. */
export function charge({ service, caller, endpoint }: Call, charges: readonly Charge[]): void {
  service.bill.charge(caller.app, endpoint, charges, service.fieldNames);
}

/** ApiError 400. */
export function invalid(
  { service }: Call,
  message: string,
  parameters?: Readonly<Record<string, readonly string[]>>,
): ApiError {
  return new ApiError(invalidRequest(service.fieldNames, message, parameters));
}
