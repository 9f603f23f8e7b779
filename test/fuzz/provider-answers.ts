/**
 * Answers of the services through the real engines: those that the stand-ins gave, with something wrong in one or two of
 * them, by letter, by value, by header, by status, by alphabet, too long, too deep, too slow, broken off, or with all that
 * was sent said again.
 */
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import * as z from 'zod/mini';
import type { Reply } from '../../lib/bus/envelope.ts';
import { AppError } from '../../lib/errors.ts';
import type { Http } from '../../lib/ports.ts';
import type { FuzzClock } from './fuzz-clock.ts';
import {
  editJson,
  editText,
  hostileJson,
  hostileText,
  type JsonEdit,
  jsonEdit,
  type TextEdit,
  textEdit,
} from './hostile.ts';
import { createPlayer, type TapedAnswer, toResponse } from './tape.ts';
import { defineTarget, Finding } from './target.ts';
import { assertMeant, openWorld, type TapedOperation, type World } from './world.ts';

const alphabets = ['utf-16', 'latin1', 'bom', 'broken utf-8', 'compressed'] as const;
const ways = [
  'deep',
  'huge',
  'huge JSON',
  'drip',
  'never',
  'breaks',
  'empty',
  'html',
  'echo',
  'echo as HTML',
  'led on',
] as const;

/** What is wrong with one answer. */
interface Fault {
  /** Which of the answers of the operation, modulo their number. */
  readonly at: number;
  readonly json: readonly JsonEdit[];
  readonly text: readonly TextEdit[];
  readonly status: number | undefined;
  readonly headers: readonly (readonly [string, string])[];
  readonly alphabet: (typeof alphabets)[number] | undefined;
  /** Instead of all of the above. */
  readonly way: (typeof ways)[number] | undefined;
}

interface Case {
  /** Modulo their number. */
  readonly operation: number;
  readonly faults: readonly Fault[];
}

const rarely = <T>(arbitrary: fc.Arbitrary<T>, freq: number) =>
  fc.option(arbitrary, { freq, nil: undefined });
/** At most this many letters in one value; the whole answer is made longer by `huge`. */
const longest = 60_000;

const headerName = fc.constantFrom(
  ...[
    'retry-after',
    'date',
    'age',
    'content-type',
    'content-length',
    'content-encoding',
    'location',
    'dpop-nonce',
  ],
  ...['www-authenticate', 'x-rate-limit-reset', 'x-rate-limit-remaining', 'x-rate-limit-limit', 'set-cookie'],
  ...['x-app-limit-24hour-reset', 'x-user-limit-24hour-remaining'],
);
const headerValue = fc.oneof(
  fc.constantFrom(
    '-1',
    '1e308',
    '99999999999999999999',
    'Infinity',
    'NaN',
    '0',
    'Sat, 31 Dec 275760 00:00:00 GMT',
  ),
  fc.constantFrom(
    'DPoP error="use_dpop_nonce"',
    'Bearer error="invalid_token"',
    'text/html',
    'application/jwt',
  ),
  hostileText(2000),
);

const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.nat(20),
  json: fc.oneof(
    { weight: 4, arbitrary: fc.array(jsonEdit(hostileJson()), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.array(jsonEdit(hostileJson(longest)), { maxLength: 1 }) },
  ),
  text: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(textEdit(), { maxLength: 3 }) },
  ),
  status: rarely(
    fc.constantFrom(200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 408, 422, 429, 500, 502, 503, 599),
    3,
  ),
  headers: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(headerName, headerValue), { maxLength: 2 }) },
  ),
  alphabet: rarely(fc.constantFrom(...alphabets), 12),
  way: rarely(
    fc.oneof(
      ...ways.map((way) => ({ weight: way.startsWith('huge') ? 1 : 20, arbitrary: fc.constant(way) })),
    ),
    8,
  ),
});

const cases: fc.Arbitrary<Case> = fc.record({
  operation: fc.nat(10_000),
  faults: fc.array(fault, { minLength: 1, maxLength: 2 }),
});

const encoder = new TextEncoder();
const deepLevels = 100_000;
const deep = '{"access_token":"a","data":'.concat(
  '[{"a":'.repeat(deepLevels / 2),
  '1',
  '}]'.repeat(deepLevels / 2),
  '}',
);
const hugeBytes = 10_000_000;
const chunkBytes = 100_000;
/** A page of a list that never ends, as a service with a bug in its paging would send it. */
const hugeChunk = encoder.encode('"a",'.repeat(chunkBytes / 4));
/** The product promises to give up after 20 s; what is slower by its clock hangs. */
const patience = 21_000;

