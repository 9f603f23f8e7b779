/** Every request the sandbox saw, in order, so that a test can say what was sent and what was not. */
import type { SandboxRequest } from './messages.ts';

export interface RequestFilter {
  readonly host?: string;
  readonly method?: string;
  /** A prefix of the path, or a pattern for it. */
  readonly path?: string | RegExp;
  readonly where?: (request: SandboxRequest) => boolean;
}

/** True where each given part of the filter fits. */
export function matchesRequest(filter: RequestFilter, request: SandboxRequest): boolean {
  const { host, method, path, where } = filter;
  if (host !== undefined && host !== request.host) return false;
  if (method !== undefined && method !== request.method) return false;
  if (typeof path === 'string' && !request.path.startsWith(path)) return false;
  if (path instanceof RegExp && !path.test(request.path)) return false;
  return where?.(request) ?? true;
}

export class RequestLog implements Iterable<SandboxRequest> {
  #requests: SandboxRequest[] = [];
  #waiting: { filter: RequestFilter; resolve: (request: SandboxRequest) => void }[] = [];

  get all(): readonly SandboxRequest[] {
    return this.#requests;
  }

  add(request: SandboxRequest): void {
    this.#requests.push(request);
    const fitting = this.#waiting.filter(({ filter }) => matchesRequest(filter, request));
    this.#waiting = this.#waiting.filter((entry) => !fitting.includes(entry));
    for (const { resolve } of fitting) resolve(request);
  }

  clear(): void {
    this.#requests = [];
  }

  find(filter: RequestFilter): SandboxRequest[] {
    return this.#requests.filter((request) => matchesRequest(filter, request));
  }

  count(filter: RequestFilter): number {
    return this.find(filter).length;
  }

  /** The next fitting request that arrives after this call. */
  next(filter: RequestFilter): Promise<SandboxRequest> {
    return new Promise((resolve) => {
      this.#waiting.push({ filter, resolve });
    });
  }

  [Symbol.iterator](): Iterator<SandboxRequest> {
    return this.#requests[Symbol.iterator]();
  }
}
