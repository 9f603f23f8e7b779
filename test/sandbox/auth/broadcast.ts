/** POST /api/broadcast, after authentication: permissions, scope, author, and then the chain itself. */
import type { SandboxAnswer, SandboxResponse } from '../messages.ts';
import { jsonAnswer, textAnswer } from '../messages.ts';
import type { Operation, Transaction } from '../chain/chain.ts';
import { RpcError } from '../chain/errors.ts';
import { formatTime } from '../chain/format.ts';
import { buildErrorText } from './error-text.ts';
import { findOperationAuthor } from './operation-author.ts';
import { refuse } from './refusal.ts';
import type { AuthService } from './service.ts';
import type { Token } from './tokens.ts';

export function answerBroadcast(service: AuthService, token: Token, operations: unknown): SandboxResponse {
  const refusal = verifyPermissions(service, token);
  if (refusal !== undefined) return refusal;
  // The servers call a list method on it and die without an answer.
  if (!isOperationList(operations)) return 'hang';
  const allowed = token.scope.length > 0 ? token.scope : service.generation.operations;
  const unscoped = operations.map(([name]) => name).filter((name) => !allowed.includes(name));
  if (unscoped.length > 0) {
    return refuse(
      'invalid_scope',
      `The access_token scope does not allow the following operation(s): ${unscoped.join(', ')}`,
    );
  }
  if (operations.some((operation) => findOperationAuthor(operation) !== token.user)) {
    return refuse(
      'unauthorized_client',
      `This access_token allow you to broadcast transaction only for the account @${token.user}`,
    );
  }
  return broadcast(service, operations);
}

function isOperationList(value: unknown): value is Operation[] {
  return (
    Array.isArray(value) &&
    value.every(
      (item: unknown) =>
        Array.isArray(item) && typeof item[0] === 'string' && typeof item[1] === 'object' && item[1] !== null,
    )
  );
}

/** The app must hold the user's posting authority, and the service the app's. */
function verifyPermissions(service: AuthService, { app, user }: Token): SandboxAnswer | undefined {
  const { generation, chain, nodeTrouble } = service;
  const [appAccount, userAccount] = [app, user].map((name) => chain.findAccount(name));
  if (nodeTrouble && 'text' in generation.nodeTrouble) return textAnswer('request failed', 501);
  if (nodeTrouble || appAccount === undefined || userAccount === undefined) {
    return refuse('unauthorized_client', `The app @${app} or user @${user} account failed to load`);
  }
  if (!userAccount.postingAuths.includes(app)) {
    return refuse('unauthorized_client', `The app @${app} doesn't have permission to broadcast for @${user}`);
  }
  if (!appAccount.postingAuths.includes(generation.broadcaster)) {
    return refuse(
      'unauthorized_client',
      `Broadcaster account doesn't have permission to broadcast for @${app}`,
    );
  }
  return undefined;
}

function broadcast(service: AuthService, operations: readonly Operation[]): SandboxAnswer {
  const { generation, chain } = service;
  try {
    const transaction = chain.broadcast(operations, generation.broadcaster);
    const result =
      generation.broadcastResult === 'id' ? { id: transaction.id } : buildTransactionResult(transaction);
    return jsonAnswer({ result });
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    return jsonAnswer(
      {
        error: 'server_error',
        error_description: buildErrorText(error.body),
        ...(generation.hasRawResponse && { response: error.body }),
      },
      500,
    );
  }
}

function buildTransactionResult({ id, blockNumber, operations, at }: Transaction): Record<string, unknown> {
  return {
    id,
    block_num: blockNumber,
    trx_num: 0,
    expired: false,
    ref_block_num: blockNumber % 65_536,
    ref_block_prefix: 1,
    expiration: formatTime(at + 60_000),
    operations,
    extensions: [],
    signatures: ['1f'.padEnd(130, '0')],
  };
}
