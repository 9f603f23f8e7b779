import type { AppError } from '../../errors.ts';
import type { Bases, ProviderCommon } from './provider-common.ts';

/** OAuth 1.0a (RFC 5849) in three legs; its tokens do not end by time. */
export interface OAuth1Provider extends ProviderCommon {
  readonly protocol: 'oauth1';
  readonly endpoints: (bases: Bases) => {
    readonly requestToken: string;
    readonly authorization: string;
    readonly accessToken: string;
    /** Takes the access token back, signed with it. */
    readonly invalidation: string;
  };
  /** What a refusal of the handshake means; its replies are of any form. */
  readonly explain: (reply: { readonly status: number; readonly text: string }) => AppError;
}