function encode(body: string, alphabet: Fault['alphabet']): Uint8Array<ArrayBuffer> {
  switch (alphabet) {
    case 'utf-16':
      return new Uint8Array(Buffer.from(`\ufeff${body}`, 'utf16le'));
    case 'latin1':
      return new Uint8Array(Buffer.from(body, 'latin1'));
    case 'bom':
      return encoder.encode(`\ufeff${body}`);
    case 'broken utf-8':
      return new Uint8Array(Buffer.from(body).map((byte, index) => (index % 7 === 3 ? byte | 0x80 : byte)));
    case 'compressed':
      return new Uint8Array(Buffer.from(body).map((byte) => byte ^ 0x5a));
    default:
      return encoder.encode(body);
  }
}

/** Header values as a browser's network lets them through. */
const clean = (value: string) => value.replace(/[^\t\x20-\x7e]/g, '').trim();

async function readSent(request: Request): Promise<string> {
  const headers = [...request.headers].map(([name, value]) => `${name}: ${value}`);
  return [`${request.method} ${request.url}`, ...headers, '', await request.clone().text()].join('\n');
}

/** Pieces without an end, each of which takes a while. */
function createDrip(clock: FuzzClock): ReadableStream<Uint8Array> {
  const begun = clock.now();
  return new ReadableStream(
    {
      pull(stream) {
        if (clock.now() - begun > patience) {
          // Nobody may be left waiting for the finding.
          stream.error(new Finding('hang', 'An answer that drips is read for more than 20 s.'));
          return;
        }
        clock.advance(700);
        stream.enqueue(encoder.encode(' '));
      },
    },
    { highWaterMark: 0 },
  );
}

function createHuge(note: (finding: Finding) => void, isJson: boolean): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream(
    {
      pull(stream) {
        if (sent === 0 && isJson) stream.enqueue(encoder.encode('['));
        stream.enqueue(hugeChunk);
        sent += hugeChunk.length;
        if (sent < hugeBytes) return;
        note(new Finding('hang', 'An answer of 10 MB is read to its end.'));
        stream.close();
      },
    },
    { highWaterMark: 0 },
  );
}

function breakOff(body: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(stream) {
      stream.enqueue(encoder.encode(body.slice(0, body.length / 2)));
      stream.error(new TypeError('terminated'));
    },
  });
}

interface Stage {
  readonly clock: FuzzClock;
  readonly findings: Finding[];
}

/** Says nothing until the one who asked gives up. */
async function neverAnswer({ clock, findings }: Stage, request: Request): Promise<never> {
  const begun = clock.now();
  const isGivenUp = () => request.signal.aborted;
  while (!isGivenUp()) {
    await turn();
    if (!isGivenUp() && clock.now() - begun > patience) {
      findings.push(new Finding('hang', 'A service that says nothing is waited for for more than 20 s.'));
      break;
    }
    clock.advance(1000);
  }
  throw new AppError('network');
}

async function misanswer(
  stage: Stage,
  request: Request,
  answer: TapedAnswer,
  fault: Fault,
): Promise<Response> {
  const { way } = fault;
  const status = fault.status ?? answer.status;
  const body = editText(editJson(answer.body, fault.json), fault.text);
  const headers = new Headers(answer.headers.map(([name, value]): [string, string] => [name, value]));
  for (const [name, value] of fault.headers) headers.set(name, clean(value));
  const respond = (content: BodyInit | null) =>
    new Response([204, 304].includes(status) ? null : content, { status, headers });
  switch (way) {
    case 'never':
      return neverAnswer(stage, request);
    case 'drip':
      return respond(createDrip(stage.clock));
    case 'huge':
    case 'huge JSON':
      return respond(createHuge((finding) => void stage.findings.push(finding), way === 'huge JSON'));
    case 'breaks':
      return respond(breakOff(body));
    case 'deep':
      return respond(deep);
    case 'empty':
      return respond('');
    case 'html':
      return respond('<!doctype html><title>502</title><h1>Bad gateway</h1>');
    case 'echo': {
      const sent = await readSent(request);
      const words = {
        error: 'invalid_request',
        error_description: sent,
        errmsg: sent,
        message: sent,
        detail: sent,
      };
      const errors = [{ code: 32, message: sent, userMessage: sent, detail: sent }];
      return respond(JSON.stringify({ ...words, errcode: 40029, title: sent, errors, code: 500 }));
    }
    case 'echo as HTML':
      return respond(`<pre>${await readSent(request)}</pre>`);
    case 'led on':
      return request.redirect === 'manual'
        ? // What a browser shows of a redirect that it was told not to follow.
          Response.error()
        : respond('<p>Elsewhere</p>');
    default:
      return respond(encode(body, fault.alphabet));
  }
}

