/** A user pool with people, roles and groups for `npm start` and the journeys. */
import type { OidcSeedOptions } from '../oidc/seed.ts';
import { seedOidc } from '../oidc/seed.ts';
import type { AuthingService } from './service.ts';

/** The pool; its application is a public client of OpenID Connect too. */
export const seededPool = {
  userPoolId: '5f9d0cef60d09ff5a4c87c00',
  secret: 'fd9ba1b2a8f4d56ef7b0e1b6a9a2c1d3',
  appId: '5f9d0cef60d09ff5a4c87c01',
  appSecret: '9c1f6a2be7d84f30a5c2b81d4e6f7a90',
} as const;

/** An application whose ID tokens are signed with HS256, as they are until somebody changes it. */
export const seededHs256AppId = '5f9d0cef60d09ff5a4c87c02';

export const seededPassword = 'correct horse';

/** All but `social` sign in with `seededPassword`. */
export const seededPeople = {
  /** The same person as Bob at the OpenID Connect server. */
  bob: { id: '5f9d0cef60d09ff5a4c87c06', email: 'bob@bees.example', phone: '+48123456789' },
  alice: { id: '5f9d0cef60d09ff5a4c87c07', email: 'alice@bees.example' },
  /** Is locked. */
  lea: { id: '5f9d0cef60d09ff5a4c87c08', email: 'lea@bees.example', blocked: true },
  /** Has to type a picture's text. */
  carl: { id: '5f9d0cef60d09ff5a4c87c09', email: 'carl@bees.example', captcha: 'x7kd' },
  /** Has a second factor. */
  mia: { id: '5f9d0cef60d09ff5a4c87c0a', email: 'mia@bees.example', hasSecondFactor: true },
  /** Came by a social login and has no password. */
  sol: { id: '5f9d0cef60d09ff5a4c87c0b', email: 'sol@bees.example' },
} as const;

/** How many more people there are, `reader01` and on. */
export const seededReaders = 27;

/** Bob is an editor and on the board; readers are in the group `readers`. Seeds the OpenID Connect server too. */
export function seedAuthing(service: AuthingService, { redirectUris = [] }: OidcSeedOptions = {}): void {
  service.setUpPool(seededPool);
  seedOidc(service.oidc, { redirectUris });
  const addresses = { redirectUris, postLogoutRedirectUris: redirectUris, name: 'Latchkey' };
  service.oidc.registerClient({ clientId: seededPool.appId, ...addresses });
  service.oidc.registerClient({ clientId: seededHs256AppId, signsWith: 'HS256', ...addresses });
  service.pool.roles.set('editor', { code: 'editor', description: 'Writes' });
  service.pool.roles.set('reader', { code: 'reader', description: 'Reads' });
  service.pool.groups.set('board', { code: 'board', name: 'Board', description: 'Decides' });
  service.pool.groups.set('readers', { code: 'readers', name: 'Readers', description: 'Reads' });
  seedPeople(service);
}

function seedPeople(service: AuthingService): void {
  for (const [username, person] of Object.entries(seededPeople)) {
    const hasPassword = username !== 'sol';
    const isBob = username === 'bob';
    service.addUser({
      username,
      ...person,
      ...(hasPassword && { password: seededPassword }),
      roles: isBob ? ['editor'] : [],
      groups: isBob ? ['board'] : [],
      fields: { nickname: isBob ? 'Bob 🐝' : username, company: 'Bees' },
    });
  }
  for (let number = 1; number <= seededReaders; number += 1) {
    const username = `reader${String(number).padStart(2, '0')}`;
    service.addUser({
      username,
      email: `${username}@bees.example`,
      password: seededPassword,
      roles: ['reader'],
      groups: ['readers'],
      fields: { nickname: number % 5 === 0 ? `读者 ${number}` : `Reader ${number}` },
    });
  }
}
