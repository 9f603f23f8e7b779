/** A chain node's HTTP face: JSON-RPC 2.0, single or batch, open to every origin. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import type { SandboxChain } from './chain.ts';
import { RpcError } from './errors.ts';
import { writeJson } from './json-text.ts';
import { methods } from './methods.ts';

/** As many calls in one batch as jussi takes by default. */
const batchLimit = 50;

/** Answers one HTTP request to a node; errors travel with status 200. */
export function answerNode(chain: SandboxChain, request: SandboxRequest): SandboxAnswer {
  const cors = { 'access-control-allow-origin': '*' };
  if (request.method === 'OPTIONS') {
    return {
      status: 204,
      headers: {
        ...cors,
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers':
          'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type',
        'access-control-max-age': '1728000',
      },
      body: '',
    };
  }
  const headers = { ...cors, 'content-type': 'application/json' };
  if (request.method !== 'POST') return { status: 405, headers, body: '' };
  return { status: 200, headers, body: writeJson(answerBody(chain, request)) };
}

function answerBody(chain: SandboxChain, { body, host }: SandboxRequest): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return buildFailure(null, new RpcError({ code: -32700, message: 'Parse error' }));
  }
  if (!Array.isArray(parsed)) return answerCall(chain, parsed, host);
  if (parsed.length === 0 || parsed.length > batchLimit) {
    return buildFailure(null, new RpcError({ code: -32600, message: 'Invalid Request', data: 'batch size' }));
  }
  return parsed.map((call: unknown) => answerCall(chain, call, host));
}

function answerCall(chain: SandboxChain, call: unknown, host: string): unknown {
  const { jsonrpc, method, params, id } = readCall(call);
  const isId = typeof id === 'number' || typeof id === 'string';
  if (jsonrpc !== '2.0' || typeof method !== 'string' || !isId) {
    return buildFailure(null, new RpcError({ code: -32600, message: 'Invalid Request' }));
  }
  const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
  try {
    if (run === undefined) throw new RpcError({ code: -32601, message: 'Method not found' });
    return { jsonrpc: '2.0', result: run(chain, params, host), id };
  } catch (error) {
    if (error instanceof RpcError) return buildFailure(id, error);
    throw error;
  }
}

function readCall(call: unknown): Record<string, unknown> {
  return typeof call === 'object' && call !== null ? { ...call } : {};
}

function buildFailure(id: string | number | null, { body }: RpcError): unknown {
  return { jsonrpc: '2.0', error: body, id };
}
