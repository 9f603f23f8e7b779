/** Accounts of OpenID Connect servers, over strict servers that are not ours. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxApp, signInToOidc, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededOidcClients } from '../../sandbox/oidc/seed.ts';

let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

const health = async (account: string) => {
  const { accounts } = await house.app.invoke('accounts.list', {});
  return accounts.find(({ id }) => id === account)?.health.state;
};
const readUserinfo = async (account: string) => {
  const ask = { account, lookup: 'userinfo', params: {} };
  const { rows } = await house.app.invoke('lookup.run', ask);
  return Object.fromEntries(rows.map(({ claim, value }) => [String(claim), value]));
};

describe('signing in at an OpenID Connect server', () => {
  it('keeps the person that the server named, with tokens that renew themselves', async () => {
    const id = await signInToOidc(house);
    const { accounts } = await house.app.invoke('accounts.list', {});
    expect(accounts).toMatchObject([
      { id, provider: 'oidc', service: 'OpenID Connect', name: 'bob', health: { state: 'fresh' } },
    ]);
    expect(accounts[0]?.scopes).toContain('offline_access');
    expect(await readUserinfo(id)).toMatchObject({
      sub: '5f9d0cef60d09ff5a4c87c06',
      email: 'bob@bees.example',
    });
  });

  it('renews, and the token of before is of no more use', async () => {
    const id = await signInToOidc(house);
    const before = house.sandbox.oidc.validRefreshTokens('bob');
    await house.app.invoke('accounts.refresh', { account: id });
    expect(house.sandbox.oidc.validRefreshTokens('bob')).not.toEqual(before);
    expect(await health(id)).toBe('fresh');
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
  });

  it.each(['pushed', 'bound'] as const)('works with the client that is %s', async (kind) => {
    const id = await signInToOidc(house, seededOidcClients[kind]);
    await house.app.invoke('accounts.refresh', { account: id });
    expect(await readUserinfo(id)).toMatchObject({ nickname: 'Bob' });
  });
});
