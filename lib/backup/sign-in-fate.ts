/** What becomes of an account's sign-in in a backup, and why. */
import { never } from '../accounts/timing.ts';
import type { Provider } from '../providers/provider.ts';
import type { Grant } from '../vault/schema.ts';

/**
 * - `lasting`: a copy of it harms nothing.
 * - `rotating`: each renewal ends the tokens before, or may: whoever renews first, the copy or the original, signs the other
 *   out (RFC 9700 section 4.14.2).
 * - `bound`: its tokens are bound to a key that can't leave this browser (RFC 9449).
 * - `short`: it ends soon, and is renewed by the service's page or by what the person types.
 * - `ended`: there is nothing to copy.
 */
export type SignInFate = 'lasting' | 'rotating' | 'bound' | 'short' | 'ended';

export function judgeSignIn(provider: Provider | undefined, grant: Grant | undefined): SignInFate {
  if (grant === undefined || grant.state === 'needs_sign_in') return 'ended';
  if (grant.dpopKey !== undefined) return 'bound';
  if (grant.refreshToken !== undefined) return provider?.refreshTokens === 'lasting' ? 'lasting' : 'rotating';
  // OAuth 1.0a: the token itself is what lasts.
  return grant.expiresAt === never ? 'lasting' : 'short';
}
