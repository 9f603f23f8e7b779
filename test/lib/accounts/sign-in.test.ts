import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../lib/errors.ts';
import {
  createHouse,
  day,
  dump,
  type House,
  invalidGrant,
  routes,
  signInAtSteemconnect,
} from './create-house.ts';

let house: House;
beforeEach(async () => {
  house = await createHouse();
});

/** What must be true after every walk that failed. */
async function expectNothingKept(): Promise<void> {
  expect(await house.vault.store.accounts.list()).toEqual([]);
  expect(await house.vault.store.grants.list()).toEqual([]);
  expect(await house.vault.store.signIns.list()).toEqual([]);
}

describe('signing in', () => {
  it('keeps who the service says it is, with tokens that are due before their end', async () => {
    const { account, health } = await house.accounts.signIn('steemlogin');
    const now = house.ports.clock.now();
    expect(account).toMatchObject({
      provider: 'steemlogin',
      subject: 'bob',
      name: 'bob',
      defaultFor: ['vote'],
      postWeight: 100,
      commentWeight: 100,
    });
    expect(health).toEqual({ state: 'fresh', until: now + 7 * day });
    expect(house.ports.alarmTimes.get('refresh')).toBe(now + 6 * day);
    expect(house.ports.seen.announced).toContain('accounts');
    expect(await house.accessToken(account.id)).toBe('PLANTED-ACCESS-2');
  });

  it('asks for a code with a secret and for a token without, in front of the person', async () => {
    await house.signIn();
    const [page] = house.ports.seen.signInPages;
    expect(page?.interactive).toBe(true);
    expect(page?.url.searchParams.get('response_type')).toBe('code');
    house = await createHouse('');
    const { health } = await house.accounts.signIn('steemlogin');
    expect(health.state).toBe('ends');
    expect(house.ports.seen.signInPages[0]?.url.searchParams.get('response_type')).toBe('token');
    expect(house.tokenCalls()).toBe(0);
  });

  it('has state and service on disk before the window opens, and sealed', async () => {
    const { authorize } = house.ports.script;
    let pending = '';
    house.ports.script.authorize = async (request) => {
      expect(await house.vault.store.signIns.list()).toMatchObject([{ provider: 'steemlogin' }]);
      pending = await dump(house.vault);
      return authorize(request);
    };
    await house.signIn();
    const state = house.ports.seen.signInPages[0]?.url.searchParams.get('state') ?? '';
    expect(state.length).toBeGreaterThanOrEqual(32);
    expect(pending).not.toContain(state);
    expect(await house.vault.store.signIns.list()).toEqual([]);
  });

  it('BCP 36: leaves no token, secret or code to be read in the vault, the log or the announcements', async () => {
    const id = await house.signIn();
    await house.accounts.refreshNow(id);
    expect(await dump(house.vault)).not.toContain('PLANTED');
    expect(JSON.stringify(house.ports.seen.warnings)).not.toContain('PLANTED');
    expect(JSON.stringify(await house.accounts.list())).not.toContain('PLANTED-');
    // The dump would show it: what is not sealed is there.
    expect(await dump(house.vault)).toContain('latchkey.app');
  });

  it('of the same person again renews the account instead of making another', async () => {
    const id = await house.signIn();
    await house.accounts.update(id, { postWeight: 25, lastVoteAt: 5 });
    expect(await house.signIn()).toBe(id);
    expect(await house.accounts.list()).toHaveLength(1);
    expect((await house.grant(id)).generation).toBe(2);
    expect(await house.accounts.find(id)).toMatchObject({ postWeight: 25, lastVoteAt: 5 });
  });

  it('of another person adds an account, which is no default', async () => {
    await house.signIn();
    house.ports.clock.advance(1000);
    house.person = 'carol';
    await house.signIn();
    const all = await house.accounts.list();
    expect(all.map(({ account }) => [account.name, account.defaultFor])).toEqual([
      ['bob', ['vote']],
      ['carol', []],
    ]);
  });

  it('is possible for a person whose record is damaged', async () => {
    const database = await house.vault.database.get();
    await database.put('accounts', { id: 'damaged', provider: 'steemlogin', subject: 'bob' } as never);
    const id = await house.signIn();
    expect((await house.accounts.list()).map(({ account }) => account.id)).toEqual([id]);
    expect(await database.getAllKeys('accounts')).toEqual([id]);
  });

  it.each(['cancelled', 'page_not_loaded', 'network'] as const)(
    'that ends with %s keeps nothing',
    async (code) => {
      house.ports.script.authorize = () => Promise.reject(new AppError(code));
      await expect(house.signIn()).rejects.toMatchObject({ code });
      await expectNothingKept();
    },
  );

  it.each([
    ['another state', 'code=C&state=forged', 'answer_not_ours'],
    ['no state', 'code=C', 'answer_not_ours'],
    ['an error', 'error=server_error&state=STATE', 'sign_in_refused'],
    ['neither code nor token', 'state=STATE', 'bad_answer'],
    ['another user name than the service tells', 'code=C&state=STATE&username=mallory', 'wrong_person'],
  ])('whose callback has %s keeps nothing', async (_name, query, code) => {
    house.ports.script.authorize = ({ url, redirectUrl }) => {
      const state = new URL(url).searchParams.get('state') ?? '';
      return Promise.resolve(`${redirectUrl}?${query.replace('STATE', state)}`);
    };
    await expect(house.signIn()).rejects.toMatchObject({ code });
    await expectNothingKept();
    if (code === 'answer_not_ours') expect(house.ports.seen.requests).toEqual([]);
  });

  it.each([
    ['the exchange is refused', routes.token, invalidGrant, 'needs_sign_in'],
    ['the exchange answers HTML', routes.token, () => new Response('<html>'), 'bad_answer'],
    ['the service does not say who it is', routes.me, () => Response.json({}), 'bad_answer'],
    ['the look-up of the person is refused', routes.me, invalidGrant, 'needs_sign_in'],
  ])('keeps nothing when %s', async (_name, route, answer, code) => {
    house.ports.script.http[route] = answer;
    await expect(house.signIn()).rejects.toMatchObject({ code });
    await expectNothingKept();
  });

  it('refuses a token that was made for another app', async () => {
    const token = btoa(JSON.stringify({ signed_message: { type: 'posting', app: 'evil.app' } }));
    house.ports.script.http[routes.token] = () => Response.json({ access_token: token, expires_in: 604800 });
    await expect(house.signIn()).rejects.toMatchObject({ code: 'answer_not_ours' });
    await expectNothingKept();
  });

  it('needs a service that is set up, known and allowed', async () => {
    await expect(house.accounts.signIn('hivesigner')).rejects.toMatchObject({ code: 'needs_set_up' });
    await expect(house.accounts.signIn('__proto__')).rejects.toMatchObject({ code: 'bad_input' });
    house.ports.script.mayReach = false;
    await expect(house.signIn()).rejects.toMatchObject({
      code: 'permission_missing',
      params: { host: 'api.steemlogin.com' },
    });
    expect(house.ports.seen.signInPages).toEqual([]);
  });

  it('opens one window at a time, and another once that one is closed', async () => {
    const { promise, reject } = Promise.withResolvers<string>();
    const { authorize } = house.ports.script;
    house.ports.script.authorize = () => promise;
    const first = house.signIn();
    await expect.poll(() => house.ports.seen.signInPages).toHaveLength(1);
    await expect(house.signIn()).rejects.toMatchObject({ code: 'sign_in_running' });
    reject(new AppError('cancelled'));
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    house.ports.script.authorize = authorize;
    await house.signIn();
  });

  it('whose worker died is forgotten at the next start', async () => {
    house.ports.script.authorize = () => new Promise(() => undefined);
    void house.signIn();
    await expect.poll(() => house.vault.store.signIns.list()).toHaveLength(1);
    await house.startBeside().start();
    expect(await house.vault.store.signIns.list()).toEqual([]);
  });
});

