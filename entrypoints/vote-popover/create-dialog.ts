import { buildElement } from '../steem.content/build-element.ts';
import { createHost, createSheet } from '../steem.content/create-host.ts';
import { buildButton, onTrusted } from '../steem.content/on-trusted.ts';
import css from './style.css?inline';

const gap = 6;

export interface Dialog {
  readonly element: HTMLElement;
  /** Puts the dialog beside its opener again, after its size changed. */
  place(): void;
  /** Puts it over whatever else came to the top layer. */
  raise(): void;
  /** Aborts when the dialog is closed. */
  readonly signal: AbortSignal;
  close(): void;
}

/**
 * A small dialog in the top layer, where nothing of the page's own layout covers it. Tab goes round within it.
 *
 * Its content names what it is about in an element with the id `title`.
 *
 * @param findOpener the button beside which it stands and which has the focus afterwards; a site may draw it anew.
 * @param onDismiss the person pressed Escape or the close button, or clicked elsewhere.
 */
export function createDialog(
  findOpener: () => HTMLElement | undefined,
  names: { readonly label: string; readonly close: string },
  onDismiss: (isElsewhere: boolean) => void,
): Dialog {
  const { host, root } = createHost('latchkey-vote', createSheet(css));
  const closeButton = buildButton('×', () => onDismiss(false), names.close);
  closeButton.id = 'close';
  const element = buildElement(
    'div',
    {
      role: 'dialog',
      'aria-label': names.label,
      'aria-describedby': 'title',
      popover: 'manual',
      tabindex: '-1',
    },
    closeButton,
  );
  root.append(element);
  document.documentElement.append(host);
  element.showPopover();

  onTrusted(element, 'keydown', (event) => {
    if (event.key === 'Escape') onDismiss(false);
    if (event.key !== 'Tab') return;
    const stops = [
      ...element.querySelectorAll<HTMLElement>('button:enabled,select:enabled,input:enabled,summary'),
    ];
    const end = event.shiftKey ? stops[0] : stops.at(-1);
    if (root.activeElement !== end) return;
    event.preventDefault();
    stops.at(event.shiftKey ? -1 : 0)?.focus();
  });
  const end = new AbortController();
  onTrusted(
    document,
    'pointerdown',
    (event) => {
      if (event.target !== host) onDismiss(true);
    },
    { capture: true, signal: end.signal },
  );

  const place = () => {
    const at = findOpener()?.getBoundingClientRect();
    if (!at) return;
    const { offsetHeight, offsetWidth } = element;
    const below = at.bottom + gap;
    const top = below + offsetHeight > innerHeight ? Math.max(gap, at.top - gap - offsetHeight) : below;
    element.style.top = `${top}px`;
    element.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - offsetWidth - gap))}px`;
  };
  return {
    element,
    signal: end.signal,
    place,
    raise() {
      element.hidePopover();
      element.showPopover();
      place();
    },
    close() {
      end.abort();
      host.remove();
      findOpener()?.focus();
    },
  };
}
