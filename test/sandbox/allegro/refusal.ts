/** An answer that ends the handling of a request from anywhere within it. */
import type { SandboxAnswer } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';

export class Refusal extends Error {
  readonly answer: SandboxAnswer;

  constructor(answer: SandboxAnswer) {
    super('refused');
    this.answer = answer;
  }
}

/** The OAuth endpoints' and the token check's shape; some errors come without a description. */
export function oauthRefusal(error: string, description?: string, status = 400): Refusal {
  const body = { error, ...(description !== undefined && { error_description: description }) };
  return new Refusal(jsonAnswer(body, status));
}

export const noCredentials = (): Refusal =>
  oauthRefusal('unauthorized', 'Full authentication is required to access this resource', 401);
