/** The services' JSON errors: always `error` and `error_description`, never more of RFC 6749 than that. */
import type { SandboxAnswer } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';

export type RefusalCode =
  | 'application_disabled'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'server_error'
  | 'unauthorized_access'
  | 'unauthorized_client';

export function refuse(error: RefusalCode, description: string, status = 401): SandboxAnswer {
  return jsonAnswer({ error, error_description: description }, status);
}

export const invalidRole = (): SandboxAnswer => refuse('invalid_grant', 'The token has invalid role');
