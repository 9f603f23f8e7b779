/** HiveSigner: v3 on one host for web and API, with the account's public profile in /api/me. ecency/hivesigner-*. */
import type { Generation } from './generation.ts';
import { readSignatureScope, signatureOperations } from './signature-scope.ts';

export const hivesigner: Generation = {
  title: 'Hivesigner',
  webHost: 'hivesigner.com',
  apiHosts: ['hivesigner.com'],
  broadcaster: 'hivesigner',
  operations: signatureOperations,
  tokenFormat: 'signed-message',
  readScope: readSignatureScope,
  codeSeconds: undefined,
  enforcesExpiry: false,
  alwaysRefreshes: true,
  revokes: false,
  alwaysNamesUser: true,
  mismatch: {
    text: 'This app’s redirect URL is not registered. To keep you safe, signing in has been blocked.',
  },
  anyLoopbackPort: true,
  nodeTrouble: { description: 'Request to hived API failed' },
  userMetadata: 'posting',
  broadcastResult: 'id',
  hasRawResponse: true,
  hangsWithoutSecret: true,
};
