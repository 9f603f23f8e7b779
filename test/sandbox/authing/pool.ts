/** One user pool: its people, roles, groups and application. */
import type { SandboxClock } from '../clock.ts';
import { Refusal } from './error-texts.ts';
import type { PoolUser, PoolUserOptions } from './user.ts';
import { createUser } from './user.ts';

/** What people sign in with; each is one person's only. */
export interface Identifiers {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly externalId?: string | undefined;
}

export interface PoolLabel {
  readonly code: string;
  readonly description: string;
  /** Groups only. */
  readonly name?: string;
}

export interface PoolSettings {
  /** 24 hexadecimal digits. */
  readonly userPoolId: string;
  readonly secret: string;
  /** 24 hexadecimal digits; also the client id of OpenID Connect. */
  readonly appId: string;
  readonly appSecret: string;
}

export class Pool {
  settings: PoolSettings | undefined;
  readonly roles = new Map<string, PoolLabel>();
  readonly groups = new Map<string, PoolLabel>();
  readonly #clock: SandboxClock;
  #users: PoolUser[] = [];

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Oldest first. */
  get users(): readonly PoolUser[] {
    return this.#users;
  }

  /** Past all rules. */
  add(options: PoolUserOptions): PoolUser {
    const user = createUser(options, this.#clock.now());
    this.#users.push(user);
    return user;
  }

  findById(id: string): PoolUser | undefined {
    return this.#users.find((user) => user.id === id);
  }

  /** Refuses with 2004 when there is nobody. */
  getById(id: string): PoolUser {
    const user = this.findById(id);
    if (user === undefined) throw new Refusal(2004);
    return user;
  }

  /** The first who has one of these. */
  findBy({ username, email, phone, externalId }: Identifiers): PoolUser | undefined {
    return this.#users.find(
      (user) =>
        (username !== undefined && user.username === username) ||
        (email !== undefined && user.email === email) ||
        (phone !== undefined && user.phone === phone) ||
        (externalId !== undefined && user.fields.externalId === externalId),
    );
  }

  remove(id: string): void {
    this.#users = this.#users.filter((user) => user.id !== id);
  }

  touch(user: PoolUser): void {
    user.updatedAt = new Date(this.#clock.now()).toISOString();
  }
}
