import { expect, it, vi } from 'vitest';
import { createStore } from '../../../lib/ui/store.ts';

it('merges a change and tells those who listen, until they stop', () => {
  const store = createStore({ weight: 1, post: 'a' });
  const listener = vi.fn();
  const stop = store.subscribe(listener);
  store.set({ weight: 2 });
  expect(store.get()).toEqual({ weight: 2, post: 'a' });
  stop();
  store.set({ weight: 3 });
  expect(listener).toHaveBeenCalledTimes(1);
});
