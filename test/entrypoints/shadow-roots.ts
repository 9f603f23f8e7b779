import { vi } from 'vitest';

/** Keeps the closed shadow roots that are made from now on, the newest last. */
export function keepShadowRoots(): ShadowRoot[] {
  const roots: ShadowRoot[] = [];
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its element below
  const attachShadow = Element.prototype.attachShadow;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, options) {
    const root = attachShadow.call(this, options);
    roots.push(root);
    return root;
  });
  return roots;
}

/** An event as a person's hand makes it; script-made ones are not trusted. */
export function makeTrusted<E extends Event>(event: E): E {
  return Object.defineProperty(event, 'isTrusted', { value: true });
}

export function press(element: Element | undefined): void {
  if (!element) throw new Error('nothing to press');
  element.dispatchEvent(makeTrusted(new MouseEvent('click', { bubbles: true, composed: true, detail: 1 })));
}
