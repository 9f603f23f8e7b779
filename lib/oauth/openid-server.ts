/** What an OpenID Connect server tells about itself (OpenID Connect Discovery 1.0), checked before anything is sent there. */
import type { AuthorizationServer } from 'oauth4webapi';
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { findClockSkew } from './clock-skew.ts';
import { readAnswer, readFailure, toFailureError } from './read-answer.ts';

export interface OpenIdServer {
  readonly metadata: AuthorizationServer;
  /** How far its clock is ahead of ours, in milliseconds; 0 where it does not say. */
  readonly clockSkew: number;
}

export interface ExpectedServer {
  /** As typed, without a slash at its end. */
  readonly issuer: string;
  /** Origins on which endpoints may lie beside the issuer's own. */
  readonly otherOrigins: readonly string[];
  /** The input field that lists them, where there is one. */
  readonly otherOriginsField?: string | undefined;
}

const names = z.optional(z.array(z.string()));
const endpoint = z.optional(z.string());
/** Discovery section 3, RFC 9126 section 5, RFC 9207 section 3, RFC 9449 section 5.1. What is not named is not used. */
const document = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: endpoint,
  end_session_endpoint: endpoint,
  revocation_endpoint: endpoint,
  pushed_authorization_request_endpoint: endpoint,
  code_challenge_methods_supported: names,
  id_token_signing_alg_values_supported: names,
  token_endpoint_auth_methods_supported: names,
  dpop_signing_alg_values_supported: names,
  authorization_response_iss_parameter_supported: z.optional(z.boolean()),
  require_pushed_authorization_requests: z.optional(z.boolean()),
});
type Metadata = z.output<typeof document>;

const endpointNames = [
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'userinfo_endpoint',
  'end_session_endpoint',
  'revocation_endpoint',
  'pushed_authorization_request_endpoint',
] as const;

/** Signatures that can be checked with a public key; never `none`, and no HMAC, whose key a public client can't have. */
const checkable = new Set(
  ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'].concat(
    'Ed25519',
    'EdDSA',
  ),
);

const field = 'authBase';

/** A hostile document could send the code, and with it the account, to another server (RFC 9700 section 4.4). */
function assertEndpoints(metadata: Metadata, expected: ExpectedServer): void {
  const { issuer, otherOrigins, otherOriginsField = field } = expected;
  const allowed = [new URL(issuer).origin, ...otherOrigins];
  for (const name of endpointNames) {
    const address = metadata[name];
    if (address === undefined) continue;
    if (!URL.canParse(address)) throw new AppError('issuer_not_found', { field });
    const { origin, host, username, password } = new URL(address);
    if (username !== '' || password !== '') throw new AppError('issuer_not_found', { field });
    if (!allowed.includes(origin))
      throw new AppError('issuer_endpoint_elsewhere', {
        field: otherOriginsField,
        params: { endpoint: name, host },
      });
  }
}

/**
 * Reads a discovery document.
 * @throws AppError naming the field: `issuer_not_found` (no such document), `issuer_differs` (section 4.3: it speaks for
 *   another), `issuer_endpoint_elsewhere`, `issuer_without_pkce`.
 */
export function readServer(body: unknown, expected: ExpectedServer): AuthorizationServer {
  const parsed = document.safeParse(body);
  if (!parsed.success) throw new AppError('issuer_not_found', { field, cause: parsed.error });
  const metadata = parsed.data;
  // The one slash at the end that some issuers have falls off where an address is typed.
  if (metadata.issuer !== expected.issuer && metadata.issuer !== `${expected.issuer}/`)
    throw new AppError('issuer_differs', { field, params: { issuer: metadata.issuer.slice(0, 200) } });
  assertEndpoints(metadata, expected);
  // Servers that do not list it often have it; one that lists others only has not (RFC 9700 section 2.1.1).
  if (metadata.code_challenge_methods_supported?.includes('S256') === false)
    throw new AppError('issuer_without_pkce', { field });
  return toAuthorizationServer(metadata);
}

function toAuthorizationServer(metadata: Metadata): AuthorizationServer {
  const algorithms = metadata.id_token_signing_alg_values_supported ?? ['RS256'];
  const defined = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(defined),
    issuer: metadata.issuer,
    id_token_signing_alg_values_supported: algorithms.filter((name) => checkable.has(name)),
  };
}

/** A cache on the way hands on the date of its copy, and how old that is in seconds (RFC 9111 section 5.1). */
function readSkew(headers: Headers, now: number): number {
  const age = Number(headers.get('age') ?? '0');
  const skew = findClockSkew(headers.get('date'), now);
  return skew === undefined || Number.isNaN(age) ? 0 : skew + age * 1000;
}

/** @throws AppError of {@link readServer}, `issuer_not_found` for no document at all, and what the network brings. */
export async function fetchServer(
  { http, clock }: Pick<Ports, 'http' | 'clock'>,
  expected: ExpectedServer,
): Promise<OpenIdServer> {
  // Section 4.1. A redirect could lead to a document of anybody's.
  const request = new Request(`${expected.issuer}/.well-known/openid-configuration`, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
  });
  const answer = await readAnswer(await http(request), clock.now());
  if (answer.status === 429 || answer.status >= 500) throw toFailureError(readFailure(answer, []));
  if (answer.status !== 200 || !answer.isJson) throw new AppError('issuer_not_found', { field });
  return {
    metadata: readServer(answer.body, expected),
    clockSkew: readSkew(answer.headers, clock.now()),
  };
}
