import { defineSteemFamily } from './steem-family.ts';

/** The second generation, with fine scopes and a revocation that works. Kept for people who run a server of their own. */
export const steemconnect = defineSteemFamily({
  id: 'steemconnect',
  title: 'SteemConnect',
  chain: 'steem',
  bases: { auth: 'https://steemconnect.com', api: 'https://steemconnect.com' },
  consoleUrl: 'https://steemconnect.com/dashboard',
  broadcaster: 'steemconnect',
  scopes: { token: 'vote', code: 'vote,offline' },
  revokes: true,
  revokePage: ({ auth }, clientId) => `${auth}/revoke/@${encodeURIComponent(clientId)}`,
});
