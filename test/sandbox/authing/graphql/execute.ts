/** The GraphQL endpoint: reads, refuses what the schema does not have, runs, and gives exactly what was selected. */
import type { SandboxAnswer, SandboxRequest } from '../../messages.ts';
import { jsonAnswer } from '../../messages.ts';
import type { Fields } from '../call.ts';
import { Call } from '../call.ts';
import { describeGraphqlError, refuseGraphql } from '../envelope.ts';
import { Refusal } from '../error-texts.ts';
import { checkHeaders, readLanguage } from '../headers.ts';
import type { AuthingService } from '../service.ts';
import type { Argument, Field, Operation } from './parse.ts';
import { GraphqlSyntaxError, parseGraphql } from './parse.ts';
import { resolvers } from './resolvers.ts';
import { mutations, queries, type OperationName } from './schema.ts';
import { findFaults, listSelected } from './validate.ts';

export function answerGraphql(service: AuthingService, request: SandboxRequest): SandboxAnswer {
  if (request.method !== 'POST') return refuseGraphql(['GET query missing.']);
  const asked = readBody(request);
  if (asked === undefined) return refuseGraphql(['Must provide query string.']);
  const operation = parse(asked.query);
  if (typeof operation === 'string') return refuseGraphql([operation]);
  const faults = findFaults(operation, asked.variables);
  if (faults.length > 0) return refuseGraphql(faults);
  recordSelection(service, operation);
  return run(new Call(service, request), operation, asked.variables);
}

interface Asked {
  readonly query: string;
  readonly variables: Fields;
}

function readBody({ headers, body }: SandboxRequest): Asked | undefined {
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return undefined;
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read !== 'object' || read === null || !('query' in read)) return undefined;
    const { query } = read;
    const variables = 'variables' in read && typeof read.variables === 'object' ? read.variables : {};
    return typeof query === 'string' ? { query, variables: { ...variables } } : undefined;
  } catch {
    return undefined;
  }
}

function parse(query: string): Operation | string {
  try {
    return parseGraphql(query);
  } catch (error) {
    if (error instanceof GraphqlSyntaxError) return error.message;
    throw error;
  }
}

function recordSelection({ selectedFields }: AuthingService, { kind, fields }: Operation): void {
  const known = kind === 'query' ? queries : mutations;
  for (const field of fields) {
    // findFaults has seen that the operation exists.
    const { result } = known[field.name as keyof typeof known];
    for (const name of listSelected(field.fields ?? [], result)) selectedFields.add(name);
  }
}

function run(call: Call, { fields }: Operation, variables: Fields): SandboxAnswer {
  const { service, request } = call;
  const data: Record<string, unknown> = {};
  const errors: unknown[] = [];
  for (const field of fields) {
    try {
      if (field.name !== 'accessToken') checkHeaders(service, request);
      const args = readArguments(field.arguments, variables);
      const value = resolvers[field.name as OperationName](call, args);
      data[field.alias] = select(value, field, variables);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const language = readLanguage(service, request);
      data[field.alias] = null;
      const told = { refusal: error, language, form: service.errorForm };
      errors.push(describeGraphqlError(told, field.alias));
    }
  }
  return jsonAnswer(errors.length === 0 ? { data } : { errors, data });
}

function readArguments(given: ReadonlyMap<string, Argument>, variables: Fields): Fields {
  return Object.fromEntries(
    [...given].map(([name, value]) => [
      name,
      'variable' in value ? variables[value.variable] : value.literal,
    ]),
  );
}

function select(value: unknown, field: Field, variables: Fields): unknown {
  const { fields } = field;
  if (value === undefined || value === null) return null;
  if (fields === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => select(item, field, variables));
  // Only objects have fields in the schema.
  const source = value as Readonly<Record<string, Resolved>>;
  return Object.fromEntries(
    fields.map((inner) => {
      const found = source[inner.name];
      const read = isFieldFunction(found) ? found(readArguments(inner.arguments, variables)) : found;
      return [inner.alias, select(read, inner, variables)];
    }),
  );
}

/** A field that takes arguments of its own is a function in what a resolver gives. */
type FieldFunction = (args: Fields) => unknown;
type Resolved = FieldFunction | object | string | number | boolean | null | undefined;

function isFieldFunction(value: Resolved): value is FieldFunction {
  return typeof value === 'function';
}
