import { useLayoutEffect, useState } from 'preact/hooks';
import type { Store } from './store.ts';

/** The store's state; the component is drawn again whenever it changes. */
export function useStore<State>(store: Store<State>): State {
  const [state, setState] = useState(store.get);
  // A layout effect subscribes before anything can happen, so no change is missed.
  useLayoutEffect(() => {
    setState(store.get());
    return store.subscribe(() => setState(store.get()));
  }, [store]);
  return state;
}
