/** What the service did and the product had a chance to do about it: by this a lost token is judged. */
import type { MortalContext } from './mortal-context.ts';

const graceMs = 60_000;

interface Spent {
  /** When the service first took it, UTC ms. */
  readonly at: number;
  /** How often it was tried again in its grace. */
  chances: number;
  /** In its grace the browser was closed, the vault locked, the clock turned, or who was woken for it killed. */
  isDisturbed: boolean;
}

export class Ledger {
  /** The person took the sign-in back at the service, with this browser. */
  isRevoked = false;
  /** The most renewals of living contexts that were under way at the same time. */
  mostAtOnce = 0;
  renewals = 0;
  readonly #now: () => number;
  readonly #spent = new Map<string, Spent>();
  readonly #underWay = new Set<{ readonly context: MortalContext }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A renewal leaves. @returns what to call when it is over. */
  begin(context: MortalContext, refreshToken: string): () => void {
    const spent = this.#spent.get(refreshToken);
    if (spent !== undefined && this.#isInGrace(spent)) spent.chances += 1;
    this.renewals += 1;
    const renewal = { context };
    this.#underWay.add(renewal);
    const living = [...this.#underWay].filter((one) => one.context.isAlive);
    this.mostAtOnce = Math.max(this.mostAtOnce, living.length);
    return () => this.#underWay.delete(renewal);
  }

  /** The service gave new tokens for this one. */
  spend(refreshToken: string): void {
    if (!this.#spent.has(refreshToken))
      this.#spent.set(refreshToken, { at: this.#now(), chances: 0, isDisturbed: false });
  }

  #isInGrace({ at }: Spent): boolean {
    return this.#now() < at + graceMs;
  }

  disturb(): void {
    for (const spent of this.#spent.values()) if (this.#isInGrace(spent)) spent.isDisturbed = true;
  }

  isSpent(refreshToken: string): boolean {
    return this.#spent.has(refreshToken);
  }

  /** A spent token was tried again in its grace, in vain, or nobody could try. */
  wasTriedInTime(refreshToken: string): boolean {
    const spent = this.#spent.get(refreshToken);
    return spent !== undefined && (spent.chances > 0 || spent.isDisturbed);
  }
}
