/** SteemConnect v2: JWTs, fine scopes, refresh only with `offline`, revocation that works. ledgerconnect sc2-master. */
import type { Generation } from './generation.ts';

const operations = [
  'vote',
  'comment',
  'delete_comment',
  'comment_options',
  'custom_json',
  'claim_reward_balance',
];

export const steemconnect: Generation = {
  title: 'SteemConnect',
  webHost: 'steemconnect.com',
  apiHosts: ['steemconnect.com', 'api.steemconnect.com'],
  broadcaster: 'steemconnect',
  operations,
  tokenFormat: 'jwt',
  readScope: (scope, responseType) => {
    const names = scope.split(',').filter((name) => name !== '');
    const unknownScopes = names.filter((name) => ![...operations, 'login', 'offline'].includes(name));
    if (unknownScopes.length > 0) return { unknownScopes };
    return { scope: names, responseType: responseType === 'code' ? 'code' : 'token' };
  },
  codeSeconds: 600,
  enforcesExpiry: true,
  alwaysRefreshes: false,
  revokes: true,
  alwaysNamesUser: false,
  mismatch: { redirect: '/404' },
  anyLoopbackPort: false,
  nodeTrouble: { text: 'SteemAPI request failed' },
  userMetadata: 'private',
  broadcastResult: 'transaction',
  hasRawResponse: false,
  hangsWithoutSecret: false,
};
