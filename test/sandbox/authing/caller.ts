/** Who a request comes from, by its bearer token. */
import type { SandboxRequest } from '../messages.ts';
import { Refusal } from './error-texts.ts';
import type { AuthingService } from './service.ts';
import type { PoolUser } from './user.ts';

export type Caller = { readonly kind: 'administrator' } | { readonly kind: 'user'; readonly user: PoolUser };

/** The bearer token as sent; undefined without the header. `Bearer null` is a token like any other. */
export function readBearer({ headers }: SandboxRequest): string | undefined {
  if (headers.authorization === undefined) return undefined;
  return /^Bearer (\S+)$/.exec(headers.authorization)?.[1] ?? '';
}

/**
 * Takes tokens of the user API, ID tokens of the application, and access tokens where the service is set so.
 * Undefined without a token; refuses with 2206 or 2207 a bad one, with 2005 a locked person.
 */
export function findCaller(service: AuthingService, request: SandboxRequest): Caller | undefined {
  const bearer = readBearer(request);
  if (bearer === undefined) return undefined;
  if (service.tokens.find(bearer) !== undefined) {
    const { userId } = service.tokens.check(bearer);
    return userId === undefined ? { kind: 'administrator' } : findPerson(service, userId);
  }
  const owner = service.takesAccessTokens ? service.oidc.findTokenOwner(bearer) : undefined;
  return findPerson(service, owner?.sub ?? findIdTokenOwner(service, bearer));
}

function findPerson({ pool }: AuthingService, id: string): Caller {
  const user = pool.findById(id);
  if (user === undefined) throw new Refusal(2207);
  if (user.blocked) throw new Refusal(2005);
  return { kind: 'user', user };
}

/** The person an ID token is about. */
function findIdTokenOwner({ oidc }: AuthingService, idToken: string): string {
  const issued = oidc.findIdToken(idToken);
  if (issued === undefined) throw new Refusal(2207);
  if (issued.isExpired) throw new Refusal(2206);
  return issued.sub;
}
