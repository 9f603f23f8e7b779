import { createHmac } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { seededPassword, seededPeople, seededPool, seedAuthing } from './authing/seed.ts';
import { createAuthingClient, someUserFields } from './authing/test-client.ts';
import type { AuthingService, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { jsonAnswer } from './messages.ts';
import { createOidcClient, redirectUri } from './oidc/test-client.ts';

let sandbox: Sandbox | undefined;
let service: AuthingService;
let app: ReturnType<typeof createAuthingClient>;
beforeEach(async () => {
  await sandbox?.close();
  sandbox = await startSandbox();
  service = sandbox.authing;
  seedAuthing(service, { redirectUris: [redirectUri] });
  app = createAuthingClient(sandbox, service);
});
afterAll(() => sandbox?.close());

const moveTime = (seconds: number): void => {
  if (sandbox !== undefined) sandbox.clockOffsetMs += seconds * 1000;
};
const me = 'query user { user { id username email } }';

describe('signing in with a password', () => {
  test('gives the person and a token of 15 days, signed with the secret of the application', async () => {
    const { status, data } = await app.logIn('bob');
    expect(status).toBe(200);
    expect(data.loginByUsername).toMatchObject({
      id: seededPeople.bob.id,
      arn: `arn:cn:authing:${seededPool.userPoolId}:user:${seededPeople.bob.id}`,
      loginsCount: 1,
      nickname: 'Bob 🐝',
    });
    const [token = ''] = service.validUserTokens('bob');
    const [header = '', payload = '', signature] = token.split('.');
    const signed = createHmac('sha256', seededPool.appSecret).update(`${header}.${payload}`);
    expect(signature).toBe(signed.digest('base64url'));
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    expect(Number(claims.exp) - Number(claims.iat)).toBe(1_296_000);
    expect(claims).not.toHaveProperty('sub');
    expect(claims.data).toMatchObject({ id: seededPeople.bob.id, email: 'bob@bees.example' });
  });

  test.each([
    ['Email', 'email', 'bob@bees.example'],
    ['PhonePassword', 'phone', '+48123456789'],
  ])('works by %s too', async (name, field, value) => {
    const query = `mutation x($input: LoginBy${name}Input!) { loginBy${name}(input: $input) { username } }`;
    const input = { [field]: value, password: await app.encrypt(seededPassword) };
    expect((await app.ask(query, { input })).data).toEqual({ [`loginBy${name}`]: { username: 'bob' } });
  });

  test.each([
    ['nobody', 2004],
    ['lea', 2005],
    ['carl', 2000],
    ['sol', 2027],
    ['mia', 1635],
  ])('refuses %s with %i', async (username, code) => {
    const answer = await app.logIn(username);
    expect(answer).toMatchObject({ status: 200, code, data: { loginByUsername: null } });
    expect(answer.errors[0]).toMatchObject({
      path: ['loginByUsername'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
  });

  test('refuses a wrong password with 2006, and an e-mail address that is none with 2003', async () => {
    expect((await app.logIn('bob', 'wrong horse')).code).toBe(2006);
    const query = 'mutation x($input: LoginByEmailInput!) { loginByEmail(input: $input) { id } }';
    const input = { email: 'bob', password: await app.encrypt(seededPassword) };
    expect((await app.ask(query, { input })).code).toBe(2003);
  });

  test('takes the text of the picture where it is asked for', async () => {
    expect((await app.logIn('carl', seededPassword, { captchaCode: 'nope' })).code).toBe(2001);
    expect((await app.logIn('carl', seededPassword, { captchaCode: 'x7kd' })).code).toBeUndefined();
  });

  test('gives a token for the second factor with 1635', async () => {
    const [error] = (await app.logIn('mia')).errors;
    expect(error).toMatchObject({ message: { data: { mfaToken: expect.any(String) as string } } });
  });

  test('registers a new person where the app says so', async () => {
    const answer = await app.logIn('newcomer', 'hunter22', { autoRegister: true });
    expect(answer.data.loginByUsername).toMatchObject({ username: 'newcomer' });
    expect((await app.logIn('newcomer', 'hunter22')).code).toBeUndefined();
  });

  test('cannot read a password that was not encrypted with its key, in its padding and base64', async () => {
    const login = 'mutation x($input: LoginByUsernameInput!) { loginByUsername(input: $input) { id } }';
    const good = await app.encrypt(seededPassword);
    const bad = [seededPassword, btoa(seededPassword), `${good}\n`, btoa('x'.repeat(128)), good.slice(4)];
    for (const password of bad) {
      expect((await app.ask(login, { input: { username: 'bob', password } })).code).toBe(2016);
    }
  });
});

describe('signing up', () => {
  const register =
    'mutation x($input: RegisterByUsernameInput!) { registerByUsername(input: $input) { username token nickname } }';
  const signUp = async (username: string, password: string, further: object = {}) =>
    app.ask(register, { input: { username, password: await app.encrypt(password), ...further } });

  test('makes a person, with a token only when it is asked for', async () => {
    expect((await signUp('newcomer', 'hunter22', { profile: { nickname: 'New' } })).data).toEqual({
      registerByUsername: { username: 'newcomer', token: null, nickname: 'New' },
    });
    const { data } = await signUp('second', 'hunter22', { forceLogin: true });
    expect(data.registerByUsername).toMatchObject({ token: expect.any(String) as string });
    expect((await app.logIn('newcomer', 'hunter22')).code).toBeUndefined();
  });

  test('refuses a name that is taken, a short password, a bad address, and when it is off', async () => {
    expect((await signUp('bob', 'hunter22')).code).toBe(2026);
    expect((await signUp('newcomer', 'short')).code).toBe(2029);
    const byEmail = 'mutation x($input: RegisterByEmailInput!) { registerByEmail(input: $input) { id } }';
    const password = await app.encrypt('hunter22');
    expect((await app.ask(byEmail, { input: { email: 'x', password } })).code).toBe(2003);
    expect((await app.ask(byEmail, { input: { email: 'x@bees.example', password } })).code).toBeUndefined();
    service.registrationDisabled = true;
    expect((await signUp('newcomer', 'hunter22')).code).toBe(2031);
  });
});

describe('a signed-in person', () => {
  test('is known by the token, until it ends, is taken back or signed out', async () => {
    const token = await app.takeToken('bob');
    expect((await app.askAs(token, me)).data).toEqual({
      user: { id: seededPeople.bob.id, username: 'bob', email: 'bob@bees.example' },
    });
    expect((await app.ask(me)).code).toBe(2020);
    for (const bad of ['null', 'undefined', `${token}x`]) {
      expect((await app.askAs(bad, me)).code).toBe(2207);
    }
    moveTime(1_295_990);
    expect((await app.askAs(token, me)).code).toBeUndefined();
    moveTime(10);
    expect((await app.askAs(token, me)).code).toBe(2206);
    const next = await app.takeToken('bob');
    service.revoke(next);
    expect((await app.askAs(next, me)).code).toBe(2207);
    const last = await app.takeToken('bob');
    service.expire(last);
    expect((await app.askAs(last, me)).code).toBe(2206);
    expect(service.validUserTokens()).toEqual([]);
  });

  test('gets a new token only while the old one is good', async () => {
    const renew = 'mutation refreshToken($id: String) { refreshToken(id: $id) { token iat exp } }';
    const token = await app.takeToken('bob');
    moveTime(1_000_000);
    const { refreshToken } = (await app.askAs(token, renew)).data;
    const { token: next, exp, iat } = refreshToken as { token: string; exp: number; iat: number };
    expect(exp - iat).toBe(1_296_000);
    moveTime(300_000);
    expect((await app.askAs(token, renew)).code).toBe(2206);
    expect((await app.askAs(next, renew)).code).toBeUndefined();
    const { id } = seededPeople.alice;
    expect((await app.askAs(next, renew, { id })).code).toBe(1001);
  });

  test('is asked about by checkLoginStatus', async () => {
    const query =
      'query checkLoginStatus($token: String) { checkLoginStatus(token: $token) { code message status exp iat data { id userPoolId arn } } }';
    const token = await app.takeToken('bob');
    expect((await app.ask(query, { token })).data.checkLoginStatus).toMatchObject({
      code: 200,
      status: true,
      data: { id: seededPeople.bob.id, userPoolId: seededPool.userPoolId },
    });
    expect((await app.askAs(token, query)).data.checkLoginStatus).toMatchObject({ status: true });
    service.expire(token);
    expect((await app.ask(query, { token })).data.checkLoginStatus).toMatchObject({
      code: 2206,
      status: false,
    });
    expect((await app.ask(query, { token: 'x' })).data.checkLoginStatus).toMatchObject({ code: 2207 });
  });

  test('changes the profile, but not e-mail, phone, rights or somebody else', async () => {
    const token = await app.takeToken('bob');
    const update = `mutation updateUser($id: String, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { ${someUserFields} } }`;
    const change = (input: object, id?: string) =>
      app.askAs(token, update, { input, ...(id !== undefined && { id }) });
    expect((await change({ nickname: 'Bobby', username: 'bobby' })).data.updateUser).toMatchObject({
      nickname: 'Bobby',
      username: 'bobby',
    });
    expect((await change({ email: 'x@bees.example' })).code).toBe(2225);
    expect((await change({ phone: '+48' })).code).toBe(2226);
    expect((await change({ blocked: false })).code).toBe(2018);
    expect((await change({ username: 'alice' })).code).toBe(2034);
    expect((await change({ nickname: 'x' }, seededPeople.alice.id)).code).toBe(2202);
  });

  test('changes the password with the old one', async () => {
    const token = await app.takeToken('bob');
    const update =
      'mutation updatePassword($newPassword: String!, $oldPassword: String) { updatePassword(newPassword: $newPassword, oldPassword: $oldPassword) { id } }';
    const newPassword = await app.encrypt('battery staple');
    expect((await app.askAs(token, update, { newPassword })).code).toBe(2201);
    const wrong = await app.encrypt('wrong horse');
    expect((await app.askAs(token, update, { newPassword, oldPassword: wrong })).code).toBe(2203);
    const oldPassword = await app.encrypt(seededPassword);
    const short = await app.encrypt('short');
    expect((await app.askAs(token, update, { newPassword: short, oldPassword })).code).toBe(2029);
    expect((await app.askAs(token, update, { newPassword, oldPassword })).code).toBeUndefined();
    expect((await app.logIn('bob')).code).toBe(2006);
    expect((await app.logIn('bob', 'battery staple')).code).toBeUndefined();
  });

  test('may be somebody who signed in by OpenID Connect, by the ID token alone', async () => {
    if (sandbox === undefined) throw new Error('no sandbox');
    const { idToken, access } = await createOidcClient(sandbox, service.oidc).signIn('bob');
    expect((await app.askAs(idToken, me)).data.user).toMatchObject({ username: 'bob' });
    expect((await app.askAs(access, me)).code).toBe(2207);
    service.takesAccessTokens = true;
    expect((await app.askAs(access, me)).data.user).toMatchObject({ username: 'bob' });
    moveTime(3600);
    expect((await app.askAs(idToken, me)).code).toBe(2206);
  });
});

describe('the REST calls', () => {
  const read = (answer: { readonly text: string }): unknown => JSON.parse(answer.text);

  test('give the current user', async () => {
    const authorization = `Bearer ${await app.takeToken('bob')}`;
    expect(read(await app.get('/api/v2/users/me', { authorization }))).toMatchObject({
      code: 200,
      data: { id: seededPeople.bob.id, username: 'bob' },
    });
    expect(read(await app.get('/api/v2/users/me'))).toEqual({
      code: 2020,
      message: 'Not logged in, no access',
      data: null,
    });
  });

  test('sign out, once', async () => {
    const token = await app.takeToken('bob');
    const headers = { authorization: `Bearer ${token}` };
    expect(read(await app.get('/api/v2/logout', headers))).toMatchObject({ code: 2101 });
    const path = `/api/v2/logout?app_id=${seededPool.appId}`;
    expect(read(await app.get(path, headers))).toMatchObject({ code: 200 });
    expect(service.validUserTokens('bob')).toEqual([]);
    expect(read(await app.get(path, headers))).toMatchObject({ code: 2207 });
  });
});

describe('errors', () => {
  test('are Chinese unless English is asked for', async () => {
    expect((await app.ask(me)).message).toBe('Not logged in, no access');
    const headers = { 'x-authing-app-id': seededPool.appId };
    expect((await app.ask(me, {}, headers)).message).toBe('尚未登录，无权限访问此请求');
  });

  test('have their code in three places', async () => {
    service.errorForm = 'json';
    expect((await app.ask(me)).message).toBe(
      '{"code":2020,"message":"Not logged in, no access","data":null}',
    );
    service.errorForm = 'api-code';
    expect((await app.ask(me)).errors[0]?.message).toMatchObject({ statusCode: 499, apiCode: '2020' });
    expect(JSON.parse((await app.get('/api/v2/users/me')).text)).toMatchObject({
      statusCode: 499,
      apiCode: '2020',
    });
  });

  test('can be ordered', async () => {
    service.nextError(1000);
    service.nextError(jsonAnswer('<html>', 502));
    expect((await app.ask(me)).code).toBe(1000);
    expect((await app.get('/api/v2/users/me')).status).toBe(502);
    expect((await app.ask(me)).code).toBe(2020);
  });
});

describe('the headers', () => {
  test('name the application or the pool, in the family of the brand', async () => {
    const answerTo = async (headers: Record<string, string>): Promise<number | undefined> =>
      (await app.ask(me, {}, headers)).code;
    expect(await answerTo({})).toBe(2101);
    expect(await answerTo({ 'x-approw-app-id': seededPool.appId })).toBe(2101);
    expect(await answerTo({ 'x-authing-app-id': 'another' })).toBe(2011);
    expect(await answerTo({ 'x-authing-userpool-id': 'another' })).toBe(2224);
    expect(await answerTo({ 'x-authing-userpool-id': seededPool.userPoolId })).toBe(2020);
  });

  test('are those of Approw at Approw', async () => {
    if (sandbox === undefined) throw new Error('no sandbox');
    seedAuthing(sandbox.approw);
    const other = createAuthingClient(sandbox, sandbox.approw);
    expect((await other.logIn('bob')).data.loginByUsername).toMatchObject({
      arn: `arn:cn:approw:${seededPool.userPoolId}:user:${seededPeople.bob.id}`,
    });
    expect((await other.ask(me, {}, app.own)).code).toBe(2101);
  });

  test('let a page read answers only from an origin on the console’s list, and refuse nobody', async () => {
    const origin = 'https://bees.example';
    const before = await app.get('/api/v2/.well-known', { origin });
    expect([before.status, before.headers['access-control-allow-origin']]).toEqual([200, undefined]);
    service.oidc.allowedOrigins = [origin];
    const after = await app.get('/api/v2/.well-known', { origin });
    expect(after.headers['access-control-allow-origin']).toBe(origin);
  });
});
