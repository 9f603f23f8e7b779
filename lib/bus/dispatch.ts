/** The one door: every message comes through here, is checked, runs one action, and gets an answer. Closed by default. */
import * as z from 'zod/mini';
import type { Action } from '../actions/action.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError, toAppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { protocol, type Refusal, type Reply } from './envelope.ts';
import type { Sender } from './sender.ts';

const envelope = z.object({ protocol: z.literal(protocol), action: z.string(), input: z.unknown() });

type AnyAction = Action<string, z.ZodMiniType, z.ZodMiniType>;

/** True for what claims to be ours, well formed or not; other messages are not answered at all. */
export function isForUs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'protocol' in message;
}

/** Answers every message with a {@link Reply}; never rejects. `sender` undefined is a stranger. */
export type Dispatch = (message: unknown, sender: Sender | undefined) => Promise<Reply>;

export function createDispatch(
  actions: readonly AnyAction[],
  context: ActionContext,
  { translate, log }: Pick<Ports, 'translate' | 'log'>,
): Dispatch {
  const byId = new Map(actions.map((action) => [action.id, action]));

  function admit(
    message: unknown,
    sender: Sender | undefined,
  ): { action: AnyAction; input: unknown; sender: Sender } {
    const parsed = z.safeParse(envelope, message);
    if (!parsed.success) throw new AppError('malformed_message');
    if (sender === undefined) throw new AppError('not_allowed');
    const action = byId.get(parsed.data.action);
    if (action === undefined) throw new AppError('unknown_action');
    if (!action.senders.includes(sender.kind)) throw new AppError('not_allowed');
    const input = z.safeParse(action.input, parsed.data.input);
    if (!input.success) throw badInput(input.error);
    return { action, input: input.data, sender };
  }

  function refuse(thrown: unknown): Refusal {
    const error = toAppError(thrown);
    if (error.code === 'internal') {
      const { cause } = error;
      log.warn('internal error', { name: cause instanceof Error ? cause.name : typeof cause });
    }
    return {
      code: error.code,
      message: translate(`error_${error.code}`, error.params),
      ...(error.field === undefined ? {} : { field: error.field }),
      ...(error.details === undefined ? {} : { details: error.details }),
    };
  }

  return async (message, sender) => {
    try {
      const admitted = admit(message, sender);
      const { action } = admitted;
      // JSON leaves out what is undefined; the schema cuts off what it does not name.
      const value = z.parse(action.output, await action.run(context, admitted.input, admitted.sender));
      return { ok: true, value };
    } catch (thrown) {
      return { ok: false, error: refuse(thrown) };
    }
  };
}

function badInput(error: z.core.$ZodError): AppError {
  const field = error.issues[0]?.path[0];
  return new AppError('bad_input', typeof field === 'string' ? { field } : {});
}
