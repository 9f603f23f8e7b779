import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type SandboxApp, startSandboxApp } from '../../headless/sandbox-app.ts';
import { seededPassword, seededPeople, seededPool, seededReaders } from '../../sandbox/authing/seed.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
let house: SandboxApp;
beforeEach(async () => {
  house = await startSandboxApp();
});
afterEach(() => house.close());

type Brand = 'authing' | 'approw';
type Fields = Record<string, string>;

/** Fills the region of the service in, with the pool's secret too. */
async function setUp(brand: Brand = 'authing', settings: Fields = {}) {
  const { appHost } = house.sandbox[brand].brand;
  const { appId, userPoolId, secret } = seededPool;
  await house.app.invoke('services.save', {
    provider: brand,
    clientId: appId,
    authBase: appHost,
    apiBase: '',
    settings: { poolId: userPoolId, poolSecret: secret, ...settings },
  });
}

async function signIn(typed: Fields = {}, brand: Brand = 'authing') {
  const fields = { form: 'sign-in', method: 'username', login: 'bob', password: seededPassword, ...typed };
  const { account } = await house.app.invoke('accounts.sign-in', {
    provider: `${brand}-user`,
    typed: fields,
  });
  return account;
}

async function connectPool(brand: Brand = 'authing') {
  const typed = { form: 'connect' };
  return (await house.app.invoke('accounts.sign-in', { provider: `${brand}-pool`, typed })).account;
}

const lookUp = (account: string, lookup: string, params: Fields = {}, next?: string) =>
  house.app.invoke('lookup.run', { account, lookup, params, next });

const refused = (code: string, field?: string) =>
  expect.objectContaining({
    refusal: expect.objectContaining(field === undefined ? { code } : { code, field }) as unknown,
  }) as unknown;

/** Rings the alarm at its time, as a browser does. */
async function live(ms: number): Promise<void> {
  for (const end = house.clock.now() + ms; ;) {
    const next = house.ports.alarmTimes.get('refresh') ?? Infinity;
    house.clock.advance(Math.max(0, Math.min(next, end) - house.clock.now()));
    if (next > end) return;
    house.ports.alarmTimes.delete('refresh');
    await house.app.onAlarm('refresh');
  }
}

describe.each(['authing', 'approw'] as const)('a person of %s', (brand) => {
  it.each([
    ['username', 'bob'],
    ['email', seededPeople.bob.email],
    ['phone', '+48 123 456 789'],
  ])('signs in by %s, in the headers of the family', async (method, login) => {
    await setUp(brand);
    const account = await signIn({ method, login }, brand);
    expect(account).toMatchObject({ name: 'bob', health: { state: 'fresh' } });
    const [request] = house.sandbox.requests.find({ path: '/graphql/v2' });
    expect(request?.headers).toMatchObject({
      [`x-${brand}-app-id`]: seededPool.appId,
      [`x-${brand}-userpool-id`]: seededPool.userPoolId,
      [`x-${brand}-lang`]: 'en-US',
    });
    expect(request?.headers).not.toHaveProperty('authorization');
    const page = await lookUp(account.id, 'me');
    expect(page.rows).toMatchObject([{ username: 'bob', nickname: 'Bob 🐝', email: 'bob@bees.example' }]);
  });
});

