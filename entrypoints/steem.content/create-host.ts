/** Cards react to clicks and sites to keys: what happens in our elements is none of their business. */
const kept = 'click auxclick mousedown mouseup pointerdown pointerup touchstart keydown keyup keypress';

/**
 * An element of ours with a closed shadow root: the page can neither read it (it shows account names) nor style it. It
 * can still take it away or cover it, so nothing may be done without a trusted event (see onTrusted).
 */
export function createHost(name: string, sheet: CSSStyleSheet): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement(name);
  const root = host.attachShadow({ mode: 'closed' });
  root.adoptedStyleSheets = [sheet];
  for (const event of kept.split(' ')) host.addEventListener(event, (e) => e.stopPropagation());
  return { host, root };
}

/** Makes a style sheet once, for all shadow roots; a page's content security policy has no say in it. */
export function createSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
