/** How a program shows which app it is: HTTP Basic, or nothing but its id where PKCE stands in for the secret. */
import type { SandboxRequest } from '../messages.ts';
import type { AllegroApp } from './app-registry.ts';
import type { Refusal } from './refusal.ts';
import { noCredentials, oauthRefusal } from './refusal.ts';
import type { AllegroService } from './service.ts';

/** By id and secret. Throws Refusal 401 without or with wrong ones, 400 when `clientId` says another app. */
export function authenticateBasic(
  service: AllegroService,
  { headers }: SandboxRequest,
  clientId: string | null,
): AllegroApp {
  if (headers.authorization === undefined) throw noCredentials();
  const [, encoded = ''] = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(headers.authorization) ?? [];
  const [, id = '', secret = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  const app = service.findApp(id);
  if (app?.clientSecret === undefined || app.clientSecret !== secret) throw wrongCredentials(service);
  if (clientId !== null && clientId !== app.clientId) {
    throw oauthRefusal('invalid_request', 'ClientId does not match authenticated client.');
  }
  return app;
}

export function wrongCredentials({ credentialsError }: AllegroService): Refusal {
  return credentialsError === 'Unauthorized'
    ? oauthRefusal('Unauthorized', 'Unauthorized', 401)
    : oauthRefusal('invalid_client', 'Client authentication failed', 401);
}
