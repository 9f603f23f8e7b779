// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settleMs, watchSight } from '../../../entrypoints/vote-popover/watch-sight.ts';

let box: DOMRect;
let tellVisible: (isVisible: boolean) => void;
let end: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  box = new DOMRect(50, 50, 330, 300);
  end = new AbortController();
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(() => box);
  class Entry {
    get isVisible() {
      return true;
    }
  }
  /** As Chromium's, version 2. */
  class Observer {
    constructor(listener: (entries: readonly { readonly isVisible: boolean }[]) => void) {
      tellVisible = (isVisible) => listener([{ isVisible }]);
    }
    observe(): void {
      tellVisible(true);
    }
    disconnect(): void {
      tellVisible(false);
    }
  }
  vi.stubGlobal('IntersectionObserverEntry', Entry);
  vi.stubGlobal('IntersectionObserver', Observer);
});

afterEach(() => {
  end.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function watch() {
  const changes: boolean[] = [];
  const sight = watchSight(document.createElement('div'), end.signal, (isClear) => changes.push(isClear));
  return { sight, changes };
}
/** Longer than it takes to be clear, with the time from one look to the next. */
const settle = () => vi.advanceTimersByTimeAsync(settleMs + 200);

it('is clear once it was seen for half a second, and tells so', async () => {
  const { sight, changes } = watch();
  expect(sight.judge()).toBe('early');
  await vi.advanceTimersByTimeAsync(settleMs - 1);
  expect(sight.judge()).toBe('early');
  await settle();
  expect(sight.judge()).toBe('clear');
  expect(changes).toEqual([true]);
});

it.each([
  ['is covered', () => tellVisible(false)],
  ['is made small', () => (box = new DOMRect(50, 50, 33, 30))],
  ['is moved out', () => (box = new DOMRect(-300, 50, 330, 300))],
])('is not clear at the very press at which it %s', async (_how, lie) => {
  const { sight } = watch();
  await settle();
  lie();
  expect(sight.judge()).toBe('covered');
});

it.each([
  ['was covered', () => tellVisible(false), () => tellVisible(true)],
  ['was moved', () => (box = new DOMRect(60, 50, 330, 300)), () => undefined],
])('has to be seen for half a second again after it %s', async (_how, lie, stop) => {
  const { sight, changes } = watch();
  await settle();
  lie();
  await vi.advanceTimersByTimeAsync(150);
  stop();
  expect(sight.judge()).toBe('early');
  await settle();
  expect(sight.judge()).toBe('clear');
  expect(changes).toEqual([true, false, true]);
});

it('has to be seen anew when what it shows has changed', async () => {
  const { sight, changes } = watch();
  await settle();
  sight.renew();
  expect(sight.judge()).toBe('early');
  expect(changes).toEqual([true, false]);
});

it('ends with its signal', async () => {
  watch();
  end.abort();
  await settle();
  expect(vi.getTimerCount()).toBe(0);
});
