import type { Http, Ports } from '../ports.ts';
import type { OidcProvider, UserApiProvider } from '../providers/provider.ts';
import { limitAnswers } from './limit-answers.ts';
import type { Client } from './token-endpoint.ts';

/** An http with the headers and the patience that a service's record asks for. */
export function createServiceHttp(
  ports: Pick<Ports, 'http' | 'clock'>,
  {
    provider,
    clientId,
    settings,
  }: Pick<Client<OidcProvider | UserApiProvider>, 'provider' | 'clientId' | 'settings'>,
): Http {
  const ms = provider.timeLimit?.(settings);
  const http = ms === undefined ? ports.http : limitAnswers(ports, ms);
  const headers = Object.entries(provider.headers?.({ clientId, settings }) ?? {});
  if (headers.length === 0) return http;
  return (request) => {
    const sent = new Request(request);
    for (const [name, value] of headers) sent.headers.set(name, value);
    return http(sent);
  };
}
