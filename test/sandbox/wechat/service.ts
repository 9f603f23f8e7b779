/** WeChat as website apps and people meet it: apps, people, codes, tokens, and the switches that tests turn. */
import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from '../messages.ts';
import type { RequestFilter } from '../request-log.ts';
import { matchesRequest } from '../request-log.ts';
import { answerApi } from './api.ts';
import type { WeChatApp, WeChatAppOptions } from './apps.ts';
import { buildWeChatApp } from './apps.ts';
import type { WeChatCode } from './codes.ts';
import { Codes } from './codes.ts';
import type { WeChatErrorCode } from './error-codes.ts';
import { WeChatRefusal } from './error-codes.ts';
import { Grants } from './grants.ts';
import { MinuteLimits } from './minute-limits.ts';
import type { WeChatPerson, WeChatPersonOptions } from './people.ts';
import { buildOpenId, buildWeChatPerson } from './people.ts';
import type { QrRequest } from './qr-connect.ts';
import { answerWeb } from './web.ts';

const webHost = 'open.weixin.qq.com';
const apiHost = 'api.weixin.qq.com';

/** WeChat's own figures. */
const usualLimits = {
  '/sns/oauth2/access_token': 10_000,
  '/sns/oauth2/refresh_token': 50_000,
  '/sns/auth': 50_000,
  '/sns/userinfo': 50_000,
};

export type LimitedPath = keyof typeof usualLimits;

export class WeChatService {
  readonly hosts: readonly string[] = [webHost, apiHost];
  readonly grants: Grants;

  /** What Refuse on the phone does to the QR page; all three are on record. */
  refusal: 'no-redirect' | 'state-only' | 'authdeny' = 'no-redirect';
  /** Each refresh brings a new refresh token, and the old one is dead. WeChat is said to do either. */
  rotatesRefreshTokens = false;
  /** Both are documented. */
  wrongSecretError: 40125 | 40001 = 40125;
  /** Both are documented. */
  expiredCodeError: 42003 | 40029 = 42003;
  /** `errcode` is a number unless this is on. */
  writesErrorCodeAsText = false;
  /** Replaces an endpoint's calls of one app in a minute. */
  readonly minuteLimits = new Map<LimitedPath, number>();
  /** Requests that reached the callback page of the person's own domain, oldest first. */
  readonly callbackVisits: SandboxRequest[] = [];

  readonly #codes: Codes;
  readonly #limits: MinuteLimits;
  readonly #apps = new Map<string, WeChatApp>();
  readonly #people = new Map<string, WeChatPerson>();
  readonly #qrCodes = new Map<string, QrRequest>();
  #nextErrors: { error: WeChatErrorCode | SandboxAnswer; filter: RequestFilter }[] = [];

  constructor(clock: SandboxClock) {
    this.grants = new Grants(clock);
    this.#codes = new Codes(clock);
    this.#limits = new MinuteLimits(clock);
  }

  /** Throws on settings the console would refuse. */
  registerApp(options: WeChatAppOptions): WeChatApp {
    const app = buildWeChatApp(options);
    this.#apps.set(app.appId, app);
    return app;
  }

  findApp(appId: string): WeChatApp | undefined {
    return this.#apps.get(appId);
  }

  /** A button "Confirm as <nickname>" on every QR page that is opened from now on. */
  addPerson(options: WeChatPersonOptions): WeChatPerson {
    const person = buildWeChatPerson(options);
    this.#people.set(person.id, person);
    return person;
  }

