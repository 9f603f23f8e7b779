/** Messages at the door of the background: no JSON is too odd, and no input too far from what an action takes. */
import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { actions } from '../../lib/actions/index.ts';
import { protocol, type Reply } from '../../lib/bus/envelope.ts';
import { isForUs } from '../../lib/bus/dispatch.ts';
import { type Sender, senders } from '../../lib/bus/sender.ts';
import { errorCodes } from '../../lib/errors.ts';
import { siteHosts } from '../../lib/steem/sites/index.ts';
import { editJson, hostileJson, type JsonEdit, jsonEdit } from './hostile.ts';
import { sampleInput } from './sample-input.ts';
import { createPlayer, createTape, toResponse } from './tape.ts';
import { defineTarget, Finding } from './target.ts';
import { assertMeant, openWorld, type TapedOperation, type World } from './world.ts';

interface Case {
  /** The message as JSON, changed in its input or anywhere, or a form of it that JSON can't say. */
  readonly kind: 'valid' | 'input' | 'mutated' | 'any' | 'object';
  /** Modulo the number of actions. */
  readonly action: number;
  readonly edits: readonly JsonEdit[];
  readonly any: string;
  readonly sender: Sender | undefined;
  /** Whether the services answer. */
  readonly isOnline: boolean;
}

const sender: fc.Arbitrary<Sender | undefined> = fc.oneof(
  // Whom the door lets through to what is behind it.
  { weight: 4, arbitrary: fc.constant({ kind: 'internal' as const }) },
  { weight: 1, arbitrary: fc.constantFrom(...senders).map((kind) => ({ kind })) },
  { weight: 1, arbitrary: fc.constantFrom(...siteHosts).map((host) => ({ kind: 'page' as const, host })) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);

/** A megabyte at most: the browsers' own limit is 64. */
const longest = 1_000_000;
const value = fc.oneof(
  { weight: 60, arbitrary: hostileJson(3000) },
  { weight: 1, arbitrary: hostileJson(longest) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(5000, 100_000).map((deep) => `${'['.repeat(deep)}${']'.repeat(deep)}`),
  },
);

const cases: fc.Arbitrary<Case> = fc.record({
  kind: fc.constantFrom('valid', 'input', 'input', 'input', 'input', 'mutated', 'any', 'object'),
  action: fc.nat(10_000),
  edits: fc.array(jsonEdit(value), { minLength: 1, maxLength: 3 }),
  any: value,
  sender,
  isOnline: fc.boolean(),
});

const ids = actions.map(({ id }) => id);

/** What structured clone lets through and JSON does not: Firefox clones messages. */
function makeObject(text: string, action: string): unknown {
  const input: unknown = JSON.parse(text);
  const circle: Record<string, unknown> = { protocol, action, input };
  circle['self'] = circle;
  const oddities: unknown[] = [
    circle,
    new Map([['protocol', protocol]]),
    { protocol, action, input: new Date(NaN) },
    { protocol, action, input: new Uint8Array(3) },
    { protocol, action, input: 10n },
    { protocol, action, input: { post: new Error('no'), account: new Set([1]), request: undefined } },
    Object.assign(Object.create(null) as object, { protocol, action, input }),
    [protocol, action, input],
    { protocol, action: [action], input },
    { protocol: `${protocol}/`, action, input },
  ];
  return oddities[text.length % oddities.length];
}

function makeMessage({ kind, action, edits, any }: Case, sample: (id: string) => unknown): unknown {
  const id = ids[action % ids.length] ?? '';
  const input = sample(id);
  if (kind === 'valid') return { protocol, action: id, input };
  if (kind === 'input') return { protocol, action: id, input: parse(editJson(JSON.stringify(input), edits)) };
  const whole = JSON.stringify({ protocol, action: id, input });
  if (kind === 'mutated') return parse(editJson(whole, edits));
  if (kind === 'object') return makeObject(any, id);
  const free = parse(any);
  return any.length % 2 === 0 ? free : { protocol, action: id, input: free };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const reply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    error: z.strictObject({
      code: z.enum(errorCodes),
      message: z.string(),
      field: z.optional(z.string()),
      details: z.optional(z.string()),
    }),
  }),
]);

/** Whether the door itself refused: nothing has happened then. Actions have a `bad_input` of their own. */
function isRefusedAtDoor(answer: Reply, message: unknown): boolean {
  if (answer.ok) return false;
  const { code } = answer.error;
  if (code !== 'bad_input') return ['malformed_message', 'not_allowed', 'unknown_action'].includes(code);
  const { action, input } = message as Record<string, unknown>;
  const asked = actions.find(({ id }) => id === action);
  return asked !== undefined && !z.safeParse(asked.input, input).success;
}

function judge(world: World, answer: Reply, message: unknown, who: Sender | undefined): void {
  if (!reply.safeParse(answer).success) throw new Finding('crash', `No reply: ${JSON.stringify(answer)}`);
  assertMeant(answer);
  if (answer.ok && who === undefined) throw new Finding('state', 'A stranger was let in.');
  if (isRefusedAtDoor(answer, message) && world.vault.written.length > 0) {
    const stores = world.vault.written.map(({ store }) => store).join(', ');
    throw new Finding('state', `Refused at the door, and wrote to ${stores}.`);
  }
}

/** All answers of all operations. */
function joinTapes(operations: readonly TapedOperation[]) {
  const joined = createTape();
  for (const { tape } of operations)
    for (const [key, answers] of tape.answers) joined.answers.set(key, answers);
  return joined;
}

export const messages = defineTarget({
  name: 'messages',
  cases,
  open: async () => {
    const world = await openWorld();
    const sample = sampleInput(world.accounts);
    const tape = joinTapes(world.operations);
    return {
      async run(value) {
        const message = makeMessage(value, sample);
        // The background answers nothing else.
        if (!isForUs(message)) return;
        const play = createPlayer(value.isOnline ? tape : createTape());
        await world.play(
          'message',
          {
            http: async (request) => {
              await Promise.resolve();
              return toResponse(play(request));
            },
            authorize: () => Promise.resolve('https://latchkey.chromiumapp.org/x?error=access_denied'),
          },
          (app) => app.dispatch(message, value.sender),
          (answer) => judge(world, answer, message, value.sender),
        );
      },
      close: () => world.close(),
    };
  },
});
