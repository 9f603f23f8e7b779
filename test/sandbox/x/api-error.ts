/** A refusal on its way out of a handler; the answer is what the caller gets. */
import type { SandboxAnswer } from '../messages.ts';

export class ApiError extends Error {
  readonly answer: SandboxAnswer;

  constructor(answer: SandboxAnswer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}
