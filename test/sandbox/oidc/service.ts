/** An OpenID Connect server as apps and people meet it, and the switches that tests turn. */
import type { SandboxClock } from '../clock.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import type { RequestFilter } from '../request-log.ts';
import { matchesRequest } from '../request-log.ts';
import { alterAnswer } from './alter-answer.ts';
import { AutomaticBrowser } from './automatic-browser.ts';
import type { OidcClientOptions } from './client.ts';
import { buildClientMetadata } from './client.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './engine.ts';
import { forward } from './forward.ts';
import { findRevocationRefusal } from './revocation.ts';
import type { OidcSettings } from './settings.ts';
import { Store } from './store.ts';
import type { OidcUser, OidcUserOptions } from './user.ts';

export interface OidcSession {
  readonly username: string;
  /** The clients that this session signed in to. */
  readonly clientIds: readonly string[];
}

export class OidcService {
  readonly settings: OidcSettings;
  readonly clock: SandboxClock;
  readonly store: Store;

  /** Usernames that the sign-in page offers. */
  signedIn: readonly string[] = [];
  /** Lifetimes of what is issued from now on. */
  accessTokenSeconds = 3600;
  idTokenSeconds = 3600;
  refreshTokenSeconds = 14 * 86_400;
  /** Off: the same refresh token again and again, as Authing's documents say. */
  rotatesRefreshTokens = true;
  /** Proofs must carry a nonce that the server gave (RFC 9449 section 8). */
  requiresDpopNonce = false;
  /** Origins that may call from a page; a request with another one is refused, an extension's too. */
  allowedOrigins: readonly string[] = [];
  /** ID tokens are given with a signature that is not the server's. */
  tampersIdTokens = false;
  /** Change what is sent: the discovery document, userinfo, token answers, and the parameters of a callback. */
  discovery: (document: Record<string, unknown>) => Record<string, unknown> = (document) => document;
  userinfo: (claims: Record<string, unknown>) => Record<string, unknown> = (claims) => claims;
  tokens: (answer: Record<string, unknown>) => Record<string, unknown> = (answer) => answer;
  callback: (parameters: URLSearchParams) => URLSearchParams = (parameters) => parameters;

  readonly #clients = new Map<string, OidcClientOptions>();
  readonly #users = new Map<string, OidcUser>();
  readonly #automatic = new Map<string, { username: string; browser: AutomaticBrowser }>();
  readonly #idTokens = new Map<string, Record<string, unknown>>();
  #nextErrors: { answer: SandboxAnswer; filter: RequestFilter }[] = [];
  #engine: Promise<Engine> | undefined;

  constructor(settings: OidcSettings, clock: SandboxClock) {
    this.settings = settings;
    this.clock = clock;
    this.store = new Store(clock);
  }

  get issuer(): string {
    return this.settings.issuer;
  }

  get host(): string {
    return new URL(this.issuer).host;
  }

  /** Registers a client, or replaces one of the same id. The engine refuses bad metadata when it meets it. */
  registerClient(options: OidcClientOptions): void {
    this.#clients.set(options.clientId, options);
    this.store.put('Client', options.clientId, buildClientMetadata(options));
  }

  findClient(clientId: string): OidcClientOptions | undefined {
    return this.#clients.get(clientId);
  }

  nameOfClient(clientId: string): string {
    return this.findClient(clientId)?.name ?? clientId;
  }

