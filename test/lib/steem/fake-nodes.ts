/** Chain nodes for unit tests: a table of answers by host, and a clock that a test moves. */
import type { Clock, Http } from '../../../lib/ports.ts';

export interface RpcRequest {
  readonly method: string;
  readonly params: unknown;
  readonly id: number;
}

/** What a node does with the calls of one request: a response, or a throw. */
export type Node = (calls: readonly RpcRequest[], request: Request) => Promise<Response> | Response;

export interface FakeNodes {
  readonly http: Http;
  /** Hosts asked, in order. */
  readonly asked: string[];
}

/** Throws for a host that is not in the table. */
export function buildFakeNodes(nodes: Readonly<Record<string, Node>>): FakeNodes {
  const asked: string[] = [];
  return {
    asked,
    http: async (request) => {
      const { hostname } = new URL(request.url);
      const node = nodes[hostname];
      if (node === undefined) throw new Error(`no node ${hostname} in this test`);
      asked.push(hostname);
      // The client under test wrote it; its shape is what the tests look at.
      const body = JSON.parse(await request.clone().text()) as RpcRequest | RpcRequest[];
      return node(Array.isArray(body) ? body : [body], request);
    },
  };
}

export type Results = Readonly<Record<string, unknown>>;

/** A node that answers each method with a result, or with `{error}`. Unknown methods fail the test. */
export function nodeOf(results: Results): Node {
  return (calls) => {
    const answers = calls.map(({ method, id }) => {
      if (!Object.hasOwn(results, method)) throw new Error(`no ${method} in this test`);
      const result = results[method];
      return isFailure(result) ? { jsonrpc: '2.0', id, ...result } : { jsonrpc: '2.0', id, result };
    });
    return Response.json(answers.length === 1 ? answers[0] : answers);
  };
}

function isFailure(value: unknown): value is { error: unknown } {
  return typeof value === 'object' && value !== null && 'error' in value;
}

/** Stands still; `sleep` ends when `pass` is called, or with the signal. */
export function buildFakeClock(): Clock & { pass(): void } {
  const sleepers = new Set<() => void>();
  return {
    now: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        sleepers.add(resolve);
        signal?.addEventListener('abort', () => {
          sleepers.delete(resolve);
          reject(new DOMException('aborted', 'AbortError'));
        });
      }),
    pass: () => {
      for (const wake of sleepers) wake();
    },
  };
}
