import { type ExpectedServer, fetchServer, type OpenIdServer } from '../../oauth/openid-server.ts';
import { createServiceHttp } from '../../oauth/service-http.ts';
import type { OidcClient } from '../../oauth/openid-call.ts';
import type { EnginePorts } from './engine.ts';

/** How long what a server told of itself is believed, in ms. */
const freshness = 60 * 60_000;

export interface OidcServers {
  /** What the server of a client tells of itself, from memory where it was asked in the last hour. @throws AppError */
  get(client: OidcClient): Promise<OpenIdServer>;
}

/** The server as the person typed it. */
function readExpected({ provider, bases, settings }: OidcClient): ExpectedServer {
  const others = provider.otherHosts === undefined ? '' : (settings[provider.otherHosts] ?? '');
  return {
    issuer: provider.issuer(bases),
    otherOrigins: others.split(' ').filter((origin) => origin !== ''),
    otherOriginsField: provider.otherHosts,
  };
}

export function createOidcServers(ports: Pick<EnginePorts, 'http' | 'clock'>): OidcServers {
  const known = new Map<string, { readonly server: OpenIdServer; readonly until: number }>();
  return {
    async get(client) {
      const expected = readExpected(client);
      const key = [expected.issuer, ...expected.otherOrigins].join(' ');
      const found = known.get(key);
      if (found !== undefined && found.until > ports.clock.now()) return found.server;
      const server = await fetchServer({ ...ports, http: createServiceHttp(ports, client) }, expected);
      known.set(key, { server, until: ports.clock.now() + freshness });
      return server;
    },
  };
}