describe('a sign-in with a password', () => {
  it.each([
    [{ password: 'wrong horse' }, 'wrong_password', 'password'],
    [{ login: 'nobody' }, 'person_not_found', 'login'],
    [{ login: 'lea' }, 'person_locked', 'login'],
    [{ login: 'carl' }, 'captcha_needed', 'login'],
    [{ login: 'mia' }, 'second_factor_needed', undefined],
    [{ login: 'sol' }, 'no_password', 'password'],
    [{ login: '  ' }, 'empty', 'login'],
    [{ password: '' }, 'empty', 'password'],
    [{ method: 'email', login: 'bob' }, 'bad_email', 'login'],
    [{ method: 'phone', login: 'bob' }, 'bad_phone', 'login'],
    [{ password: 'p'.repeat(118) }, 'password_too_long', 'password'],
    [{ form: 'sign-up' }, 'already_taken', 'login'],
    [{ form: 'sign-up', login: 'eve', password: 'short' }, 'password_too_short', 'password'],
  ])('%o is refused: %s at %s', async (typed, code, field) => {
    await setUp();
    await expect(signIn(typed)).rejects.toEqual(refused(code, field));
    expect((await house.app.invoke('accounts.list', {})).accounts).toEqual([]);
  });

  it('reads the codes of newer servers and of those that send JSON inside texts', async () => {
    await setUp();
    for (const form of ['json', 'api-code'] as const) {
      house.sandbox.authing.errorForm = form;
      await expect(signIn({ password: 'wrong horse' })).rejects.toEqual(
        refused('wrong_password', 'password'),
      );
    }
  });

  it('makes a new person and signs in as them', async () => {
    await setUp();
    const account = await signIn({ form: 'sign-up', login: 'eve', password: 'long enough' });
    expect(account.name).toBe('eve');
    expect((await lookUp(account.id, 'me')).rows).toMatchObject([{ username: 'eve' }]);
    house.sandbox.authing.registrationDisabled = true;
    await expect(signIn({ form: 'sign-up', login: 'eva' })).rejects.toEqual(refused('sign_up_closed'));
  });

  it('says which key is wrong, and takes a pasted one', async () => {
    await setUp('authing', { passwordKey: 'built-in' });
    await expect(signIn()).rejects.toEqual(refused('password_key_refused', 'publicKey'));
    await expect(setUp('authing', { publicKey: 'no key' })).rejects.toEqual(
      refused('bad_public_key', 'publicKey'),
    );
    await setUp('authing', {
      passwordKey: 'built-in',
      publicKey: house.sandbox.authing.passwordKey.publicKey,
    });
    expect((await signIn()).name).toBe('bob');
  });

  it('is asked for again in Options, since the password is kept nowhere', async () => {
    await setUp();
    const { id } = await signIn();
    await expect(
      house.app.invoke('accounts.sign-in', { provider: 'authing-user', account: id }),
    ).rejects.toEqual(refused('password_needed'));
    // The same person once more is the same account.
    expect((await signIn()).id).toBe(id);
  });

  it('is ended at the service when the person signs out', async () => {
    await setUp();
    const { id } = await signIn();
    expect(house.sandbox.authing.validUserTokens('bob')).toHaveLength(1);
    expect(await house.app.invoke('accounts.sign-out', { account: id })).toEqual({ revoked: true });
    expect(house.sandbox.authing.validUserTokens('bob')).toEqual([]);
  });

  it('lasts for months, each token renewed with itself before its 15 days are over', async () => {
    await setUp();
    const { id } = await signIn();
    await live(60 * day);
    expect((await lookUp(id, 'me')).rows).toMatchObject([{ username: 'bob' }]);
    expect(
      house.sandbox.requests.count({ where: ({ body }) => body.includes('mutation refreshToken') }),
    ).toBe(4);
  });

  it('needs the person once the token is good no more', async () => {
    await setUp();
    const { id } = await signIn();
    for (const token of house.sandbox.authing.validUserTokens()) house.sandbox.authing.expire(token);
    await expect(lookUp(id, 'me')).rejects.toEqual(refused('needs_sign_in'));
    expect((await house.app.invoke('accounts.list', {})).accounts).toMatchObject([
      { health: { state: 'needs_sign_in' } },
    ]);
  });
});

describe('a server without OpenID Connect', () => {
  const gone = { how: { kind: 'status', status: 404, body: 'Not Found' }, times: Infinity } as const;

  it('is taken for its older API, and used by it', async () => {
    house.sandbox.misbehave({ ...gone, path: '/oidc' });
    await setUp();
    expect((await signIn()).name).toBe('bob');
  });

  it('is refused where the older API is not there either', async () => {
    house.sandbox.misbehave({ ...gone, path: '/' });
    await expect(setUp()).rejects.toEqual(refused('issuer_not_found', 'authBase'));
  });
});

