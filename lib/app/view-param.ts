import type { LookupParamView } from '../actions/lookup.ts';
import type { Translate } from '../ports.ts';
import type { LookupParam } from '../providers/lookup.ts';

/** A field of a form in the person's language. */
export function viewParam(
  { titleKey, choices, ...param }: LookupParam,
  translate: Translate,
): LookupParamView {
  return {
    ...param,
    title: translate(titleKey),
    choices: choices?.map((choice) => ({ value: choice.value, title: translate(choice.titleKey) })),
  };
}
