import type { Bases, ProviderCommon, Subject } from './provider-common.ts';
import type { TypedForm } from './typed-form.ts';

type Settings = Readonly<Record<string, string>>;

/** What the service's own API gives for a name and a password, or for an id and a secret. */
export interface ApiTokens {
  readonly accessToken: string;
  /** UTC ms. */
  readonly expiresAt: number;
}

/** Who asks, for which app. */
export interface ApiClient {
  readonly bases: Bases;
  readonly clientId: string;
  readonly settings: Settings;
  /** Those of the settings that are sealed in the vault. */
  readonly secrets: Settings;
  /** UTC ms. */
  readonly now: number;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Sends a request and gives the JSON body; a refusal is thrown. */
export type ApiCall = (request: Request) => Promise<unknown>;

/** A service whose own API takes what the person types or has pasted, without any sign-in page. */
export interface UserApiProvider extends ProviderCommon {
  readonly protocol: 'user-api';
  readonly forms: readonly TypedForm[];
  /**
   * @param typed what the form named `form` asked for, by param id.
   * @throws AppError with the param as field for input that can't be, and with what is refused.
   */
  readonly signIn: (
    call: ApiCall,
    client: ApiClient,
    typed: Settings,
  ) => Promise<{ readonly subject: Subject; readonly tokens: ApiTokens }>;
  /** What a token is of, beside the host: with another of these it is never used. */
  readonly ownerOf: (client: { readonly clientId: string; readonly settings: Settings }) => string;
  /** Whether a new token is asked for with the old one, or with a secret and without any. */
  readonly renewsWith: 'token' | 'secret';
  /** New tokens. @throws AppError `needs_sign_in` when it is good no more. */
  readonly renew: (call: ApiCall, client: ApiClient) => Promise<ApiTokens>;
  /** Ms before the end at which it is renewed, where the service has a rule of its own and the token lives longer. */
  readonly renewsBefore?: number;
  /** Looks whether this API is there at all. @throws AppError */
  readonly check: (call: ApiCall, client: ApiClient) => Promise<void>;
  /** Ends the token it is sent with; to be authorised. */
  readonly buildRevocationRequests: (bases: Bases, clientId: string) => readonly Request[];
  /** Headers that the service wants on each call of ours. */
  readonly headers: (client: {
    readonly clientId: string;
    readonly settings: Settings;
  }) => Readonly<Record<string, string>>;
  /** Milliseconds to wait for an answer. */
  readonly timeLimit: (settings: Settings) => number;
}
