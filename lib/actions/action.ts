/** How an action is declared. Popup, page button, context menu, alarm and headless test are callers of one thing. */
import type * as z from 'zod/mini';
import { AppError } from '../errors.ts';
import type { Sender, SenderClass } from '../bus/sender.ts';
import type { ActionContext } from './context.ts';

export interface Action<Id extends string, Input extends z.ZodMiniType, Output extends z.ZodMiniType> {
  readonly id: Id;
  /** What the action does, for developers; people read the views. */
  readonly title: string;
  /** Who may ask for it. Whoever is not named is refused. */
  readonly senders: readonly SenderClass[];
  readonly input: Input;
  /** What leaves the background. Keys that the schema does not name are cut off. */
  readonly output: Output;
  /** @throws AppError with a code of the closed set. */
  readonly run: (context: ActionContext, input: z.output<Input>, sender: Sender) => Promise<z.input<Output>>;
}

export function defineAction<Id extends string, Input extends z.ZodMiniType, Output extends z.ZodMiniType>(
  action: Action<Id, Input, Output>,
): Action<Id, Input, Output> {
  return action;
}

/**
 * A page's script may act now and not later, when nobody sees whose wish it was.
 * @throws AppError `not_allowed`
 */
export function assertMaySchedule({ schedule }: { readonly schedule?: unknown }, { kind }: Sender): void {
  if (schedule !== undefined && kind === 'page') throw new AppError('not_allowed');
}
