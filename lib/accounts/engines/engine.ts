/** What the accounts need of a protocol: one engine each. An engine knows no service by name, only its record. */
import type { DeviceCode } from '../../oauth/device-flow.ts';
import type { Client } from '../../oauth/token-endpoint.ts';
import type { Http, Ports } from '../../ports.ts';
import type { Feature, Provider, Subject } from '../../providers/provider.ts';
import type { Credentials, TimedTokens } from '../grants.ts';

export type EnginePorts = Pick<
  Ports,
  'http' | 'clock' | 'random' | 'identity' | 'crypto' | 'randomBytes' | 'shell'
>;

export interface SignedIn {
  /** Undefined where the service would not tell now, and need not. */
  readonly subject: Subject | undefined;
  readonly tokens: TimedTokens;
  readonly scopes: readonly string[];
}

export interface SignInRequest {
  /** False for a try that must not show anything. */
  readonly isInteractive: boolean;
  /** The account that is signed in anew must come back as the one it was. */
  readonly isRenewal: boolean;
  readonly allow: readonly Feature[];
  /** What the person typed where the service has no sign-in page, e.g. name and password. Never kept. */
  readonly typed: Readonly<Record<string, string>>;
  /** Keeps what the answer must be known by, sealed; to be called before a page opens. */
  readonly keep: (secret: string) => Promise<void>;
  /** Aborts when the person gives up or has waited for too long; to be handed to the page. */
  readonly signal: AbortSignal;
}

/** RFC 8628 with one client. */
export interface DeviceSteps {
  begin(allow: readonly Feature[]): Promise<DeviceCode>;
  /** Asks once. @throws AppError */
  poll(deviceCode: string): Promise<SignedIn | 'waiting' | 'slow_down'>;
}

/** How accounts of one protocol are signed in, renewed, used and signed out. */
export interface Engine<P extends Provider> {
  /**
   * One walk through the service's sign-in, to tokens whose owner the service itself named.
   * @throws AppError; `needs_sign_in` when it should be silent and the person is needed.
   */
  signIn(client: Client<P>, request: SignInRequest): Promise<SignedIn>;
  /**
   * New tokens for old, without the sign-in page. Undefined where there is nothing to renew with: a silent walk is tried.
   * @throws AppError; `needs_sign_in` when the service will have no more of the old ones.
   */
  renew(client: Client<P>, held: Credentials): Promise<TimedTokens> | undefined;
  /** Signing in by a code, where the person's app is for that; undefined where it is for the sign-in page. */
  device?(client: Client<P>): DeviceSteps | undefined;
  /** An http that puts the token on requests the way the service wants it. */
  authorize(client: Client<P>, credentials: Credentials): Http;
  /** True where tokens of a former sign-in can be taken back without harm to those of the newer one. */
  readonly canRevokeFormer?: boolean;
  /** Takes tokens back at the service; called where the provider's record says that this works. */
  revoke(client: Client<P>, credentials: Credentials): Promise<void>;
  /** Ends the person's session at the server too, in a window where it wants to ask them. Called when all is deleted here. */
  endSession?(client: Client<P>, credentials: Credentials): Promise<void>;
  /**
   * Looks whether the service is what the person says it is, before that is kept.
   * @throws AppError naming the field.
   */
  check?(client: Client<P>): Promise<void>;
  /** Where the service says that it answers, by name, e.g. `userinfo`. */
  findEndpoints?(client: Client<P>): Promise<Readonly<Record<string, string>>>;
  /** Asks once more for the name that the service would not tell at the sign-in. */
  identify?(client: Client<P>, credentials: Credentials): Promise<Subject | undefined>;
}

export type { Credentials, TimedTokens } from '../grants.ts';
