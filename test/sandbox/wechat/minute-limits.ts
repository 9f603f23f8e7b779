/** How many calls an app may make in a minute. */
import type { SandboxClock } from '../clock.ts';

const minute = 60_000;

export class MinuteLimits {
  readonly #clock: SandboxClock;
  readonly #windows = new Map<string, { readonly endsAt: number; used: number }>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Counts a call; false when the minute's are used up. */
  take(key: string, most: number): boolean {
    const now = this.#clock.now();
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { endsAt: now + minute, used: 0 };
      this.#windows.set(key, window);
    }
    if (window.used >= most) return false;
    window.used += 1;
    return true;
  }
}
