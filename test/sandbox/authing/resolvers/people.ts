/** Reading and changing people: themselves, and for the administrator everybody. */
import type { Call, Fields } from '../call.ts';
import { readFields, readText, readTexts } from '../call.ts';
import type { ErrorCode } from '../error-texts.ts';
import { Refusal } from '../error-texts.ts';
import type { Identifiers } from '../pool.ts';
import type { PoolUser } from '../user.ts';
import { paginate, presentUser } from './present.ts';
import { checkEmail, readNewPassword } from './sign-in.ts';

export function getUser(call: Call, args: Fields): unknown {
  return presentUser(call, call.findSubject(readText(args, 'id')));
}

export function listUsers(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const order = readText(args, 'sortBy') ?? 'CREATEDAT_DESC';
  const key = order.startsWith('UPDATEDAT') ? 'updatedAt' : 'createdAt';
  const oldestFirst = call.service.pool.users.toSorted((a, b) => Date.parse(a[key]) - Date.parse(b[key]));
  const users = order.endsWith('_ASC') ? oldestFirst : oldestFirst.reverse();
  return paginate(users, args, (user) => presentUser(call, user));
}

function readIdentifiers(fields: Fields): Identifiers {
  return {
    username: readText(fields, 'username'),
    email: readText(fields, 'email'),
    phone: readText(fields, 'phone'),
    externalId: readText(fields, 'externalId'),
  };
}

/** Refuses with 2231 where nothing is given to find somebody by. */
function findByIdentifiers(call: Call, args: Fields): PoolUser | undefined {
  const identifiers = readIdentifiers(args);
  if (Object.values(identifiers).every((value) => value === undefined)) throw new Refusal(2231);
  return call.service.pool.findBy(identifiers);
}

export function findUser(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const user = findByIdentifiers(call, args);
  return user === undefined ? null : presentUser(call, user);
}

export function isUserExists(call: Call, args: Fields): unknown {
  return findByIdentifiers(call, args) !== undefined;
}

const searchable = ['id', 'username', 'nickname', 'name', 'email', 'phone', 'company'];

/** Anywhere in the fields, small and capital letters alike. Refuses with 2014 an empty text, with 2015 other fields. */
export function searchUser(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const wanted = (readText(args, 'query') ?? '').trim().toLowerCase();
  if (wanted === '') throw new Refusal(2014);
  const asked = readTexts(args, 'fields');
  if (asked.some((name) => !searchable.includes(name))) throw new Refusal(2015);
  const names = asked.length === 0 ? searchable : asked;
  const found = call.service.pool.users.filter((user) => {
    const described = call.service.describe(user);
    return names.some((name) => readText(described, name)?.toLowerCase().includes(wanted) ?? false);
  });
  return paginate(found, args, (user) => presentUser(call, user));
}

export function createPerson(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const { password, blocked, ...info } = readFields(args, 'userInfo');
  const { username, email, phone } = readIdentifiers(info);
  if (username === undefined && email === undefined && phone === undefined) throw new Refusal(2231);
  checkEmail(email, 2204);
  if (call.service.pool.findBy({ username, email, phone }) !== undefined) throw new Refusal(2026);
  const encrypted = typeof password === 'string' ? password : undefined;
  const user = call.service.pool.add({
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(encrypted !== undefined && { password: readNewPassword(call, encrypted) }),
    blocked: blocked === true,
    fields: { ...info, registerSource: ['import:manual'] },
  });
  return presentUser(call, user);
}

/** What only the administrator may change. */
const guarded = [
  'password',
  'blocked',
  'emailVerified',
  'phoneVerified',
  'loginsCount',
  'lastLogin',
  'lastIP',
];

export function updateUser(call: Call, args: Fields): unknown {
  const input = readFields(args, 'input');
  const id = readText(args, 'id');
  const { caller } = call;
  if (caller.kind === 'user') {
    if (id !== undefined && id !== caller.user.id) throw new Refusal(2202);
    if ('email' in input) throw new Refusal(2225);
    if ('phone' in input) throw new Refusal(2226);
    if (guarded.some((name) => name in input)) throw new Refusal(2018);
  }
  const user = call.findSubject(id);
  checkUnique(call, user, input);
  applyChanges(call, user, input);
  return presentUser(call, user);
}

function checkUnique({ service }: Call, user: PoolUser, input: Fields): void {
  checkEmail(readText(input, 'email'), 2204);
  const takenCodes: Readonly<Record<string, ErrorCode>> = { username: 2034, email: 2200, phone: 2035 };
  for (const [name, code] of Object.entries(takenCodes)) {
    const owner = service.pool.findBy({ [name]: readText(input, name) });
    if (owner !== undefined && owner !== user) throw new Refusal(code);
  }
}

function applyChanges(call: Call, user: PoolUser, input: Fields): void {
  const { username, email, phone, password, blocked, ...rest } = input;
  if (typeof password === 'string') user.password = readNewPassword(call, password);
  if (username !== undefined) user.username = readText(input, 'username');
  if (email !== undefined) user.email = readText(input, 'email');
  if (phone !== undefined) user.phone = readText(input, 'phone');
  if (typeof blocked === 'boolean') user.blocked = blocked;
  Object.assign(user.fields, rest);
  call.service.pool.touch(user);
}

export function deleteUsers(call: Call, ids: readonly string[]): unknown {
  call.checkAdministrator();
  for (const id of ids) call.service.pool.getById(id);
  for (const id of ids) call.service.pool.remove(id);
  return { code: 200, message: 'OK' };
}
