/** Tokens as Allegro writes them: JSON Web Tokens, and long. */
import { randomBytes } from 'node:crypto';

export interface TokenClaims {
  /** UTC ms; written in s. */
  readonly endsAt: number;
  readonly jti: string;
  readonly clientId: string;
  readonly scope: readonly string[];
  /** Absent in an app's own token. */
  readonly userId: string | undefined;
  /** In a refresh token: the `jti` of the access token beside it. */
  readonly ati?: string;
}

/** Nobody but Allegro checks the signature, which is noise here; it alone is above 1,000 characters. */
export function writeToken({ endsAt, jti, clientId, scope, userId, ati }: TokenClaims): string {
  const payload = {
    exp: Math.floor(endsAt / 1000),
    ...(userId !== undefined && { user_name: userId }),
    jti,
    ...(ati !== undefined && { ati }),
    client_id: clientId,
    scope,
  };
  const write = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signature = randomBytes(768).toString('base64url');
  return `${write({ alg: 'RS256', typ: 'JWT' })}.${write(payload)}.${signature}`;
}
