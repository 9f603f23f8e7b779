/**
 * SteemConnect and the two that came of it. They share one protocol with three generations of behaviour:
 * - the callback is a query string, also for tokens, and brings `username` and `expires_in`;
 * - token answers lack `token_type` (RFC 6749 section 5.1 wants it);
 * - an Authorization header on the token endpoint would be read instead of the code;
 * - one text, "The token has invalid role", stands for expired, malformed and wrong kind.
 * Sources: ledgerconnect/steemconnect (branch sc2-master), ledgerconnect/steemconnect-api, ecency/hivesigner-api.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import { type Bases, defineProvider, type Failure, type OAuth2Provider, type Subject } from './provider.ts';

const me = z.object({ name: z.string(), scope: z.optional(z.nullable(z.array(z.string()))) });
const signedToken = z.object({ signed_message: z.object({ app: z.string() }) });

function readIdentity(body: unknown): Subject {
  const answer = z.safeParse(me, body);
  if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
  return { id: answer.data.name, name: answer.data.name, scopes: answer.data.scope ?? [] };
}

/** Answers have no `token_type`; every generation takes the token as a bearer token. */
function conformToken(body: unknown): unknown {
  return typeof body === 'object' && body !== null ? { token_type: 'bearer', ...body } : body;
}

/**
 * The family's error table. All of these are 401, so the status alone says nothing; `server_error` is the chain's own
 * word on an operation and is read by whoever sent the operation.
 */
function readFailure({ status, error, description = '' }: Failure): AppError | undefined {
  if (status !== 401) return undefined;
  const options = { details: description };
  if (/failed to load/.test(description)) return new AppError('service_busy', options);
  if (
    error === 'unauthorized_access' ||
    error === 'application_disabled' ||
    /code or secret is not valid|Broadcaster account/.test(description)
  )
    return new AppError('app_settings', options);
  if (error === 'invalid_grant') return new AppError('needs_sign_in', options);
  if (error === 'invalid_scope') return new AppError('scope_missing', options);
  if (error === 'unauthorized_client') {
    const [, app = '', name = ''] =
      /app @(\S+) doesn't have permission to broadcast for @(\S+)/.exec(description) ?? [];
    return new AppError(app === '' ? 'sign_in_refused' : 'app_not_authorised', {
      ...options,
      params: { app, name },
    });
  }
  return undefined;
}

/**
 * Tokens of the signature generation are JSON in base64url with dots for padding; the older JWT tokens name their app in
 * `proxy`. What can't be read is left to the service.
 */
function findTokenClient(accessToken: string): string | undefined {
  try {
    const text = atob(accessToken.replaceAll('-', '+').replaceAll('_', '/').replaceAll('.', '='));
    const token = z.safeParse(signedToken, JSON.parse(text));
    return token.success ? token.data.signed_message.app : undefined;
  } catch {
    return undefined;
  }
}

interface Member extends Pick<
  OAuth2Provider,
  'id' | 'title' | 'bases' | 'consoleUrl' | 'revokes' | 'revokePage'
> {
  readonly chain: 'steem' | 'hive';
  readonly broadcaster: string;
  /** The scope text by flow: `token` without a client secret, `code` with one. */
  readonly scopes: { readonly token: string; readonly code: string };
}

/** A service of the family from what is its own. */
export function defineSteemFamily({ scopes, ...member }: Member): OAuth2Provider {
  return defineProvider({
    ...member,
    protocol: 'oauth2',
    guide: 'steem',
    fields: 'client',
    actsFor: 'vote',
    addresses: 'editable',
    // A new one comes with each refresh, and the older ones stay good.
    refreshTokens: 'lasting',
    isSecretRequired: false,
    publicResponseType: 'token',
    // No generation of this protocol reads a code verifier.
    hasPkce: false,
    clientAuthentication: 'body',
    scope: ({ responseType }) => scopes[responseType],
    // Bare, as the services' own libraries send it; an Authorization header is all that authenticates.
    authorization: (accessToken) => accessToken,
    accessTokenSeconds: 7 * 24 * 60 * 60,
    endpoints: (bases: Bases) => ({
      authorization: `${bases.auth}/oauth2/authorize`,
      token: `${bases.api}/api/oauth2/token`,
    }),
    buildIdentityRequest: (bases) => new Request(`${bases.api}/api/me`, { method: 'POST' }),
    buildRevocationRequests: (bases, _clientId, { accessToken }) => [
      new Request(`${bases.api}/api/oauth2/token/revoke`, {
        method: 'POST',
        headers: { authorization: accessToken },
      }),
    ],
    readIdentity,
    conformToken,
    readFailure,
    findTokenClient,
  });
}
