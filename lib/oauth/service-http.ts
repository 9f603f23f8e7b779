import { AppError } from '../errors.ts';
import type { Http, Ports } from '../ports.ts';
import type { OidcProvider, UserApiProvider } from '../providers/provider.ts';
import type { Client } from './token-endpoint.ts';

/** Gives up after `ms`. The body of an answer that has begun is not waited for here. @throws AppError `timeout`. */
function limitTime({ http, clock }: Pick<Ports, 'http' | 'clock'>, ms: number): Http {
  return async (request) => {
    const end = new AbortController();
    const late = clock.sleep(ms, end.signal).then(() => {
      throw new AppError('timeout');
    });
    try {
      return await Promise.race([http(request), late]);
    } finally {
      // The one that lost: its refusal is nobody's.
      late.catch(() => undefined);
      end.abort();
    }
  };
}

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
  const http = ms === undefined ? ports.http : limitTime(ports, ms);
  const headers = Object.entries(provider.headers?.({ clientId, settings }) ?? {});
  if (headers.length === 0) return http;
  return (request) => {
    const sent = new Request(request);
    for (const [name, value] of headers) sent.headers.set(name, value);
    return http(sent);
  };
}
