/** The shapes in which the API says what went wrong: codes in three places. */
import { randomUUID } from 'node:crypto';
import type { SandboxAnswer } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';
import type { Language, Refusal } from './error-texts.ts';
import { textOf } from './error-texts.ts';

/** `object` is usual; `json` has the same object as a text inside GraphQL; `api-code` is that of newer servers. */
export type ErrorForm = 'object' | 'json' | 'api-code';

export interface Told {
  readonly refusal: Refusal;
  readonly language: Language;
  readonly form: ErrorForm;
}

function describe({ refusal, language, form }: Told): Record<string, unknown> {
  const { code, data } = refusal;
  const message = textOf(code, language);
  return form === 'api-code'
    ? { uniqueId: randomUUID(), statusCode: 499, message, apiCode: String(code), data }
    : { code, message, data };
}

/** An entry of `errors`; business errors travel with HTTP 200. */
export function describeGraphqlError(told: Told, path: string): Record<string, unknown> {
  const described = describe(told);
  return {
    message: told.form === 'json' ? JSON.stringify(described) : described,
    locations: [{ line: 2, column: 9 }],
    path: [path],
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

/** HTTP 400 with texts, as the GraphQL layer itself refuses. */
export function refuseGraphql(messages: readonly string[]): SandboxAnswer {
  const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
  return jsonAnswer({ errors: messages.map((message) => ({ message, extensions })) }, 400);
}

export function restError(told: Told): SandboxAnswer {
  const described = describe(told);
  return jsonAnswer(told.form === 'api-code' ? { ...described, requestId: randomUUID() } : described);
}

export function restSuccess(data: unknown, form: ErrorForm, message = 'OK'): SandboxAnswer {
  return jsonAnswer({ [form === 'api-code' ? 'statusCode' : 'code']: 200, message, data });
}
