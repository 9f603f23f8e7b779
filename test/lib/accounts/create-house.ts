/** The accounts over a real vault, with a SteemLogin that says yes to everything until a test says otherwise. */
import { type Accounts, createAccounts } from '../../../lib/accounts/accounts.ts';
import { createRegistrations, type Registrations } from '../../../lib/accounts/registrations.ts';
import type { Grant } from '../../../lib/vault/schema.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

export const routes = {
  token: 'POST https://api.steemlogin.com/api/oauth2/token',
  me: 'POST https://api.steemlogin.com/api/me',
  revocation: 'POST https://steemconnect.com/api/oauth2/token/revoke',
} as const;
export const day = 24 * 60 * 60_000;

export interface House {
  readonly ports: FakePorts;
  readonly vault: Vault;
  readonly registrations: Registrations;
  readonly accounts: Accounts;
  /** Who sits before the browser. */
  person: string;
  /** Signs the person in and gives the account's id. */
  signIn(): Promise<string>;
  grant(id: string): Promise<Grant>;
  accessToken(id: string): Promise<string>;
  /** How often the token endpoint was asked. */
  tokenCalls(): number;
  /** Another start of the worker over the same vault, at the same time. */
  startBeside(): Accounts;
}

/** @param secret of the app; an empty text means the token flow. */
export async function createHouse(secret = 'PLANTED-SECRET'): Promise<House> {
  const ports = createFakePorts();
  const vault = createVault(ports);
  const registrations = createRegistrations(ports, vault);
  const accounts = createAccounts(ports, vault, registrations);
  await registrations.save({
    provider: 'steemlogin',
    clientId: 'latchkey.app',
    clientSecret: secret,
    authBase: 'https://steemlogin.com',
    apiBase: 'https://api.steemlogin.com',
  });
  let made = 0;
  const house: House = {
    ports,
    vault,
    registrations,
    accounts,
    person: 'bob',
    signIn: async () => (await accounts.signIn('steemlogin')).account.id,
    async grant(id) {
      const grant = await vault.store.grants.find(id);
      if (grant === undefined) throw new Error('no grant');
      return grant;
    },
    accessToken: async (id) => (await accounts.access(id)).accessToken,
    tokenCalls: () => ports.seen.requests.filter(({ route }) => route === routes.token).length,
    startBeside() {
      const other = createVault(ports);
      return createAccounts(ports, other, createRegistrations(ports, other));
    },
  };
  ports.script.authorize = ({ url, redirectUrl }) => {
    const state = new URL(url).searchParams.get('state') ?? '';
    made += 1;
    const grant =
      secret === '' ? `access_token=PLANTED-ACCESS-${made}&expires_in=604800` : 'code=PLANTED-CODE';
    return Promise.resolve(`${redirectUrl}?${grant}&state=${state}&username=${house.person}`);
  };
  ports.script.http = {
    [routes.token]: () => {
      made += 1;
      return Response.json({
        access_token: `PLANTED-ACCESS-${made}`,
        refresh_token: `PLANTED-REFRESH-${made}`,
        expires_in: 604800,
        username: house.person,
      });
    },
    [routes.me]: () => Response.json({ name: house.person, scope: ['posting'] }),
  };
  return house;
}

/** SteemConnect is the one of its family that really revokes. Gives the account's id. */
export async function signInAtSteemconnect({ accounts, ports, registrations }: House): Promise<string> {
  const base = 'https://steemconnect.com';
  await registrations.save({
    provider: 'steemconnect',
    clientId: 'latchkey.app',
    clientSecret: 'PLANTED-SECRET',
    authBase: base,
    apiBase: base,
  });
  ports.script.http[`POST ${base}/api/oauth2/token`] = () =>
    Response.json({ access_token: 'PLANTED-V2', refresh_token: 'PLANTED-R', expires_in: 604800 });
  ports.script.http[`POST ${base}/api/me`] = () => Response.json({ name: 'bob' });
  return (await accounts.signIn('steemconnect')).account.id;
}

/** The service's plain refusal of a token. */
export const invalidGrant = () =>
  Response.json({ error: 'invalid_grant', error_description: 'The token has invalid role' }, { status: 401 });

/** Everything that lies in the vault, as text; bytes as the characters they would be. */
export async function dump(vault: Vault): Promise<string> {
  const database = await vault.database.get();
  const stores = await Promise.all([...database.objectStoreNames].map((name) => database.getAll(name)));
  return JSON.stringify(stores, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
}
