/** Which part of a list is asked for. Allegro refuses numbers outside a resource's own range instead of cutting them. */
import { AppError } from '../errors.ts';

interface Range {
  readonly least: number;
  readonly most: number;
}

export interface PageRanges {
  readonly limit: Range;
  readonly offset: Range;
  /** The most that both may come to. */
  readonly sum?: number;
}

export interface Part {
  readonly limit: number;
  readonly offset: number;
}

/**
 * @param typed `limit` and `offset` as texts.
 * @param next the offset of a further page, in place of the typed one.
 * @throws AppError `out_of_range` at the field, with the numbers that are allowed.
 */
export function readPart(
  { limit: limits, offset: offsets, sum = Infinity }: PageRanges,
  typed: Readonly<Record<string, string>>,
  next: string | undefined,
): Part {
  const limit = readNumber('limit', typed['limit'] ?? '', limits);
  const most = Math.min(offsets.most, sum - limit);
  return { limit, offset: readNumber('offset', next ?? typed['offset'] ?? '', { ...offsets, most }) };
}

function readNumber(field: string, text: string, { least, most }: Range): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new AppError('out_of_range', { field, params: { least, most } });
}

/**
 * The offset of the page after this one; undefined where there is none, or none that may be asked for.
 * @param total of all pages, where the service tells; a full page may have another after it otherwise.
 */
export function findNext(
  { offset: { most }, sum = Infinity }: PageRanges,
  { limit, offset }: Part,
  rows: number,
  total?: number,
): string | undefined {
  const next = offset + rows;
  const isMore = total === undefined ? rows === limit : rows > 0 && next < total;
  return isMore && next <= most && next + limit <= sum ? String(next) : undefined;
}
