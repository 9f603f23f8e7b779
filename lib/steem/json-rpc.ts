import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Chain } from './chain.ts';
import { findJson } from './find-json.ts';
import { isRefusal, readRpcErrorText, rpcError } from './rpc-error.ts';

export interface ChainCall {
  readonly method: string;
  readonly params: unknown;
}

/** What the chain answers: a result, or its refusal in its own words. */
export type ChainAnswer =
  | { readonly isRefused: false; readonly result: unknown }
  | { readonly isRefused: true; readonly text: string };

export interface ChainClient {
  /** One request. Throws as `batch` does. */
  call(call: ChainCall): Promise<ChainAnswer>;
  /**
   * Several requests in one, answered in the same order, all by the same node.
   *
   * @throws AppError when no node could answer: `service_busy` (one was overloaded or down), `bad_answer` (one sent no
   * JSON-RPC), else `network`. A refusal by the chain is an answer, and no reason to ask another node.
   */
  batch<const Calls extends readonly ChainCall[]>(
    calls: Calls,
  ): Promise<{ [Index in keyof Calls]: ChainAnswer }>;
}

interface NodeReply {
  readonly isOk: boolean;
  readonly text: string;
}

/** A node that says nothing for so long is passed over, in milliseconds. */
const nodeTimeoutMs = 5000;

const answers = z.array(
  z.object({ id: z.number(), result: z.optional(z.unknown()), error: z.nullish(rpcError) }),
);

/**
 * Asks the nodes of a chain, one after the other until one answers, beginning with the one that answered last.
 * Source: JSON-RPC 2.0 with batches, as spoken by steemit/jussi and Hive's API nodes.
 */
export function createChainClient({
  http,
  clock,
  chain,
}: Pick<Ports, 'http' | 'clock'> & { chain: Chain }): ChainClient {
  let good = 0;

  async function batch<const Calls extends readonly ChainCall[]>(
    calls: Calls,
  ): Promise<{ [Index in keyof Calls]: ChainAnswer }> {
    const failures: AppError[] = [];
    const nodes = [...chain.nodes.slice(good), ...chain.nodes.slice(0, good)];
    for (const node of nodes) {
      try {
        const found = readAnswers(await ask(node, calls), calls.length);
        good = chain.nodes.indexOf(node);
        // `readAnswers` gives one answer for each call, in their order; a mapped type cannot be built item by item.
        return found as { [Index in keyof Calls]: ChainAnswer };
      } catch (thrown) {
        failures.push(thrown instanceof AppError ? thrown : new AppError('network', { cause: thrown }));
      }
    }
    throw pickFailure(failures);
  }

  async function ask(node: string, calls: readonly ChainCall[]): Promise<NodeReply> {
    const requests = calls.map(({ method, params }, id) => ({ jsonrpc: '2.0', method, params, id }));
    const over = new AbortController();
    const request = new Request(node, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(requests.length === 1 ? requests[0] : requests),
      signal: over.signal,
    });
    try {
      return await Promise.race([
        http(request).then(async (response) => ({ isOk: response.ok, text: await response.text() })),
        clock.sleep(nodeTimeoutMs, over.signal).then(() => {
          throw new AppError('network');
        }),
      ]);
    } finally {
      over.abort();
    }
  }

  return { batch, call: async (call) => (await batch([call]))[0] };
}

function readAnswers({ isOk, text }: NodeReply, count: number): ChainAnswer[] {
  const body = findJson(text);
  // Some nodes put the chain's refusal under an error status, so the body decides where it is JSON-RPC.
  const parsed = answers.safeParse(Array.isArray(body) ? body : [body]);
  if (!parsed.success) throw new AppError(isOk ? 'bad_answer' : 'service_busy', { cause: parsed.error });
  const byId = new Map(parsed.data.map((answer) => [answer.id, answer]));
  return Array.from({ length: count }, (_, id) => readAnswer(byId.get(id)));
}

function readAnswer(answer: z.output<typeof answers>[number] | undefined): ChainAnswer {
  if (answer?.error) {
    if (!isRefusal(answer.error)) throw new AppError('service_busy');
    return { isRefused: true, text: readRpcErrorText(answer.error) };
  }
  if (answer?.result === undefined) throw new AppError('bad_answer');
  return { isRefused: false, result: answer.result };
}

/** The failure that tells a person most. */
function pickFailure(failures: readonly AppError[]): AppError {
  const telling: readonly ErrorCode[] = ['service_busy', 'bad_answer', 'answer_too_large'];
  const found = telling.flatMap((code) => failures.filter((failure) => failure.code === code))[0];
  return found ?? new AppError('network', { cause: failures.at(-1) });
}
