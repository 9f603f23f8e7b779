/** What went wrong, as a view shows it. */
import { ActionError } from '../bus/client.ts';
import type { ErrorCode } from '../errors.ts';
import type { TypedTranslate } from '../locale/translate.ts';

export interface Failure {
  /** Undefined when the background could not be reached at all. */
  readonly code?: ErrorCode;
  /** A sentence in the person's language. */
  readonly message: string;
  /** The input field it belongs to. */
  readonly field?: string;
  /** The service's own words. */
  readonly details?: string;
}

/** The failure that a thrown value stands for. What is no {@link ActionError} means that nobody answered. */
export function readFailure(thrown: unknown, t: TypedTranslate): Failure {
  return thrown instanceof ActionError ? thrown.refusal : { message: t('background_unreachable') };
}
