/** Reads a list of posts to vote on, as people paste it or save it from a spreadsheet. Nothing in it is lost: what can't be read is named. */
import { AppError, toAppError } from '../errors.ts';
import { type ChainId, chains } from '../steem/chain.ts';
import type { PostName } from '../steem/post-in-url.ts';
import { parsePost } from '../steem/post-link.ts';
import { findHead, type ListHead, splitCells } from './list-head.ts';
import { type LinkAndWeight, splitLine } from './split-line.ts';
import { parseListWeight } from './parse-list-weight.ts';

/** As many votes as one batch may have. */
export const maxRows = 1000;
/** A link is far shorter; what is longer is no line of such a list and is not looked at further. */
const maxLineLength = 2000;
const shownLength = 200;

interface Place {
  /** As text editors count, from 1. */
  readonly line: number;
  /** The line as it was given, shortened where it is very long. */
  readonly text: string;
}
export interface GoodRow extends Place {
  readonly post: PostName;
  /** Percent; undefined where the list gives none. */
  readonly weight: number | undefined;
}
export interface BadRow extends Place {
  readonly error: AppError;
}
export type ListRow = GoodRow | BadRow;

export const isBadRow = (row: ListRow): row is BadRow => 'error' in row;

/**
 * The rows of a list, one post a line: a link or author/permlink and, if wanted, a weight in percent after or before it,
 * parted by comma, semicolon, tab or space. With a first line that names the columns (`link`, `weight`), it may have more
 * of them. Empty lines and those that begin with # are skipped; a byte order mark and any kind of line end are taken.
 *
 * @param chain of the account that is to vote: a link to the other chain is a bad row.
 * @returns a row for each line, with its number. A bad one has the AppError of `parsePost` or `parseWeight`,
 *   `wrong_chain`, or `batch_duplicate` where an earlier line names the same post.
 * @throws AppError of the field `list`: `empty` (no row at all), `batch_too_long` (more than {@link maxRows}).
 */
export function readList(text: string, chain: ChainId): ListRow[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '' && !line.text.startsWith('#'));
  const head = findHead(lines[0]?.text.slice(0, maxLineLength) ?? '');
  const rows = head === undefined ? lines : lines.slice(1);
  if (rows.length === 0) throw new AppError('empty', { field: 'list' });
  if (rows.length > maxRows)
    throw new AppError('batch_too_long', { field: 'list', params: { count: rows.length, limit: maxRows } });
  const seen = new Map<string, number>();
  return rows.map((row) => readRow(row, chain, head, seen));
}

function readRow(
  { line, text }: Place,
  chain: ChainId,
  head: ListHead | undefined,
  seen: Map<string, number>,
): ListRow {
  const place = { line, text: text.length > shownLength ? `${text.slice(0, shownLength)}…` : text };
  try {
    if (text.length > maxLineLength) throw new AppError('bad_link', { field: 'post' });
    const { link, weight } = head === undefined ? splitLine(text) : pickCells(text, head);
    const { author, permlink } = parsePostOf(chain, link);
    const row = { ...place, post: { author, permlink }, weight: parseListWeight(weight) };
    const first = seen.get(`${author}/${permlink}`);
    if (first !== undefined) throw new AppError('batch_duplicate', { params: { line: first } });
    seen.set(`${author}/${permlink}`, line);
    return row;
  } catch (thrown) {
    return { ...place, error: toAppError(thrown) };
  }
}

function parsePostOf(chain: ChainId, link: string): PostName {
  const post = parsePost(link);
  if (post.chain !== undefined && post.chain !== chain)
    throw new AppError('wrong_chain', { field: 'post', params: { chain: chains[post.chain].title } });
  return post;
}

function pickCells(text: string, head: ListHead): LinkAndWeight {
  const cells = splitCells(text, head.separator);
  return {
    link: cells[head.link] ?? '',
    weight: head.weight === undefined ? '' : (cells[head.weight] ?? ''),
  };
}
