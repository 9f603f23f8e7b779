/** What whoever runs a user pool can see and change of its people. */
import * as z from 'zod/mini';
import type { Operation, Variables } from '../../authing/graphql.ts';
import * as people from '../../authing/people.ts';
import { profileNames, toUserRow, user } from '../../authing/user.ts';
import { AppError } from '../../errors.ts';
import type { Lookup, LookupPage, LookupRequest } from '../lookup.ts';
import {
  ask,
  type Call,
  checkGiven,
  column,
  encryptGiven,
  findNext,
  fullColumns,
  param,
  profileParams,
  readGiven,
  readPage,
  shortColumns,
} from './authing-parts.ts';

const id = param('id', { isRequired: true });
const identifiers = ['username', 'email', 'phone'] as const;
const personParams = [
  ...identifiers.map((name) => param(name)),
  param('password', { kind: 'password' }),
  ...profileParams,
];
const labelColumns = [column('code'), column('labelName'), column('description')];

async function readPeople(
  call: Call,
  asked: LookupRequest,
  { operation, variables }: { operation: Operation; variables: Variables },
): Promise<LookupPage> {
  const page = readPage(asked);
  const answer = await ask(call, asked, {
    operation,
    variables: { ...variables, ...page },
    result: people.users,
  });
  return { rows: answer.list.map(toUserRow), ...findNext(page, answer.totalCount) };
}

const toLabelRow = ({ code, name, namespace, description }: people.Label) => ({
  code,
  labelName: name ?? namespace ?? undefined,
  description: description ?? undefined,
});

const findBy = ['id', 'username', 'email', 'phone', 'externalId'] as const;

/** Nobody is an empty table, not an error. */
async function findPerson(call: Call, asked: LookupRequest): Promise<LookupPage> {
  const { by = 'id', value = '' } = asked.params;
  const operation = by === 'id' ? people.getUser : people.findUser;
  const variables = { [by]: value.trim() };
  const result = z.nullable(user);
  try {
    const person = await ask(call, asked, { operation, variables, result });
    return { rows: person === null ? [] : [toUserRow(person)] };
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'person_not_found') return { rows: [] };
    throw thrown;
  }
}

/** What is to become of a person, with the password encrypted. */
async function readPerson(call: Call, asked: LookupRequest): Promise<Record<string, string>> {
  const given = readGiven(asked.params, [...identifiers, ...profileNames]);
  checkGiven(given);
  return { ...given, ...(await encryptGiven(call, asked, ['password'])) };
}

async function change(call: Call, asked: LookupRequest, input: Variables): Promise<LookupPage> {
  const variables = { id: (asked.params['id'] ?? '').trim(), input };
  const changed = await ask(call, asked, { operation: people.updateUser, variables, result: user });
  return { rows: [toUserRow(changed)] };
}

const setBlocked = (isBlocked: boolean): Lookup => ({
  id: isBlocked ? 'block-user' : 'unblock-user',
  titleKey: isBlocked ? 'lookup_authing_block_user' : 'lookup_authing_unblock_user',
  effect: 'change',
  params: [id],
  columns: shortColumns,
  run: (call, asked) => change(call, asked, { blocked: isBlocked }),
});

export const authingPoolLookups: readonly Lookup[] = [
  {
    id: 'users',
    titleKey: 'lookup_authing_users',
    params: [
      param('sortBy', {
        kind: 'choice',
        initial: 'CREATEDAT_DESC',
        choices: [
          { value: 'CREATEDAT_DESC', titleKey: 'lookup_authing_newest_first' },
          { value: 'CREATEDAT_ASC', titleKey: 'lookup_authing_oldest_first' },
          { value: 'UPDATEDAT_DESC', titleKey: 'lookup_authing_changed_last_first' },
        ],
      }),
    ],
    columns: shortColumns,
    run: (call, asked) =>
      readPeople(call, asked, {
        operation: people.listUsers,
        variables: { sortBy: asked.params['sortBy'] ?? 'CREATEDAT_DESC' },
      }),
  },
  {
    id: 'search-users',
    titleKey: 'lookup_authing_search_users',
    params: [param('query', { isRequired: true })],
    columns: shortColumns,
    run: (call, asked) =>
      readPeople(call, asked, {
        operation: people.searchUsers,
        variables: { query: (asked.params['query'] ?? '').trim() },
      }),
  },
  {
    id: 'find-user',
    titleKey: 'lookup_authing_find_user',
    params: [
      param('by', {
        kind: 'choice',
        initial: 'username',
        choices: findBy.map((name) => ({ value: name, titleKey: `lookup_authing_${name}` })),
      }),
      param('value', { isRequired: true }),
    ],
    columns: fullColumns,
    run: findPerson,
  },
  {
    id: 'create-user',
    titleKey: 'lookup_authing_create_user',
    effect: 'change',
    params: personParams,
    columns: fullColumns,
    async run(call, asked) {
      if (Object.keys(readGiven(asked.params, identifiers)).length === 0)
        throw new AppError('empty', { field: 'username' });
      const variables = { userInfo: await readPerson(call, asked) };
      return {
        rows: [toUserRow(await ask(call, asked, { operation: people.createUser, variables, result: user }))],
      };
    },
  },
  {
    id: 'update-user',
    titleKey: 'lookup_authing_update_user',
    effect: 'change',
    params: [id, ...personParams],
    columns: fullColumns,
    async run(call, asked) {
      const input = await readPerson(call, asked);
      if (Object.keys(input).length === 0) throw new AppError('nothing_to_change', { field: 'username' });
      return change(call, asked, input);
    },
  },
  setBlocked(true),
  setBlocked(false),
  {
    id: 'delete-user',
    titleKey: 'lookup_authing_delete_user',
    effect: 'delete',
    params: [id],
    columns: [column('id'), column('message')],
    async run(call, asked) {
      const wanted = (asked.params['id'] ?? '').trim();
      const { message } = await ask(call, asked, {
        operation: people.deleteUser,
        variables: { id: wanted },
        result: people.done,
      });
      return { rows: [{ id: wanted, message: message ?? undefined }] };
    },
  },
  {
    id: 'user-roles',
    titleKey: 'lookup_authing_user_roles',
    params: [id],
    columns: labelColumns,
    async run(call, asked) {
      const variables = { id: (asked.params['id'] ?? '').trim() };
      const person = await ask(call, asked, {
        operation: people.getUserRoles,
        variables,
        result: people.userWithRoles,
      });
      return { rows: (person?.roles.list ?? []).map(toLabelRow) };
    },
  },
  {
    id: 'user-groups',
    titleKey: 'lookup_authing_user_groups',
    params: [id],
    columns: labelColumns,
    async run(call, asked) {
      const variables = { id: (asked.params['id'] ?? '').trim() };
      const person = await ask(call, asked, {
        operation: people.getUserGroups,
        variables,
        result: people.userWithGroups,
      });
      return { rows: (person?.groups.list ?? []).map(toLabelRow) };
    },
  },
  {
    id: 'groups',
    titleKey: 'lookup_authing_groups',
    params: [],
    columns: labelColumns,
    async run(call, asked) {
      const page = readPage(asked);
      const groups = await ask(call, asked, {
        operation: people.listGroups,
        variables: { ...page, sortBy: 'CREATEDAT_DESC' },
        result: people.labels,
      });
      return { rows: groups.list.map(toLabelRow), ...findNext(page, groups.totalCount) };
    },
  },
];
