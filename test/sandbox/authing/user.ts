/** A person in a user pool. */
import { createHash, randomBytes } from 'node:crypto';

/** What the API knows of a person; absent values are null there. */
export interface PoolUser {
  readonly id: string;
  username?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  /** Undefined for people who came by a social login. */
  password: string | undefined;
  blocked: boolean;
  /** Signing in needs this text from a picture. */
  captcha: string | undefined;
  /** Signing in needs a second factor. */
  hasSecondFactor: boolean;
  loginsCount: number;
  lastLogin: string | undefined;
  /** ISO 8601. */
  createdAt: string;
  updatedAt: string;
  /** Whatever else was filled in, by the API's names. */
  readonly fields: Record<string, unknown>;
  readonly roles: Set<string>;
  readonly groups: Set<string>;
}

export interface PoolUserOptions {
  /** 24 hexadecimal digits; made up when left out. */
  readonly id?: string;
  readonly username?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly password?: string;
  readonly blocked?: boolean;
  readonly captcha?: string;
  readonly hasSecondFactor?: boolean;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly roles?: readonly string[];
  readonly groups?: readonly string[];
}

/** `at` is UTC ms. */
export function createUser(options: PoolUserOptions, at: number): PoolUser {
  const created = new Date(at).toISOString();
  return {
    id: options.id ?? randomBytes(12).toString('hex'),
    username: options.username,
    email: options.email,
    phone: options.phone,
    password: options.password,
    blocked: options.blocked ?? false,
    captcha: options.captcha,
    hasSecondFactor: options.hasSecondFactor ?? false,
    loginsCount: 0,
    lastLogin: undefined,
    createdAt: created,
    updatedAt: created,
    fields: { ...options.fields },
    roles: new Set(options.roles),
    groups: new Set(options.groups),
  };
}

/** As the API writes a user, with the hash of the password: who asks for it gets it. */
export function describeUser(
  user: PoolUser,
  { brandName, userPoolId }: { readonly brandName: string; readonly userPoolId: string },
): Record<string, unknown> {
  const { id, password } = user;
  const hash = createHash('sha256').update(`${id}${password ?? ''}`);
  return {
    registerSource: ['basic:username-password'],
    gender: 'U',
    emailVerified: false,
    phoneVerified: false,
    ...user.fields,
    id,
    arn: `arn:cn:${brandName}:${userPoolId}:user:${id}`,
    userPoolId,
    status: 'Activated',
    username: user.username,
    email: user.email,
    phone: user.phone,
    password: password === undefined ? null : hash.digest('hex'),
    blocked: user.blocked,
    isDeleted: false,
    loginsCount: user.loginsCount,
    lastLogin: user.lastLogin,
    lastIP: '203.0.113.7',
    openid: `openid-of-${id}`,
    oauth: '{}',
    signedUp: user.createdAt,
    createdAt: user.createdAt,
    updatedAt: user.updatedAt,
  };
}
