/** All that one server remembers: codes, tokens, grants, sessions and clients, in memory. */
import type { Adapter, StoredPayload } from 'oidc-provider';
import type { SandboxClock } from '../clock.ts';

export class Store {
  readonly #clock: SandboxClock;
  readonly #entries = new Map<string, StoredPayload>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  put(model: string, id: string, payload: StoredPayload): void {
    this.#entries.set(`${model}:${id}`, payload);
  }

  find(model: string, id: string): StoredPayload | undefined {
    return this.#entries.get(`${model}:${id}`);
  }

  remove(model: string, id: string): void {
    this.#entries.delete(`${model}:${id}`);
  }

  /** Ids and payloads of what has neither ended nor been used up, oldest first. */
  listGood(model: string): [id: string, payload: StoredPayload][] {
    return this.#of(model).filter(
      ([, { exp, consumed }]) => consumed === undefined && (exp ?? Infinity) > this.#seconds(),
    );
  }

  /** Ends it now, as if its time had come. False when there is none. */
  expire(model: string, id: string): boolean {
    const payload = this.find(model, id);
    if (payload !== undefined) payload.exp = this.#seconds();
    return payload !== undefined;
  }

  consume(model: string, id: string): void {
    const payload = this.find(model, id);
    if (payload !== undefined) payload.consumed = this.#seconds();
  }

  /** Everything that came of one consent: codes and tokens. */
  revokeGrant(grantId: string): void {
    for (const [key, payload] of this.#entries) {
      if (payload.grantId === grantId && /^(\w+Token|AuthorizationCode):/.test(key))
        this.#entries.delete(key);
    }
  }

  /** What oidc-provider asks for one kind of thing. */
  adapter(model: string): Adapter {
    const findBy = (field: 'uid' | 'userCode', value: string): StoredPayload | undefined =>
      this.#of(model).find(([, payload]) => payload[field] === value)?.[1];
    const afterwards = (work: () => void): Promise<void> => {
      work();
      return Promise.resolve();
    };
    return {
      upsert: (id, payload) => afterwards(() => this.put(model, id, payload)),
      find: (id) => Promise.resolve(this.find(model, id)),
      findByUid: (uid) => Promise.resolve(findBy('uid', uid)),
      findByUserCode: (userCode) => Promise.resolve(findBy('userCode', userCode)),
      consume: (id) => afterwards(() => this.consume(model, id)),
      destroy: (id) => afterwards(() => this.remove(model, id)),
      revokeByGrantId: (grantId) => afterwards(() => this.revokeGrant(grantId)),
    };
  }

  #of(model: string): [id: string, payload: StoredPayload][] {
    const prefix = `${model}:`;
    return [...this.#entries]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, payload]) => [key.slice(prefix.length), payload]);
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