  /** A redirect address of any client. */
  isRedirectUri(address: string): boolean {
    return [...this.#clients.values()].some(({ redirectUris }) => redirectUris.includes(address));
  }

  addUser(options: OidcUserOptions): OidcUser {
    const { username, sub = `sub-of-${username}`, name = username } = options;
    const user = { ...options, sub, name };
    this.#users.set(username, user);
    return user;
  }

  findUser(username: string): OidcUser | undefined {
    return this.#users.get(username);
  }

  /** Throws when there is nobody of this name. */
  getUser(username: string): OidcUser {
    const user = this.findUser(username);
    if (user === undefined) throw new Error(`nobody is called ${username} at ${this.issuer}`);
    return user;
  }

  findUserBySub(sub: string): OidcUser | undefined {
    return [...this.#users.values()].find((user) => user.sub === sub);
  }

  /**
   * From now on this person clicks at once, also on the sign-out page, in a browser of their own that keeps cookies:
   * a single request is led to the app's address. Undefined asks again.
   */
  autoConsent(clientId: string, username: string | undefined): void {
    if (username === undefined) this.#automatic.delete(clientId);
    else this.#automatic.set(clientId, { username, browser: new AutomaticBrowser(this.host) });
  }

  findAutomaticConsent(clientId: string): string | undefined {
    return this.#automatic.get(clientId)?.username;
  }

  validAccessTokens(username?: string): string[] {
    return this.#listTokens('AccessToken', username);
  }

  validRefreshTokens(username?: string): string[] {
    return this.#listTokens('RefreshToken', username);
  }

  /** Who is signed in at the server, in whichever browser. */
  get sessions(): OidcSession[] {
    return this.store.listGood('Session').flatMap(([, { accountId, authorizations = {} }]) => {
      const username = accountId === undefined ? undefined : this.findUserBySub(accountId)?.username;
      return username === undefined ? [] : [{ username, clientIds: Object.keys(authorizations) }];
    });
  }

  /** Whose access token this is while it is good. */
  findTokenOwner(accessToken: string): OidcUser | undefined {
    const found = this.store.listGood('AccessToken').find(([text]) => text === accessToken)?.[1];
    return found?.accountId === undefined ? undefined : this.findUserBySub(found.accountId);
  }

  rememberIdToken(idToken: string): void {
    this.#idTokens.set(idToken, readClaims(idToken));
  }

  /** Its person stays signed in at the server, but this token is no longer known. */
  forgetIdToken(idToken: string): void {
    this.#idTokens.delete(idToken);
  }

  /** Who an ID token is about, where this server gave it out as it is. */
  findIdToken(idToken: string): { readonly sub: string; readonly isExpired: boolean } | undefined {
    const { sub, exp } = this.#idTokens.get(idToken) ?? {};
    if (typeof sub !== 'string' || typeof exp !== 'number') return undefined;
    return { sub, isExpired: exp * 1000 <= this.clock.now() };
  }

  /** Ends a token as if its time had come. Throws when it was never issued or is gone. */
  expire(token: string): void {
    const models = ['AccessToken', 'RefreshToken'];
    if (!models.some((model) => this.store.expire(model, token))) throw new Error('no such token');
  }

  /** The person takes the app's rights back: this token and all of the same consent end. Throws like `expire`. */
  revoke(token: string): void {
    const found = this.store.find('AccessToken', token) ?? this.store.find('RefreshToken', token);
    if (found?.grantId === undefined) throw new Error('no such token');
    this.store.revokeGrant(found.grantId);
    this.store.remove('Grant', found.grantId);
  }

  /** All sessions end at the server, without a word to any app. */
  endSessions(): void {
    for (const [id] of this.store.listGood('Session')) this.store.remove('Session', id);
  }

  /** The next request that fits gets this instead of being served; several calls queue up. */
  nextError(answer: SandboxAnswer, filter: RequestFilter = {}): void {
    this.#nextErrors.push({ answer, filter });
  }

  /** Answers a request to the issuer's host. */
  async answer(request: SandboxRequest): Promise<SandboxResponse> {
    const found = this.#nextErrors.find(({ filter }) => matchesRequest(filter, request));
    this.#nextErrors = this.#nextErrors.filter((entry) => entry !== found);
    const refusal = found?.answer ?? findRevocationRefusal(this, request);
    if (refusal !== undefined) return refusal;
    const serve = (asked: SandboxRequest): Promise<SandboxAnswer> => this.#serve(asked);
    const automatic = this.#findAutomaticBrowser(request);
    return automatic === undefined ? serve(request) : automatic.walk(request, serve);
  }

  async close(): Promise<void> {
    await (await this.#engine)?.close();
    this.#engine = undefined;
  }

  async #serve(request: SandboxRequest): Promise<SandboxAnswer> {
    this.#engine ??= startEngine(this);
    const { port } = await this.#engine;
    return alterAnswer(this, request, await forward(port, request));
  }

  /** The browser of the person who clicks at once, for a page that a client sends them to. */
  #findAutomaticBrowser({ method, path, query }: SandboxRequest): AutomaticBrowser | undefined {
    if (method !== 'GET' || !/\/(auth|session\/end)$/.test(path)) return undefined;
    const clientId = query.get('client_id') ?? readAudience(query.get('id_token_hint') ?? '');
    return this.#automatic.get(clientId ?? '')?.browser;
  }

  #listTokens(model: string, username: string | undefined): string[] {
    const sub = username === undefined ? undefined : this.getUser(username).sub;
    return this.store
      .listGood(model)
      .filter(([, { accountId }]) => sub === undefined || accountId === sub)
      .map(([text]) => text);
  }
}

/** The client an ID token was made for; undefined where it is none. */
function readAudience(idToken: string): string | undefined {
  const { aud } = readClaims(idToken);
  return typeof aud === 'string' ? aud : undefined;
}

/** Unchecked; empty where it is no JWT. */
function readClaims(jwt: string): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}
