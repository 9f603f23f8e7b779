/** Query parameters within their ranges: what is outside is an error, never cut to fit. */
import { apiError } from './api-error.ts';
import type { Call } from './call.ts';

export interface Range {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

/** Throws Refusal 422. */
export function readNumber(call: Call, name: string, { least, most, usual }: Range): number {
  const values = call.request.query.getAll(name);
  if (values.length === 0) return usual;
  const [text = ''] = values;
  const value = values.length === 1 && /^\d{1,8}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least && value <= most)) throw apiError('VALIDATION_ERROR', call.language, name);
  return value;
}

/** Repeatable; empty when missing. Throws Refusal 422 on a value that is none of these. */
export function readChoices<Value extends string>(
  call: Call,
  name: string,
  allowed: readonly Value[],
): Value[] {
  return call.request.query.getAll(name).map((text) => {
    const value = allowed.find((choice) => choice === text);
    if (value === undefined) throw apiError('VALIDATION_ERROR', call.language, name);
    return value;
  });
}

export interface PageRanges {
  readonly limit: Range;
  readonly offset: Range;
}

/** The part of the list that was asked for. Throws Refusal 422. */
export function takePage<Item>(call: Call, items: readonly Item[], ranges: PageRanges): Item[] {
  const limit = readNumber(call, 'limit', ranges.limit);
  const offset = readNumber(call, 'offset', ranges.offset);
  return items.slice(offset, offset + limit);
}

/** -1, 0 or 1 for `sort`. Throws Refusal 422 on a field that can't be sorted by. */
export function sortBy<Item>(
  call: Call,
  items: readonly Item[],
  fields: Readonly<Record<string, (item: Item) => number>>,
): Item[] {
  const names = Object.keys(fields).flatMap((name) => [name, `-${name}`]);
  const [sort] = readChoices(call, 'sort', names);
  const read = fields[sort?.replace(/^-/, '') ?? ''];
  if (sort === undefined || read === undefined) return [...items];
  const sign = sort.startsWith('-') ? -1 : 1;
  return items.toSorted((one, other) => sign * (read(one) - read(other)));
}
