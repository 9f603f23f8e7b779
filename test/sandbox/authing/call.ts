/** One call of the user API while it is served: who asks, in which words, with what. */
import type { SandboxRequest } from '../messages.ts';
import type { Caller } from './caller.ts';
import { findCaller } from './caller.ts';
import { Refusal } from './error-texts.ts';
import type { AuthingService } from './service.ts';
import type { PoolUser } from './user.ts';

export type Fields = Readonly<Record<string, unknown>>;

export class Call {
  readonly service: AuthingService;
  readonly request: SandboxRequest;

  constructor(service: AuthingService, request: SandboxRequest) {
    this.service = service;
    this.request = request;
  }

  /** Refuses with 2020 where nobody says who they are, with 2206 or 2207 where they say it wrongly. */
  get caller(): Caller {
    const caller = findCaller(this.service, this.request);
    if (caller === undefined) throw new Refusal(2020);
    return caller;
  }

  /** The person who asks; an administrator is none. */
  get user(): PoolUser {
    const { caller } = this;
    if (caller.kind === 'administrator') throw new Refusal(2020);
    return caller.user;
  }

  /** Refuses with 1001 unless the administrator asks. */
  checkAdministrator(): void {
    if (this.caller.kind !== 'administrator') throw new Refusal(1001);
  }

  /** The person of this id, of the caller when left out. A person may ask for themselves only. */
  findSubject(id: string | undefined): PoolUser {
    const { caller } = this;
    if (caller.kind === 'administrator') return this.service.pool.getById(id ?? '');
    if (id !== undefined && id !== caller.user.id) throw new Refusal(1001);
    return caller.user;
  }
}

/** A text, also an empty one; undefined for null and for what is not there. */
export function readText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

export function readTexts(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** An input object; empty where there is none. */
export function readFields(fields: Fields, name: string): Fields {
  const value = fields[name];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
