/** Codes: good for ten minutes (website apps) and one exchange; spent ones are remembered. */
import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { WeChatApp } from './apps.ts';
import type { WeChatPerson } from './people.ts';

export interface WeChatCode {
  readonly text: string;
  readonly app: WeChatApp;
  readonly person: WeChatPerson;
  /** UTC ms. */
  endsAt: number;
  isUsed: boolean;
}

const codeMs = 10 * 60_000;

export class Codes {
  readonly #clock: SandboxClock;
  readonly #codes = new Map<string, WeChatCode>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  issue(app: WeChatApp, person: WeChatPerson): WeChatCode {
    const text = `0${randomBytes(15).toString('hex')}1`;
    const code = { text, app, person, endsAt: this.#clock.now() + codeMs, isUsed: false };
    this.#codes.set(text, code);
    return code;
  }

  find(text: string): WeChatCode | undefined {
    return this.#codes.get(text);
  }

  isExpired({ endsAt }: WeChatCode): boolean {
    return endsAt <= this.#clock.now();
  }

  countUsed(): number {
    return [...this.#codes.values()].filter(({ isUsed }) => isUsed).length;
  }

  countIssued(): number {
    return this.#codes.size;
  }
}
