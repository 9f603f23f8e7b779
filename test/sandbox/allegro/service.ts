/** Allegro as apps and people meet it: accounts, apps, sessions, and the switches that tests turn. */
import type { SandboxClock } from '../clock.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import type { RequestFilter } from '../request-log.ts';
import { matchesRequest } from '../request-log.ts';
import { answerApi } from './api/answer-api.ts';
import { RateLimit } from './api/rate-limit.ts';
import type { AllegroApp, AllegroAppOptions } from './app-registry.ts';
import { buildAllegroApp } from './app-registry.ts';
import type { Code } from './codes.ts';
import { Codes } from './codes.ts';
import { Devices } from './devices.ts';
import type { AllegroEnvironment } from './environment.ts';
import type { AllegroUser, AllegroUserOptions } from './people.ts';
import { People } from './people.ts';
import type { AccessToken, RefreshToken } from './sessions.ts';
import { Sessions } from './sessions.ts';
import { answerWeb } from './web.ts';

interface Consent {
  readonly app: AllegroApp;
  readonly user: AllegroUser;
  readonly scope: readonly string[];
}

export class AllegroService {
  readonly environment: AllegroEnvironment;
  readonly people = new People();
  readonly sessions: Sessions;
  readonly codes: Codes;
  readonly devices: Devices;
  readonly rateLimit: RateLimit;

  /** Logins that are signed in at the site in this browser. */
  signedIn: string[] = [];
  /** Lifetime of access tokens that are issued from now on: twelve hours less a second. */
  accessTokenSeconds = 43_199;
  /** How long a refresh token is taken after its first use. Infinity is what Allegro's own sandbox was seen to do. */
  graceSeconds = 60;
  /** With one more the person's oldest session ends. */
  sessionsPerUser = 20;
  /** Whether the exchange without a secret gives a refresh token, which can't be used without one all the same. */
  givesPublicClientsRefreshTokens = true;
  /** `alternating` begins with a short one. */
  codeShape: 'alternating' | 'short' | 'long' = 'alternating';
  /** False: Cancel leads to a page of Allegro's, and the app never hears of it. Both are thinkable. */
  cancelRedirects = true;
  /** How wrong credentials are called; both wordings were seen. */
  credentialsError: 'Unauthorized' | 'invalid_client' = 'Unauthorized';
  /** What a refresh token of an ended session gets: 401, or 400; both are documented. */
  endedSessionError: 'Unauthorized' | 'invalid_grant' = 'Unauthorized';
  /** Device flow: s between polls. */
  deviceIntervalSeconds = 5;
  deviceCodeSeconds = 3600;
  /** False: `expires_in` and `interval` of the device answer are numbers, not texts. */
  writesDeviceNumbersAsText = true;
  /** Programs that don't name themselves `Latchkey/version (+https://page)` are blocked. */
  requiresUserAgent = true;
  /** Every program's call meets the anti-bot page, or is sent to the block page. */
  blocking: 'datadome' | 'redirect' | undefined;
  /** For one client id; over it, the id is blocked for a minute. */
  callsPerMinute = 9000;

  readonly #clock: SandboxClock;
  readonly #apps = new Map<string, AllegroApp>();
  #consents: Consent[] = [];
  #nextErrors: { answer: SandboxAnswer; filter: RequestFilter }[] = [];
  #codesGiven = 0;

  constructor(environment: AllegroEnvironment, clock: SandboxClock) {
    this.environment = environment;
    this.#clock = clock;
    this.sessions = new Sessions(clock, this);
    this.codes = new Codes(clock);
    this.devices = new Devices(clock);
    this.rateLimit = new RateLimit(clock);
  }

  get hosts(): readonly string[] {
    return [this.environment.webHost, this.environment.apiHost];
  }

  /** UTC ms. */
  now(): number {
    return this.#clock.now();
  }

  /** Throws on what the registration site would refuse. */
  registerApp(options: AllegroAppOptions): AllegroApp {
    const app = buildAllegroApp(options);
    this.#apps.set(app.clientId, app);
    return app;
  }

  findApp(clientId: string): AllegroApp | undefined {
    return this.#apps.get(clientId);
  }

