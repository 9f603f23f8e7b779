/** Cuts a list into pages. A token names a place in one list and is good for that list only. */
import { randomBytes } from 'node:crypto';
import { compareIds } from '../snowflake.ts';
import type { Call } from './call.ts';
import { refuseValue } from './query.ts';

/** An item with the decimal text that the list is ordered by, newest first. */
export interface Keyed {
  readonly key: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
  readonly previousToken: string | undefined;
}

interface Place {
  readonly path: string;
  readonly side: 'older' | 'newer';
  readonly key: string;
}

export class PageTokens {
  readonly #places = new Map<string, Place>();

  write(place: Place): string {
    const token = BigInt(`0x${randomBytes(24).toString('hex')}`)
      .toString(36)
      .padStart(37, '0');
    this.#places.set(token, place);
    return token;
  }

  find(token: string): Place | undefined {
    return this.#places.get(token);
  }
}

/** The page that the call's `pagination_token` names, or the first. Throws ApiError 400 for a wrong token. */
export function readPage<T extends Keyed>(call: Call, unsorted: readonly T[], size: number): Page<T> {
  const { pageTokens } = call.service;
  const { path, query } = call.request;
  const token = query.get('pagination_token');
  const place = token === null ? undefined : pageTokens.find(token);
  if (token !== null && token.length < 16)
    throw refuseValue(call, 'pagination_token', 'must have at least 16 characters');
  if (token !== null && place?.path !== path) throw refuseValue(call, 'pagination_token');

  const all = unsorted.toSorted((a, b) => compareIds(b.key, a.key));
  const start = place === undefined ? 0 : findStart(all, place, size);
  const items = all.slice(start, start + size);
  const first = items[0];
  const last = items.at(-1);
  return {
    items,
    nextToken:
      last !== undefined && start + size < all.length
        ? pageTokens.write({ path, side: 'older', key: last.key })
        : undefined,
    previousToken:
      first !== undefined && start > 0
        ? pageTokens.write({ path, side: 'newer', key: first.key })
        : undefined,
  };
}

function findStart(all: readonly Keyed[], { side, key }: Place, size: number): number {
  if (side === 'newer') return Math.max(0, all.filter((item) => compareIds(item.key, key) > 0).length - size);
  const older = all.findIndex((item) => compareIds(item.key, key) < 0);
  return older === -1 ? all.length : older;
}
