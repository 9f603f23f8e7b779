/** The accounts beside OpenID Connect at Authing and servers of the same make: by password, and of a whole user pool. */
import { buildAuthingHeaders, readTimeLimit } from '../../authing/headers.ts';
import { connectPool, poolSettings, takePoolToken } from '../../authing/connect-pool.ts';
import { assertGraphql } from '../../authing/graphql.ts';
import { findRefusal, readHttpRefusal } from '../../authing/read-refusal.ts';
import {
  passwordForms,
  refreshUserToken,
  signInByPassword,
  signInMethods,
} from '../../authing/sign-in-by-password.ts';
import type { LookupParam } from '../lookup.ts';
import { authingPoolLookups } from '../lookups/authing-pool-lookups.ts';
import { authingUserLookups } from '../lookups/authing-user-lookups.ts';
import type { TypedForm } from './typed-form.ts';
import type { UserApiProvider } from './user-api-provider.ts';

interface Brand {
  /** Id and title of the row whose registration is used. */
  readonly id: string;
  readonly title: string;
  readonly consoleUrl: string;
}

const titles = { username: 'form_by_username', email: 'form_by_email', phone: 'form_by_phone' } as const;

function buildPasswordParams(methods: readonly (typeof signInMethods)[number][]): LookupParam[] {
  return [
    {
      id: 'method',
      titleKey: 'form_method',
      kind: 'choice',
      isRequired: true,
      initial: 'username',
      choices: methods.map((value) => ({ value, titleKey: titles[value] })),
    },
    { id: 'login', titleKey: 'form_login', kind: 'text', isRequired: true, initial: '' },
    { id: 'password', titleKey: 'form_password', kind: 'password', isRequired: true, initial: '' },
  ];
}

const passwordFormList: readonly TypedForm[] = [
  {
    id: passwordForms.signIn,
    titleKey: 'form_password_sign_in',
    hintKey: 'form_password_hint',
    params: buildPasswordParams(signInMethods),
  },
  {
    id: passwordForms.signUp,
    titleKey: 'form_password_sign_up',
    hintKey: 'form_sign_up_hint',
    params: buildPasswordParams(['username', 'email']),
  },
];

const shared = ({ id, consoleUrl }: Brand) =>
  ({
    protocol: 'user-api',
    guide: 'authing',
    fields: 'app-id',
    registeredAs: id,
    actsFor: 'lookup',
    bases: { auth: '', api: '' },
    addresses: 'app-host',
    refreshTokens: 'none',
    isSecretRequired: false,
    consoleUrl,
    headers: buildAuthingHeaders,
    timeLimit: readTimeLimit,
    findRefusal,
    readFailure: readHttpRefusal,
    check: (call, { bases }) => assertGraphql(call, bases.api),
  }) as const satisfies Partial<UserApiProvider>;

/** A person by user name, e-mail or telephone. Their token lives 15 days and is renewed with itself. */
export function buildPasswordAccount(brand: Brand): UserApiProvider {
  return {
    ...shared(brand),
    id: `${brand.id}-user`,
    title: `${brand.title} user API`,
    revokes: true,
    revokePage: ({ auth }) => auth,
    lookups: authingUserLookups,
    forms: passwordFormList,
    signIn: signInByPassword,
    ownerOf: ({ clientId }) => clientId,
    renewsWith: 'token',
    renew: refreshUserToken,
    buildRevocationRequests: ({ api }, clientId) => [
      new Request(`${api}/api/v2/logout?${new URLSearchParams({ app_id: clientId }).toString()}`),
    ],
  };
}

const hour = 60 * 60 * 1000;

/** A whole user pool, by its id and secret. */
export function buildPoolAccount(brand: Brand): UserApiProvider {
  return {
    ...shared(brand),
    id: `${brand.id}-pool`,
    title: `${brand.title} user pool`,
    // Nothing takes its token back before the end; a new secret makes an end of it.
    revokes: false,
    revokePage: ({ auth }) => (brand.consoleUrl === '' ? auth : brand.consoleUrl),
    lookups: authingPoolLookups,
    forms: [{ id: 'connect', titleKey: 'form_connect_pool', params: [] }],
    signIn: connectPool,
    ownerOf: ({ settings }) => settings[poolSettings.id] ?? '',
    renewsWith: 'secret',
    renew: takePoolToken,
    renewsBefore: hour,
    buildRevocationRequests: () => [],
  };
}
