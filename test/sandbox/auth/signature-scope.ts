/** How the v3 family reads scope: it knows only who you are, or everything. Source: SC3 src/router.js. */
import type { ScopeReading } from './generation.ts';

/** Exactly `login`; a text with `offline` forces the code flow; all else, also empty or `vote`, is `posting`. */
export function readSignatureScope(scope: string, responseType: string): ScopeReading {
  if (scope === 'login')
    return { scope: ['login'], responseType: responseType === 'code' ? 'code' : 'token' };
  const isCode = scope.includes('offline') || responseType === 'code';
  return { scope: [], responseType: isCode ? 'code' : 'token' };
}

/** Operations of the later servers, all of which any posting token may do. */
export const signatureOperations = [
  'vote',
  'comment',
  'delete_comment',
  'comment_options',
  'custom_json',
  'claim_reward_balance',
  'account_update2',
];
