import { readError } from '../twitter/read-error.ts';
import { findWait, readRateLimits } from '../twitter/rate-limit.ts';
import { defineProvider } from './provider.ts';
import { xLookups } from './lookups/x-lookups.ts';

/**
 * X by OAuth 1.0a, for people who have an API key and its secret of their own. The handshake is all that is left of the
 * old API; tweets and look-ups go through version 2, signed.
 * Source: docs.x.com, fundamentals/authentication/oauth-1-0a.
 */
export const twitter = defineProvider({
  protocol: 'oauth1',
  id: 'twitter',
  title: 'Twitter (OAuth 1.0a)',
  guide: 'twitter',
  fields: 'api-key',
  actsFor: 'tweet',
  bases: { auth: 'https://api.x.com', api: 'https://api.x.com' },
  addresses: 'fixed',
  refreshTokens: 'none',
  isSecretRequired: true,
  consoleUrl: 'https://console.x.com',
  revokes: true,
  revokePage: () => 'https://x.com/settings/connected_apps',
  endpoints: ({ api }) => ({
    requestToken: `${api}/oauth/request_token`,
    authorization: `${api}/oauth/authorize`,
    accessToken: `${api}/oauth/access_token`,
    invalidation: `${api}/1.1/oauth/invalidate_token.json`,
  }),
  explain: readError,
  lookups: xLookups,
  readFailure: ({ status, text, retryAfterMs }) =>
    readError({ status, text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }),
  findLimit: (headers) => readRateLimits(headers).window,
  findWait: (headers, now) => findWait(readRateLimits(headers), now),
});
