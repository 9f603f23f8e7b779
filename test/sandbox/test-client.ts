/** Shorthands for tests of the sandbox itself. */
import type { Sandbox } from './index.ts';
import type { RawAnswer } from './request.ts';
import { requestSandbox } from './request.ts';

export const redirectUri = 'https://abcdefghijklmnop.chromiumapp.org/steem';

export function postJson(
  sandbox: Sandbox,
  url: string,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawAnswer> {
  return requestSandbox(sandbox, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  });
}

/** The body parsed; `any` shape is asserted by the test that reads it. */
export function parseBody(answer: RawAnswer): unknown {
  return JSON.parse(answer.text);
}

/** One JSON-RPC call to a node; gives the whole response object. */
export async function callNode(
  sandbox: Sandbox,
  host: string,
  method: string,
  params: unknown,
): Promise<{ result?: unknown; error?: { code: number; message: string; data?: unknown } }> {
  const answer = await postJson(sandbox, `https://${host}/`, { jsonrpc: '2.0', id: 1, method, params });
  // JSON-RPC says that a response has one of the two.
  return parseBody(answer) as { result?: unknown; error?: { code: number; message: string } };
}
