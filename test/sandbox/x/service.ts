/** X as apps and people meet it: accounts, posts, apps, tokens, and the switches that tests turn. */
import { randomBytes } from 'node:crypto';
import { readForm } from '../auth/read-form.ts';
import type { SandboxClock } from '../clock.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import { redirectAnswer } from '../messages.ts';
import type { RequestFilter } from '../request-log.ts';
import { matchesRequest } from '../request-log.ts';
import { answerWebIntent } from '../web-intent.ts';
import { answerApi } from './answer-api.ts';
import type { Caller } from './api/caller.ts';
import { Bill } from './api/bill.ts';
import type { EndpointName } from './api/call.ts';
import { PageTokens } from './api/pages.ts';
import type { RateLimit, RateVerdict } from './api/rate-limits.ts';
import { RateLimits } from './api/rate-limits.ts';
import type { XApp, XAppOptions } from './app-registry.ts';
import { buildXApp } from './app-registry.ts';
import type { XCode } from './codes.ts';
import { codeAnswer } from './codes.ts';
import type { Generation } from './field-names.ts';
import { answerOAuth1Authorize } from './oauth1/authorize.ts';
import { Nonces } from './oauth1/nonces.ts';
import { OAuth1Tokens } from './oauth1/tokens.ts';
import { answerAuthorize, authorizePath } from './oauth2/authorize.ts';
import { Grants } from './oauth2/grants.ts';
import type { XUser, XUserOptions } from './people.ts';
import { People } from './people.ts';
import type { XPost } from './posts.ts';
import { Posts } from './posts.ts';

const webHosts = ['x.com', 'twitter.com'] as const;
const apiHosts = ['api.x.com', 'api.twitter.com'] as const;

export interface XConsent {
  readonly clientId: string;
  readonly username: string;
  /** OAuth 2.0 scopes; for OAuth 1.0a `read` or `read-write`. */
  readonly scope: readonly string[];
}

export class XService {
  readonly hosts: readonly string[] = [...webHosts, ...apiHosts];
  readonly people: People;
  readonly posts: Posts;
  readonly grants: Grants;
  readonly oauth1: OAuth1Tokens;
  readonly bill: Bill;
  readonly nonces = new Nonces();
  readonly pageTokens = new PageTokens();

  /** The username that is signed in on x.com, or nobody. twitter.com does not share the session. */
  signedIn: string | undefined;
  /** Lifetime of OAuth 2.0 access tokens that are issued from now on. */
  accessTokenSeconds = 7200;
  /** The only scopes that are granted from now on, whatever is asked for; all when undefined. */
  grantableScopes: readonly string[] | undefined;
  /** How the token endpoint calls a spent or unknown code or token. X uses both. */
  grantError: 'invalid_request' | 'invalid_grant' = 'invalid_request';
  /** A new sign-in of a person with an app ends the earlier one, on any device. */
  endsEarlierGrants = false;
  /** Which names of fields the API takes and gives. */
  fieldNames: Generation = 'tweet';
  /** Threads are refused as if nobody had been summoned. */
  refusesOwnReplies = false;
  /** Replaces the limits of an endpoint. */
  readonly rateLimits = new Map<EndpointName, RateLimit>();

  readonly #clock: SandboxClock;
  readonly #limits: RateLimits;
  readonly #apps = new Map<string, XApp>();
  readonly #appOnly = new Map<string, XApp>();
  readonly #autoConsents = new Map<string, string>();
  readonly #consents: XConsent[] = [];
  #nextErrors: { answer: SandboxAnswer; filter: RequestFilter }[] = [];

  constructor(clock: SandboxClock) {
    this.#clock = clock;
    this.people = new People(clock);
    this.posts = new Posts(clock);
    this.grants = new Grants(clock);
    this.oauth1 = new OAuth1Tokens(clock);
    this.bill = new Bill(clock);
    this.#limits = new RateLimits(clock);
  }

  /** UTC ms. */
  now(): number {
    return this.#clock.now();
  }

  /** Throws on settings the console would refuse. */
  registerApp(options: XAppOptions): XApp {
    const app = buildXApp(options);
    this.#apps.set(app.clientId, app);
    return app;
  }

  findApp(clientId: string): XApp | undefined {
    return this.#apps.get(clientId);
  }

