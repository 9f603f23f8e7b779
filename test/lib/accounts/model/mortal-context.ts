/**
 * A background that can die at any of its steps. Each thing it asks of the world outside its own memory is a step, before
 * and after: a dead context asks nothing more, hears nothing more, and its locks are free at once.
 */
import type { Locks } from '../../../../lib/ports.ts';
import type { Vault } from '../../../../lib/vault/vault.ts';

/** What a context does at the border of its memory, in the order of a renewal. */
export type StepName =
  'lock' | 'alarm' | 'cryptography' | 'write' | 'written' | 'request' | 'on its way' | 'acted' | 'answered';

/** A death before the tokens that came are kept; the mark of before the call is a write as well. */
export type DeathStep = StepName | 'write after the answer';

const forever = new Promise<never>(() => undefined);

export class MortalContext {
  /** Resolves when it dies. */
  readonly death: Promise<void>;
  readonly #die: () => void;
  #isAlive = true;
  #isLast: (step: StepName, index: number) => boolean = () => false;
  #onDeath: (steps: readonly StepName[]) => void = () => undefined;
  #steps: StepName[] = [];

  constructor() {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.death = promise;
    this.#die = () => resolve(undefined);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /**
   * Lets it die at a later step.
   * @param when after so many steps, or at the first of a name.
   * @param onDeath hears of the steps since this call, the last one not done.
   */
  dieAt(when: number | DeathStep, onDeath: (steps: readonly StepName[]) => void): void {
    this.#isLast = (step, index) => {
      if (typeof when === 'number') return index >= when;
      return when === 'write after the answer'
        ? step === 'write' && this.#steps.includes('answered')
        : step === when;
    };
    this.#onDeath = onDeath;
    this.#steps = [];
  }

  /** Takes an appointed death back. */
  live(): void {
    this.#isLast = () => false;
  }

  kill(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#die();
  }

  /** Resolves while it lives, and never when it dies here or is dead. */
  async step(name: StepName): Promise<void> {
    this.#steps.push(name);
    if (this.#isAlive && this.#isLast(name, this.#steps.length - 1)) {
      this.kill();
      this.#onDeath(this.#steps);
    }
    if (!this.#isAlive) await forever;
  }

  /** The browser's locks, which a death frees. */
  readonly locks: Locks = {
    run: async (name, work) => {
      await this.step('lock');
      const held = async () => {
        await this.step('lock');
        return { result: await work() };
      };
      const ended = await navigator.locks.request(name, () => Promise.race([held(), this.death]));
      return ended === undefined ? forever : ended.result;
    },
  };

  /** Every method that resolves is a step. */
  cryptography(subtle: SubtleCrypto): SubtleCrypto {
    return new Proxy(subtle, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...inputs: unknown[]) => Promise<unknown>;
        return async (...inputs: unknown[]) => {
          await this.step('cryptography');
          const result = await method.apply(target, inputs);
          return this.#isAlive ? result : forever;
        };
      },
    });
  }

  /** A write is a step before it and one after it. */
  vault(vault: Vault): Vault {
    return {
      ...vault,
      write: async (names, work) => {
        await this.step('write');
        await vault.write(names, work);
        await this.step('written');
      },
    };
  }
}
