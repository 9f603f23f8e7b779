import type { AppError, ErrorCode } from '../../errors.ts';
import type { Bases, ProviderCommon } from './provider-common.ts';

/** What a token call gave. Secret: lives in memory until it is sealed. */
export interface QrTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly expiresInSeconds: number | undefined;
  readonly openId: string;
  readonly unionId: string | undefined;
  readonly scopes: readonly string[];
  /** The ids are made up: nothing of this person is to be kept. */
  readonly isSnapshotUser: boolean;
}

interface QrPage {
  readonly clientId: string;
  /** The address on the person's own domain. */
  readonly callback: string;
  readonly state: string;
}

/**
 * A sign-in by QR code that sends people back to the person's own domain, where the browser catches them; tokens come by
 * calls that are much like OAuth 2.0 and nowhere the same.
 */
export interface QrConnectProvider extends ProviderCommon {
  readonly protocol: 'qr-connect';
  /** The setting that holds the address on the person's own domain. */
  readonly callbackSetting: string;
  readonly buildPageUrl: (bases: Bases, page: QrPage) => string;
  /** The code. @throws AppError for what is not ours, and for a refusal. */
  readonly readWayBack: (url: string, page: Omit<QrPage, 'clientId'>) => string;
  readonly buildExchange: (
    bases: Bases,
    asked: { readonly clientId: string; readonly clientSecret: string; readonly code: string },
  ) => Request;
  /** A refusal of the exchange, where the same number means another thing than elsewhere. */
  readonly findExchangeRefusal: (body: unknown) => AppError | undefined;
  readonly buildRefresh: (
    bases: Bases,
    asked: { readonly clientId: string; readonly refreshToken: string },
  ) => Request;
  /** @throws AppError `bad_answer` */
  readonly readTokens: (body: unknown) => QrTokens;
  /** Asks what the person is called; to be authorised. */
  readonly buildIdentityRequest: (bases: Bases) => Request;
  /** @throws AppError `bad_answer` */
  readonly readIdentity: (body: unknown) => { readonly name: string; readonly unionId: string | undefined };
  /** Puts the token on a call. @param openId whose token it is. */
  readonly authorize: (request: Request, token: { accessToken: string; openId: string }) => Request;
  /** Seconds an access token lives where the answer does not say. */
  readonly accessTokenSeconds: number;
  /** Seconds from a sign-in to the next, whatever is renewed meanwhile. */
  readonly signInSeconds: number;
  /** What it means when the page was closed: it may have shown an error of which we hear nothing. */
  readonly closedPage: ErrorCode;
}
