import type { Client } from '../../oauth/token-endpoint.ts';
import type { Provider } from '../../providers/provider.ts';
import { assertBound, bindingOf } from '../binding.ts';
import type { DeviceSteps, Engine, TimedTokens } from './engine.ts';

function bindSteps(steps: DeviceSteps, bind: (tokens: TimedTokens) => TimedTokens): DeviceSteps {
  return {
    begin: (allow) => steps.begin(allow),
    async poll(deviceCode) {
      const answer = await steps.poll(deviceCode);
      return typeof answer === 'string' ? answer : { ...answer, tokens: bind(answer.tokens) };
    },
  };
}

/**
 * The engine with a lock on its door: the tokens that it brings say which server and client they are of, and those of
 * another are not let in.
 * Its methods throw AppError `service_changed` for tokens of another server or client, beside their own.
 */
export function bindEngine<P extends Provider>(engine: Engine<P>): Engine<P> {
  const bind = (client: Client<P>, tokens: TimedTokens) => ({ ...tokens, boundTo: bindingOf(client) });
  return {
    ...engine,
    async signIn(client, request) {
      const signedIn = await engine.signIn(client, request);
      return { ...signedIn, tokens: bind(client, signedIn.tokens) };
    },
    renew(client, held) {
      assertBound(client, held);
      return engine.renew(client, held)?.then((tokens) => bind(client, tokens));
    },
    authorize(client, credentials) {
      assertBound(client, credentials);
      return engine.authorize(client, credentials);
    },
    async revoke(client, credentials) {
      assertBound(client, credentials);
      await engine.revoke(client, credentials);
    },
    ...(engine.device !== undefined && {
      device(client) {
        const steps = engine.device?.(client);
        return steps && bindSteps(steps, (tokens) => bind(client, tokens));
      },
    }),
    ...(engine.endSession !== undefined && {
      async endSession(client, credentials) {
        assertBound(client, credentials);
        await engine.endSession?.(client, credentials);
      },
    }),
    ...(engine.identify !== undefined && {
      async identify(client, credentials) {
        assertBound(client, credentials);
        return engine.identify?.(client, credentials);
      },
    }),
  };
}
