import { defineSteemFamily } from './steem-family.ts';

/** Steem's living signer, of the signature generation. Any scope but `login` means full posting rights. */
export const steemlogin = defineSteemFamily({
  id: 'steemlogin',
  title: 'SteemLogin',
  chain: 'steem',
  bases: { auth: 'https://steemlogin.com', api: 'https://api.steemlogin.com' },
  consoleUrl: 'https://steemlogin.com/developers',
  broadcaster: 'steemlogin',
  scopes: { token: 'posting', code: 'offline' },
  revokes: false,
  revokePage: ({ auth }, clientId) => `${auth}/revoke/${encodeURIComponent(clientId)}`,
});
