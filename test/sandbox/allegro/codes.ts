/** Authorization codes: ten seconds, once, in two shapes. */
import { randomBytes, randomInt } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { AllegroApp } from './app-registry.ts';
import type { AllegroUser } from './people.ts';

export interface Code {
  readonly app: AllegroApp;
  readonly user: AllegroUser;
  readonly scope: readonly string[];
  readonly redirectUri: string;
  /** S256 of the verifier; undefined when the app asked without PKCE. */
  readonly challenge: string | undefined;
}

const codeMs = 10_000;
const special = '+/=&%~!*-_.';
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class Codes {
  readonly #clock: SandboxClock;
  readonly #codes = new Map<string, Code & { readonly endsAt: number }>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  add(code: Code, isLong: boolean): string {
    const text = isLong ? writeLongCode() : randomBytes(16).toString('hex');
    this.#codes.set(text, { ...code, endsAt: this.#clock.now() + codeMs });
    return text;
  }

  /** A code can be taken once, whatever becomes of the exchange. Undefined when unknown, taken or too old. */
  take(text: string): Code | undefined {
    const code = this.#codes.get(text);
    this.#codes.delete(text);
    return code !== undefined && code.endsAt > this.#clock.now() ? code : undefined;
  }
}

/** 128 characters, each special one at least once: who does not encode the code sends another. */
function writeLongCode(): string {
  const pick = (): string => letters[randomInt(letters.length)] ?? 'A';
  const noise = Array.from({ length: 128 - special.length }, pick);
  // Never first: with "&" there a code that is not encoded would be none at all.
  for (const character of special) noise.splice(1 + randomInt(noise.length), 0, character);
  return noise.join('');
}
