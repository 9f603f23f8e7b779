/** What travels between a view or a page script and the background. JSON only: Chromium serialises, Firefox clones. */
import type { ErrorCode } from '../errors.ts';

/** The mark by which we know our own messages. */
export const protocol = 'latchkey/1';

export interface Envelope {
  readonly protocol: typeof protocol;
  /** An action id, e.g. `vote.cast`. */
  readonly action: string;
  readonly input: unknown;
}

/** An error as it crosses the border: a code for code, a sentence for people, and never a token. */
export interface Refusal {
  readonly code: ErrorCode;
  /** The sentence in the person's language. */
  readonly message: string;
  /** The input field the sentence belongs to. */
  readonly field?: string;
  /** The service's own words, for "Details". */
  readonly details?: string;
}

export type Reply =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: Refusal };

export function envelope(action: string, input: unknown): Envelope {
  return { protocol, action, input };
}