describe('renewing an account in front of the person', () => {
  it('refuses another person and leaves the account as it is', async () => {
    const id = await house.signIn();
    const before = await house.grant(id);
    house.person = 'carol';
    await expect(house.accounts.signIn('steemlogin', { renew: id })).rejects.toMatchObject({
      code: 'wrong_person',
      params: { name: 'carol', expected: 'bob' },
    });
    expect(await house.grant(id)).toEqual(before);
    expect(await house.accounts.list()).toHaveLength(1);
  });

  it('refuses an account that is not there or belongs to another service', async () => {
    const id = await house.signIn();
    await expect(house.accounts.signIn('steemlogin', { renew: 'nobody' })).rejects.toMatchObject({
      code: 'unknown_account',
    });
    await house.registrations.save({
      provider: 'hivesigner',
      clientId: 'latchkey.app',
      authBase: 'https://hivesigner.com',
      apiBase: 'https://hivesigner.com',
    });
    await expect(house.accounts.signIn('hivesigner', { renew: id })).rejects.toMatchObject({
      code: 'bad_input',
      field: 'account',
    });
    expect(house.ports.seen.signInPages).toHaveLength(1);
  });
});

describe('signing out', () => {
  it('says where the right is really taken away, and keeps nothing', async () => {
    const id = await house.signIn();
    expect(await house.accounts.signOut(id)).toEqual({
      revoked: false,
      revokePage: 'https://steemlogin.com/revoke/latchkey.app',
    });
    expect(await house.vault.store.accounts.list()).toEqual([]);
    expect(await house.vault.store.grants.list()).toEqual([]);
    expect(house.ports.alarmTimes.size).toBe(0);
    await expect(house.accounts.access(id)).rejects.toMatchObject({ code: 'unknown_account' });
    await expect(house.accounts.signOut(id)).rejects.toMatchObject({ code: 'unknown_account' });
  });

  it('revokes where that works', async () => {
    const id = await signInAtSteemconnect(house);
    house.ports.script.http[routes.revocation] = () => Response.json({ success: true });
    expect(await house.accounts.signOut(id)).toEqual({ revoked: true, revokePage: undefined });
    const request = house.ports.seen.requests.find(({ route }) => route === routes.revocation);
    expect(request?.headers.get('authorization')).toBe('PLANTED-V2');
  });

  it.each([
    ['fails', () => new Response('<html>', { status: 502 })],
    ['is refused', invalidGrant],
    ['can’t be reached', () => Promise.reject(new AppError('network'))],
  ])('deletes here whatever the service says, and says where to go when it %s', async (_name, answer) => {
    const id = await signInAtSteemconnect(house);
    house.ports.script.http[routes.revocation] = answer;
    expect(await house.accounts.signOut(id)).toEqual({
      revoked: false,
      revokePage: 'https://steemconnect.com/revoke/@latchkey.app',
    });
    expect(await house.accounts.list()).toEqual([]);
    expect(await house.vault.store.grants.list()).toEqual([]);
  });
});
