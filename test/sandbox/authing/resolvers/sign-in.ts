/** Signing in and up with a password, and what becomes of the token that it brings. */
import { randomBytes } from 'node:crypto';
import type { Call, Fields } from '../call.ts';
import { readFields, readText } from '../call.ts';
import { readBearer } from '../caller.ts';
import type { ErrorCode } from '../error-texts.ts';
import { Refusal, textOf } from '../error-texts.ts';
import { readLanguage } from '../headers.ts';
import type { Identifiers } from '../pool.ts';
import type { PoolUser } from '../user.ts';
import { presentUser } from './present.ts';

const emailPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const shortestPassword = 6;

/** Refuses with 2029 what is too short, and as `PasswordKey.decrypt` does. */
export function readNewPassword({ service }: Call, encrypted: string): string {
  const password = service.passwordKey.decrypt(encrypted);
  if (password.length < shortestPassword) throw new Refusal(2029);
  return password;
}

/** Refuses with `code` an e-mail address that is none. */
export function checkEmail(email: string | undefined, code: ErrorCode): void {
  if (email !== undefined && !emailPattern.test(email)) throw new Refusal(code);
}

type Identifier = 'username' | 'email' | 'phone';

export function logIn(call: Call, args: Fields, by: Identifier): unknown {
  const input = readFields(args, 'input');
  const identifiers: Identifiers = { [by]: readText(input, by) };
  checkEmail(identifiers.email, 2003);
  const found = call.service.pool.findBy(identifiers);
  if (found === undefined && input.autoRegister === true)
    return presentSignedIn(call, addPerson(call, identifiers, input));
  if (found === undefined) throw new Refusal(2004);
  checkPerson(call, found, input);
  return presentSignedIn(call, found);
}

function checkPerson({ service }: Call, user: PoolUser, input: Fields): void {
  if (user.blocked) throw new Refusal(2005);
  const captcha = readText(input, 'captchaCode') ?? '';
  if (user.captcha !== undefined && captcha === '') throw new Refusal(2000);
  if (user.captcha !== undefined && captcha !== user.captcha) throw new Refusal(2001);
  if (user.password === undefined) throw new Refusal(2027);
  const password = service.passwordKey.decrypt(readText(input, 'password') ?? '');
  if (password !== user.password) throw new Refusal(2006);
  if (user.hasSecondFactor) throw new Refusal(1635, { mfaToken: randomBytes(24).toString('base64url') });
}

export function register(call: Call, args: Fields, by: Identifier): unknown {
  const input = readFields(args, 'input');
  if (call.service.registrationDisabled) throw new Refusal(2031);
  const identifiers: Identifiers = { [by]: readText(input, by) };
  checkEmail(identifiers.email, 2003);
  if (call.service.pool.findBy(identifiers) !== undefined) throw new Refusal(2026);
  const user = addPerson(call, identifiers, input);
  const isSignedIn = input.forceLogin === true || input.generateToken === true;
  return isSignedIn ? presentSignedIn(call, user) : presentUser(call, user);
}

function addPerson(call: Call, identifiers: Identifiers, input: Fields): PoolUser {
  const password = readNewPassword(call, readText(input, 'password') ?? '');
  const { username, email, phone } = identifiers;
  return call.service.pool.add({
    ...(username !== undefined && { username }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    password,
    fields: readFields(input, 'profile'),
  });
}

function presentSignedIn(call: Call, user: PoolUser): unknown {
  const { service } = call;
  user.loginsCount += 1;
  user.lastLogin = new Date(service.now()).toISOString();
  const { text, exp } = service.issueUserToken(user.id);
  return { ...presentUser(call, user), token: text, tokenExpiredAt: new Date(exp * 1000).toISOString() };
}

export function updatePassword(call: Call, args: Fields): unknown {
  const { user, service } = call;
  const old = readText(args, 'oldPassword');
  if (user.password !== undefined) {
    if (old === undefined || old === '') throw new Refusal(2201);
    if (service.passwordKey.decrypt(old) !== user.password) throw new Refusal(2203);
  }
  user.password = readNewPassword(call, readText(args, 'newPassword') ?? '');
  service.pool.touch(user);
  return presentUser(call, user);
}

/** Says it of the token in the argument, else of the bearer; a bad token is an answer here, not a refusal. */
export function checkLoginStatus({ service, request }: Call, args: Fields): unknown {
  const text = readText(args, 'token') ?? readBearer(request) ?? '';
  try {
    const { userId, iat, exp } = service.tokens.check(text);
    const user = service.pool.getById(userId ?? '');
    const { id, userPoolId, arn } = service.describe(user);
    return { code: 200, message: 'OK', status: true, iat, exp, data: { id, userPoolId, arn } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = textOf(error.code, readLanguage(service, request));
    return { code: error.code, message, status: false, iat: null, exp: null, data: null };
  }
}

/** A new token for the caller, whose old one is still good; the administrator gets one for anybody. */
export function refreshToken(call: Call, args: Fields): unknown {
  const user = call.findSubject(readText(args, 'id'));
  const { text: token, iat, exp } = call.service.issueUserToken(user.id);
  return { token, iat, exp };
}
