import { extension } from './extension.ts';

/**
 * How long a page script works: until a newer copy of it starts (Firefox starts one in open tabs after an update), which
 * ends this one, or until the extension is updated, switched off or removed, which it has to find out by itself.
 *
 * Stands in for the class of this name in WXT, which WXT's build puts into every page script (see wxt.config.ts): that
 * one is 3.3 kB of the 12 kB that ours may have, for helpers that are not used here.
 */
export class ContentScriptContext {
  readonly #end = new AbortController();
  readonly signal = this.#end.signal;

  constructor(name: string) {
    // A page can send this event as well. All it gains is a page without our buttons.
    const start = `${extension.runtime.id}:${name}`;
    document.dispatchEvent(new Event(start));
    document.addEventListener(start, () => this.#end.abort(), { once: true });
  }

  /** Nobody tells a page script that its extension is gone: it has to look. */
  get isInvalid(): boolean {
    // Typed as always there; after an update the browser takes it away.
    const { id } = extension.runtime as { id?: string };
    return id === undefined || this.signal.aborted;
  }
}
