/** Sign-ins and their tokens: an access token of two hours and a refresh token that ends 30 days after the login. */
import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { WeChatApp } from './apps.ts';
import type { WeChatPerson } from './people.ts';
import { buildOpenId } from './people.ts';

export interface Grant {
  readonly app: WeChatApp;
  readonly person: WeChatPerson;
  readonly openId: string;
  /** Several are joined with a comma. */
  readonly scope: string;
  /** UTC ms; refreshing does not move it. */
  readonly refreshEndsAt: number;
}

export interface Token {
  readonly text: string;
  readonly kind: 'access' | 'refresh';
  readonly grant: Grant;
  /** UTC ms. */
  endsAt: number;
  state: 'good' | 'revoked' | 'password-changed';
}

export interface TokenPair {
  readonly access: Token;
  readonly refresh: Token;
}

export const accessTokenSeconds = 7200;
const refreshMs = 30 * 86_400_000;

export class Grants {
  readonly #clock: SandboxClock;
  readonly #tokens = new Map<string, Token>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** A new login: new tokens, whatever there was before. */
  start({ app, person, scope }: Pick<Grant, 'app' | 'person' | 'scope'>): TokenPair {
    const openId = buildOpenId(app, person);
    const grant = { app, person, scope, openId, refreshEndsAt: this.#clock.now() + refreshMs };
    return { access: this.#issueAccess(grant), refresh: this.#issueRefresh(grant) };
  }

  /**
   * The access token that is still good, with a full life again; else a new one. With `rotates` the refresh token
   * is replaced too, and the old one is dead; neither lives longer than the first one of the login.
   */
  refresh(old: Token, { rotates }: { readonly rotates: boolean }): TokenPair {
    const good = this.listGood('access').find(({ grant }) => grant === old.grant);
    if (good !== undefined) good.endsAt = this.#clock.now() + accessTokenSeconds * 1000;
    const access = good ?? this.#issueAccess(old.grant);
    if (!rotates) return { access, refresh: old };
    old.state = 'revoked';
    return { access, refresh: this.#issueRefresh(old.grant) };
  }

  find(text: string): Token | undefined {
    return this.#tokens.get(text);
  }

  isExpired({ endsAt }: Token): boolean {
    return endsAt <= this.#clock.now();
  }

  listGood(kind: Token['kind']): Token[] {
    return [...this.#tokens.values()].filter(
      (token) => token.kind === kind && token.state === 'good' && !this.isExpired(token),
    );
  }

  /** Voids every token the person has at any app. */
  changePassword(person: WeChatPerson): void {
    for (const token of this.#tokens.values()) {
      if (token.grant.person === person) token.state = 'password-changed';
    }
  }

  #issueAccess(grant: Grant): Token {
    return this.#issue('access', grant, this.#clock.now() + accessTokenSeconds * 1000);
  }

  #issueRefresh(grant: Grant): Token {
    return this.#issue('refresh', grant, grant.refreshEndsAt);
  }

  #issue(kind: Token['kind'], grant: Grant, endsAt: number): Token {
    const text = `48_${randomBytes(60).toString('base64url')}`;
    const token: Token = { text, kind, grant, endsAt, state: 'good' };
    this.#tokens.set(text, token);
    return token;
  }
}
