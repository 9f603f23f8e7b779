/** Query parameters, as strict as the API: unknown ones, repeated ones and wrong values are refused by name. */
import { postFields, userFields } from './field-lists.ts';
import { fieldNames } from '../field-names.ts';
import type { Call } from './call.ts';
import { invalid } from './call.ts';

/** Throws ApiError 400 when the query holds anything else than these, or one of them twice. */
export function checkQuery(call: Call, allowed: readonly string[]): void {
  const { query } = call.request;
  for (const name of new Set(query.keys())) {
    if (!allowed.includes(name)) {
      throw invalid(call, `The query parameter [${name}] is not one of [${allowed.join(',')}]`, {
        [name]: query.getAll(name),
      });
    }
    if (query.getAll(name).length > 1) throw refuseValue(call, name);
  }
}

export function refuseValue(call: Call, name: string, hint = 'is not valid'): Error {
  const value = call.request.query.getAll(name).join(',');
  return invalid(call, `The \`${name}\` query parameter value [${value}] ${hint}`, { [name]: [value] });
}

/** A comma list out of `allowed`; empty when the parameter is missing. */
export function readList(call: Call, name: string, allowed: readonly string[]): string[] {
  const text = call.request.query.get(name);
  if (text === null) return [];
  const values = text.split(',');
  if (!values.every((value) => allowed.includes(value)))
    throw refuseValue(call, name, `is not one of [${allowed.join(',')}]`);
  return values;
}

export function readPostFields(call: Call): string[] {
  const generation = call.service.fieldNames;
  return readList(call, fieldNames[generation].parameter, postFields(generation));
}

export function readUserFields(call: Call): string[] {
  return readList(call, 'user.fields', userFields(call.service.fieldNames));
}

export function readMaxResults(
  call: Call,
  { least, most, usual }: { readonly least: number; readonly most: number; readonly usual: number },
): number {
  const text = call.request.query.get('max_results');
  if (text === null) return usual;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most))
    throw refuseValue(call, 'max_results', `is not between ${least} and ${most}`);
  return value;
}
