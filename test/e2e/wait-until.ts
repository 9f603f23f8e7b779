/** Waiting, with an error that says for what, long before a test's own time is up. */

/** How long any wait of a journey may take, in milliseconds; a sixth of the time that a test has. */
export const waitLimitMs = 30_000;

type FailureListener = (what: string) => Promise<void>;
let onFailure: FailureListener = () => Promise.resolve();

/** What to do when a wait was in vain, before its error is thrown: there is one listener, which must not fail. */
export function listenForVainWaits(listener: FailureListener): void {
  onFailure = listener;
}

async function fail(what: string): Promise<never> {
  await onFailure(what);
  throw new Error(`Waited in vain for: ${what}`);
}

/** Resolves when `isSo` comes true of the page; the error says what was waited for. */
export async function waitUntil(
  what: string,
  isSo: () => Promise<boolean>,
  timeoutMs = waitLimitMs,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > end) await fail(what);
    // There is no event for "some page shows something" that both browsers have.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Resolves with what `event` brings, e.g. the next request at the sandbox; the error says what was waited for. */
export async function waitFor<Value>(
  what: string,
  event: Promise<Value>,
  timeoutMs = waitLimitMs,
): Promise<Value> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), timeoutMs);
  const brought = await Promise.race([event.then((value) => ({ value })), promise]);
  clearTimeout(timer);
  return brought === undefined ? fail(what) : brought.value;
}
