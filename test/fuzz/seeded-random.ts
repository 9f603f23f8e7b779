import type { Random } from '../../lib/ports.ts';

/** Chance that can be had again: the same texts after each `reset` to the same name. */
export class SeededRandom implements Random {
  #state = 0;

  reset(name: string): void {
    this.#state = Buffer.from(name).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5);
  }

  /** Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    const first = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    const second = first ^ (first + Math.imul(first ^ (first >>> 7), first | 61));
    return (second ^ (second >>> 14)) >>> 0;
  }

  #hex(words: number): string {
    return Array.from({ length: words }, () => this.#next().toString(16).padStart(8, '0')).join('');
  }

  token(): string {
    return this.#hex(8);
  }

  id(): string {
    const hex = this.#hex(4);
    const parts = [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `8${hex.slice(17, 20)}`,
      hex.slice(20),
    ];
    return parts.join('-');
  }

  fraction(): number {
    return this.#next() / 2 ** 32;
  }
}
