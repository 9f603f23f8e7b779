import { useEffect, useRef } from 'preact/hooks';
import type { Failure } from './failure.ts';

/** Moves the focus to the field that a failure names, so that the person can mend it at once. Put it on the form. */
export function useFocusOnError(failure: Failure | undefined) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (failure?.field !== undefined)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [failure]);
  return form;
}
