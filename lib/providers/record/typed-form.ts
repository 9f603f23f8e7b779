import type { LookupParam } from '../lookup.ts';

/** What a person types where the service has no sign-in page. Without params it is a mere button. */
export interface TypedForm {
  readonly id: string;
  /** Of the button that opens it, and key in the locale files like the others. */
  readonly titleKey: string;
  readonly hintKey?: string;
  readonly params: readonly LookupParam[];
}
