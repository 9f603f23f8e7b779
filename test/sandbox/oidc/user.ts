/** A person at a server, and what is told about them. */

export interface OidcUserOptions {
  /** How tests and the pages call them; also preferred_username. */
  readonly username: string;
  /** Never given to somebody else; made up when left out. */
  readonly sub?: string;
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  /** Further claims, given with the scope `profile` where the server lists them. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface OidcUser extends OidcUserOptions {
  readonly sub: string;
  readonly name: string;
}

/** Which scope gives which claims (OpenID Connect Core 5.4, and Authing's own). */
export const claimsOfScopes = {
  openid: ['sub'],
  profile: ['name', 'nickname', 'preferred_username', 'picture', 'locale', 'zoneinfo', 'updated_at'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  username: ['username'],
} as const;

/** All claims; the engine leaves out what was not asked for. */
export function buildClaims({
  sub,
  username,
  name,
  email,
  phone,
  claims,
}: OidcUser): Record<string, unknown> {
  return {
    sub,
    name,
    username,
    preferred_username: username,
    ...(email !== undefined && { email, email_verified: true }),
    ...(phone !== undefined && { phone_number: phone, phone_number_verified: true }),
    ...claims,
  };
}
