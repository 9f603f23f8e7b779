/** What the sandbox's handlers get and give: one HTTP request and its answer, without sockets. */

export interface SandboxRequest {
  /** Lower case, without the port. */
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** UTC ms by the machine's clock, not by the sandbox's. */
  readonly at: number;
  /** The User-Agent header; empty when there was none. */
  readonly client: string;
}

export interface SandboxAnswer {
  readonly status: number;
  /** A header that is sent several times, such as Set-Cookie, has a list. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/** `hang` is a server that took the request and never answers. */
export type SandboxResponse = SandboxAnswer | 'hang';

export function jsonAnswer(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): SandboxAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function textAnswer(body: string, status = 200): SandboxAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export function htmlAnswer(body: string, status = 200): SandboxAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function redirectAnswer(location: string): SandboxAnswer {
  return { status: 302, headers: { location }, body: '' };
}

/** The answer with these headers added; a hanging server stays one. */
export function withHeaders(response: SandboxResponse, headers: Record<string, string>): SandboxResponse {
  return response === 'hang' ? response : { ...response, headers: { ...response.headers, ...headers } };
}
