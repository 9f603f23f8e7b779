import { AppError, type ErrorCode } from '../errors.ts';
import { isAccountName } from './account-name.ts';
import type { ChainId } from './chain.ts';
import { isPermlink } from './permlink.ts';
import { findPostInUrl, type PostName } from './post-in-url.ts';

export interface PostLink extends PostName {
  /** Undefined when the text does not tell: author/permlink, or a site that has shown both chains. */
  readonly chain?: ChainId;
  /** The site of the link, without `www.`. */
  readonly host?: string;
}

/** Sites whose links are taken. The same author/permlink can be on both chains, so the host decides which is meant. */
const chainOfHost: ReadonlyMap<string, ChainId | undefined> = new Map([
  ['steemit.com', 'steem'],
  ['busy.org', 'steem'],
  ['hive.blog', 'hive'],
  ['peakd.com', 'hive'],
  ['beta.peakd.com', 'hive'],
  ['ecency.com', 'hive'],
  ['d.buzz', 'hive'],
  ['steempeak.com', undefined],
]);

/**
 * What a person means who types or pastes a post: a link of any known site, with or without scheme, `www.`, category
 * and comment fragment; `author/permlink`; `@author/permlink`. Spaces and `<...>` around it are taken off.
 *
 * @throws AppError, always of the field `post`: `empty`, `bad_link` (neither link nor name, or a site not known),
 * `bad_link_no_post` (a link to something else), `bad_account_name`, `bad_permlink`.
 */
export function parsePost(text: string): PostLink {
  const typed = trim(text);
  if (typed === '') throw bad('empty');
  const url = findUrl(typed);
  return url === undefined ? parseName(typed) : parseLink(url);
}

function trim(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('<') && trimmed.endsWith('>') ? trimmed.slice(1, -1).trim() : trimmed;
}

/** Undefined when the text is no link; a known host makes it one, since `steemit.com` is a legal account name too. */
function findUrl(text: string): URL | undefined {
  if (/^([a-z][a-z0-9+.-]*:)?\/\//i.test(text)) {
    const url = URL.parse(text, 'https://steemit.com');
    if (url === null) throw bad('bad_link');
    return url;
  }
  const [host = ''] = text.split(/[/?#]/, 1);
  return chainOfHost.has(readHost(host)) ? new URL(`https://${text}`) : undefined;
}

function parseLink(url: URL): PostLink {
  const host = readHost(url.hostname);
  if (!/^https?:$/.test(url.protocol) || !chainOfHost.has(host)) throw bad('bad_link');
  const post = findPostInUrl(url);
  if (post === undefined) throw explainLink(url);
  const chain = chainOfHost.get(host);
  return { ...post, host, ...(chain && { chain }) };
}

/** Why a link of a known site names no post: a part of it is misspelt, or it leads elsewhere. */
function explainLink(url: URL): AppError {
  const { author, permlink } = /@(?<author>[^/]+)\/(?<permlink>[^/]+)\/?$/.exec(url.pathname)?.groups ?? {};
  if (author === undefined || permlink === undefined) return bad('bad_link_no_post');
  if (!isAccountName(author)) return bad('bad_account_name');
  return /^[\w-]{1,255}$/.test(permlink) ? bad('bad_link_no_post') : bad('bad_permlink');
}

function parseName(text: string): PostLink {
  const [author, permlink, ...rest] = text.replace(/^@/, '').split('/');
  if (author === undefined || permlink === undefined || rest.length > 0) throw bad('bad_link');
  if (!isAccountName(author)) throw bad('bad_account_name');
  // Space and the signs of an address are legal on the chain, but no one has them in a permlink: a slip of the paste.
  if (/[\s@?#]/.test(permlink) || !isPermlink(permlink)) throw bad('bad_permlink');
  return { author, permlink };
}

function readHost(host: string): string {
  return host.toLowerCase().replace(/^www\./, '');
}

function bad(code: ErrorCode): AppError {
  return new AppError(code, { field: 'post' });
}
