import { ActionError } from '../../../lib/bus/client.ts';
import type { AppError } from '../../../lib/errors.ts';
import type { TypedTranslate } from '../../../lib/locale/translate.ts';

/** Runs a check of ours in the view; what it throws becomes what the background would have answered. */
export function readTyped<T>(t: TypedTranslate, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    // The checks throw nothing else.
    const { code, params, field } = thrown as AppError;
    throw new ActionError({
      code,
      message: t(`error_${code}`, params),
      ...(field === undefined ? {} : { field }),
    });
  }
}
