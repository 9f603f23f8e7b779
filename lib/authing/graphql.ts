/** Requests to the GraphQL endpoint and what comes back. Only fields that are put on show or needed are asked for. */
import * as z from 'zod/mini';
import { AppError, toAppError } from '../errors.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** An operation of the schema; its name is that of the field in the answer. */
export interface Operation {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  /** Types by name of variable, as in the schema, e.g. `String!`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Fields of the answer in GraphQL's braces, without the outer ones; empty for a scalar. */
  readonly fields: string;
}

/** `query user($id: String) { user(id: $id) { id } }` */
function buildDocument({ name, kind, variables, fields }: Operation): string {
  const list = (join: (name: string, type: string) => string) => {
    const parts = Object.entries(variables).map(([variable, type]) => join(variable, type));
    return parts.length === 0 ? '' : `(${parts.join(', ')})`;
  };
  const declared = list((variable, type) => `$${variable}: ${type}`);
  const given = list((variable) => `${variable}: $${variable}`);
  return `${kind} ${name}${declared} { ${name}${given}${fields === '' ? '' : ` { ${fields} }`} }`;
}

/** @param api address without a slash at its end. Not authorised. */
export function buildGraphqlRequest(api: string, operation: Operation, variables: Variables = {}): Request {
  return new Request(`${api}/graphql/v2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: buildDocument(operation), variables }),
  });
}

/** What an operation gave. @throws AppError `bad_answer` for another shape. */
export function readGraphql<S extends z.ZodMiniType>(
  body: unknown,
  { name }: Operation,
  result: S,
): z.output<S> {
  const answer = z.safeParse(z.object({ data: z.object({ [name]: result }) }), body);
  if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
  // The shape just checked has this one key.
  return answer.data.data[name] as z.output<S>;
}

/**
 * Looks whether the endpoint is there, by a question that every GraphQL server answers or refuses in its own words.
 * @throws AppError of what else answers, or of nobody.
 */
export async function assertGraphql(
  call: (request: Request) => Promise<unknown>,
  api: string,
): Promise<void> {
  const operation: Operation = { name: '__typename', kind: 'query', variables: {}, fields: '' };
  try {
    await call(buildGraphqlRequest(api, operation));
  } catch (thrown) {
    if (toAppError(thrown).code !== 'authing_refused') throw thrown;
  }
}
