/** What each call costs, and the ledger that tests hold price claims against. Prices of 2026-04-20. */
import type { SandboxClock } from '../../clock.ts';
import { ApiError } from '../api-error.ts';
import type { XApp } from '../app-registry.ts';
import type { Generation } from '../field-names.ts';
import { creditsDepleted } from '../problems.ts';

/** USD, a resource or a request. */
export const prices = {
  'post read': 0.005,
  'user read': 0.01,
  'follow read': 0.01,
  'owned read': 0.001,
  'post create': 0.015,
  'post create with url': 0.2,
  'summoned reply create': 0.01,
  'post delete': 0.01,
} as const;

export type Billed = keyof typeof prices;

export interface BillEntry {
  /** UTC ms. */
  readonly at: number;
  readonly clientId: string;
  /** As in `POST /2/tweets`. */
  readonly call: string;
  readonly what: Billed;
  /** Resources, or 1 for a write. */
  readonly count: number;
  readonly usd: number;
}

export interface Charge {
  readonly what: Billed;
  /** The resources that are read, as `post 1` or `user 1`; each costs once in a UTC day. Left out for writes. */
  readonly resources?: readonly string[];
}

export class Bill implements Iterable<BillEntry> {
  readonly #clock: SandboxClock;
  readonly #readToday = new Set<string>();
  #entries: BillEntry[] = [];

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Takes the price from the app's credits. Throws ApiError 402 when they do not suffice, and then takes nothing. */
  charge(app: XApp, call: string, charges: readonly Charge[], generation: Generation): void {
    const at = this.#clock.now();
    const day = new Date(at).toISOString().slice(0, 10);
    const isDue = (key: string): boolean => !this.#readToday.has(key);
    const due = charges.map(({ what, resources }) => {
      // A resource is one thing, whichever price it was read for.
      const keys = [...new Set(resources?.map((name) => `${app.clientId} ${day} ${name}`))].filter(isDue);
      const count = resources === undefined ? 1 : keys.length;
      return { what, keys, count, usd: roundUsd(count * prices[what]) };
    });
    const total = roundUsd(due.reduce((sum, { usd }) => sum + usd, 0));
    if (app.credits < total || app.credits <= 0) throw new ApiError(creditsDepleted(generation));
    app.credits = roundUsd(app.credits - total);
    for (const { what, keys, count, usd } of due) {
      for (const key of keys) this.#readToday.add(key);
      if (count > 0) this.#entries.push({ at, clientId: app.clientId, call, what, count, usd });
    }
  }

  get all(): readonly BillEntry[] {
    return this.#entries;
  }

  /** USD of everything so far. */
  get total(): number {
    return roundUsd(this.#entries.reduce((sum, { usd }) => sum + usd, 0));
  }

  clear(): void {
    this.#entries = [];
  }

  [Symbol.iterator](): Iterator<BillEntry> {
    return this.#entries[Symbol.iterator]();
  }
}

/** Tenths of a cent are the smallest price. */
function roundUsd(usd: number): number {
  return Math.round(usd * 1000) / 1000;
}
