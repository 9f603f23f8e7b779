/** Operations on the people of a user pool. */
import * as z from 'zod/mini';
import type { Operation } from './graphql.ts';
import { fullFields, shortFields, user } from './user.ts';

const page = { page: 'Int', limit: 'Int' };

const list = (name: string, variables: Operation['variables'], fields = shortFields): Operation => ({
  name,
  kind: 'query',
  variables: { ...variables, ...page },
  fields: `totalCount list { ${fields} }`,
});
const ofPerson = (kind: Operation['kind'], name: string, variables: Operation['variables']): Operation => ({
  name,
  kind,
  variables,
  fields: fullFields,
});

export const listUsers = list('users', { sortBy: 'SortByEnum' });
export const searchUsers = list('searchUser', { query: 'String!' });
/** Without an id it is the one who asks. */
export const getUser = ofPerson('query', 'user', { id: 'String' });
export const findUser = ofPerson('query', 'findUser', {
  email: 'String',
  phone: 'String',
  username: 'String',
  externalId: 'String',
});
export const createUser = ofPerson('mutation', 'createUser', { userInfo: 'CreateUserInput!' });
export const updateUser = ofPerson('mutation', 'updateUser', { id: 'String', input: 'UpdateUserInput!' });
export const updatePassword: Operation = {
  name: 'updatePassword',
  kind: 'mutation',
  variables: { newPassword: 'String!', oldPassword: 'String' },
  fields: 'id username',
};
export const deleteUser: Operation = {
  name: 'deleteUser',
  kind: 'mutation',
  variables: { id: 'String!' },
  fields: 'code message',
};
export const checkLoginStatus: Operation = {
  name: 'checkLoginStatus',
  kind: 'query',
  variables: {},
  fields: 'code message status exp iat',
};
export const getUserRoles: Operation = {
  name: 'user',
  kind: 'query',
  variables: { id: 'String' },
  fields: 'roles { totalCount list { code namespace description } }',
};
export const getUserGroups: Operation = {
  name: 'user',
  kind: 'query',
  variables: { id: 'String' },
  fields: 'groups { totalCount list { code name description } }',
};
export const listGroups = list('groups', { sortBy: 'SortByEnum' }, 'code name description');

const pageOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ totalCount: z.number(), list: z.array(item) });
const nullishText = z.nullish(z.string());

export const users = pageOf(user);
const label = z.object({
  code: z.string(),
  name: nullishText,
  namespace: nullishText,
  description: nullishText,
});
export type Label = z.output<typeof label>;
/** Roles and groups. */
export const labels = pageOf(label);
export const userWithRoles = z.nullable(z.object({ roles: labels }));
export const userWithGroups = z.nullable(z.object({ groups: labels }));
export const loginStatus = z.object({
  message: nullishText,
  status: z.nullish(z.boolean()),
  exp: z.nullish(z.number()),
  iat: z.nullish(z.number()),
});
/** What a change without a person in its answer says. */
export const done = z.object({ message: nullishText });