  #getApp(clientId: string): AllegroApp {
    const app = this.findApp(clientId);
    if (app === undefined) throw new Error(`no app ${clientId}`);
    return app;
  }

  addUser(options: AllegroUserOptions): AllegroUser {
    return this.people.add(options);
  }

  /** Those of `signedIn` that exist. */
  listSignedIn(): AllegroUser[] {
    return this.signedIn.map((login) => this.people.get(login));
  }

  recordConsent(app: AllegroApp, user: AllegroUser, scope: readonly string[]): void {
    this.#consents.push({ app, user, scope });
  }

  /** As if the person had allowed it on the page before; all scopes of the app when left out. */
  allow(clientId: string, login: string, scope?: readonly string[]): void {
    const app = this.#getApp(clientId);
    this.recordConsent(app, this.people.get(login), scope ?? app.scopes);
  }

  /** True when every one of the scopes was allowed before. */
  hasConsented(app: AllegroApp, user: AllegroUser, scope: readonly string[]): boolean {
    const consents = this.#consents.filter((consent) => consent.app === app && consent.user === user);
    const allowed = consents.flatMap((consent) => consent.scope);
    return consents.length > 0 && scope.every((word) => allowed.includes(word));
  }

  /** Scopes of every consent of this person, oldest first. */
  consentsOf(login: string): { readonly clientId: string; readonly scope: readonly string[] }[] {
    return this.#consents
      .filter(({ user }) => user.login === login)
      .map(({ app, scope }) => ({ clientId: app.clientId, scope }));
  }

  /** A code in the shape that is due. */
  giveCode(code: Code): string {
    this.#codesGiven += 1;
    const isLong = this.codeShape === 'alternating' ? this.#codesGiven % 2 === 0 : this.codeShape === 'long';
    return this.codes.add(code, isLong);
  }

  /** A session made without pages. */
  issueTokens(
    clientId: string,
    login: string,
    scope?: readonly string[],
  ): { readonly access: string; readonly refresh: string } {
    const app = this.#getApp(clientId);
    const user = this.people.get(login);
    const { access, refresh } = this.sessions.open({ app, user, scope: scope ?? app.scopes }, true);
    return { access: access.text, refresh: refresh?.text ?? '' };
  }

  validAccessTokens(login?: string): string[] {
    return this.#listOf(this.sessions.listGoodAccess(), login);
  }

  /** Those that were never used; an old one in its grace is left out. */
  validRefreshTokens(login?: string): string[] {
    return this.#listOf(this.sessions.listGoodRefresh(), login);
  }

  #listOf(tokens: readonly (AccessToken | RefreshToken)[], login: string | undefined): string[] {
    return tokens
      .filter(({ session }) => login === undefined || session.user?.login === login)
      .map(({ text }) => text);
  }

  /** Ends a token of either kind as if its time had come. Throws when it was never issued. */
  expire(text: string): void {
    const token = this.sessions.findAccess(text) ?? this.sessions.findRefresh(text);
    if (token === undefined) throw new Error(`${this.environment.title} never issued this token`);
    token.endsAt = this.now();
  }

  /** The person unlinks the app in the account settings (every app when left out): sessions and consent end. */
  revoke(login: string, clientId?: string): void {
    const isMeant = ({ app, user }: { app: AllegroApp; user: AllegroUser | undefined }): boolean =>
      user?.login === login && (clientId === undefined || app.clientId === clientId);
    this.sessions.endWhere(isMeant);
    this.#consents = this.#consents.filter((consent) => !isMeant(consent));
  }

  /** The next program's call (token, device, API) that fits gets this instead of being served; several queue up. */
  nextError(answer: SandboxAnswer, filter: RequestFilter = {}): void {
    this.#nextErrors.push({ answer, filter });
  }

  takeNextError(request: SandboxRequest): SandboxAnswer | undefined {
    const found = this.#nextErrors.find(({ filter }) => matchesRequest(filter, request));
    this.#nextErrors = this.#nextErrors.filter((entry) => entry !== found);
    return found?.answer;
  }

  /** Answers a request to one of `hosts`. */
  answer(request: SandboxRequest): SandboxResponse {
    return request.host === this.environment.apiHost ? answerApi(this, request) : answerWeb(this, request);
  }
}
