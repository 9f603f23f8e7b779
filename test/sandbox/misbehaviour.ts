/** Faults on demand: a rule says which requests go wrong, how, and how often. */
import { setTimeout as delay } from 'node:timers/promises';
import { htmlPage } from './html.ts';
import type { SandboxAnswer, SandboxRequest, SandboxResponse } from './messages.ts';
import { htmlAnswer } from './messages.ts';
import type { RequestFilter } from './request-log.ts';
import { matchesRequest } from './request-log.ts';

/**
 * - `drop-before`, `drop-after`: the connection ends without an answer, before or after the service acted.
 * - `delay`: the request waits before the service acts.
 * - `hold`: it waits for `release()`, before (default) or after the service acted; with `lost` it never reaches the
 *   service, and its connection ends at the release.
 * - `status`: a gateway's answer; the service does not act. `html`: the same with status 200.
 * - `empty`, `truncated-json`, `wrong-content-type`: the service acts, its answer is damaged.
 */
export type Fault =
  | 'drop-before'
  | 'drop-after'
  | 'html'
  | 'empty'
  | 'truncated-json'
  | 'wrong-content-type'
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hold'; readonly when?: 'before' | 'after' | 'lost' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Preflights are left alone unless `method` names them. */
export interface MisbehaviourRule extends RequestFilter {
  /** How many requests it hits; 1 when left out, Infinity for all. */
  readonly times?: number;
  readonly how: Fault;
}

export interface Misbehaviour {
  /** Ends the rule; requests that it holds go on. */
  readonly remove: () => void;
  /** Lets held requests go on, and those still to come pass. */
  readonly release: () => void;
  /** Resolves with the first request hit: for `hold` and `drop-after`, when its point is reached. */
  readonly hit: Promise<SandboxRequest>;
}

interface ActiveRule {
  readonly rule: MisbehaviourRule;
  left: number;
  readonly released: Promise<void>;
  readonly markHit: (request: SandboxRequest) => void;
}

/** What the server does with a request: write this answer, leave it open, or cut the connection. */
export type Outcome = SandboxResponse | 'drop';

export class Misbehaviours {
  #rules: ActiveRule[] = [];
  readonly #releases = new Set<() => void>();

  add(rule: MisbehaviourRule): Misbehaviour {
    const hit = Promise.withResolvers<SandboxRequest>();
    const released = Promise.withResolvers<undefined>();
    const release = (): void => released.resolve(undefined);
    const active: ActiveRule = {
      rule,
      left: rule.times ?? 1,
      released: released.promise,
      markHit: hit.resolve,
    };
    this.#rules.push(active);
    this.#releases.add(release);
    return {
      hit: hit.promise,
      release,
      remove: () => {
        this.#rules = this.#rules.filter((other) => other !== active);
        release();
      },
    };
  }

  /** Ends all rules and lets every held request go on. */
  clear(): void {
    this.#rules = [];
    for (const release of this.#releases) release();
    this.#releases.clear();
  }

  /** Runs `act` (the service itself) under the first rule that fits; without one just runs it. */
  async run(request: SandboxRequest, act: () => Promise<SandboxResponse>): Promise<Outcome> {
    const active = this.#rules.find(
      ({ rule, left }) =>
        left > 0 &&
        (request.method !== 'OPTIONS' || rule.method === 'OPTIONS') &&
        matchesRequest(rule, request),
    );
    if (active === undefined) return act();
    active.left -= 1;
    return this.#misbehave(active, request, act);
  }

  async #misbehave(
    { rule: { how }, markHit, released }: ActiveRule,
    request: SandboxRequest,
    act: () => Promise<SandboxResponse>,
  ): Promise<Outcome> {
    if (typeof how === 'object' && how.kind === 'hold' && how.when === 'after') {
      const response = await act();
      markHit(request);
      await released;
      return response;
    }
    if (how === 'drop-after') {
      await act();
      markHit(request);
      return 'drop';
    }
    markHit(request);
    if (how === 'drop-before') return 'drop';
    if (how === 'html') return htmlAnswer(gatewayPage('Just a moment...'));
    if (typeof how === 'string') return damageAnswer(await act(), how);
    switch (how.kind) {
      case 'status':
        return buildStatusAnswer(how);
      case 'delay':
        await delay(how.ms);
        return act();
      case 'hold':
        await released;
        return how.when === 'lost' ? 'drop' : act();
    }
  }
}

function gatewayPage(title: string): string {
  return htmlPage(title, `<h1>${title}</h1>\n<hr>\n<p>nginx</p>`);
}

/** As a gateway answers: its own page and no CORS header. */
function buildStatusAnswer(how: Extract<Fault, { kind: 'status' }>): SandboxAnswer {
  return {
    status: how.status,
    headers: { 'content-type': how.body === undefined ? 'text/html' : 'text/plain', ...how.headers },
    body: how.body ?? gatewayPage(`${how.status}`),
  };
}

function damageAnswer(
  response: SandboxResponse,
  how: 'empty' | 'truncated-json' | 'wrong-content-type',
): SandboxResponse {
  if (response === 'hang') return response;
  switch (how) {
    case 'empty':
      return { ...response, body: '' };
    case 'truncated-json':
      return { ...response, body: response.body.slice(0, Math.floor(response.body.length / 2)) };
    case 'wrong-content-type':
      return { ...response, headers: { ...response.headers, 'content-type': 'text/html; charset=utf-8' } };
  }
}
