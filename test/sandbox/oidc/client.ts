/** What an app's developer fills in at the server, and the metadata it becomes. */
import type { StoredPayload } from 'oidc-provider';

export interface OidcClientOptions {
  readonly clientId: string;
  /** With one the client must send it by HTTP Basic; without one it is a public client. */
  readonly secret?: string;
  /** https, exact to the letter. */
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris?: readonly string[];
  /** What the consent page calls it; the client id when left out. */
  readonly name?: string;
  /** Only requests that were pushed before (RFC 9126). */
  readonly requiresPar?: boolean;
  /** Only tokens bound to a key (RFC 9449). */
  readonly requiresDpop?: boolean;
  /** HS256 signs ID tokens with a secret that a public client does not have. */
  readonly signsWith?: 'RS256' | 'HS256';
  /** A console with a switch for each endpoint: revocation wants the secret although the token endpoint does not. */
  readonly revocationNeedsSecret?: boolean;
}

/** RFC 7591 section 2 names. */
export function buildClientMetadata(options: OidcClientOptions): StoredPayload {
  const { clientId, secret, redirectUris, postLogoutRedirectUris = [], signsWith = 'RS256' } = options;
  const symmetricKey = signsWith === 'HS256' ? `app secret of ${clientId} at the server` : undefined;
  const clientSecret = secret ?? symmetricKey;
  return {
    client_id: clientId,
    ...(clientSecret !== undefined && { client_secret: clientSecret }),
    client_name: options.name ?? clientId,
    application_type: 'web',
    token_endpoint_auth_method: secret === undefined ? 'none' : 'client_secret_basic',
    redirect_uris: [...redirectUris],
    post_logout_redirect_uris: [...postLogoutRedirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token'],
    id_token_signed_response_alg: signsWith,
    require_pushed_authorization_requests: options.requiresPar ?? false,
    dpop_bound_access_tokens: options.requiresDpop ?? false,
  };
}
