import type * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../errors.ts';
import type { ChainAnswer } from './json-rpc.ts';

/**
 * The result of a look-up in the shape of its schema.
 *
 * @throws AppError `notFound` when the chain says that the thing is not there, `service_error` for another refusal,
 * `bad_answer` for a result of another shape.
 */
export function readResult<Schema extends z.ZodMiniType>(
  answer: ChainAnswer,
  schema: Schema,
  notFound: ErrorCode,
): z.output<Schema> {
  if (answer.isRefused) {
    throw new AppError(isNotFound(answer.text) ? notFound : 'service_error', { details: answer.text });
  }
  const parsed = schema.safeParse(answer.result);
  if (!parsed.success) throw new AppError('bad_answer', { cause: parsed.error });
  return parsed.data;
}

/** steemd says `unknown key`, Hive's hivemind that it `does not exist` or `was deleted`. */
function isNotFound(text: string): boolean {
  return /unknown key|does not exist|was deleted|not found/i.test(text);
}
