/** What every service is to Latchkey, whatever its protocol. */
import type { AppError } from '../../errors.ts';
import type { Lookup } from '../lookup.ts';
import type { SettingField } from './setting-field.ts';
import type { TypedForm } from './typed-form.ts';

/** Where people sign in, and where the API answers. No slash at the end; empty where there is no preset. */
export interface Bases {
  readonly auth: string;
  readonly api: string;
}

/** Who a token belongs to, as the service itself says. */
export interface Subject {
  /** Unique at the service, the key of the account. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  /** What was granted; undefined where the identity answer does not say. */
  readonly scopes?: readonly string[];
  /** Where `id` is another one for each app: the app it is of, and the id over all apps of one owner, if there is one. */
  readonly app?: string;
  readonly unionId?: string;
}

/** An answer that is no success, read tolerantly: any status, JSON or not. */
export interface Failure {
  readonly status: number;
  /** RFC 6749 section 5.2 `error` and `error_description`, where the body has them as text. */
  readonly error: string | undefined;
  readonly description: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** True where the body was JSON; an HTML page of a gateway is not the service's word. */
  readonly isJson: boolean;
  /** The body as it came, for services whose errors are not those of the RFC. */
  readonly text: string;
  readonly headers: Headers;
}

/** Rights beyond those every sign-in asks for, by what needs them. */
export const features = ['post', 'follows', 'offers', 'orders'] as const;
export type Feature = (typeof features)[number];

export interface ProviderCommon {
  readonly id: string;
  readonly title: string;
  /** Which set-up steps Options shows. */
  readonly guide: 'steem' | 'x' | 'twitter' | 'allegro' | 'oidc' | 'authing' | 'wechat';
  /** How the service calls what is pasted. */
  readonly fields: 'client' | 'api-key' | 'app-id' | 'wechat-app';
  /** Uses the registration of this other provider, and so has no region of its own in Options. */
  readonly registeredAs?: string;
  /** The chain its accounts vote on. */
  readonly chain?: 'steem' | 'hive';
  /** The action its accounts are for: an account is chosen first for this one. */
  readonly actsFor: 'vote' | 'tweet' | 'lookup';
  readonly bases: Bases;
  /** Hosts it may be reached at beside that of `bases.api`, as match patterns name them, e.g. `*.example.org`. */
  readonly hosts?: readonly string[];
  /**
   * Who says where the service is: itself; or a person who runs one of their own may change both addresses; or the person
   * types one address, the issuer's or the app's host, for both.
   */
  readonly addresses: 'fixed' | 'editable' | 'issuer' | 'app-host';
  /** What else the person pastes or chooses. */
  readonly settings?: readonly SettingField[];
  readonly isSecretRequired: boolean;
  /** Refuses a client id that can't be one, by its form. @throws AppError with the field `clientId`. */
  readonly assertClientId?: (text: string) => void;
  /** Where a person registers an app; empty where each server has a place of its own. */
  readonly consoleUrl: string;
  /** The chain account that an app must authorise before it can act. */
  readonly broadcaster?: string;
  /**
   * What becomes of a refresh token that is used: it stays good, or another takes its place and it ends, so that one copy of
   * it ends the others. Unknown where each server does as it likes.
   */
  readonly refreshTokens: 'none' | 'lasting' | 'rotating' | 'unknown';
  /** False where the endpoint answers success and revokes nothing. */
  readonly revokes: boolean;
  /** Where a person can take an app's right away for good; missing where no web page does that. */
  readonly revokePage?: (bases: Bases, clientId: string) => string;
  /** How long a sign-in may take, ms, where the service may never send the person back. */
  readonly signInLimitMs?: number;
  /** The scopes that rights beyond every sign-in's stand for; undefined where there are no scopes. */
  readonly scopeOf?: Readonly<Partial<Record<Feature, string>>>;
  /** How much of the service's limit is left, by the headers of an answer; the time is UTC ms. */
  readonly findLimit?: (
    headers: Headers,
  ) => { readonly remaining: number; readonly resetsAt: number } | undefined;
  /** What the person types, where there is no sign-in page. */
  readonly forms?: readonly TypedForm[];
  /** The media type that its API must be asked for; plain JSON where this is missing. */
  readonly accept?: string;
  /** What its accounts can look up. */
  readonly lookups?: readonly Lookup[];
  /** It wants to know which program calls: requests carry Latchkey's own User-Agent. */
  readonly wantsUserAgent?: boolean;
  /** Reads a body that `JSON.parse` would refuse. Throws what it can't read. */
  readonly parse?: (text: string) => unknown;
  /** A refusal inside an answer of success. */
  readonly findRefusal?: (body: unknown) => AppError | undefined;
  /** The service's own meaning of a failure; undefined leaves it to the engine. */
  readonly readFailure?: (failure: Failure) => AppError | undefined;
  /** The meaning of an answer of success that is no JSON, e.g. a page of a guard; undefined is `bad_answer`. */
  readonly readNoJson?: (failure: Failure) => AppError | undefined;
  /** Milliseconds to wait by the service's own headers, where it does not use Retry-After. @param now UTC ms. */
  readonly findWait?: (headers: Headers, now: number) => number | undefined;
}
