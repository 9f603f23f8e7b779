/** A console with a switch for each endpoint: revocation may want the secret that the token endpoint does without. */
import { readForm } from '../auth/read-form.ts';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';
import type { OidcService } from './service.ts';

/** The refusal, or undefined when the request may go on. */
export function findRevocationRefusal(
  service: OidcService,
  request: SandboxRequest,
): SandboxAnswer | undefined {
  if (request.method !== 'POST' || !request.path.endsWith('/token/revocation')) return undefined;
  const client = service.findClient(readForm(request).get('client_id') ?? '');
  return client?.revocationNeedsSecret === true
    ? jsonAnswer({ error: 'invalid_client', error_description: 'client authentication failed' }, 401)
    : undefined;
}
