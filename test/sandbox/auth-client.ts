/** Shorthands for tests of the sign-in services: what an app would do with each. */
import type { AuthService } from './auth/service.ts';
import type { Sandbox } from './index.ts';
import { activeKeyOf, startSandbox } from './index.ts';
import type { RawAnswer } from './request.ts';
import { requestSandbox } from './request.ts';
import { postJson, redirectUri } from './test-client.ts';

export const serviceNames = ['steemconnect', 'steemlogin', 'hivesigner'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** Bob has authorised `some.app` at each service, alice nowhere; both are signed in; one post by alice. */
export async function startAuthSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox();
  for (const chain of [sandbox.steem, sandbox.hive]) {
    chain.addAccount({ name: 'alice' });
    chain.addAccount({ name: 'bob', postingAuths: ['some.app'], profile: { name: 'Bob' } });
    chain.addPost({ author: 'alice', permlink: 'a-post' });
  }
  for (const service of Object.values<AuthService>(sandbox.auth)) {
    service.registerApp({ clientId: 'some.app', secret: 'the secret', redirectUris: [redirectUri] });
    service.signedIn = ['bob', 'alice'];
  }
  return sandbox;
}

export interface Client {
  readonly service: AuthService;
  readonly web: string;
  readonly api: string;
  readonly authorize: (params?: Readonly<Record<string, string>>) => Promise<RawAnswer>;
  /** Sends the consent page's form as this account, with the active key where it is asked for. */
  readonly consent: (account: string, params?: Readonly<Record<string, string>>) => Promise<RawAnswer>;
  readonly exchange: (fields: Readonly<Record<string, string>>) => Promise<RawAnswer>;
  readonly me: (token: string) => Promise<RawAnswer>;
  readonly broadcast: (token: string, operations: unknown) => Promise<RawAnswer>;
  /** A fresh token of this kind, made by the server without any page. */
  readonly issue: (kind: 'access' | 'code' | 'refresh', scope?: readonly string[]) => string;
}

export function createClient(sandbox: Sandbox, name: ServiceName): Client {
  const service = sandbox.auth[name];
  const { webHost, apiHosts } = service.generation;
  const web = `https://${webHost}`;
  const api = `https://${apiHosts[0] ?? webHost}/api`;
  const base = { client_id: 'some.app', redirect_uri: redirectUri };
  return {
    service,
    web,
    api,
    authorize: (params) =>
      requestSandbox(sandbox, `${web}/oauth2/authorize?${new URLSearchParams({ ...base, ...params })}`),
    consent: (account, params) =>
      requestSandbox(sandbox, `${web}/oauth2/authorize`, {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({
          ...base,
          account,
          active_key: activeKeyOf(account),
          ...params,
        }).toString(),
      }),
    exchange: (fields) => postJson(sandbox, `${api}/oauth2/token`, fields),
    me: (token) => requestSandbox(sandbox, `${api}/me`, { headers: { authorization: token } }),
    broadcast: (token, operations) =>
      postJson(sandbox, `${api}/broadcast`, { operations }, { authorization: token }),
    issue: (kind, scope = []) => service.issue({ kind, app: 'some.app', user: 'bob', scope }).text,
  };
}

/** The parameters of a redirect back to the app; throws when it went elsewhere. */
export function readCallback(answer: RawAnswer): URLSearchParams {
  const location = answer.headers.location ?? '';
  if (answer.status !== 302 || !location.startsWith(`${redirectUri}?`))
    throw new Error(`no callback: ${location}`);
  return new URLSearchParams(location.slice(redirectUri.length + 1));
}

/** Keys and values of a service's JSON error. */
export function refusal(error: string, description: string): object {
  return { error, error_description: description };
}

export const invalidRole = refusal('invalid_grant', 'The token has invalid role');
