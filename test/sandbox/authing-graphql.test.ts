import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedAuthing } from './authing/seed.ts';
import { createAuthingClient } from './authing/test-client.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { requestSandbox } from './request.ts';

let sandbox: Sandbox;
let app: ReturnType<typeof createAuthingClient>;
beforeAll(async () => {
  sandbox = await startSandbox();
  seedAuthing(sandbox.authing);
  app = createAuthingClient(sandbox, sandbox.authing);
});
afterAll(() => sandbox.close());

test.each([
  ['query { user { id shoeSize } }', {}, 'Cannot query field "shoeSize" on type "User".'],
  ['query { nothing { id } }', {}, 'Cannot query field "nothing" on type "Query".'],
  ['query { __schema { types { name } } }', {}, 'Cannot query field "__schema" on type "Query".'],
  ['query { user }', {}, 'Field "user" of type "User" must have a selection of subfields.'],
  [
    'query { user { id { x } } }',
    {},
    'Field "id" must not have a selection since type "String" has no subfields.',
  ],
  ['query { user(name: "bob") { id } }', {}, 'Unknown argument "name" on field "user".'],
  [
    'query { searchUser { totalCount } }',
    {},
    'Field "searchUser" argument "query" of type "String!" is required, but it was not provided.',
  ],
  ['query { user(id: $id) { id } }', {}, 'Variable "$id" is not defined.'],
  [
    'query x($query: String) { searchUser(query: $query) { totalCount } }',
    {},
    'Variable "$query" of type "String" used in position expecting type "String!".',
  ],
  [
    'query x($page: Int) { users(page: $page) { totalCount } }',
    { page: '1' },
    'Variable "$page" got invalid value; Int cannot represent it.',
  ],
  [
    'query x($query: String!) { searchUser(query: $query) { totalCount } }',
    {},
    'Variable "$query" of required type "String!" was not provided.',
  ],
  [
    'mutation x($input: UpdateUserInput!) { updateUser(input: $input) { id } }',
    { input: { shoeSize: '42' } },
    'Variable "$input" got invalid value; Field "shoeSize" is not defined by type "UpdateUserInput".',
  ],
  [
    'mutation x($input: LoginByUsernameInput!) { loginByUsername(input: $input) { id } }',
    { input: { username: 'bob' } },
    'Variable "$input" at "password" of required type "String!" was not provided.',
  ],
  ['query { user { id }', {}, 'Syntax Error: Unexpected <EOF>.'],
  ['query { user { ...fields } }', {}, 'Syntax Error: Unexpected ".".'],
])('%s is refused with a text and HTTP 400', async (query, variables, message) => {
  const answer = await app.ask(query, variables);
  expect([answer.status, answer.message]).toEqual([400, message]);
});

test('aliases, literals and comments are read', async () => {
  const token = await app.takeAdministratorToken();
  const query = `{ # three of them
    few: users(page: 1, limit: 3, sortBy: CREATEDAT_ASC) { count: totalCount list { name: username } }
    bob: isUserExists(username: "bob")
  }`;
  const { data } = await app.askAs(token, query);
  expect(data).toMatchObject({
    few: { list: [{ name: 'bob' }, { name: 'alice' }, { name: 'lea' }] },
    bob: true,
  });
});

test('only a POST of JSON to the very path is served', async () => {
  const ask = (path: string, headers: Record<string, string>, body?: string) =>
    requestSandbox(sandbox, `https://bees.authing.cn${path}`, {
      headers,
      ...(body !== undefined && { body }),
    });
  const json = { 'content-type': 'application/json' };
  expect((await ask('/graphql/v2', json)).status).toBe(400);
  expect((await ask('/graphql/v2', { 'content-type': 'text/plain' }, '{}')).status).toBe(400);
  expect((await ask('/graphql/v2', json, 'no json')).status).toBe(400);
  expect((await ask('//graphql/v2', json, '{}')).status).toBe(404);
  expect((await ask('/api/v2/nothing', json)).status).toBe(404);
});

test('the core host serves the same', async () => {
  const answer = await requestSandbox(sandbox, 'https://core.authing.cn/api/v2/.well-known');
  expect(answer.text).toBe((await app.get('/api/v2/.well-known')).text);
  expect(answer.text).toContain('-----BEGIN PUBLIC KEY-----');
  expect((await requestSandbox(sandbox, 'https://core.authing.cn/oidc/me')).status).toBe(404);
});