  findAppByKey(apiKey: string): XApp | undefined {
    return [...this.#apps.values()].find((app) => app.apiKey === apiKey);
  }

  addUser(options: XUserOptions): XUser {
    return this.people.add(options);
  }

  /** Usernames. Throws when one of the two does not exist. */
  follow(follower: string, followed: string): void {
    this.people.follow(follower, followed);
  }

  /** Posts as this person, past all rules. `createdAt` is UTC ms, now when left out. */
  addTweet(username: string, text: string, options: { createdAt?: number; inReplyTo?: XPost } = {}): XPost {
    return this.posts.add(this.people.get(username), { text, ...options });
  }

  /** Newest first, without deleted ones; `text` is what was sent. */
  tweetsOf(username: string): XPost[] {
    return this.posts.of(this.people.get(username));
  }

  /** Who is signed in as far as this host knows. */
  findSignedIn(host: string): XUser | undefined {
    return this.signedIn === undefined || host === 'twitter.com' ? undefined : this.people.get(this.signedIn);
  }

  /** From now on the app's authorize pages send this person back at once; undefined asks again. */
  autoConsent(clientId: string, username: string | undefined): void {
    if (username === undefined) this.#autoConsents.delete(clientId);
    else this.#autoConsents.set(clientId, username);
  }

  consentsAtOnce(app: XApp, user: XUser): boolean {
    return this.#autoConsents.get(app.clientId) === user.username;
  }

  recordConsent(app: XApp, user: XUser, scope: readonly string[]): void {
    this.#consents.push({ clientId: app.clientId, username: user.username, scope });
  }

  hasConsented(app: XApp, user: XUser): boolean {
    return this.consentsOf(user.username).some(({ clientId }) => clientId === app.clientId);
  }

  /** Oldest first. */
  consentsOf(username: string): XConsent[] {
    return this.#consents.filter((consent) => consent.username === username);
  }

  /** OAuth 2.0. */
  validAccessTokens(username?: string): string[] {
    return this.#listGood('access', username);
  }

  validRefreshTokens(username?: string): string[] {
    return this.#listGood('refresh', username);
  }

  #listGood(kind: 'access' | 'refresh', username: string | undefined): string[] {
    return this.grants
      .listGood(kind)
      .filter(({ consent }) => username === undefined || consent.user.username === username)
      .map(({ text }) => text);
  }

  validOAuth1Tokens(username?: string): string[] {
    return this.oauth1
      .listGood()
      .filter(({ user }) => username === undefined || user.username === username)
      .map(({ text }) => text);
  }

  /** A token of OAuth 2.0 made without pages; `offline.access` brings a refresh token as ever. */
  issueTokens(
    clientId: string,
    username: string,
    scope: readonly string[],
  ): { access: string; refresh: string | undefined } {
    const app = this.findApp(clientId);
    if (app === undefined) throw new Error(`no app ${clientId}`);
    const consent = { app, user: this.people.get(username), scope };
    const grant = Symbol('grant');
    const seconds = this.accessTokenSeconds;
    const isOffline = scope.includes('offline.access');
    return {
      access: this.grants.issue('access', { consent, grant, seconds }).text,
      refresh: isOffline
        ? this.grants.issue('refresh', { consent, grant, seconds: undefined }).text
        : undefined,
    };
  }

  /** A bearer token of the app itself, which may read but stands for nobody. */
  issueAppOnlyToken(clientId: string): string {
    const app = this.findApp(clientId);
    if (app === undefined) throw new Error(`no app ${clientId}`);
    const token = `AAAAAAAAAAAAAAAAAAAAA${randomBytes(30).toString('hex')}`;
    this.#appOnly.set(token, app);
    return token;
  }

  findAppOnly(token: string): XApp | undefined {
    return this.#appOnly.get(token);
  }

  /** Ends an OAuth 2.0 token as if its time had come. Throws when it was never issued. */
  expire(text: string): void {
    const token = this.grants.find(text);
    if (token === undefined) throw new Error('X never issued this token');
    token.state = 'expired';
  }

  /** Ends a token of either protocol from X's side. Throws when it was never issued. */
  revoke(text: string): void {
    const old = this.oauth1.findAccessToken(text);
    const token = this.grants.find(text);
    if (old !== undefined) old.isGood = false;
    else if (token !== undefined) token.state = 'revoked';
    else throw new Error('X never issued this token');
  }

  /**
   * The next API call that fits gets this instead of being served; several calls queue up. A number stands for
   * the error of that code. Without a filter any call of /2/ or /1.1/ fits, token and handshake calls never do.
   */
  nextError(error: XCode | SandboxAnswer, filter: RequestFilter = {}): void {
    this.#nextErrors.push({ answer: typeof error === 'number' ? codeAnswer(error) : error, filter });
  }

  takeNextError(request: SandboxRequest): SandboxAnswer | undefined {
    const found = this.#nextErrors.find(({ filter }) => matchesRequest(filter, request));
    this.#nextErrors = this.#nextErrors.filter((entry) => entry !== found);
    return found?.answer;
  }

  countCall(endpoint: EndpointName, usual: RateLimit, caller: Caller): RateVerdict {
    const user = caller.kind === 'app-only' ? '' : caller.user.id;
    const limit = this.rateLimits.get(endpoint) ?? usual;
    return this.#limits.count(limit, { endpoint, app: caller.app.clientId, user });
  }

  /** Answers a request to one of `hosts`. */
  answer(request: SandboxRequest): SandboxResponse {
    const isPage = request.method === 'GET' || request.method === 'POST';
    if (request.method === 'POST' && request.path === '/login') return this.#logIn(request);
    if (!webHosts.some((host) => host === request.host)) {
      const isAuthorize = /^\/oauth\/(authorize|authenticate)$/.test(request.path);
      return isPage && isAuthorize ? answerOAuth1Authorize(this, request) : answerApi(this, request);
    }
    return isPage && request.path === authorizePath
      ? answerAuthorize(this, request)
      : answerWebIntent(request);
  }

  /** The log-in form: any username there is, no password, then on to where the person wanted to go. */
  #logIn(request: SandboxRequest): SandboxResponse {
    const form = readForm(request);
    const user = this.people.find(form.get('username') ?? '');
    if (user !== undefined) this.signedIn = user.username;
    const next = form.get('next') ?? '/';
    return redirectAnswer(/^\/[^/]/.test(next) ? next : '/');
  }
}
