/** OAuth 2.0: codes, and the grants whose tokens live and die together. */
import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import type { XApp } from '../app-registry.ts';
import type { XUser } from '../people.ts';

export interface Consent {
  readonly app: XApp;
  readonly user: XUser;
  readonly scope: readonly string[];
}

export interface Code extends Consent {
  readonly redirectUri: string;
  /** S256 of the verifier. */
  readonly challenge: string;
}

export interface Token {
  readonly text: string;
  readonly kind: 'access' | 'refresh';
  readonly consent: Consent;
  /** Tokens of one sign-in have the same. */
  readonly grant: symbol;
  /** UTC ms; undefined when it has no end. */
  readonly endsAt: number | undefined;
  state: 'good' | 'used' | 'expired' | 'revoked';
}

/** X's figure. */
const codeMs = 30_000;

export class Grants {
  readonly #clock: SandboxClock;
  readonly #codes = new Map<string, Code & { readonly endsAt: number }>();
  readonly #tokens = new Map<string, Token>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  addCode(code: Code): string {
    const text = this.#writeToken('ac');
    this.#codes.set(text, { ...code, endsAt: this.#clock.now() + codeMs });
    return text;
  }

  /** A code can be taken once, whatever becomes of the exchange. Undefined when unknown, taken or too old. */
  takeCode(text: string): Code | undefined {
    const code = this.#codes.get(text);
    this.#codes.delete(text);
    return code !== undefined && code.endsAt > this.#clock.now() ? code : undefined;
  }

  /** `seconds` undefined: without end. */
  issue(
    kind: Token['kind'],
    { consent, grant, seconds }: { consent: Consent; grant: symbol; seconds: number | undefined },
  ): Token {
    const endsAt = seconds === undefined ? undefined : this.#clock.now() + seconds * 1000;
    const text = this.#writeToken(kind === 'access' ? 'at' : 'rt');
    const token: Token = { text, kind, consent, grant, endsAt, state: 'good' };
    this.#tokens.set(text, token);
    return token;
  }

  find(text: string): Token | undefined {
    return this.#tokens.get(text);
  }

  isGood({ state, endsAt }: Token): boolean {
    return state === 'good' && (endsAt === undefined || endsAt > this.#clock.now());
  }

  /** Ends every token of the sign-in. */
  end(grant: symbol): void {
    this.#endWhere((token) => token.grant === grant);
  }

  /** Ends everything the person has allowed this app. */
  endOf({ app, user }: Pick<Consent, 'app' | 'user'>): void {
    this.#endWhere(({ consent }) => consent.app === app && consent.user === user);
  }

  #endWhere(isMeant: (token: Token) => boolean): void {
    for (const token of this.#tokens.values()) if (isMeant(token)) token.state = 'revoked';
  }

  listGood(kind: Token['kind']): Token[] {
    return [...this.#tokens.values()].filter((token) => token.kind === kind && this.isGood(token));
  }

  /** Base64 of noise, time and kind, as X's tokens look. */
  #writeToken(kind: 'ac' | 'at' | 'rt'): string {
    const noise = randomBytes(32).toString('base64url');
    return Buffer.from(`${noise}:${this.#clock.now()}:1:0:${kind}:1`).toString('base64url');
  }
}
