/** Authing, or the same product under another brand: an application's host, the core API, and switches for tests. */
import type { SandboxClock } from '../clock.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import { textAnswer, withHeaders } from '../messages.ts';
import { interactionPath } from '../oidc/interaction.ts';
import { OidcService } from '../oidc/service.ts';
import { buildAuthingSettings } from '../oidc/settings.ts';
import type { RequestFilter } from '../request-log.ts';
import { matchesRequest } from '../request-log.ts';
import type { Brand } from './brand.ts';
import type { ErrorForm } from './envelope.ts';
import { describeGraphqlError, restError } from './envelope.ts';
import type { ErrorCode } from './error-texts.ts';
import { Refusal } from './error-texts.ts';
import { answerGraphql } from './graphql/execute.ts';
import { readLanguage } from './headers.ts';
import { PasswordKey } from './password-key.ts';
import type { PoolSettings } from './pool.ts';
import { Pool } from './pool.ts';
import { answerRest } from './rest.ts';
import type { ApiToken } from './tokens.ts';
import { ApiTokens, userTokenSeconds } from './tokens.ts';
import type { PoolUser, PoolUserOptions } from './user.ts';
import { describeUser } from './user.ts';

const graphqlPath = '/graphql/v2';

export class AuthingService {
  readonly brand: Brand;
  readonly hosts: readonly string[];
  /** Sign-in by OpenID Connect, below the application's host. */
  readonly oidc: OidcService;
  readonly pool: Pool;
  readonly tokens: ApiTokens;
  readonly passwordKey = new PasswordKey();
  /** Every field that was selected so far, such as `User.email`. */
  readonly selectedFields = new Set<string>();

  /** Lifetime of administrators' tokens that are issued from now on; how long real ones live is not known. */
  administratorTokenSeconds = 7200;
  /** Where an error has its code. */
  errorForm: ErrorForm = 'object';
  /** Nobody can sign up. */
  registrationDisabled = false;
  /** The user API takes access tokens of OpenID Connect too; whether the real one does is not known. */
  takesAccessTokens = false;

  readonly #clock: SandboxClock;
  #nextErrors: { error: ErrorCode | SandboxAnswer; filter: RequestFilter }[] = [];

  constructor(brand: Brand, clock: SandboxClock) {
    this.brand = brand;
    this.hosts = [brand.appHost, brand.coreHost];
    this.oidc = new OidcService(buildAuthingSettings(brand.appHost), clock);
    this.pool = new Pool(clock);
    this.tokens = new ApiTokens(clock);
    this.#clock = clock;
  }

  /** The pool's ids and secrets. Throws before a pool was set up. */
  get settings(): PoolSettings {
    if (this.pool.settings === undefined) throw new Error(`no pool at ${this.brand.appHost}`);
    return this.pool.settings;
  }

  /** UTC ms. */
  now(): number {
    return this.#clock.now();
  }

  setUpPool(settings: PoolSettings): void {
    this.pool.settings = settings;
  }

  /** A person of the pool, past all rules. */
  addUser(options: PoolUserOptions): PoolUser {
    return this.pool.add(options);
  }

  describe(user: PoolUser): Record<string, unknown> {
    return describeUser(user, { brandName: this.brand.name, userPoolId: this.settings.userPoolId });
  }

  issueUserToken(userId: string): ApiToken {
    const { appId, appSecret, userPoolId } = this.settings;
    const { arn, phone, email, username, unionid, openid } = this.describe(this.pool.getById(userId));
    const who = { userPoolId, appId, userId, arn, id: userId, _id: userId };
    const data = { ...who, phone, email, username, unionid, openid };
    return this.tokens.issue({ userId, seconds: userTokenSeconds, secret: appSecret, data });
  }

  issueAdministratorToken(): ApiToken {
    const { userPoolId, secret } = this.settings;
    const seconds = this.administratorTokenSeconds;
    return this.tokens.issue({ userId: undefined, seconds, secret, data: { userPoolId, type: 'user-pool' } });
  }

  /** Tokens of the user API that are good. */
  validUserTokens(username?: string): string[] {
    const wanted = username === undefined ? undefined : this.pool.findBy({ username })?.id;
    return this.tokens
      .listGood()
      .filter(({ userId }) => userId !== undefined && (username === undefined || userId === wanted))
      .map(({ text }) => text);
  }

  validAdministratorTokens(): string[] {
    return this.tokens
      .listGood()
      .filter(({ userId }) => userId === undefined)
      .map(({ text }) => text);
  }

  /** Ends a token of the user API as if its time had come. Throws when it was never issued. */
  expire(text: string): void {
    this.tokens.expire(this.#getToken(text));
  }

  /** Takes a token of the user API back. Throws when it was never issued. */
  revoke(text: string): void {
    this.#getToken(text).isRevoked = true;
  }

  /** A signed-out token, of whichever kind. */
  forget(text: string): void {
    const token = this.tokens.find(text);
    if (token === undefined) this.oidc.forgetIdToken(text);
    else token.isRevoked = true;
  }

  /** The next call of the user API that fits gets this error or answer instead; several calls queue up. */
  nextError(error: ErrorCode | SandboxAnswer, filter: RequestFilter = {}): void {
    this.#nextErrors.push({ error, filter });
  }

  /** Answers a request to one of `hosts`. */
  async answer(request: SandboxRequest): Promise<SandboxResponse> {
    const { host, path } = request;
    const isOidc = path.startsWith('/oidc/') || path.startsWith(interactionPath);
    if (host === this.brand.appHost && isOidc) return this.oidc.answer(request);
    if (request.method === 'OPTIONS') return this.#share(request, textAnswer('', 204));
    return this.#share(request, this.#answerApi(request));
  }

  #answerApi(request: SandboxRequest): SandboxAnswer {
    const found = this.#nextErrors.find(({ filter }) => matchesRequest(filter, request));
    this.#nextErrors = this.#nextErrors.filter((entry) => entry !== found);
    if (found !== undefined) return this.#buildError(found.error, request);
    if (request.path === graphqlPath) return answerGraphql(this, request);
    return answerRest(this, request);
  }

  #buildError(error: ErrorCode | SandboxAnswer, request: SandboxRequest): SandboxAnswer {
    if (typeof error !== 'number') return error;
    const language = readLanguage(this, request);
    const told = { refusal: new Refusal(error), language, form: this.errorForm };
    const answer = restError(told);
    if (request.path !== graphqlPath) return answer;
    return { ...answer, body: JSON.stringify({ errors: [describeGraphqlError(told, '')], data: null }) };
  }

  /** Pages may read answers only from the origins of the console's list; no request is refused for its origin. */
  #share(request: SandboxRequest, answer: SandboxAnswer): SandboxResponse {
    const { origin = '' } = request.headers;
    if (!this.oidc.allowedOrigins.includes(origin)) return answer;
    return withHeaders(answer, { 'access-control-allow-origin': origin, vary: 'Origin' });
  }

  #getToken(text: string): ApiToken {
    const token = this.tokens.find(text);
    if (token === undefined) throw new Error('no such token');
    return token;
  }
}
