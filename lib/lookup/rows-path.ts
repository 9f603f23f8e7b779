/**
 * Where in an answer the rows are: a dotted path, `data.items`, or a JSON Pointer (RFC 6901), `/data/items`, for names
 * with dots in them. Nothing is the whole answer. Pure.
 */
import { AppError } from '../errors.ts';
import { isSecretName } from './secrets.ts';

const field = 'rows';

/**
 * The names on the way, outermost first.
 * @throws AppError `lookup_bad_rows`, `lookup_secret_rows`, at the field `rows`.
 */
export function parseRowsPath(text: string): readonly string[] {
  const typed = text.trim();
  if (typed === '') return [];
  const isPointer = typed.startsWith('/');
  const names = isPointer ? typed.slice(1).split('/') : typed.split('.');
  // RFC 6901 section 3: a tilde stands before 0 or 1 only.
  if (isPointer ? /~(?![01])/.test(typed) : names.includes(''))
    throw new AppError('lookup_bad_rows', { field });
  const path = isPointer ? names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')) : names;
  if (isSecretName(path.join('.'))) throw new AppError('lookup_secret_rows', { field });
  return path;
}

export interface FoundRows {
  readonly rows: readonly unknown[];
  /** Names that there are at the place where the way ended; undefined where the rows were found. */
  readonly instead?: readonly string[];
}

/** The rows of an answer: the items of a list, or the one thing that is there. */
export function findRows(body: unknown, path: readonly string[]): FoundRows {
  let value = body;
  for (const name of path) {
    const isObject = typeof value === 'object' && value !== null;
    if (!isObject) return { rows: [], instead: [] };
    // The names of lists are their numbers, from 0.
    if (!Object.hasOwn(value as object, name)) return { rows: [], instead: Object.keys(value as object) };
    value = Reflect.get(value as object, name);
  }
  if (value === undefined || value === null) return { rows: [] };
  return { rows: Array.isArray(value) ? (value as unknown[]) : [value] };
}
