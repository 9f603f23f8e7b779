import { AppError, type ErrorCode } from '../errors.ts';

export interface RefusedTokenRequest {
  readonly status: number;
  /** RFC 6749 section 5.2, where the body has them. */
  readonly error: string | undefined;
  readonly description: string | undefined;
}

const meaningOfWords: readonly (readonly [RegExp, ErrorCode])[] = [
  // Spent, older than 30 seconds, or of another sign-in: all of them end with a new try.
  [/authorization code|code verifier/i, 'sign_in_refused'],
  [/redirect/i, 'callback_not_approved'],
];

const meaningOfError: ReadonlyMap<string, ErrorCode> = new Map([
  // X writes `invalid_request` for a refresh token that is spent or unknown.
  ['invalid_request', 'needs_sign_in'],
  ['invalid_grant', 'needs_sign_in'],
  // The grant may be good still: neither of the two may end it.
  ['invalid_client', 'app_settings'],
  ['unauthorized_client', 'x_wrong_app_type'],
  ['access_denied', 'sign_in_refused'],
]);

/**
 * What X's OAuth 2.0 token endpoint means by a refusal; undefined where the general rules tell (429, 5xx, no JSON).
 * Sources: docs.x.com authentication/oauth-2-0, twitter-api-typescript-sdk issues 23 and 26, node-twitter-api-v2 issue 496.
 */
export function findTokenError({ status, error, description }: RefusedTokenRequest): AppError | undefined {
  if (status === 429 || status >= 500 || error === undefined) return undefined;
  const words = description ?? '';
  const code =
    (error.startsWith('invalid_')
      ? meaningOfWords.find(([pattern]) => pattern.test(words))?.[1]
      : undefined) ?? meaningOfError.get(error);
  return code && new AppError(code, { ...(description === undefined ? {} : { details: description }) });
}
