import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { seededPeople, seededPool, seededReaders, seedAuthing } from './authing/seed.ts';
import { createAuthingClient } from './authing/test-client.ts';
import type { AuthingService, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';

let sandbox: Sandbox | undefined;
let service: AuthingService;
let app: ReturnType<typeof createAuthingClient>;
let token: string;
beforeEach(async () => {
  await sandbox?.close();
  sandbox = await startSandbox();
  service = sandbox.authing;
  seedAuthing(service);
  app = createAuthingClient(sandbox, service);
  token = await app.takeAdministratorToken();
});
afterAll(() => sandbox?.close());

const all = Object.keys(seededPeople).length + seededReaders;
const list =
  'query users($page: Int, $limit: Int, $sortBy: SortByEnum) { users(page: $page, limit: $limit, sortBy: $sortBy) { totalCount list { id username } } }';

interface People {
  readonly totalCount: number;
  readonly list: readonly { readonly id: string; readonly username: string }[];
}
const people = (value: unknown): People => value as People;

describe('the token of the administrator', () => {
  const ask = (query: string, variables: Record<string, unknown>) => app.ask(query, variables, {});
  const query =
    'query accessToken($userPoolId: String!, $secret: String!) { accessToken(userPoolId: $userPoolId, secret: $secret) { accessToken exp iat } }';
  const { userPoolId, secret } = seededPool;

  test('is given for the secret, by a query and not by a mutation', async () => {
    const { accessToken } = (await ask(query, { userPoolId, secret })).data;
    const { exp, iat } = accessToken as { exp: number; iat: number };
    expect(exp - iat).toBe(7200);
    expect((await ask(query, { userPoolId, secret: 'wrong' })).code).toBe(1001);
    expect((await ask(query, { userPoolId: 'wrong', secret })).code).toBe(2224);
    const wrong = await ask(query.replace('query', 'mutation'), { userPoolId, secret });
    expect([wrong.status, wrong.message]).toEqual([
      400,
      'Cannot query field "accessToken" on type "Mutation".',
    ]);
  });

  test('is renewed while it is good, and ends', async () => {
    const renew =
      'mutation refreshAccessToken($accessToken: String) { refreshAccessToken(accessToken: $accessToken) { accessToken exp iat } }';
    const { refreshAccessToken } = (await app.ask(renew, { accessToken: token })).data;
    const { accessToken } = refreshAccessToken as { accessToken: string };
    expect(service.validAdministratorTokens()).toContain(accessToken);
    if (sandbox !== undefined) sandbox.clockOffsetMs = 7_200_000;
    expect((await app.askAs(token, list)).code).toBe(2206);
    expect((await app.ask(renew, { accessToken: token })).code).toBe(2206);
  });

  test('is the only one that lists people', async () => {
    expect((await app.ask(list)).code).toBe(2020);
    expect((await app.askAs(await app.takeToken('bob'), list)).code).toBe(1001);
    expect((await app.askAs(await app.takeToken('bob'), 'query user { user { id } }')).code).toBeUndefined();
    expect((await app.askAs(token, 'query user { user { id } }')).code).toBe(2004);
  });
});

describe('people', () => {
  test('come in pages, ten unless asked otherwise', async () => {
    const first = people((await app.askAs(token, list)).data.users);
    expect([first.totalCount, first.list.length]).toEqual([all, 10]);
    const variables = { page: 2, limit: 20, sortBy: 'CREATEDAT_ASC' };
    const second = people((await app.askAs(token, list, variables)).data.users);
    expect(second.list).toHaveLength(all - 20);
    expect(second.list.at(-1)?.username).toBe(`reader${seededReaders}`);
    const none = people((await app.askAs(token, list, { page: 9, limit: 20 })).data.users);
    expect([none.totalCount, none.list]).toEqual([all, []]);
    expect((await app.askAs(token, list, { sortBy: 'NAME' })).status).toBe(400);
  });

  test('are searched for and found', async () => {
    const search =
      'query searchUser($query: String!, $fields: [String], $page: Int, $limit: Int) { searchUser(query: $query, fields: $fields, page: $page, limit: $limit) { totalCount list { id username } } }';
    const found = await app.askAs(token, search, { query: 'READER0' });
    expect(people(found.data.searchUser).totalCount).toBe(9);
    const nothing = await app.askAs(token, search, { query: 'zzz' });
    expect(nothing.data.searchUser).toEqual({ totalCount: 0, list: [] });
    expect((await app.askAs(token, search, { query: ' ' })).code).toBe(2014);
    expect((await app.askAs(token, search, { query: 'x', fields: ['password'] })).code).toBe(2015);
    const find = 'query findUser($email: String) { findUser(email: $email) { username } }';
    expect((await app.askAs(token, find, { email: 'bob@bees.example' })).data.findUser).toEqual({
      username: 'bob',
    });
    expect((await app.askAs(token, find, { email: 'x' })).data.findUser).toBeNull();
    expect((await app.askAs(token, find)).code).toBe(2231);
    const exists = 'query isUserExists($username: String) { isUserExists(username: $username) }';
    expect((await app.askAs(token, exists, { username: 'bob' })).data.isUserExists).toBe(true);
  });

  test('are made, changed, locked and deleted', async () => {
    const create =
      'mutation createUser($userInfo: CreateUserInput!) { createUser(userInfo: $userInfo) { id username blocked } }';
    const password = await app.encrypt('hunter22');
    const userInfo = { username: 'newcomer', email: 'new@bees.example', password };
    const { createUser } = (await app.askAs(token, create, { userInfo })).data;
    const { id } = createUser as { id: string };
    expect((await app.askAs(token, create, { userInfo })).code).toBe(2026);
    expect((await app.askAs(token, create, { userInfo: { nickname: 'x' } })).code).toBe(2231);
    expect((await app.askAs(token, create, { userInfo: { email: 'x' } })).code).toBe(2204);
    const plain = { username: 'plain', password: 'hunter22' };
    expect((await app.askAs(token, create, { userInfo: plain })).code).toBe(2016);
    expect((await app.logIn('newcomer', 'hunter22')).code).toBeUndefined();

    const update =
      'mutation updateUser($id: String, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { email blocked } }';
    const input = { email: 'other@bees.example', blocked: true };
    expect((await app.askAs(token, update, { id, input })).data.updateUser).toEqual(input);
    expect((await app.logIn('newcomer', 'hunter22')).code).toBe(2005);
    expect((await app.askAs(token, update, { id, input: { email: 'bob@bees.example' } })).code).toBe(2200);
    expect((await app.askAs(token, update, { id: 'x', input })).code).toBe(2004);

    const remove = 'mutation deleteUser($id: String!) { deleteUser(id: $id) { message code } }';
    expect((await app.askAs(token, remove, { id })).data.deleteUser).toMatchObject({ code: 200 });
    expect((await app.askAs(token, remove, { id })).code).toBe(2004);
    const removeMany = 'mutation deleteUsers($ids: [String!]!) { deleteUsers(ids: $ids) { message code } }';
    const ids = [seededPeople.carl.id, seededPeople.mia.id];
    expect((await app.askAs(token, removeMany, { ids })).code).toBeUndefined();
    expect(people((await app.askAs(token, list)).data.users).totalCount).toBe(all - 2);
    const bob = await app.takeToken('bob');
    expect((await app.askAs(bob, remove, { id: seededPeople.alice.id })).code).toBe(1001);
  });

  test('have roles and groups', async () => {
    const query =
      'query getUserRoles($id: String!, $namespace: String) { user(id: $id) { roles(namespace: $namespace) { totalCount list { code description } } groups { totalCount list { code name } } } }';
    const { id } = seededPeople.bob;
    expect((await app.askAs(token, query, { id })).data.user).toEqual({
      roles: { totalCount: 1, list: [{ code: 'editor', description: 'Writes' }] },
      groups: { totalCount: 1, list: [{ code: 'board', name: 'Board' }] },
    });
    const groups = 'query groups { groups { totalCount list { code name users { totalCount } } } }';
    expect((await app.askAs(token, groups)).data.groups).toMatchObject({
      list: [
        { code: 'board', users: { totalCount: 1 } },
        { code: 'readers', users: { totalCount: seededReaders } },
      ],
    });
    const assign =
      'mutation assignRole($roleCode: String, $userIds: [String!]) { assignRole(roleCode: $roleCode, userIds: $userIds) { code } }';
    await app.askAs(token, assign, { roleCode: 'reader', userIds: [id] });
    await app.askAs(token, assign.replaceAll('assignRole', 'revokeRole'), {
      roleCode: 'editor',
      userIds: [id],
    });
    expect([...service.pool.getById(id).roles]).toEqual(['reader']);
    expect((await app.askAs(token, assign, { roleCode: 'king', userIds: [id] })).code).toBe(2231);
  });

  test('give away secrets to who asks, and it is told that somebody asked', async () => {
    await app.askAs(token, list);
    expect([...service.selectedFields]).toEqual(
      expect.arrayContaining(['UserPage.totalCount', 'UserPage.list', 'User.id', 'User.username']),
    );
    expect(service.selectedFields).not.toContain('User.password');
    const greedy = 'query { users(limit: 1) { list { password token } } userpool { secret jwtSecret } }';
    const { data } = await app.askAs(token, greedy);
    expect(data.userpool).toEqual({ secret: seededPool.secret, jwtSecret: seededPool.appSecret });
    expect(JSON.stringify(data.users)).toMatch(/"password":"[\da-f]{64}"/);
    expect(service.selectedFields).toContain('User.password');
    expect(service.selectedFields).toContain('UserPool.secret');
  });
});
