/**
 * Allegro and its sandbox environment: one protocol, two worlds that share neither accounts nor apps nor tokens.
 * - A public client signs in with PKCE; a refresh takes the secret. So without one a session lasts twelve hours.
 * - The endpoints refuse the Origin of an extension, and programs that don't name themselves.
 * - Every refresh ends the access token before, and gives a new refresh token; the old one is taken for 60 s more.
 * Source: developer.allegro.pl/tutorials/authentication-and-authorization-m09BlVyo7iY.
 */
import { buildRequest, mediaType } from '../../allegro/build-request.ts';
import { readFailure, readTokenFailure } from '../../allegro/read-failure.ts';
import { readMe } from '../../allegro/read-shop.ts';
import { allegroLookups } from '../lookups/allegro-lookups.ts';
import type { OAuth2Provider } from './oauth2-provider.ts';
import type { ChoiceField } from './setting-field.ts';
import type { Feature } from './provider-common.ts';

const everySignIn = ['allegro:api:profile:read', 'allegro:api:sale:settings:read'];
const scopeOf: Partial<Readonly<Record<Feature, string>>> = {
  offers: 'allegro:api:sale:offers:read',
  orders: 'allegro:api:orders:read',
};
const allScopes = [...everySignIn, ...Object.values(scopeOf)];

/** Chosen at Allegro when the key is made, for good. */
const kind: ChoiceField = {
  kind: 'choice',
  id: 'kind',
  titleKey: 'service_allegro_kind',
  hintKey: 'service_allegro_kind_hint',
  isRequired: true,
  initial: 'browser',
  choices: [
    { value: 'browser', titleKey: 'service_allegro_kind_browser' },
    { value: 'device', titleKey: 'service_allegro_kind_device' },
  ],
};

/** Apps from before 2022 have every right, under one name. */
function conformToken(body: unknown): unknown {
  const isOldApp =
    typeof body === 'object' && body !== null && 'scope' in body && body.scope === 'allegro_api';
  return isOldApp ? { ...body, scope: allScopes.join(' ') } : body;
}

/** @param domain what the production's host names are followed by. */
export function defineAllegro(member: Pick<OAuth2Provider, 'id' | 'title'>, domain = ''): OAuth2Provider {
  return {
    ...member,
    protocol: 'oauth2',
    guide: 'allegro',
    fields: 'client',
    actsFor: 'lookup',
    bases: { auth: `https://allegro.pl${domain}`, api: `https://api.allegro.pl${domain}` },
    addresses: 'fixed',
    refreshTokens: 'rotating',
    isSecretRequired: false,
    wantsUserAgent: true,
    consoleUrl: `https://apps.developer.allegro.pl${domain}`,
    revokes: false,
    revokePage: ({ auth }) => `${auth}/moje-allegro/moje-konto/powiazane-aplikacje`,
    endpoints: ({ auth }) => ({
      authorization: `${auth}/auth/oauth/authorize`,
      token: `${auth}/auth/oauth/token`,
    }),
    device: {
      isChosen: ({ kind }) => kind === 'device',
      endpoint: ({ auth }) => `${auth}/auth/oauth/device`,
      // Not the names of RFC 8628: the code was used, or was never there.
      errors: { 'Invalid device code': 'device_code_used', invalid_grant: 'device_code_used' },
    },
    settings: [kind],
    publicResponseType: 'code',
    hasPkce: true,
    needsSecretToRefresh: true,
    clientAuthentication: 'basic-unencoded',
    scopeOf,
    scope: ({ allow }) => [...everySignIn, ...allow.flatMap((feature) => scopeOf[feature] ?? [])].join(' '),
    // Whoever adds an account may be at Allegro as another: the page asks whether it is the right one.
    authorizationParameters: ({ isRenewal, isInteractive }): Readonly<Record<string, string>> =>
      isInteractive && !isRenewal ? { prompt: 'confirm' } : {},
    accessTokenSeconds: 43_199,
    authorization: (accessToken) => `Bearer ${accessToken}`,
    buildIdentityRequest: ({ api }) => buildRequest('/me', { api, language: 'en' }),
    readIdentity(body) {
      const { id, login } = readMe(body);
      return { id, name: login };
    },
    buildRevocationRequests: () => [],
    conformToken,
    readFailure,
    readTokenFailure,
    readNoJson: readFailure,
    accept: mediaType,
    lookups: allegroLookups,
  };
}
