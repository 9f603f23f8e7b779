/** Sign-ins and their tokens: rotation, the grace of the old refresh token, and the ends a session can take. */
import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { AllegroApp } from './app-registry.ts';
import type { AllegroUser } from './people.ts';
import { writeToken } from './write-token.ts';

export interface Session {
  readonly app: AllegroApp;
  /** Undefined: the app itself, by client_credentials. */
  readonly user: AllegroUser | undefined;
  readonly scope: readonly string[];
  /** Ended from Allegro's side: unlinked, password changed, pushed out by newer sessions. */
  isEnded: boolean;
  /** The only access token that is taken. */
  access: AccessToken | undefined;
}

export interface AccessToken {
  readonly text: string;
  readonly jti: string;
  readonly session: Session;
  /** UTC ms. */
  endsAt: number;
}

export interface RefreshToken {
  readonly text: string;
  readonly session: Session;
  /** UTC ms. */
  endsAt: number;
  /** UTC ms of its first use. */
  usedAt: number | undefined;
}

export interface Pair {
  readonly access: AccessToken;
  /** Undefined for an app's own token, and where the service gives none. */
  readonly refresh: RefreshToken | undefined;
}

export interface Lifetimes {
  readonly accessTokenSeconds: number;
  readonly graceSeconds: number;
  readonly sessionsPerUser: number;
}

export class Sessions {
  readonly #clock: SandboxClock;
  readonly #lifetimes: Lifetimes;
  readonly #access = new Map<string, AccessToken>();
  readonly #refresh = new Map<string, RefreshToken>();
  #open: Session[] = [];

  /** `lifetimes` is read at each use, so that tests can change it. */
  constructor(clock: SandboxClock, lifetimes: Lifetimes) {
    this.#clock = clock;
    this.#lifetimes = lifetimes;
  }

  /** A new sign-in leaves the person's other sessions alone, until there are too many: then the oldest ends. */
  open(grant: Pick<Session, 'app' | 'user' | 'scope'>, hasRefresh: boolean): Pair {
    const session: Session = { ...grant, isEnded: false, access: undefined };
    this.#open.push(session);
    const pair = this.#issue(session, hasRefresh);
    if (grant.user !== undefined) this.#pushOut(grant.user);
    return pair;
  }

  #pushOut(user: AllegroUser): void {
    const own = this.#open.filter((session) => session.user === user && this.#isOpen(session));
    const tooMany = Math.max(0, own.length - this.#lifetimes.sessionsPerUser);
    for (const session of own.slice(0, tooMany)) session.isEnded = true;
  }

  #isOpen(session: Session): boolean {
    const now = this.#clock.now();
    const hasRefresh = [...this.#refresh.values()].some(
      (token) => token.session === session && token.usedAt === undefined && token.endsAt > now,
    );
    return !session.isEnded && (hasRefresh || (session.access?.endsAt ?? 0) > now);
  }

  #issue(session: Session, hasRefresh: boolean): Pair {
    const claims = { clientId: session.app.clientId, scope: session.scope, userId: session.user?.id };
    const endsAt = this.#clock.now() + this.#lifetimes.accessTokenSeconds * 1000;
    const jti = randomUUID();
    const access: AccessToken = {
      text: writeToken({ ...claims, endsAt, jti }),
      jti,
      session,
      endsAt,
    };
    // The one before is dead from here on, although its hours are not over.
    session.access = access;
    this.#access.set(access.text, access);
    return { access, refresh: hasRefresh ? this.#issueRefresh(session, jti) : undefined };
  }

  #issueRefresh(session: Session, ati: string): RefreshToken {
    const end = new Date(this.#clock.now());
    end.setUTCMonth(end.getUTCMonth() + 3);
    const endsAt = end.getTime();
    const claims = { clientId: session.app.clientId, scope: session.scope, userId: session.user?.id };
    const text = writeToken({ ...claims, endsAt, jti: randomUUID(), ati });
    const token: RefreshToken = { text, session, endsAt, usedAt: undefined };
    this.#refresh.set(text, token);
    return token;
  }

  findAccess(text: string): AccessToken | undefined {
    return this.#access.get(text);
  }

  findRefresh(text: string): RefreshToken | undefined {
    return this.#refresh.get(text);
  }

  isGood(token: AccessToken): boolean {
    const { session } = token;
    return !session.isEnded && session.access === token && token.endsAt > this.#clock.now();
  }

  /** Unused, or used for the first time within the grace; says nothing of the session. */
  mayRefresh({ endsAt, usedAt }: RefreshToken): boolean {
    const now = this.#clock.now();
    const isInGrace = usedAt === undefined || now < usedAt + this.#lifetimes.graceSeconds * 1000;
    return isInGrace && endsAt > now;
  }

  /**
   * Each use gives a further pair, the second use within the grace too: Allegro promises that the old token is taken
   * once more, not that the answer is the same. The caller has asked mayRefresh.
   */
  rotate(token: RefreshToken): Pair {
    token.usedAt ??= this.#clock.now();
    return this.#issue(token.session, true);
  }

  endWhere(isMeant: (session: Session) => boolean): void {
    for (const session of this.#open) if (isMeant(session)) session.isEnded = true;
  }

  listGoodAccess(): AccessToken[] {
    return [...this.#access.values()].filter((token) => this.isGood(token));
  }

  /** Never used so far, which leaves out those in their grace. */
  listGoodRefresh(): RefreshToken[] {
    const now = this.#clock.now();
    return [...this.#refresh.values()].filter(
      ({ session, endsAt, usedAt }) => !session.isEnded && endsAt > now && usedAt === undefined,
    );
  }
}
