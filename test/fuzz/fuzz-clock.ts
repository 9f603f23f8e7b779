import type { Clock } from '../../lib/ports.ts';

/** Time that a case moves: a wait passes at once, a time limit (a sleep that can be aborted) when the time has come. */
export class FuzzClock implements Clock {
  readonly #start = Date.now();
  readonly #onAdvance: (offsetMs: number) => void;
  readonly #limits = new Set<{ readonly at: number; readonly ring: () => void }>();
  #now = this.#start;

  /** @param onAdvance hears the offset to the machine's time. */
  constructor(onAdvance: (offsetMs: number) => void = () => undefined) {
    this.#onAdvance = onAdvance;
  }

  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
    this.#onAdvance(this.#now - this.#start);
    for (const { at, ring } of this.#limits) if (at <= this.#now) ring();
  }

  /** Back to the beginning; who waits still, waits for ever. */
  reset(): void {
    this.#now = this.#start;
    this.#limits.clear();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal === undefined) {
      this.advance(ms);
      return Promise.resolve();
    }
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const limit = {
      at: this.#now + ms,
      ring: () => {
        this.#limits.delete(limit);
        resolve(undefined);
      },
    };
    this.#limits.add(limit);
    const stop = () => {
      this.#limits.delete(limit);
      reject(signal.reason as Error); // Whoever aborted says why.
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    return promise;
  }
}
