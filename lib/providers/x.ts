import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { findWait, readRateLimits } from '../twitter/rate-limit.ts';
import { readError } from '../twitter/read-error.ts';
import { findTokenError } from '../twitter/token-error.ts';
import { defineProvider, type Feature } from './provider.ts';
import { xLookups } from './lookups/x-lookups.ts';

const me = z.object({ data: z.object({ id: z.string(), username: z.string() }) });

const everySignIn = ['tweet.read', 'users.read', 'offline.access'];
const scopeOf: Readonly<Partial<Record<Feature, string>>> = { post: 'tweet.write', follows: 'follows.read' };

/**
 * X by OAuth 2.0 with PKCE, as a public client (app type "Native App"): no secret anywhere. The authorize page is on
 * x.com, since twitter.com has cookies of its own. Codes live 30 s; refresh tokens are for one use.
 * Source: docs.x.com, fundamentals/authentication/oauth-2-0.
 */
export const x = defineProvider({
  protocol: 'oauth2',
  id: 'x',
  title: 'X',
  guide: 'x',
  fields: 'client',
  actsFor: 'tweet',
  bases: { auth: 'https://x.com', api: 'https://api.x.com' },
  addresses: 'fixed',
  refreshTokens: 'rotating',
  isSecretRequired: false,
  consoleUrl: 'https://console.x.com',
  revokes: true,
  revokePage: () => 'https://x.com/settings/connected_apps',
  endpoints: ({ auth, api }) => ({
    authorization: `${auth}/i/oauth2/authorize`,
    token: `${api}/2/oauth2/token`,
  }),
  publicResponseType: 'code',
  hasPkce: true,
  clientAuthentication: 'basic',
  scopeOf,
  lookups: xLookups,
  scope: ({ allow }) => [...everySignIn, ...allow.flatMap((feature) => scopeOf[feature] ?? [])].join(' '),
  accessTokenSeconds: 2 * 60 * 60,
  authorization: (accessToken) => `Bearer ${accessToken}`,
  buildIdentityRequest: ({ api }) => new Request(`${api}/2/users/me`),
  readIdentity(body) {
    const answer = z.safeParse(me, body);
    if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
    return { id: answer.data.data.id, name: answer.data.data.username };
  },
  // It is paid for, and limited: it can fail right after a good sign-in.
  canIdentityFail: true,
  // Each token is taken back by itself: the refresh token would outlive its access token.
  buildRevocationRequests: ({ api }, clientId, { accessToken, refreshToken }) =>
    Object.entries({ refresh_token: refreshToken, access_token: accessToken }).flatMap(([hint, token]) =>
      token === undefined
        ? []
        : [
            new Request(`${api}/2/oauth2/revoke`, {
              method: 'POST',
              body: new URLSearchParams({ token, client_id: clientId, token_type_hint: hint }),
            }),
          ],
    ),
  readFailure: ({ retryAfterMs, ...failure }) =>
    findTokenError(failure) ??
    readError({ ...failure, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
  findLimit: (headers) => readRateLimits(headers).window,
  findWait: (headers, now) => findWait(readRateLimits(headers), now),
});
