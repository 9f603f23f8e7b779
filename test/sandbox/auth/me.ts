/** /api/me: whose token it is, what it may do, and the account as the chain has it. */
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import { jsonAnswer, textAnswer } from '../messages.ts';
import { buildAccountShape } from '../chain/account-shape.ts';
import { writeJson } from '../chain/json-text.ts';
import type { Fields } from './fields.ts';
import { refuse } from './refusal.ts';
import type { AuthService } from './service.ts';
import type { Token } from './tokens.ts';

export function answerMe(
  service: AuthService,
  token: Token,
  request: SandboxRequest,
  fields: Fields,
): SandboxResponse {
  const { generation } = service;
  if (service.nodeTrouble) {
    return 'text' in generation.nodeTrouble
      ? textAnswer(generation.nodeTrouble.text, 501)
      : refuse('server_error', generation.nodeTrouble.description, 501);
  }
  const key = `${token.app}/${token.user}`;
  if (request.method === 'PUT' && generation.userMetadata === 'private') {
    const refusal = storeUserMetadata(service, key, fields.body['user_metadata']);
    if (refusal !== undefined) return refusal;
  }
  const account = service.chain.findAccount(token.user);
  const me = {
    user: token.user,
    _id: token.user,
    name: token.user,
    ...(account && { account: buildAccountShape(service.chain, account) }),
    scope: token.scope.length > 0 ? token.scope : generation.operations,
    user_metadata: {
      private: service.userMetadata.get(key) ?? {},
      null: null,
      posting: { profile: account?.profile ?? {} },
    }[generation.userMetadata],
  };
  return { ...jsonAnswer(null), body: writeJson(me) };
}

/** 16 MB, as SteemConnect's configuration has it. */
const metadataLimit = 16 * 1024 * 1024;

function storeUserMetadata(service: AuthService, key: string, value: unknown): SandboxAnswer | undefined {
  if (typeof value !== 'object' || value === null) {
    return refuse('invalid_request', 'User metadata must be an object', 400);
  }
  if (JSON.stringify(value).length > metadataLimit) {
    return refuse('invalid_request', 'User metadata object must not exceed 16 MB', 413);
  }
  service.userMetadata.set(key, value);
  return undefined;
}
