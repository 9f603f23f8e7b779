/** What each operation of the schema does. */
import type { Call, Fields } from '../call.ts';
import { readText, readTexts } from '../call.ts';
import {
  changeLabels,
  getAccessToken,
  getGroup,
  getRole,
  getUserPool,
  listGroups,
  listRoles,
  refreshAccessToken,
} from '../resolvers/administration.ts';
import {
  createPerson,
  deleteUsers,
  findUser,
  getUser,
  isUserExists,
  listUsers,
  searchUser,
  updateUser,
} from '../resolvers/people.ts';
import { checkLoginStatus, logIn, refreshToken, register, updatePassword } from '../resolvers/sign-in.ts';
import type { OperationName } from './schema.ts';

export const resolvers: Readonly<Record<OperationName, (call: Call, args: Fields) => unknown>> = {
  loginByUsername: (call, args) => logIn(call, args, 'username'),
  loginByEmail: (call, args) => logIn(call, args, 'email'),
  loginByPhonePassword: (call, args) => logIn(call, args, 'phone'),
  registerByUsername: (call, args) => register(call, args, 'username'),
  registerByEmail: (call, args) => register(call, args, 'email'),
  updatePassword,
  checkLoginStatus,
  refreshToken,
  user: getUser,
  users: listUsers,
  findUser,
  searchUser,
  isUserExists,
  createUser: createPerson,
  updateUser,
  deleteUser: (call, args) => deleteUsers(call, [readText(args, 'id') ?? '']),
  deleteUsers: (call, args) => deleteUsers(call, readTexts(args, 'ids')),
  accessToken: getAccessToken,
  refreshAccessToken,
  userpool: getUserPool,
  roles: listRoles,
  role: getRole,
  groups: listGroups,
  group: getGroup,
  assignRole: (call, args) => changeLabels(call, args, { kind: 'roles', isAdded: true }),
  revokeRole: (call, args) => changeLabels(call, args, { kind: 'roles', isAdded: false }),
  addUserToGroup: (call, args) => changeLabels(call, args, { kind: 'groups', isAdded: true }),
  removeUserFromGroup: (call, args) => changeLabels(call, args, { kind: 'groups', isAdded: false }),
};
