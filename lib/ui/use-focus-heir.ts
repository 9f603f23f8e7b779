import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/**
 * Saves the focus from getting lost with an element that takes the place of some buttons for a while, as a question does:
 * when it goes, the last button of what stands there then has it, unless something else has taken it. Put it on the element.
 */
export function useFocusHeir(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Once it goes it has no place any more.
    const { previousElementSibling: before, parentElement: parent } = element.current ?? {};
    return () => {
      // What comes instead is drawn by then.
      queueMicrotask(() => {
        const heir = before ? before.nextElementSibling : parent?.firstElementChild;
        const button =
          heir instanceof HTMLButtonElement ? heir : [...(heir?.querySelectorAll('button') ?? [])].at(-1);
        if (document.activeElement === document.body) button?.focus();
      });
    };
  }, []);
  return element;
}
