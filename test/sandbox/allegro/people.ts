/** Who is on Allegro, and what each sells. */
import { randomInt, randomUUID } from 'node:crypto';
import type { ImpliedWarranty, Offer, Order, RatingsSummary, ReturnPolicy, Warranty } from './shop.ts';

export interface AllegroUserOptions {
  /** Decimal text; made up when left out. */
  readonly id?: string;
  readonly login: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly company?: { readonly name: string; readonly taxId: string };
  readonly features?: readonly string[];
}

export interface AllegroUser {
  readonly id: string;
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly company: { readonly name: string; readonly taxId: string } | undefined;
  readonly features: readonly string[];
  readonly warranties: Warranty[];
  readonly returnPolicies: ReturnPolicy[];
  readonly impliedWarranties: ImpliedWarranty[];
  readonly offers: Offer[];
  /** Newest first. */
  readonly orders: Order[];
  /** Undefined: not a seller. */
  ratings: RatingsSummary | undefined;
}

export class People {
  readonly #users = new Map<string, AllegroUser>();

  /** Throws when the login is taken. */
  add(options: AllegroUserOptions): AllegroUser {
    const { login } = options;
    if (this.find(login) !== undefined) throw new Error(`${login} is taken`);
    const user: AllegroUser = {
      id: options.id ?? String(randomInt(10_000_000, 200_000_000)),
      login,
      firstName: options.firstName ?? login,
      lastName: options.lastName ?? 'Kowalski',
      // Allegro shows apps an address of its own.
      email: `${randomUUID().slice(0, 8)}+${login}@user.allegrogroup.pl`,
      company: options.company,
      features: options.features ?? [],
      warranties: [],
      returnPolicies: [],
      impliedWarranties: [],
      offers: [],
      orders: [],
      ratings: undefined,
    };
    this.#users.set(login, user);
    return user;
  }

  find(login: string): AllegroUser | undefined {
    return this.#users.get(login);
  }

  findById(id: string): AllegroUser | undefined {
    return [...this.#users.values()].find((user) => user.id === id);
  }

  get(login: string): AllegroUser {
    const user = this.find(login);
    if (user === undefined) throw new Error(`nobody on Allegro is called ${login}`);
    return user;
  }
}
