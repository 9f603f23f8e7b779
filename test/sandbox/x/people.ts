/** Who is on X, and who follows whom. */
import type { SandboxClock } from '../clock.ts';
import { Snowflakes } from './snowflake.ts';

export interface XUserOptions {
  /** Decimal text; made up when left out. */
  readonly id?: string;
  readonly username: string;
  readonly name: string;
  readonly description?: string;
  readonly verified?: boolean;
  /** Posts may have 25,000 characters. */
  readonly premium?: boolean;
  /** Only followers see the posts. */
  readonly protected?: boolean;
  /** UTC ms. */
  readonly createdAt?: number;
  /** Usernames of people there are already, oldest follower first. */
  readonly followers?: readonly string[];
}

export interface XUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly description: string;
  readonly verified: boolean;
  readonly createdAt: number;
  premium: boolean;
  protected: boolean;
  /** Suspended people can't be looked up. */
  suspended: boolean;
  /** The code that every post of this person is refused with. */
  trouble: 64 | 185 | 226 | 326 | undefined;
}

/** One follows the other; `order` rises with time. */
interface Follow {
  readonly order: number;
  readonly follower: XUser;
  readonly followed: XUser;
}

export interface FollowEntry {
  /** Decimal text that rises with the time of following. */
  readonly key: string;
  readonly user: XUser;
}

export class People {
  readonly #users = new Map<string, XUser>();
  readonly #ids = new Snowflakes();
  readonly #clock: SandboxClock;
  #follows: Follow[] = [];

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** Throws on a name X would not take, and on one that is taken. */
  add(options: XUserOptions): XUser {
    const { username, name } = options;
    if (!/^[A-Za-z0-9_]{1,15}$/.test(username)) throw new Error(`${username} is no username`);
    if (this.find(username) !== undefined) throw new Error(`${username} is taken`);
    const createdAt = options.createdAt ?? this.#clock.now() - 4 * 365 * 86_400_000;
    const user: XUser = {
      id: options.id ?? this.#ids.next(createdAt),
      username,
      name,
      description: options.description ?? '',
      verified: options.verified ?? false,
      createdAt,
      premium: options.premium ?? false,
      protected: options.protected ?? false,
      suspended: false,
      trouble: undefined,
    };
    this.#users.set(user.id, user);
    for (const follower of options.followers ?? []) this.follow(follower, username);
    return user;
  }

  /** Case does not matter in usernames. */
  find(username: string): XUser | undefined {
    const wanted = username.toLowerCase();
    return [...this.#users.values()].find((user) => user.username.toLowerCase() === wanted);
  }

  findById(id: string): XUser | undefined {
    return this.#users.get(id);
  }

  get(username: string): XUser {
    const user = this.find(username);
    if (user === undefined) throw new Error(`nobody on X is called ${username}`);
    return user;
  }

  getById(id: string): XUser {
    const user = this.#users.get(id);
    if (user === undefined) throw new Error(`nobody on X has the id ${id}`);
    return user;
  }

  /** Throws when one of the two does not exist. */
  follow(follower: string, followed: string): void {
    const order = this.#follows.length + 1;
    this.#follows.push({ order, follower: this.get(follower), followed: this.get(followed) });
  }

  isFollowing(follower: XUser, followed: XUser): boolean {
    return this.#follows.some((follow) => follow.follower === follower && follow.followed === followed);
  }

  followersOf(user: XUser): FollowEntry[] {
    return this.#follows
      .filter(({ followed }) => followed === user)
      .map(({ order, follower }) => ({ key: String(order), user: follower }));
  }

  followingOf(user: XUser): FollowEntry[] {
    return this.#follows
      .filter(({ follower }) => follower === user)
      .map(({ order, followed }) => ({ key: String(order), user: followed }));
  }
}
