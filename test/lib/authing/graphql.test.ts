import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import {
  assertGraphql,
  buildGraphqlRequest,
  type Operation,
  readGraphql,
} from '../../../lib/authing/graphql.ts';
import * as people from '../../../lib/authing/people.ts';
import { AppError } from '../../../lib/errors.ts';

const operations = Object.values(people).filter(
  (value): value is Operation => 'kind' in value && 'fields' in value && typeof value.fields === 'string',
);
const readBody = async (request: Request) =>
  (await request.json()) as { readonly query: string; readonly variables: unknown };

describe('a request', () => {
  it('asks for the fields of its operation and no more', async () => {
    const request = buildGraphqlRequest('https://bees.example', people.findUser, {
      email: 'bob@bees.example',
    });
    expect([request.method, request.url, request.headers.get('content-type')]).toEqual([
      'POST',
      'https://bees.example/graphql/v2',
      'application/json',
    ]);
    const { query, variables } = await readBody(request);
    expect(variables).toEqual({ email: 'bob@bees.example' });
    expect(query).toBe(
      'query findUser($email: String, $phone: String, $username: String, $externalId: String) ' +
        '{ findUser(email: $email, phone: $phone, username: $username, externalId: $externalId) ' +
        `{ ${people.findUser.fields} } }`,
    );
  });

  it('has no brackets without variables and no braces for a scalar', async () => {
    const operation: Operation = { name: 'ping', kind: 'query', variables: {}, fields: '' };
    expect((await readBody(buildGraphqlRequest('https://bees.example', operation))).query).toBe(
      'query ping { ping }',
    );
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s never asks for what is secret',
    (_name, { fields }) => {
      expect(operations.length).toBeGreaterThan(10);
      expect(fields).not.toMatch(/password|token|secret|oauth|openid|unionid|lastIP/i);
    },
  );
});

describe('an answer', () => {
  const operation: Operation = { name: 'user', kind: 'query', variables: {}, fields: 'id' };
  const shape = z.object({ id: z.string() });

  it('is what the operation gave', () => {
    expect(readGraphql({ data: { user: { id: '1', more: true } } }, operation, shape)).toEqual({ id: '1' });
  });

  it.each([{}, { data: null }, { data: { user: null } }, { data: { users: { id: '1' } } }, undefined])(
    'of another shape is bad: %j',
    (body) => {
      expect(() => readGraphql(body, operation, shape)).toThrow(
        expect.objectContaining({ code: 'bad_answer' }),
      );
    },
  );
});

describe('the question whether it is there', () => {
  const fail = (code: 'authing_refused' | 'bad_answer') => () => Promise.reject(new AppError(code));

  it('is answered by an answer and by a refusal in the service’s own words', async () => {
    await expect(assertGraphql(() => Promise.resolve({}), 'https://bees.example')).resolves.toBeUndefined();
    await expect(assertGraphql(fail('authing_refused'), 'https://bees.example')).resolves.toBeUndefined();
  });

  it('is not answered by anything else', async () => {
    await expect(assertGraphql(fail('bad_answer'), 'https://bees.example')).rejects.toMatchObject({
      code: 'bad_answer',
    });
  });
});
