/** Calls by client id, all people together: over the limit of a minute the id is blocked for a minute. */
import type { SandboxClock } from '../../clock.ts';

const minuteMs = 60_000;

export class RateLimit {
  readonly #clock: SandboxClock;
  readonly #calls = new Map<string, number[]>();
  readonly #blockedUntil = new Map<string, number>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** False when the call is one too many, or falls into the minute of the block. */
  count(clientId: string, perMinute: number): boolean {
    const now = this.#clock.now();
    if (now < (this.#blockedUntil.get(clientId) ?? 0)) return false;
    const recent = (this.#calls.get(clientId) ?? []).filter((at) => at > now - minuteMs);
    recent.push(now);
    this.#calls.set(clientId, recent);
    if (recent.length <= perMinute) return true;
    this.#blockedUntil.set(clientId, now + minuteMs);
    this.#calls.delete(clientId);
    return false;
  }
}