it('waits no longer than the person set', async () => {
  await setUp('authing', { timeLimit: '1' });
  const held = house.sandbox.misbehave({ path: '/graphql/v2', how: { kind: 'hold' } });
  await expect(signIn()).rejects.toEqual(refused('timeout'));
  held.release();
});

describe('what a person changes of themselves', () => {
  it('is only what was filled in', async () => {
    await setUp();
    const { id } = await signIn();
    const page = await lookUp(id, 'update-profile', { nickname: 'Robert', city: ' Łódź ' });
    expect(page.rows).toMatchObject([{ nickname: 'Robert', city: 'Łódź', company: 'Bees' }]);
    const [sent] = house.sandbox.requests.find({ where: ({ body }) => body.includes('mutation updateUser') });
    expect((JSON.parse(sent?.body ?? '') as { variables: unknown }).variables).toEqual({
      id: seededPeople.bob.id,
      input: { nickname: 'Robert', city: 'Łódź' },
    });
    await expect(lookUp(id, 'update-profile', { nickname: ' ' })).rejects.toEqual(
      refused('nothing_to_change', 'nickname'),
    );
  });

  it('is the password, once the present one is right', async () => {
    await setUp();
    const { id } = await signIn();
    const change = (oldPassword: string, password: string) =>
      lookUp(id, 'change-password', { oldPassword, password });
    await expect(change('wrong horse', 'battery staple')).rejects.toEqual(
      refused('wrong_password', 'oldPassword'),
    );
    await expect(change(seededPassword, 'five5')).rejects.toEqual(refused('password_too_short', 'password'));
    await change(seededPassword, 'battery staple');
    await expect(signIn()).rejects.toEqual(refused('wrong_password', 'password'));
    expect((await signIn({ password: 'battery staple' })).id).toBe(id);
  });

  it('can be asked: is the sign-in still good?', async () => {
    await setUp();
    const { id } = await signIn();
    const [row] = (await lookUp(id, 'login-status')).rows;
    expect(row).toMatchObject({ isSignedIn: '✓' });
    expect(Number(row?.['expiresAt']) - Number(row?.['issuedAt'])).toBe(15 * day);
  });
});

