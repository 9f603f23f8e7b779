/** The text the services make of a chain's error. Source: helpers/operation.js getErrorMessage of the servers. */
import type { RpcErrorBody } from '../chain/errors.ts';
import { fillFormat } from '../chain/errors.ts';

interface Frame {
  readonly format: string;
  readonly data: Record<string, string>;
}

/** The first stack frame with its values filled in; where it says nothing, the whole message. */
export function buildErrorText(error: RpcErrorBody): string {
  const frame = findFrame(error.data);
  return frame === undefined || frame.format === '' ? error.message : fillFormat(frame.format, frame.data);
}

function findFrame(data: unknown): Frame | undefined {
  if (typeof data !== 'object' || data === null || !('stack' in data) || !Array.isArray(data.stack))
    return undefined;
  // Built by chain/errors.ts, or given by a test in the same shape.
  return (data.stack as Frame[])[0];
}
