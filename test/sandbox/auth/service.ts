/** A sign-in service: its apps, tokens and switches. What it answers is in authorize.ts, api.ts and sign.ts. */
import type { SandboxChain } from '../chain/chain.ts';
import type { SandboxClock } from '../clock.ts';
import type { SandboxRequest, SandboxResponse } from '../messages.ts';
import { answerApi } from './api.ts';
import type { App, AppOptions } from './app-registry.ts';
import { buildApp } from './app-registry.ts';
import { answerAuthorize } from './authorize.ts';
import type { CallbackOverrides } from './callback.ts';
import type { Generation } from './generation.ts';
import { answerSign } from './sign.ts';
import type { Token, TokenFacts } from './tokens.ts';
import { TokenStore } from './tokens.ts';

export interface Grant {
  readonly clientId: string;
  readonly scope: readonly string[];
  /** UTC ms. */
  readonly at: number;
}

/** The active key that the sandbox's sign-in pages take for an account. */
export function activeKeyOf(account: string): string {
  return `P5active-${account}`;
}

export class AuthService {
  readonly generation: Generation;
  readonly chain: SandboxChain;
  readonly tokens: TokenStore;
  /** Accounts for which the site's pages offer a button. */
  signedIn: string[] = [];
  /** Seconds an access token lives, by its own word. */
  accessTokenSeconds = 604_800;
  /** `single-use`: codes and refresh tokens end with their first use, which no real server does so far. */
  rotation: 'stable' | 'single-use' = 'stable';
  /** Whether the server itself refuses an access token past its end. */
  enforcesExpiry: boolean;
  /** True: the service can't reach its chain node. */
  nodeTrouble = false;
  /** v2: each app's private object for each user, by `app/user`. */
  readonly userMetadata = new Map<string, object>();
  readonly #clock: SandboxClock;
  readonly #apps = new Map<string, App>();
  readonly #autoConsents = new Map<string, string>();
  readonly #grants: { user: string; grant: Grant }[] = [];
  #callbackOverrides: CallbackOverrides[] = [];

  constructor(generation: Generation, chain: SandboxChain, clock: SandboxClock) {
    this.generation = generation;
    this.chain = chain;
    this.#clock = clock;
    this.tokens = new TokenStore(generation.tokenFormat);
    this.enforcesExpiry = generation.enforcesExpiry;
  }

  get hosts(): readonly string[] {
    return [...new Set([this.generation.webHost, ...this.generation.apiHosts])];
  }

  /** UTC ms. */
  now(): number {
    return this.#clock.now();
  }

  /** Registers an app and makes its account on the chain, which lets the service broadcast for it. */
  registerApp(options: AppOptions): App {
    const app = buildApp(options);
    this.#apps.set(app.clientId, app);
    if (this.chain.findAccount(app.clientId) === undefined) this.chain.addAccount({ name: app.clientId });
    if (options.hasBroadcaster === false)
      this.chain.withdrawAuthority(app.clientId, this.generation.broadcaster);
    else this.chain.authorise(app.clientId, this.generation.broadcaster);
    return app;
  }

  findApp(clientId: string): App | undefined {
    return this.#apps.get(clientId);
  }

  /** From now on the app's authorize page sends this account back at once; undefined asks again. */
  autoConsent(clientId: string, account: string | undefined): void {
    if (account === undefined) this.#autoConsents.delete(clientId);
    else this.#autoConsents.set(clientId, account);
  }

  findAutoConsent(clientId: string): string | undefined {
    return this.#autoConsents.get(clientId);
  }

  /** Changes the next callback; several calls change the next several, in order. */
  nextCallback(overrides: CallbackOverrides): void {
    this.#callbackOverrides.push(overrides);
  }

  takeCallbackOverrides(): CallbackOverrides {
    return this.#callbackOverrides.shift() ?? {};
  }

  issue(facts: Omit<TokenFacts, 'issuedAt' | 'endsAt'>): Token {
    const issuedAt = this.now();
    const seconds = {
      access: this.accessTokenSeconds,
      code: this.generation.codeSeconds,
      refresh: undefined,
    }[facts.kind];
    return this.tokens.issue({
      ...facts,
      issuedAt,
      endsAt: seconds === undefined ? undefined : issuedAt + seconds * 1000,
    });
  }

  /** A token the server takes now, of any kind. */
  findGoodToken(text: string): Token | undefined {
    const token = this.tokens.find(text);
    return token !== undefined && this.#isGood(token) ? token : undefined;
  }

  #isGood(token: Token): boolean {
    const minds = token.kind === 'access' ? this.enforcesExpiry : true;
    return token.state === 'good' && !(minds && token.endsAt !== undefined && token.endsAt <= this.now());
  }

  /** Ends a token as if its time had come. Throws when it was never issued. */
  expire(text: string): void {
    this.#getToken(text).state = 'expired';
  }

  /** Ends a token from the server's side. Throws when it was never issued. */
  revoke(text: string): void {
    this.#getToken(text).state = 'revoked';
  }

  #getToken(text: string): Token {
    const token = this.tokens.find(text);
    if (token === undefined) throw new Error(`${this.generation.title} never issued this token`);
    return token;
  }

  validAccessTokens(user?: string): string[] {
    return this.#listGood('access', user);
  }

  validRefreshTokens(user?: string): string[] {
    return this.#listGood('refresh', user);
  }

  #listGood(kind: Token['kind'], user: string | undefined): string[] {
    return this.tokens
      .list()
      .filter((token) => token.kind === kind && this.#isGood(token) && (user ?? token.user) === token.user)
      .map(({ text }) => text);
  }

  recordGrant(user: string, grant: Omit<Grant, 'at'>): void {
    this.#grants.push({ user, grant: { ...grant, at: this.now() } });
  }

  /** Every consent of this user, oldest first. */
  grantsFor(user: string): Grant[] {
    return this.#grants.filter((entry) => entry.user === user).map(({ grant }) => grant);
  }

  /** Answers a request to one of `hosts`. */
  answer(request: SandboxRequest): SandboxResponse {
    if (request.path.startsWith('/api/')) return answerApi(this, request);
    return answerAuthorize(this, request) ?? answerSign(this, request);
  }
}