describe('a user pool', () => {
  /** All pages of a look-up. */
  async function readAll(account: string, lookup: string, params: Fields = {}) {
    const sizes: number[] = [];
    for (let next: string | undefined; ;) {
      const page = await lookUp(account, lookup, params, next);
      sizes.push(page.rows.length);
      if (page.next === undefined) return sizes;
      next = page.next;
    }
  }

  it('is known by its name, and its token is renewed an hour before the end', async () => {
    await setUp();
    const account = await connectPool();
    expect(account).toMatchObject({ name: 'Bees', service: 'Authing user pool', health: { state: 'fresh' } });
    const asked = () =>
      house.sandbox.requests.count({ where: ({ body }) => body.includes('query accessToken') });
    await lookUp(account.id, 'users');
    expect(asked()).toBe(1);
    await live(0.9 * hour);
    expect(asked()).toBe(1);
    await live(0.2 * hour);
    expect(asked()).toBe(2);
  });

  it.each([
    [{ poolId: '' }, 'empty', 'poolId'],
    [{ poolSecret: '' }, 'empty', 'poolSecret'],
    [{ poolId: '5f9d0cef60d09ff5a4c87cff' }, 'user_pool_refused', 'poolId'],
    [{ poolSecret: 'wrong' }, 'user_pool_refused', 'poolSecret'],
  ])('%o is refused: %s at %s', async (settings, code, field) => {
    await setUp('authing', settings);
    await expect(connectPool()).rejects.toEqual(refused(code, field));
  });

  it('lists, searches and finds people, page by page, and nobody is an empty table', async () => {
    await setUp('approw');
    const { id } = await connectPool('approw');
    const all = Object.keys(seededPeople).length + seededReaders;
    expect(await readAll(id, 'users')).toEqual([20, all - 20]);
    expect(await readAll(id, 'search-users', { query: 'reader' })).toEqual([20, seededReaders - 20]);
    expect((await lookUp(id, 'search-users', { query: '读者' })).rows).toHaveLength(5);
    expect((await lookUp(id, 'search-users', { query: 'nobody at all' })).rows).toEqual([]);
    for (const [by, value] of [
      ['username', 'bob'],
      ['id', seededPeople.bob.id],
      ['email', seededPeople.bob.email],
      ['phone', seededPeople.bob.phone],
    ] as const)
      expect((await lookUp(id, 'find-user', { by, value })).rows).toMatchObject([{ username: 'bob' }]);
    expect((await lookUp(id, 'find-user', { by: 'username', value: 'nobody' })).rows).toEqual([]);
    expect((await lookUp(id, 'find-user', { by: 'id', value: 'nobody' })).rows).toEqual([]);
  });

  it('takes in a person, changes, blocks, unblocks and deletes them', async () => {
    await setUp();
    const { id } = await connectPool();
    const [made] = (
      await lookUp(id, 'create-user', { username: 'eve', email: 'eve@bees.example', password: 'long enough' })
    ).rows;
    const user = String(made?.['id']);
    expect((await signIn({ login: 'eve', password: 'long enough' })).name).toBe('eve');
    expect((await lookUp(id, 'update-user', { id: user, company: 'Hive' })).rows).toMatchObject([
      { company: 'Hive', email: 'eve@bees.example' },
    ]);
    expect((await lookUp(id, 'block-user', { id: user })).rows).toMatchObject([{ blocked: '✓' }]);
    await expect(signIn({ login: 'eve', password: 'long enough' })).rejects.toEqual(refused('person_locked'));
    expect((await lookUp(id, 'unblock-user', { id: user })).rows[0]).not.toHaveProperty('blocked');
    await lookUp(id, 'delete-user', { id: user });
    expect((await lookUp(id, 'find-user', { by: 'id', value: user })).rows).toEqual([]);
  });

  it.each([
    ['create-user', { nickname: 'Eve' }, 'empty', 'username'],
    ['create-user', { username: 'bob' }, 'already_taken', undefined],
    ['create-user', { email: 'eve' }, 'bad_email', 'email'],
    ['create-user', { username: 'eve', password: 'short' }, 'password_too_short', 'password'],
    ['update-user', { id: seededPeople.bob.id }, 'nothing_to_change', 'username'],
    ['update-user', { id: seededPeople.bob.id, username: 'alice' }, 'already_taken', 'username'],
    ['update-user', { id: 'nobody', company: 'Hive' }, 'person_not_found', undefined],
    ['delete-user', { id: 'nobody' }, 'person_not_found', undefined],
  ] as const)('%s with %o is refused: %s at %s', async (lookup, params, code, field) => {
    await setUp();
    const { id } = await connectPool();
    await expect(lookUp(id, lookup, params)).rejects.toEqual(refused(code, field));
  });

  it('tells roles and groups', async () => {
    await setUp();
    const { id } = await connectPool();
    const { bob, alice } = seededPeople;
    expect((await lookUp(id, 'user-roles', { id: bob.id })).rows).toMatchObject([{ code: 'editor' }]);
    expect((await lookUp(id, 'user-groups', { id: bob.id })).rows).toMatchObject([{ labelName: 'Board' }]);
    expect((await lookUp(id, 'user-roles', { id: alice.id })).rows).toEqual([]);
    expect((await lookUp(id, 'groups')).rows).toHaveLength(2);
  });
});

