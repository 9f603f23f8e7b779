/** What the switches of a server do to the engine's answers. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import type { OidcService } from './service.ts';

type Fields = Record<string, unknown>;

export function alterAnswer(
  service: OidcService,
  { path }: SandboxRequest,
  answer: SandboxAnswer,
): SandboxAnswer {
  const below = path.slice(new URL(service.issuer).pathname.replace(/\/$/, '').length);
  if (answer.headers.location !== undefined) return alterCallback(service, answer);
  if (answer.status !== 200) return answer;
  if (below === '/.well-known/openid-configuration') {
    return alterJson(answer, (document) => service.discovery(describe(service, document)));
  }
  if (below === '/me') return alterJson(answer, (claims) => service.userinfo(claims));
  if (below === '/token') return alterJson(answer, (tokens) => service.tokens(handOut(service, tokens)));
  return answer;
}

/** Authing does not say that its callbacks carry the issuer, so they do not. */
function describe({ settings }: OidcService, document: Fields): Fields {
  if (settings.hasNewerStandards) return document;
  return { ...document, authorization_response_iss_parameter_supported: undefined };
}

function handOut(service: OidcService, tokens: Fields): Fields {
  const { id_token: idToken } = tokens;
  if (typeof idToken !== 'string') return tokens;
  service.rememberIdToken(idToken);
  if (!service.tampersIdTokens) return tokens;
  const [header = '', claims = '', signature = ''] = idToken.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return { ...tokens, id_token: [header, claims, bytes.toString('base64url')].join('.') };
}

function alterCallback(service: OidcService, answer: SandboxAnswer): SandboxAnswer {
  const { location } = answer.headers;
  const [address = '', query] = typeof location === 'string' ? location.split('?', 2) : [];
  if (query === undefined || !service.isRedirectUri(address)) return answer;
  const parameters = new URLSearchParams(query);
  if (!service.settings.hasNewerStandards) parameters.delete('iss');
  const altered = `${address}?${service.callback(parameters)}`;
  return { ...answer, headers: { ...answer.headers, location: altered } };
}

function alterJson(answer: SandboxAnswer, alter: (fields: Fields) => Fields): SandboxAnswer {
  const text = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString('utf8');
  // These endpoints answer 200 with an object only.
  return { ...answer, body: JSON.stringify(alter(JSON.parse(text) as Fields)) };
}