  listPeople(): WeChatPerson[] {
    return [...this.#people.values()];
  }

  /** Throws when there is nobody with this id. */
  getPerson(id: string): WeChatPerson {
    const person = this.#people.get(id);
    if (person === undefined) throw new Error(`nobody on WeChat has the id ${id}`);
    return person;
  }

  /** What the app knows the person by. Throws when one of the two does not exist. */
  getOpenId(appId: string, personId: string): string {
    return buildOpenId(this.#getApp(appId), this.getPerson(personId));
  }

  /** A code as the QR page gets it when the person confirms. Throws when one of the two does not exist. */
  issueCode(appId: string, personId: string): string {
    return this.#codes.issue(this.#getApp(appId), this.getPerson(personId)).text;
  }

  /** Tokens made without pages; the scope is `snsapi_login` when left out. */
  issueTokens(
    appId: string,
    personId: string,
    scope = 'snsapi_login',
  ): { readonly access: string; readonly refresh: string } {
    const pair = this.grants.start({ app: this.#getApp(appId), person: this.getPerson(personId), scope });
    return { access: pair.access.text, refresh: pair.refresh.text };
  }

  /** Spends the code. Refuses as WeChat does: not its own 40029, spent 40163, too old by `expiredCodeError`. */
  takeCode(app: WeChatApp, text: string): WeChatCode {
    const code = this.#codes.find(text);
    if (code?.app !== app) throw new WeChatRefusal(40029);
    if (code.isUsed) throw new WeChatRefusal(40163);
    if (this.#codes.isExpired(code)) throw new WeChatRefusal(this.expiredCodeError);
    code.isUsed = true;
    return code;
  }

  /** How many codes became tokens. */
  get redeemedCodes(): number {
    return this.#codes.countUsed();
  }

  /** How many codes were given out. */
  get issuedCodes(): number {
    return this.#codes.countIssued();
  }

  validAccessTokens(personId?: string): string[] {
    return this.#listGood('access', personId);
  }

  validRefreshTokens(personId?: string): string[] {
    return this.#listGood('refresh', personId);
  }

  #listGood(kind: 'access' | 'refresh', personId: string | undefined): string[] {
    return this.grants
      .listGood(kind)
      .filter(({ grant }) => personId === undefined || grant.person.id === personId)
      .map(({ text }) => text);
  }

  /** Ends a code or a token as if its time had come. Throws when it was never issued. */
  expire(text: string): void {
    const ending = this.#codes.find(text) ?? this.grants.find(text);
    if (ending === undefined) throw new Error('WeChat never issued this');
    ending.endsAt = 0;
  }

  /** Ends a token from WeChat's side. Throws when it was never issued. */
  revoke(text: string): void {
    const token = this.grants.find(text);
    if (token === undefined) throw new Error('WeChat never issued this token');
    token.state = 'revoked';
  }

  /** All tokens of the person are void, of every app. Throws when no app knows anybody by this openid. */
  changePassword(openId: string): void {
    const person = this.listPeople().find((one) =>
      [...this.#apps.values()].some((app) => buildOpenId(app, one) === openId),
    );
    if (person === undefined) throw new Error(`nobody has the openid ${openId}`);
    this.grants.changePassword(person);
  }

  /** The next call of /sns/ that fits gets this instead of being served; several queue up. */
  nextError(error: WeChatErrorCode | SandboxAnswer, filter: RequestFilter = {}): void {
    this.#nextErrors.push({ error, filter });
  }

  takeNextError(request: SandboxRequest): WeChatErrorCode | SandboxAnswer | undefined {
    const found = this.#nextErrors.find(({ filter }) => matchesRequest(filter, request));
    this.#nextErrors = this.#nextErrors.filter((entry) => entry !== found);
    return found?.error;
  }

  /** Refuses with 45011 when the app has used up the endpoint's calls of this minute. */
  countCall(path: LimitedPath, app: WeChatApp): void {
    const most = this.minuteLimits.get(path) ?? usualLimits[path];
    if (!this.#limits.take(`${path} ${app.appId}`, most)) throw new WeChatRefusal(45011);
  }

  /** Keeps what a QR page was opened for; gives the name of the QR code. */
  openQr(request: QrRequest): string {
    const uuid = randomUUID();
    this.#qrCodes.set(uuid, request);
    return uuid;
  }

  findQr(uuid: string): QrRequest | undefined {
    return this.#qrCodes.get(uuid);
  }

  closeQr(uuid: string): void {
    this.#qrCodes.delete(uuid);
  }

  /** Answers a request to one of `hosts`. */
  answer(request: SandboxRequest): SandboxResponse {
    return request.host === apiHost ? answerApi(this, request) : answerWeb(this, request);
  }

  #getApp(appId: string): WeChatApp {
    const app = this.#apps.get(appId);
    if (app === undefined) throw new Error(`no app ${appId}`);
    return app;
  }
}
