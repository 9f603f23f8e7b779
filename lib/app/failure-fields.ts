import type { AppError } from '../errors.ts';
import type { Translate } from '../ports.ts';
import type { JournalRecord } from '../vault/schema.ts';

/** What the journal keeps of a failure; nothing for a success. */
export function buildFailureFields(
  error: AppError | undefined,
  translate: Translate,
): Pick<JournalRecord, 'code' | 'params' | 'message' | 'details'> {
  if (error === undefined) return {};
  const { code, params, details } = error;
  return {
    code,
    params: { ...params },
    message: translate(`error_${code}`, params),
    ...(details === undefined ? {} : { details }),
  };
}
