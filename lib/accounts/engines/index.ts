/** The engines by protocol. */
import type { Client } from '../../oauth/token-endpoint.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Engine, EnginePorts } from './engine.ts';
import { createOAuth1Engine } from './oauth1.ts';
import { createOAuth2Engine } from './oauth2.ts';
import { createOidcEngine } from './oidc.ts';
import { createQrConnectEngine } from './qr-connect.ts';
import { createUserApiEngine } from './user-api.ts';

export type { Credentials, SignedIn, SignInRequest, TimedTokens } from './engine.ts';

/** Gives the engine of a client's protocol. */
export type Engines = (client: Client) => Engine<Provider>;

export function createEngines(ports: EnginePorts): Engines {
  const engines: {
    readonly [Protocol in Provider['protocol']]: Engine<Extract<Provider, { protocol: Protocol }>>;
  } = {
    oauth1: createOAuth1Engine(ports),
    oauth2: createOAuth2Engine(ports),
    oidc: createOidcEngine(ports),
    'qr-connect': createQrConnectEngine(ports),
    'user-api': createUserApiEngine(ports),
  };
  return ({ provider }) => engines[provider.protocol];
}
