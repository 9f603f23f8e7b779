import { defineSteemFamily } from './steem-family.ts';

/** Hive's signer: web and API on one host. */
export const hivesigner = defineSteemFamily({
  id: 'hivesigner',
  title: 'HiveSigner',
  chain: 'hive',
  bases: { auth: 'https://hivesigner.com', api: 'https://hivesigner.com' },
  consoleUrl: 'https://hivesigner.com/profile',
  broadcaster: 'hivesigner',
  scopes: { token: 'posting', code: 'offline' },
  revokes: false,
  revokePage: ({ auth }, clientId) => `${auth}/revoke/${encodeURIComponent(clientId)}`,
});
