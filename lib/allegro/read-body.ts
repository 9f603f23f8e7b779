/**
 * What the readers of the API's answers share. Only what is needed to tell an entry is required: most fields may be null
 * or missing. Source: the OpenAPI description at developer.allegro.pl/swagger.yaml.
 */
import * as z from 'zod/mini';
import { AppError } from '../errors.ts';

export const maybe = <Schema extends z.ZodMiniType>(schema: Schema) => z.optional(z.nullable(schema));
export const text = maybe(z.string());
export const named = maybe(z.object({ id: text, name: text }));
export const money = maybe(z.object({ amount: text, currency: text }));
export const count = maybe(z.number());

/** @throws AppError `bad_answer` when the body is not of this shape. */
export function read<Schema extends z.ZodMiniType>(schema: Schema, body: unknown): z.output<Schema> {
  const answer = z.safeParse(schema, body);
  if (!answer.success) throw new AppError('bad_answer', { cause: answer.error });
  return answer.data;
}

/** UTC ms of an ISO 8601 time. */
export function toTime(value: string | null | undefined): number | undefined {
  const time = Date.parse(value ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Amounts are texts at Allegro, e.g. `12.34`. */
export function toAmount(value: string | null | undefined): number | undefined {
  const amount = Number(value ?? '');
  return value === null || value === undefined || value === '' || Number.isNaN(amount) ? undefined : amount;
}

/** What rows leave out is undefined, never null. */
export const orNone = (value: string | null | undefined) => value ?? undefined;
export const orNoNumber = (value: number | null | undefined) => value ?? undefined;

/** The texts that are there, in one; undefined when none is. */
export function joinTexts(texts: readonly (string | null | undefined)[], between = ', '): string | undefined {
  const there = texts.filter((one) => one !== null && one !== undefined && one !== '');
  return there.length === 0 ? undefined : there.join(between);
}

/** A page of a list; `total` where the service tells how many there are in all. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly total?: number;
}
