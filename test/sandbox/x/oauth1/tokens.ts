/** OAuth 1.0a: request tokens on their way, and access tokens, which only end when somebody ends them. */
import { randomBytes, randomInt } from 'node:crypto';
import type { SandboxClock } from '../../clock.ts';
import type { XApp, XPermission } from '../app-registry.ts';
import type { XUser } from '../people.ts';

export interface RequestToken {
  readonly text: string;
  readonly secret: string;
  readonly app: XApp;
  /** `oob` for the number to copy. */
  readonly callback: string;
  readonly permission: XPermission;
  /** UTC ms. */
  readonly endsAt: number;
  /** Set when the person has agreed. */
  agreed: { readonly user: XUser; readonly verifier: string } | undefined;
}

export interface AccessToken {
  readonly text: string;
  readonly secret: string;
  readonly app: XApp;
  readonly user: XUser;
  /** As it was when the person agreed; the app's later settings do not change it. */
  readonly permission: XPermission;
  isGood: boolean;
}

/** X does not say how long; minutes. */
const requestTokenMs = 10 * 60_000;
const random = (length: number): string =>
  randomBytes(2 * length)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, length);

export class OAuth1Tokens {
  readonly #clock: SandboxClock;
  readonly #requestTokens = new Map<string, RequestToken>();
  readonly #accessTokens = new Map<string, AccessToken>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  addRequestToken(facts: Pick<RequestToken, 'app' | 'callback' | 'permission'>): RequestToken {
    const token: RequestToken = {
      ...facts,
      text: random(27),
      secret: random(32),
      endsAt: this.#clock.now() + requestTokenMs,
      agreed: undefined,
    };
    this.#requestTokens.set(token.text, token);
    return token;
  }

  /** Undefined when unknown, spent or too old. */
  findRequestToken(text: string): RequestToken | undefined {
    const token = this.#requestTokens.get(text);
    return token !== undefined && token.endsAt > this.#clock.now() ? token : undefined;
  }

  /** The person agrees: gives the verifier, a short number where it has to be copied by hand. */
  agree(token: RequestToken, user: XUser): string {
    const verifier = token.callback === 'oob' ? String(randomInt(1_000_000, 10_000_000)) : random(32);
    token.agreed = { user, verifier };
    return verifier;
  }

  /** After Cancel, and after the exchange. */
  dropRequestToken({ text }: RequestToken): void {
    this.#requestTokens.delete(text);
  }

  addAccessToken(facts: Pick<AccessToken, 'app' | 'user' | 'permission'>): AccessToken {
    const text = `${facts.user.id}-${random(40)}`;
    const token = { ...facts, text, secret: random(45), isGood: true };
    this.#accessTokens.set(text, token);
    return token;
  }

  /** Ended ones too. */
  findAccessToken(text: string): AccessToken | undefined {
    return this.#accessTokens.get(text);
  }

  listGood(): AccessToken[] {
    return [...this.#accessTokens.values()].filter(({ isGood }) => isGood);
  }
}
