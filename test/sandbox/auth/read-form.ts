/** The fields of a form that one of the service's own pages sent. */
import type { SandboxRequest } from '../messages.ts';

export function readForm({ body }: SandboxRequest): URLSearchParams {
  return new URLSearchParams(body);
}
