/** What makes one server differ from another. */

export interface OidcSettings {
  readonly issuer: string;
  /** Below the issuer; `/jwks` when left out. */
  readonly jwksPath?: string;
  readonly furtherScopes: readonly string[];
  readonly codeSeconds: number;
  /** PAR (RFC 9126), DPoP (RFC 9449) and `iss` in the callback (RFC 9207). */
  readonly hasNewerStandards: boolean;
}

const scopes = ['profile', 'email', 'phone'];

/** Any OpenID Connect server. */
export const generalServer: OidcSettings = {
  issuer: 'https://id.bees.example',
  furtherScopes: scopes,
  codeSeconds: 60,
  hasNewerStandards: true,
};

/** The application host `identifier.authing.cn`, or that of a server of another brand. */
export function buildAuthingSettings(appHost: string): OidcSettings {
  return {
    issuer: `https://${appHost}/oidc`,
    jwksPath: '/.well-known/jwks.json',
    furtherScopes: [...scopes, 'address', 'username', 'roles', 'external_id'],
    codeSeconds: 600,
    hasNewerStandards: false,
  };
}