/** @returns an http that plays the tape, with the faults in it. */
function playWithFaults(stage: Stage, { tape }: TapedOperation, faults: readonly Fault[]): Http {
  const find = createPlayer(tape);
  const count = [...tape.answers.values()].flat().length;
  let asked = 0;
  return async (request) => {
    request.signal.throwIfAborted();
    const answer = find(request);
    const fault = faults.find(({ at }) => at % count === asked);
    asked += 1;
    return fault === undefined ? toResponse(answer) : misanswer(stage, request, answer, fault);
  };
}

/** Stores that only a success may change, whatever is done. */
const unshaken = new Set(['registrations', 'keys', 'people', 'accounts']);

async function judge(world: World, { name, isSignIn = false }: TapedOperation, reply: Reply): Promise<void> {
  assertMeant(reply);
  const changed = await world.vault.findChanges();
  if (reply.ok) {
    assertTimes(reply.value);
    return;
  }
  const wrong = changed.filter((store) => (isSignIn ? store !== 'journal' : unshaken.has(store)));
  if (wrong.length > 0)
    throw new Finding('state', `${name} was refused (${reply.error.code}) and changed ${wrong.join(', ')}.`);
}

export const providerAnswers = defineTarget({
  name: 'provider answers',
  cases,
  open: async () => {
    const world = await openWorld();
    const { operations, clock } = world;
    return {
      async run({ operation: index, faults }) {
        const operation = operations[index % operations.length];
        if (operation === undefined) return;
        const stage: Stage = { clock, findings: [] };
        const page = operation.tape.pages.at(-1) ?? '';
        await world.play(
          operation.name,
          {
            http: playWithFaults(stage, operation, faults),
            authorize: () => Promise.resolve(page),
          },
          (app) => operation.run(app, clock),
          async (reply, app) => {
            const [finding] = stage.findings;
            if (finding !== undefined) throw finding;
            await judge(world, operation, reply);
            await assertUsable(world, app);
          },
        );
      },
      close: () => world.close(),
    };
  },
});

/** What the tables and lists of the views take for a time. */
const shownTimes = z.object({
  columns: z.optional(z.array(z.object({ id: z.string(), kind: z.string() }))),
  rows: z.optional(z.array(z.record(z.string(), z.unknown()))),
  limit: z.optional(z.object({ resetsAt: z.number() })),
  expiresAt: z.optional(z.number()),
  pollAt: z.optional(z.number()),
});

/** A view that formats another number stands still. @throws Finding `crash`. */
function assertTimes(value: unknown): void {
  const shown = shownTimes.safeParse(value);
  if (!shown.success) return;
  const { columns = [], rows = [], limit, expiresAt, pollAt } = shown.data;
  const ids = columns.filter(({ kind }) => kind === 'time').map(({ id }) => id);
  const cells = rows.flatMap((row) => ids.flatMap((id) => (typeof row[id] === 'number' ? [row[id]] : [])));
  for (const time of [...cells, limit?.resetsAt, expiresAt, pollAt])
    if (time !== undefined && Number.isNaN(new Date(time).getTime()))
      throw new Finding('crash', `No date: ${time}`);
}

/** Whatever was stored can be read again, and its times are times. */
async function assertUsable(world: World, app: Parameters<TapedOperation['run']>[0]): Promise<void> {
  if (world.vault.written.length === 0) return;
  const { accounts } = await app.invoke('accounts.list', {});
  const expected = world.vault.written.some(({ store }) => store === 'accounts')
    ? 0
    : Object.keys(world.accounts).length;
  if (accounts.length < expected) throw new Finding('state', 'An account is gone.');
  for (const { health } of accounts) {
    const times = [health].flatMap((state) =>
      'until' in state ? [state.until ?? 0] : 'at' in state ? [state.at] : [],
    );
    for (const time of times)
      if (Number.isNaN(new Date(time).getTime())) throw new Finding('crash', `No date: ${time}`);
  }
}
