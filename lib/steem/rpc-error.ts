/** The error of a JSON-RPC answer, as loosely as nodes of both chains fill it. */
import * as z from 'zod/mini';

export const rpcError = z.object({
  code: z.optional(z.number()),
  message: z.optional(z.string()),
  data: z.optional(z.unknown()),
});
export type RpcError = z.output<typeof rpcError>;

const assertion = z.object({
  name: z.optional(z.string()),
  stack: z.optional(
    z.array(
      z.object({ format: z.optional(z.string()), data: z.optional(z.record(z.string(), z.unknown())) }),
    ),
  ),
});

/**
 * What the chain says, for a person or for `readBroadcastError`: the assertion's text with its `${name}` filled in; where
 * it has none (Hive's hivemind) the message, with the bare text of `data` if that is all there is to tell.
 */
export function readRpcErrorText(error: RpcError): string {
  const [first] = assertion.safeParse(error.data).data?.stack ?? [];
  if (first?.format) return fill(first.format, first.data ?? {});
  const message = (error.message ?? '').replace(/^(Assert Exception:)+\s*/, '');
  return [message, ...(typeof error.data === 'string' ? [error.data] : [])].filter(Boolean).join(': ');
}

/**
 * True when the chain considered the request and said no, false when the node could not do its work, so that another
 * node should be asked. Codes: JSON-RPC 2.0 section 5.1, steemd's json_rpc plugin, jussi (positive, its own troubles).
 */
export function isRefusal(error: RpcError): boolean {
  const text = `${error.message ?? ''} ${typeof error.data === 'string' ? error.data : ''}`;
  if (/acquire (database |read |write )?lock/i.test(text)) return false;
  if (assertion.safeParse(error.data).data?.name === 'assert_exception' || /assert/i.test(text)) return true;
  const { code = 0 } = error;
  return code === -32602 || code === -31999 || (code <= -32000 && code >= -32003);
}

function fill(format: string, values: Readonly<Record<string, unknown>>): string {
  return format.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : placeholder;
  });
}
