/** Signing in and up with a password, and new tokens for old ones. The password lives here for one call only. */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { ApiCall, ApiClient, ApiTokens, Subject } from '../providers/provider.ts';
import { encryptPassword } from './encrypt-password.ts';
import { buildGraphqlRequest, type Operation, readGraphql } from './graphql.ts';
import { findPasswordKey } from './password-key.ts';

type Typed = Readonly<Record<string, string>>;
export const signInMethods = ['username', 'email', 'phone'] as const;
type Method = (typeof signInMethods)[number];

/** Ids of the forms. */
export const passwordForms = { signIn: 'sign-in', signUp: 'sign-up' } as const;

const lifeMs = 15 * 24 * 60 * 60 * 1000;

const text = z.nullish(z.string());
const signedIn = z.object({
  id: z.string(),
  username: text,
  email: text,
  phone: text,
  token: text,
  tokenExpiredAt: text,
});
const signInFields = 'id username email phone token tokenExpiredAt';

const operation = (name: string, input: string): Operation => ({
  name,
  kind: 'mutation',
  variables: { input },
  fields: signInFields,
});
const logIn: Readonly<Record<Method, Operation>> = {
  username: operation('loginByUsername', 'LoginByUsernameInput!'),
  email: operation('loginByEmail', 'LoginByEmailInput!'),
  phone: operation('loginByPhonePassword', 'LoginByPhonePasswordInput!'),
};
/** By telephone it takes a code, which is sent to it. */
const register: Readonly<Record<Method, Operation | undefined>> = {
  username: operation('registerByUsername', 'RegisterByUsernameInput!'),
  email: operation('registerByEmail', 'RegisterByEmailInput!'),
  phone: undefined,
};
const refreshToken: Operation = {
  name: 'refreshToken',
  kind: 'mutation',
  variables: {},
  fields: 'token exp',
};

const shapes: Readonly<
  Record<Method, { readonly pattern: RegExp; readonly code: 'empty' | 'bad_email' | 'bad_phone' }>
> = {
  username: { pattern: /\S/, code: 'empty' },
  email: { pattern: /^[^\s@]+@[^\s@]+$/, code: 'bad_email' },
  // E.164, or a number of the server's own country.
  phone: { pattern: /^\+?\d{5,15}$/, code: 'bad_phone' },
};

const isMethod = (method: string): method is Method => signInMethods.some((known) => known === method);

/** @throws AppError naming the field. */
function readTyped({ method = 'username', login = '', password = '' }: Typed) {
  if (!isMethod(method)) throw new AppError('bad_input', { field: 'method' });
  const name = method === 'phone' ? login.replaceAll(/[\s()-]/g, '') : login.trim();
  if (name === '') throw new AppError('empty', { field: 'login' });
  const { pattern, code } = shapes[method];
  if (!pattern.test(name)) throw new AppError(code, { field: 'login' });
  if (password === '') throw new AppError('empty', { field: 'password' });
  return { method, name, password };
}

type SignedIn = z.output<typeof signedIn>;

function readSubject({ id, username, email, phone }: SignedIn): Subject {
  return { id, name: username ?? email ?? phone ?? id };
}

/** The service says when a token ends, or it lives as long as all of them. */
function readTokens({ token, tokenExpiredAt }: SignedIn, now: number): ApiTokens {
  if (token === undefined || token === null || token === '') throw new AppError('bad_answer');
  const end = Date.parse(tokenExpiredAt ?? '');
  return { accessToken: token, expiresAt: Number.isNaN(end) ? now + lifeMs : end };
}

/**
 * @param typed `form`, `method` (user name, e-mail or telephone), `login` and `password`.
 * @throws AppError `password_needed` where nothing was typed; else naming the field, or as the service refuses.
 */
export async function signInByPassword(
  call: ApiCall,
  client: ApiClient,
  typed: Typed,
): Promise<{ readonly subject: Subject; readonly tokens: ApiTokens }> {
  const { form } = typed;
  if (form === undefined) throw new AppError('password_needed');
  const { method, name, password } = readTyped(typed);
  const { api } = client.bases;
  const key = await findPasswordKey(call, { api, settings: client.settings });
  const ask = async (chosen: Operation, more: Readonly<Record<string, unknown>> = {}) => {
    const input = { [method]: name, password: encryptPassword(password, key, client.randomBytes), ...more };
    return readGraphql(await call(buildGraphqlRequest(api, chosen, { input })), chosen, signedIn);
  };
  if (form !== passwordForms.signUp) return toSignedIn(await ask(logIn[method]), client.now);
  const chosen = register[method];
  if (chosen === undefined) throw new AppError('bad_input', { field: 'method' });
  const person = await ask(chosen, { forceLogin: true });
  // A pool may make the person without signing them in.
  return toSignedIn(person.token ? person : await ask(logIn[method]), client.now);
}

const toSignedIn = (person: SignedIn, now: number) => ({
  subject: readSubject(person),
  tokens: readTokens(person, now),
});

const fresh = z.object({ token: z.string(), exp: z.number() });

/** The old token, still good, is what a new one is asked for with. */
export async function refreshUserToken(call: ApiCall, { bases }: ApiClient): Promise<ApiTokens> {
  const body = await call(buildGraphqlRequest(bases.api, refreshToken));
  const { token, exp } = readGraphql(body, refreshToken, fresh);
  return { accessToken: token, expiresAt: exp * 1000 };
}
