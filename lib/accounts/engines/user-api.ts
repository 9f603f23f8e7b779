/** Sign-in at a service's own API: a name and a password, or an id and a secret, for a bearer token. */
import { AppError, toAppError } from '../../errors.ts';
import { callProtectedResource } from '../../oauth/protected-resource.ts';
import { concealSecrets } from '../../lookup/secrets.ts';
import { createServiceHttp } from '../../oauth/service-http.ts';
import type { Client } from '../../oauth/token-endpoint.ts';
import type { Http } from '../../ports.ts';
import type { ApiCall, ApiClient, ApiTokens, UserApiProvider } from '../../providers/provider.ts';
import type { Credentials, Engine, EnginePorts, TimedTokens } from './engine.ts';

type UserApiClient = Client<UserApiProvider>;

/** The passwords among what was typed. */
function readPasswords({ forms }: UserApiProvider, typed: Readonly<Record<string, string>>): string[] {
  const params = forms.flatMap((form) => form.params).filter(({ kind }) => kind === 'password');
  return params.flatMap(({ id }) => typed[id] ?? []);
}

/** The error without what we sent, should the service repeat it: a password may be short. */
function conceal(thrown: unknown, secrets: readonly string[]): AppError {
  const error = toAppError(thrown);
  const { code, params, field, details, retryAfterMs } = error;
  if (details === undefined) return error;
  return new AppError(code, {
    params,
    details: concealSecrets(details, secrets, 1),
    ...(field === undefined ? {} : { field }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** With a time of its own for the renewal, where the service has a rule and the token lives long enough for it. */
function timeTokens({ accessToken, expiresAt }: ApiTokens, client: UserApiClient, now: number): TimedTokens {
  const { renewsBefore = 0 } = client.provider;
  const renewAt = expiresAt - renewsBefore;
  const isLongEnough = renewsBefore > 0 && renewAt - now >= renewsBefore / 2;
  return {
    accessToken,
    refreshToken: undefined,
    expiresAt,
    renewsItself: true,
    ...(isLongEnough ? { renewAt } : {}),
  };
}

export function createUserApiEngine(ports: EnginePorts): Engine<UserApiProvider> {
  const authorize = (client: UserApiClient, credentials: Credentials): Http => {
    const http = createServiceHttp(ports, client);
    return async (request) => {
      const authorized = new Request(request);
      authorized.headers.set('authorization', `Bearer ${credentials.accessToken}`);
      return http(authorized);
    };
  };

  /** Signed out there is no header at all: the service would take `Bearer null` for a token. */
  function createCall(client: UserApiClient, credentials?: Credentials): ApiCall {
    const http =
      credentials === undefined ? createServiceHttp(ports, client) : authorize(client, credentials);
    const secrets = [credentials?.accessToken ?? '', ...Object.values(client.secrets)];
    return async (request) => {
      try {
        return await callProtectedResource({ ...ports, http }, client.provider, request, { secrets });
      } catch (thrown) {
        throw conceal(thrown, secrets);
      }
    };
  }

  const describe = ({ bases, clientId, settings, secrets }: UserApiClient): ApiClient => ({
    ...{ bases, clientId, settings, secrets },
    now: ports.clock.now(),
    randomBytes: ports.randomBytes,
  });

  async function renew(client: UserApiClient, held: Credentials): Promise<TimedTokens> {
    const { provider } = client;
    const call = provider.renewsWith === 'token' ? createCall(client, held) : createCall(client);
    const tokens = await provider.renew(call, describe(client));
    return timeTokens(tokens, client, ports.clock.now());
  }

  return {
    async signIn(client, { isInteractive, typed }) {
      // There is no silent way here: what was typed is not kept.
      if (!isInteractive) throw new AppError('needs_sign_in');
      const { provider } = client;
      try {
        const { subject, tokens } = await provider.signIn(createCall(client), describe(client), typed);
        return { subject, scopes: [], tokens: timeTokens(tokens, client, ports.clock.now()) };
      } catch (thrown) {
        throw conceal(thrown, readPasswords(provider, typed));
      }
    },
    renew,
    authorize,
    check: (client) => client.provider.check(createCall(client), describe(client)),
    async revoke(client, credentials) {
      const call = createCall(client, credentials);
      for (const request of client.provider.buildRevocationRequests(client.bases, client.clientId))
        await call(request);
    },
  };
}
