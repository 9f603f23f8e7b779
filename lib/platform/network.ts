import type { Network } from '../ports.ts';

/**
 * The worker's own view. `onLine` is false without any connection; true says no more than that there is one to something.
 * https://html.spec.whatwg.org/multipage/system-state.html#browser-state
 */
export const network: Network = {
  isOnline: () => navigator.onLine,
  onOnline: (listener) => globalThis.addEventListener('online', listener),
};
