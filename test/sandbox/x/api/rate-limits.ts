/** How often an endpoint may be called, and the headers that say so. */
import type { SandboxClock } from '../../clock.ts';

export interface RateLimit {
  /** Calls of one person (or of an app without one) in 15 minutes. */
  readonly user: number;
  readonly userPerDay?: number;
  /** Of all people of an app together. */
  readonly appPerDay?: number;
}

const quarter = 15 * 60_000;
const day = 24 * 3_600_000;

interface Window {
  /** UTC ms. */
  readonly endsAt: number;
  used: number;
}

export interface RateVerdict {
  readonly isAllowed: boolean;
  readonly headers: Record<string, string>;
}

export class RateLimits {
  readonly #clock: SandboxClock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Counts a call unless one of the limits is used up. */
  count(
    limit: RateLimit,
    { endpoint, app, user }: { readonly endpoint: string; readonly app: string; readonly user: string },
  ): RateVerdict {
    const all = [
      { name: 'x-rate-limit', key: `15 ${endpoint} ${app} ${user}`, limit: limit.user, ms: quarter },
      { name: 'x-user-limit-24hour', key: `24 ${endpoint} ${app} ${user}`, limit: limit.userPerDay, ms: day },
      { name: 'x-app-limit-24hour', key: `24 ${endpoint} ${app}`, limit: limit.appPerDay, ms: day },
    ].flatMap(({ name, key, limit: most, ms }) =>
      most === undefined ? [] : [{ name, most, window: this.#openWindow(key, ms) }],
    );
    const isAllowed = all.every(({ most, window }) => window.used < most);
    if (isAllowed) for (const { window } of all) window.used += 1;
    const headers = all.flatMap(({ name, most, window }) => [
      [`${name}-limit`, String(most)],
      [`${name}-remaining`, String(Math.max(0, most - window.used))],
      [`${name}-reset`, String(Math.ceil(window.endsAt / 1000))],
    ]);
    return { isAllowed, headers: Object.fromEntries(headers) as Record<string, string> };
  }

  #openWindow(key: string, ms: number): Window {
    const now = this.#clock.now();
    const open = this.#windows.get(key);
    if (open !== undefined && open.endsAt > now) return open;
    const window = { endsAt: now + ms, used: 0 };
    this.#windows.set(key, window);
    return window;
  }
}
