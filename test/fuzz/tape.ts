/** What the stand-ins of the services answered once, to be played again, in order or out of it. */
import { AppError } from '../../lib/errors.ts';
import type { Http } from '../../lib/ports.ts';

export interface TapedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** One run of an operation: its answers by method and address without the query, and where its sign-in page led. */
export interface Tape {
  readonly answers: Map<string, TapedAnswer[]>;
  readonly pages: string[];
}

export const createTape = (): Tape => ({ answers: new Map(), pages: [] });

export function keyOf({ method, url }: Request): string {
  const { origin, pathname } = new URL(url);
  return `${method} ${origin}${pathname}`;
}

/** An http that notes what `http` answers. */
export function recordOn(tape: Tape, http: Http): Http {
  return async (request) => {
    const key = keyOf(request);
    const response = await http(request);
    const body = await response.clone().text();
    const answer = { status: response.status, headers: [...response.headers], body };
    tape.answers.set(key, [...(tape.answers.get(key) ?? []), answer]);
    return response;
  };
}

/** Finds the next answer of a tape to a request; the last of its kind again where there are no more. */
export function createPlayer(tape: Tape): (request: Request) => TapedAnswer {
  const played = new Map<string, number>();
  return (request) => {
    const key = keyOf(request);
    const answers = tape.answers.get(key) ?? [];
    const at = played.get(key) ?? 0;
    played.set(key, at + 1);
    const answer = answers[Math.min(at, answers.length - 1)];
    if (answer === undefined) throw new AppError('network');
    return answer;
  };
}

const emptyStatus = new Set([204, 205, 304]);

export function toResponse({ status, headers, body }: TapedAnswer): Response {
  return new Response(emptyStatus.has(status) ? null : body, {
    status,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
  });
}
