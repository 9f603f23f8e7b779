/** Tokens of the user API: a person's, good for 15 days, and an administrator's. */
import { createHmac, randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import { Refusal } from './error-texts.ts';

export const userTokenSeconds = 1_296_000;

export interface ApiToken {
  readonly text: string;
  /** A person's id; undefined for the administrator. */
  readonly userId: string | undefined;
  /** UTC s. */
  readonly iat: number;
  exp: number;
  isRevoked: boolean;
}

export class ApiTokens {
  readonly #clock: SandboxClock;
  readonly #tokens = new Map<string, ApiToken>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** A JWT with HS256, as the old API's: `data` inside, no `sub` and no `iss`. */
  issue(options: {
    readonly userId: string | undefined;
    readonly seconds: number;
    readonly secret: string;
    readonly data: Readonly<Record<string, unknown>>;
  }): ApiToken {
    const iat = this.#now();
    const exp = iat + options.seconds;
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { data: options.data, nonce: randomBytes(6).toString('hex'), iat, exp };
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    const signature = createHmac('sha256', options.secret).update(signed).digest('base64url');
    const token = { text: `${signed}.${signature}`, userId: options.userId, iat, exp, isRevoked: false };
    this.#tokens.set(token.text, token);
    return token;
  }

  find(text: string): ApiToken | undefined {
    return this.#tokens.get(text);
  }

  /** Refuses with 2207 what was never given or was taken back, with 2206 what has ended. */
  check(text: string): ApiToken {
    const token = this.find(text);
    if (token === undefined || token.isRevoked) throw new Refusal(2207);
    if (token.exp <= this.#now()) throw new Refusal(2206);
    return token;
  }

  listGood(): ApiToken[] {
    return [...this.#tokens.values()].filter(({ isRevoked, exp }) => !isRevoked && exp > this.#now());
  }

  /** As if its time had come. */
  expire(token: ApiToken): void {
    token.exp = this.#now();
  }

  #now(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
