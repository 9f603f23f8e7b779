/** SteemLogin: a fork of SteemConnect v3, web and API on hosts of their own. FutureShockco, SC3 + SCAPI. */
import type { Generation } from './generation.ts';
import { readSignatureScope, signatureOperations } from './signature-scope.ts';

export const steemlogin: Generation = {
  title: 'SteemLogin',
  webHost: 'steemlogin.com',
  apiHosts: ['api.steemlogin.com'],
  broadcaster: 'steemlogin',
  operations: signatureOperations,
  tokenFormat: 'signed-message',
  readScope: readSignatureScope,
  codeSeconds: undefined,
  enforcesExpiry: false,
  alwaysRefreshes: true,
  revokes: false,
  alwaysNamesUser: true,
  mismatch: { text: 'Oops, something went wrong. The log in request URL provided is invalid.' },
  anyLoopbackPort: false,
  nodeTrouble: { description: 'Request to Steemd API failed' },
  userMetadata: 'null',
  broadcastResult: 'transaction',
  hasRawResponse: true,
  hangsWithoutSecret: true,
};
