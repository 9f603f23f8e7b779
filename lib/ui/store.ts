/** A value that changes, and those who want to know. No DOM, so a view's behaviour can be tested without one. */
export interface Store<State> {
  readonly get: () => State;
  /** Merges `change` into the state and tells every listener. */
  readonly set: (change: Partial<State>) => void;
  /** Calls `listener` after each change until the returned function is called. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
