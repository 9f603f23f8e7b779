/**
 * How a view, a page script or a test asks for an action. Types of the actions are imported, never their code,
 * so that a caller's bundle stays small.
 */
import type { Actions } from '../actions/index.ts';
import { envelope, type Refusal, type Reply } from './envelope.ts';

/** Thrown by {@link Invoke} when an action was refused or failed. `message` is a sentence for the person. */
export class ActionError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = 'ActionError';
    this.refusal = refusal;
  }

  /** By its name: a page's script and the popover are bundles with a copy of this class each, and hand errors over. */
  static override [Symbol.hasInstance](thrown: unknown): thrown is ActionError {
    // Whatever was thrown: only the name is looked at.
    return (thrown as Error | null | undefined)?.name === 'ActionError';
  }
}

/** Runs an action. Throws {@link ActionError}; any other error means that the background could not be reached. */
export type Invoke = <Id extends keyof Actions>(
  action: Id,
  input: Actions[Id]['input'],
) => Promise<Actions[Id]['output']>;

/** `send` delivers one message and resolves with the background's reply. */
export function createClient(send: (message: unknown) => Promise<unknown>): Invoke {
  return async (action, input) => {
    // The door answers our messages with a Reply and nothing else; the value's shape is the action's output schema.
    const reply = (await send(envelope(action, input))) as Reply | undefined;
    if (reply === undefined) throw new Error('No answer.');
    if (!reply.ok) throw new ActionError(reply.error);
    return reply.value as never;
  };
}
