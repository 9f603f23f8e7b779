/** The engines by protocol. */
import type { Client } from '../../oauth/token-endpoint.ts';
import type { Provider } from '../../providers/provider.ts';
import type { Engine, EnginePorts } from './engine.ts';
import { bindEngine } from './bind-engine.ts';
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
    oauth1: bindEngine(createOAuth1Engine(ports)),
    oauth2: bindEngine(createOAuth2Engine(ports)),
    oidc: bindEngine(createOidcEngine(ports)),
    'qr-connect': bindEngine(createQrConnectEngine(ports)),
    'user-api': bindEngine(createUserApiEngine(ports)),
  };
  return ({ provider }) => engines[provider.protocol];
}