describe('a token', () => {
  it('BCP 29: is never shown to another host, app or pool than its own', async () => {
    await setUp();
    const person = await signIn();
    const pool = await connectPool();
    const other = house.sandbox.approw.brand.appHost;
    const { appId: clientId } = seededPool;
    await house.app.invoke('services.save', { provider: 'authing', clientId, authBase: other, apiBase: '' });
    house.sandbox.requests.clear();
    await expect(lookUp(person.id, 'me')).rejects.toEqual(refused('service_changed'));
    await expect(lookUp(pool.id, 'users')).rejects.toEqual(refused('service_changed'));
    await house.app.invoke('accounts.sign-out', { account: person.id });
    expect(house.sandbox.requests.count({ where: ({ headers }) => 'authorization' in headers })).toBe(0);
  });

  it('of a pool is renewed with its secret alone, after the service refused it too', async () => {
    await setUp();
    const { id } = await connectPool();
    const { authing, requests } = house.sandbox;
    for (const token of authing.validAdministratorTokens()) authing.revoke(token);
    requests.clear();
    expect((await lookUp(id, 'groups')).rows).toHaveLength(2);
    const [renewal] = requests.find({ where: ({ body }) => body.includes('query accessToken') });
    expect(renewal?.headers).not.toHaveProperty('authorization');
  });
});

describe('what is asked for', () => {
  it('has no password hash, no pool secret and no token but that of the sign-in', async () => {
    await setUp();
    const person = await signIn();
    const pool = await connectPool();
    const { selectedFields } = house.sandbox.authing;
    const secret = ['User.password', 'User.oauth', 'User.openid', 'User.unionid', 'User.lastIP'];
    const poolSecrets = ['UserPool.secret', 'UserPool.jwtSecret'];
    expect([...selectedFields]).toContain('User.token');
    selectedFields.clear();
    await lookUp(person.id, 'me');
    await lookUp(person.id, 'update-profile', { nickname: 'Robert' });
    await lookUp(person.id, 'change-password', { oldPassword: seededPassword, password: 'battery staple' });
    const { id: user } = seededPeople.alice;
    await lookUp(pool.id, 'users');
    await lookUp(pool.id, 'search-users', { query: 'bob' });
    await lookUp(pool.id, 'find-user', { by: 'username', value: 'bob' });
    await lookUp(pool.id, 'create-user', { username: 'eve', password: 'long enough' });
    for (const lookup of ['block-user', 'unblock-user', 'user-roles', 'user-groups', 'delete-user'])
      await lookUp(pool.id, lookup, { id: user });
    expect([...selectedFields]).toEqual(expect.arrayContaining(['User.username', 'Role.code', 'Group.code']));
    for (const name of [...secret, ...poolSecrets, 'User.token', 'User.tokenExpiredAt'])
      expect([...selectedFields]).not.toContain(name);
  });

  it('is on show: every field of a person that is asked for has its column', async () => {
    await setUp();
    const { id } = await connectPool();
    house.sandbox.authing.selectedFields.clear();
    for (const [lookup, params] of [
      ['users', {}],
      ['find-user', { by: 'username', value: 'bob' }],
    ] as const) {
      const { columns } = await lookUp(id, lookup, params);
      const shown = columns.map((column) => `User.${column.id}`).sort();
      const asked = [...house.sandbox.authing.selectedFields].filter((name) => name.startsWith('User.'));
      expect(asked.sort()).toEqual(shown);
      house.sandbox.authing.selectedFields.clear();
    }
  });
});

it('keeps neither password nor pool secret anywhere in the clear, nor tells them', async () => {
  await setUp();
  const told: unknown[] = [await signIn(), await connectPool()];
  told.push(await signIn({ password: 'wrong horse' }).catch((failure: unknown) => failure));
  told.push(await house.app.invoke('services.list', {}), await house.app.invoke('journal.list', {}));
  const bodies = house.sandbox.requests.all.map(({ body }) => body).join('\n');
  expect(bodies).not.toContain(seededPassword);
  expect(bodies).not.toContain('wrong horse');
  const text = JSON.stringify(told) + house.ports.seen.warnings.join();
  for (const secret of [seededPassword, 'wrong horse', seededPool.secret]) expect(text).not.toContain(secret);
});
