/** Who calls the API: by which token, for whom, with which rights. */
import type { SandboxRequest } from '../../messages.ts';
import { ApiError } from '../api-error.ts';
import type { XApp } from '../app-registry.ts';
import { verifyUser } from '../oauth1/handshake.ts';
import type { XUser } from '../people.ts';
import { unauthorized } from '../problems.ts';
import type { XService } from '../service.ts';

export type Caller =
  | { readonly kind: 'oauth1'; readonly app: XApp; readonly user: XUser; readonly canWrite: boolean }
  | { readonly kind: 'oauth2'; readonly app: XApp; readonly user: XUser; readonly scope: readonly string[] }
  | { readonly kind: 'app-only'; readonly app: XApp };

/** Throws ApiError: 401 without a good token, and the codes of signed requests. */
export function getCaller(service: XService, request: SandboxRequest): Caller {
  const authorization = request.headers.authorization ?? '';
  if (/^OAuth\s/i.test(authorization)) {
    const { app, token } = verifyUser(service, request);
    return { kind: 'oauth1', app, user: token.user, canWrite: token.permission === 'read-write' };
  }
  const bearer = /^Bearer ([A-Za-z0-9._~+/%-]+=*)$/i.exec(authorization)?.[1] ?? '';
  const app = service.findAppOnly(bearer);
  if (app !== undefined) return { kind: 'app-only', app };
  const token = service.grants.find(bearer);
  if (token?.kind !== 'access' || !service.grants.isGood(token)) throw new ApiError(unauthorized());
  return { kind: 'oauth2', ...token.consent };
}

/** The person behind the call. Throws for app-only callers, which the routes have refused before. */
export function getUser(caller: Caller): XUser {
  if (caller.kind === 'app-only') throw new Error('an app-only caller has no user');
  return caller.user;
}
