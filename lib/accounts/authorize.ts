import type { OAuth2Provider } from '../providers/provider.ts';

/** The request with the access token on it, as the service wants to see it (RFC 6750 section 2.1, or its own way). */
export function authorize(provider: OAuth2Provider, request: Request, accessToken: string): Request {
  const authorized = new Request(request);
  authorized.headers.set('authorization', provider.authorization(accessToken));
  return authorized;
}
