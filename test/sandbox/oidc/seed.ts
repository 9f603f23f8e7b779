/** People and apps at the OpenID Connect servers for `npm start` and the journeys. */
import type { OidcService } from './service.ts';

export interface OidcSeedOptions {
  /** Where people may be sent back to after signing in and after signing out, to the letter. */
  readonly redirectUris?: readonly string[];
}

/** Public clients at the general server, and one of the wrong type. */
export const seededOidcClients = {
  /** Nothing special. */
  plain: 'latchkey-oidc',
  /** Takes only requests that were pushed before. */
  pushed: 'latchkey-par',
  /** Gives only tokens bound to a key. */
  bound: 'latchkey-dpop',
  /** Signs ID tokens with HS256. */
  hs256: 'latchkey-hs256',
  /** Wants a secret. */
  confidential: 'latchkey-web',
} as const;

/** Bob and Alice are signed in; the general server has a client of each kind in `seededOidcClients`. */
export function seedOidc(service: OidcService, { redirectUris = [] }: OidcSeedOptions = {}): void {
  seedOidcPeople(service);
  const addresses = { redirectUris, postLogoutRedirectUris: redirectUris, name: 'Latchkey' };
  const { plain, pushed, bound, hs256, confidential } = seededOidcClients;
  service.registerClient({ clientId: plain, ...addresses });
  service.registerClient({ clientId: pushed, requiresPar: true, ...addresses });
  service.registerClient({ clientId: bound, requiresDpop: true, ...addresses });
  service.registerClient({ clientId: hs256, signsWith: 'HS256', ...addresses });
  service.registerClient({ clientId: confidential, secret: 'a secret of the web client', ...addresses });
}

function seedOidcPeople(service: OidcService): void {
  service.addUser({
    username: 'bob',
    sub: '5f9d0cef60d09ff5a4c87c06',
    name: 'Bob 🐝',
    email: 'bob@bees.example',
    phone: '+48123456789',
    claims: { nickname: 'Bob', locale: 'pl-PL', zoneinfo: 'Europe/Warsaw' },
  });
  service.addUser({
    username: 'alice',
    sub: '5f9d0cef60d09ff5a4c87c07',
    name: 'Alice',
    email: 'alice@bees.example',
  });
  service.signedIn = ['bob', 'alice'];
}
