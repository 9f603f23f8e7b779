/** The part of Authing's GraphQL schema (version 2) that the sandbox serves. */

/** A field's type by its name; `[Type]` is a list; names not in `types` are scalars. */
export type FieldTypes = Readonly<Record<string, string>>;

const strings = (names: string): FieldTypes =>
  Object.fromEntries(names.split(' ').map((name) => [name, 'String']));

export const userFields: FieldTypes = {
  ...strings(
    'id arn userPoolId status username email phone unionid openid nickname photo password oauth token',
  ),
  ...strings(
    'tokenExpiredAt lastLogin lastIP signedUp device browser company name givenName familyName middleName',
  ),
  ...strings(
    'profile preferredUsername website gender birthdate zoneinfo locale address formatted streetAddress',
  ),
  ...strings('locality region postalCode city province country createdAt updatedAt externalId'),
  emailVerified: 'Boolean',
  phoneVerified: 'Boolean',
  blocked: 'Boolean',
  isDeleted: 'Boolean',
  loginsCount: 'Int',
  registerSource: '[String]',
};

const role = strings('id namespace code arn description createdAt updatedAt');
const group = strings('code name description createdAt updatedAt');
const pool = 'id name domain description secret jwtSecret logo createdAt updatedAt';

/** Types with fields. */
export const types: Readonly<Record<string, FieldTypes>> = {
  User: {
    ...userFields,
    roles: 'RolePage',
    groups: 'GroupPage',
  },
  Role: { ...role, parent: 'Role' },
  Group: { ...group, users: 'UserPage' },
  UserPage: { totalCount: 'Int', list: '[User]' },
  RolePage: { totalCount: 'Int', list: '[Role]' },
  GroupPage: { totalCount: 'Int', list: '[Group]' },
  Message: { message: 'String', code: 'Int' },
  AccessToken: { accessToken: 'String', exp: 'Int', iat: 'Int' },
  UserToken: { token: 'String', exp: 'Int', iat: 'Int' },
  UserPool: strings(pool),
  LoginStatus: {
    code: 'Int',
    message: 'String',
    status: 'Boolean',
    exp: 'Int',
    iat: 'Int',
    data: 'LoginStatusData',
  },
  LoginStatusData: strings('id userPoolId arn'),
};

export interface OperationType {
  readonly arguments: FieldTypes;
  readonly result: string;
}

const page = { page: 'Int', limit: 'Int' };
const sorted = { ...page, sortBy: 'SortByEnum' };
const identifiers = strings('email phone username externalId');
const roleTargets = {
  roleCode: 'String',
  roleCodes: '[String]',
  userIds: '[String!]',
  groupCodes: '[String!]',
};
const namespace = { namespace: 'String' };

export const queries = {
  users: { arguments: { ...sorted, excludeUsersInOrg: 'Boolean' }, result: 'UserPage' },
  user: { arguments: { id: 'String' }, result: 'User' },
  findUser: { arguments: identifiers, result: 'User' },
  searchUser: { arguments: { query: 'String!', fields: '[String]', ...page }, result: 'UserPage' },
  isUserExists: { arguments: identifiers, result: 'Boolean' },
  checkLoginStatus: { arguments: { token: 'String' }, result: 'LoginStatus' },
  accessToken: { arguments: { userPoolId: 'String!', secret: 'String!' }, result: 'AccessToken' },
  userpool: { arguments: {}, result: 'UserPool' },
  roles: { arguments: { ...namespace, ...sorted }, result: 'RolePage' },
  role: { arguments: { code: 'String!', ...namespace }, result: 'Role' },
  groups: { arguments: { userId: 'String', ...sorted }, result: 'GroupPage' },
  group: { arguments: { code: 'String!', ...page }, result: 'Group' },
} as const satisfies Record<string, OperationType>;

export const mutations = {
  loginByUsername: { arguments: { input: 'LoginByUsernameInput!' }, result: 'User' },
  loginByEmail: { arguments: { input: 'LoginByEmailInput!' }, result: 'User' },
  loginByPhonePassword: { arguments: { input: 'LoginByPhonePasswordInput!' }, result: 'User' },
  registerByUsername: { arguments: { input: 'RegisterByUsernameInput!' }, result: 'User' },
  registerByEmail: { arguments: { input: 'RegisterByEmailInput!' }, result: 'User' },
  updateUser: { arguments: { id: 'String', input: 'UpdateUserInput!' }, result: 'User' },
  updatePassword: { arguments: { newPassword: 'String!', oldPassword: 'String' }, result: 'User' },
  refreshToken: { arguments: { id: 'String' }, result: 'UserToken' },
  refreshAccessToken: { arguments: { accessToken: 'String' }, result: 'AccessToken' },
  createUser: { arguments: { userInfo: 'CreateUserInput!', keepPassword: 'Boolean' }, result: 'User' },
  deleteUser: { arguments: { id: 'String!' }, result: 'Message' },
  deleteUsers: { arguments: { ids: '[String!]!' }, result: 'Message' },
  assignRole: { arguments: { ...namespace, ...roleTargets }, result: 'Message' },
  revokeRole: { arguments: { ...namespace, ...roleTargets }, result: 'Message' },
  addUserToGroup: { arguments: { userIds: '[String!]!', code: 'String' }, result: 'Message' },
  removeUserFromGroup: { arguments: { userIds: '[String!]!', code: 'String' }, result: 'Message' },
} as const satisfies Record<string, OperationType>;

export type OperationName = keyof typeof queries | keyof typeof mutations;

/** Fields of a type that are asked with arguments of their own. */
export const fieldArguments: Readonly<Record<string, FieldTypes>> = {
  'User.roles': namespace,
  'User.groups': {},
  'Group.users': page,
};

const further = { captchaCode: 'String', autoRegister: 'Boolean', ...strings('clientIp params context') };
const registration = {
  password: 'String!',
  profile: 'RegisterProfile',
  forceLogin: 'Boolean',
  generateToken: 'Boolean',
  ...strings('clientIp params context phoneToken emailToken'),
};
const profile = strings(
  'phone email oauth username nickname company photo device browser name givenName familyName middleName profile ' +
    'preferredUsername website gender birthdate zoneinfo locale address formatted streetAddress locality region ' +
    'postalCode country',
);
const changes = {
  ...profile,
  ...strings('unionid openid password tokenExpiredAt lastLogin lastIP city province externalId expiredAt'),
  ...strings('phoneCountryCode mainDepartmentId mainDepartmentCode'),
  emailVerified: 'Boolean',
  phoneVerified: 'Boolean',
  blocked: 'Boolean',
  directManagement: 'Boolean',
  loginsCount: 'Int',
};

export const inputs: Readonly<Record<string, FieldTypes>> = {
  LoginByUsernameInput: { username: 'String!', password: 'String!', ...further },
  LoginByEmailInput: { email: 'String!', password: 'String!', ...further },
  LoginByPhonePasswordInput: { phone: 'String!', password: 'String!', ...further },
  RegisterByUsernameInput: { username: 'String!', ...registration },
  RegisterByEmailInput: { email: 'String!', ...registration },
  RegisterProfile: { ...profile, ...strings('ip udf') },
  UpdateUserInput: changes,
  CreateUserInput: { ...changes, registerSource: '[String!]', signedUp: 'String', isDeleted: 'Boolean' },
};

export const enumerations: Readonly<Record<string, readonly string[]>> = {
  SortByEnum: ['CREATEDAT_DESC', 'CREATEDAT_ASC', 'UPDATEDAT_DESC', 'UPDATEDAT_ASC'],
};
