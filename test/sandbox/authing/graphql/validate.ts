/** What a GraphQL server refuses before it does anything. */
import type { Field, Operation } from './parse.ts';
import type { FieldTypes, OperationType } from './schema.ts';
import { enumerations, fieldArguments, inputs, mutations, queries, types } from './schema.ts';

type Variables = Readonly<Record<string, unknown>>;

const plainName = (type: string): string => type.replaceAll(/[[\]!]/g, '');

/** Sentences as Apollo's; none when the operation may run. */
export function findFaults(operation: Operation, variables: Variables): string[] {
  const isQuery = operation.kind === 'query';
  const known: Readonly<Record<string, OperationType>> = isQuery ? queries : mutations;
  const root = isQuery ? 'Query' : 'Mutation';
  const faults = operation.fields.flatMap((field) => {
    const type = known[field.name];
    if (type === undefined) return [`Cannot query field "${field.name}" on type "${root}".`];
    return [
      ...findArgumentFaults(operation, field, type.arguments),
      ...findSelectionFaults(operation, field, type.result),
    ];
  });
  const declared = [...operation.variables].flatMap(([name, type]) =>
    findValueFaults(`Variable "$${name}"`, variables[name], type),
  );
  return [...faults, ...declared];
}

/** Every selected field of an object, such as `User.email`. */
export function listSelected(fields: readonly Field[], type: string): string[] {
  return fields.flatMap((field) => {
    const name = plainName(type);
    const inner = types[name]?.[field.name] ?? '';
    return [`${name}.${field.name}`, ...listSelected(field.fields ?? [], inner)];
  });
}

function findSelectionFaults(operation: Operation, { name, fields }: Field, type: string): string[] {
  const known = types[plainName(type)];
  if (known === undefined) {
    if (fields === undefined) return [];
    return [`Field "${name}" must not have a selection since type "${type}" has no subfields.`];
  }
  if (fields === undefined) return [`Field "${name}" of type "${type}" must have a selection of subfields.`];
  return fields.flatMap((field) => {
    const inner = known[field.name];
    const path = `${plainName(type)}.${field.name}`;
    if (inner === undefined) return [`Cannot query field "${field.name}" on type "${plainName(type)}".`];
    return [
      ...findArgumentFaults(operation, field, fieldArguments[path] ?? {}),
      ...findSelectionFaults(operation, field, inner),
    ];
  });
}

function findArgumentFaults(operation: Operation, field: Field, known: FieldTypes): string[] {
  const faults: string[] = [];
  for (const [name, given] of field.arguments) {
    const type = known[name];
    if (type === undefined) faults.push(`Unknown argument "${name}" on field "${field.name}".`);
    else if ('literal' in given) faults.push(...findValueFaults(`Argument "${name}"`, given.literal, type));
    else faults.push(...findVariableFaults(operation, given.variable, type));
  }
  for (const [name, type] of Object.entries(known)) {
    if (type.endsWith('!') && !field.arguments.has(name))
      faults.push(
        `Field "${field.name}" argument "${name}" of type "${type}" is required, but it was not provided.`,
      );
  }
  return faults;
}

function findVariableFaults({ variables }: Operation, name: string, type: string): string[] {
  const declared = variables.get(name);
  if (declared === undefined) return [`Variable "$${name}" is not defined.`];
  if (declared === type || declared === `${type}!`) return [];
  return [`Variable "$${name}" of type "${declared}" used in position expecting type "${type}".`];
}

function findValueFaults(where: string, value: unknown, type: string): string[] {
  if (type.endsWith('!')) {
    if (value === undefined || value === null)
      return [`${where} of required type "${type}" was not provided.`];
    return findValueFaults(where, value, type.slice(0, -1));
  }
  if (value === undefined || value === null) return [];
  if (type.startsWith('[')) {
    if (!Array.isArray(value)) return [`${where} got invalid value; expected type "${type}".`];
    return value.flatMap((item: unknown) => findValueFaults(where, item, type.slice(1, -1)));
  }
  return findSingleFaults(where, value, type);
}

const checks: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => Number.isInteger(value),
};

function findSingleFaults(where: string, value: unknown, type: string): string[] {
  const members = enumerations[type];
  if (members !== undefined) {
    const isMember = typeof value === 'string' && members.includes(value);
    return isMember ? [] : [`${where} got invalid value; value does not exist in "${type}" enum.`];
  }
  const check = checks[type];
  if (check !== undefined)
    return check(value) ? [] : [`${where} got invalid value; ${type} cannot represent it.`];
  const known = inputs[type];
  if (known === undefined) return [`Unknown type "${type}".`];
  if (typeof value !== 'object') return [`${where} got invalid value; expected type "${type}".`];
  const unknown = Object.keys(value ?? {}).filter((name) => !(name in known));
  return [
    ...unknown.map((name) => `${where} got invalid value; Field "${name}" is not defined by type "${type}".`),
    ...Object.entries(known).flatMap(([name, inner]) =>
      // An input of GraphQL is a plain object, checked just above.
      findValueFaults(`${where} at "${name}"`, (value as Variables)[name], inner),
    ),
  ];
}
