/** X gives tokens to programs, not to pages: calls that carry an extension's Origin are refused. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { forbidden } from './problems.ts';

/** The refusal, or undefined when the request may go on. */
export function findOriginRefusal({ headers }: SandboxRequest): SandboxAnswer | undefined {
  return /^(chrome|moz)-extension:\/\//.test(headers.origin ?? '') ? forbidden('Forbidden') : undefined;
}
