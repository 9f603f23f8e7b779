/**
 * The address of a look-up that the person wrote: below the service's own origin, whatever is typed into it. Pure.
 * Written `/path/{param}?name={param}`, or whole, with one of the service's own addresses at its beginning.
 */
import { AppError } from '../errors.ts';

/** Where the service answers, by name; see a provider's bases. */
export type Origins = Readonly<Record<BaseName, string>>;
type BaseName = 'api' | 'auth';

export interface CustomAddress {
  /** By name, since a person who moves a service of their own types its address once. */
  readonly base: BaseName;
  /** From the first slash on, with the query. */
  readonly path: string;
}

export interface AddressParam {
  readonly name: string;
  /** A part of the path can't be empty; one of the query is left out then. */
  readonly isRequired: boolean;
}

const bases = ['api', 'auth'] as const;
const placeholder = /\{([^{}]*)\}/g;
const field = 'address';
/** Longer addresses are refused by many a server. */
const longest = 2000;

const originOf = (base: string) => (URL.canParse(base) ? new URL(base).origin : undefined);

/** The origins that an address may lie below, each once. */
export function listOrigins(origins: Origins): string[] {
  return [...new Set(bases.map((name) => originOf(origins[name])).filter((origin) => origin !== undefined))];
}

function splitAddress(text: string, origins: Origins): CustomAddress {
  if (text.startsWith('/')) return { base: 'api', path: text };
  for (const base of bases) {
    const origin = originOf(origins[base]);
    if (origin !== undefined && text.startsWith(`${origin}/`))
      return { base, path: text.slice(origin.length) };
  }
  throw new AppError('lookup_leaves_origin', { field, params: { origins: listOrigins(origins).join(', ') } });
}

/** Decodes what can be, as servers do that let the rest stand. */
function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    }
  });
}

/** True for a part of a path, as a server sees it, that leads elsewhere: up, or to more than one part. */
function leadsElsewhere(segment: string): boolean {
  // Some servers drop what follows a semicolon before they look at the dots.
  const [name = ''] = segment.split(';');
  return /^\.{1,2}$/.test(name.trim()) || /[/\\\p{Cc}]/u.test(segment);
}

/** The same, however often a server decodes. Each time takes two letters at least, so that texts must not be long. */
function isTrick(segment: string): boolean {
  for (let seen = segment; ;) {
    if (leadsElsewhere(seen)) return true;
    const decoded = decode(seen);
    if (decoded === seen) return false;
    seen = decoded;
  }
}

const splitPath = (path: string): readonly [string, string | undefined] => {
  const at = path.indexOf('?');
  return at < 0 ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
};

function assertPlaceholders(path: string): void {
  for (const [, name = ''] of path.matchAll(placeholder))
    if (!/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name) || name in {})
      throw new AppError('lookup_bad_placeholder', { field });
  if (/[{}]/.test(path.replaceAll(placeholder, ''))) throw new AppError('lookup_bad_placeholder', { field });
}

/**
 * @throws AppError at the field `address`: `empty`, `lookup_bad_address`, `lookup_bad_placeholder`,
 *   `lookup_leaves_origin`.
 */
export function parseAddress(text: string, origins: Origins): CustomAddress {
  const typed = text.trim();
  if (typed === '') throw new AppError('empty', { field });
  // Browsers drop or turn these silently, so that what is read is not what is sent.
  if (/[\s\\#\p{Cc}]/u.test(typed) || typed.length > longest)
    throw new AppError('lookup_bad_address', { field });
  const address = splitAddress(typed, origins);
  assertPlaceholders(address.path);
  const [path, query = ''] = splitPath(address.path.replaceAll(placeholder, 'x'));
  const segments = path.split('/').slice(1);
  try {
    decodeURIComponent(path);
    decodeURIComponent(query);
    // A slash at the very end is in order, an empty part elsewhere begins another host.
    if (segments.some((segment, at) => (segment === '' && at < segments.length - 1) || isTrick(segment)))
      throw new AppError('lookup_leaves_origin', {
        field,
        params: { origins: listOrigins(origins).join(', ') },
      });
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : new AppError('lookup_bad_address', { field, cause: thrown });
  }
  return address;
}

/** Each placeholder once, in their order. */
export function listParams({ path }: Pick<CustomAddress, 'path'>): AddressParam[] {
  const [before, query = ''] = splitPath(path);
  const namesIn = (text: string) => Array.from(text.matchAll(placeholder), ([, name = '']) => name);
  const required = new Set(namesIn(before));
  return [...new Set([...required, ...namesIn(query)])].map((name) => ({
    name,
    isRequired: required.has(name),
  }));
}

type Values = Readonly<Record<string, string>>;

const fill = (text: string, values: Values) =>
  text.replaceAll(placeholder, (_, name: string) => encodeURIComponent((values[name] ?? '').toWellFormed()));

function fillSegment(segment: string, values: Values): string {
  const [name] = Array.from(segment.matchAll(placeholder), ([, found = '']) => found);
  if (name === undefined) return segment;
  const filled = fill(segment, values);
  if (filled.length > longest) throw new AppError('lookup_bad_value', { field: name });
  if (filled === '') throw new AppError('empty', { field: name });
  if (isTrick(filled)) throw new AppError('lookup_bad_value', { field: name });
  return filled;
}

/** Parts of the query whose placeholders are all empty are left out. */
function fillQuery(query: string, values: Values): string {
  return query
    .split('&')
    .filter((part) => {
      const names = Array.from(part.matchAll(placeholder), ([, name = '']) => name);
      return names.length === 0 || names.some((name) => (values[name] ?? '') !== '');
    })
    .map((part) => fill(part, values))
    .join('&');
}

/**
 * The address to ask, with values percent-encoded in the places of the params.
 * @throws AppError `empty` or `lookup_bad_value` with the param as field; `lookup_leaves_origin`.
 */
export function buildAddress({ base, path }: CustomAddress, origins: Origins, values: Values): URL {
  const [before, query] = splitPath(path);
  const filled = before
    .split('/')
    .map((segment) => fillSegment(segment, values))
    .join('/');
  const search = query === undefined ? '' : fillQuery(query, values);
  const origin = originOf(origins[base]);
  const text = `${origin ?? ''}${filled}${search === '' ? '' : `?${search}`}`;
  // All of the above says so already; the token goes nowhere else even if it is wrong.
  if (origin === undefined || !URL.canParse(text) || new URL(text).origin !== origin)
    throw new AppError('lookup_leaves_origin', {
      field,
      params: { origins: listOrigins(origins).join(', ') },
    });
  return new URL(text);
}
