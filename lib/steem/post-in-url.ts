import { isAccountName } from './account-name.ts';

export interface PostName {
  readonly author: string;
  readonly permlink: string;
}

/** Second parts of `/@name/...` that are pages about the person, on any of the sites. */
const profileTabs: ReadonlySet<string> = new Set(
  (
    'about activity author-rewards badges blacklisted blog buzz collections comments communities curation-rewards ' +
    'delegations engine feed followed followed_blacklists followed_muted_lists followers following insights lists ' +
    'muted notifications pending permissions pockets points posts proposals reblogs referrals replies payout rss ' +
    'settings snaps spk threads tips trail transfers wallet waves witness'
  ).split(' '),
);

/**
 * The post or comment that an address names, on any Steem or Hive site: `/@author/permlink` with or without a first
 * segment, a comment in the fragment (`#@author/permlink`), Ecency's waves. Undefined for feeds, profile pages and the
 * rest. The host is not checked, and the first segment means nothing to the chain.
 *
 * Runs in the content script, so it needs no schema library.
 */
export function findPostInUrl(url: URL): PostName | undefined {
  const segments = splitPath(url);
  if (segments === undefined) return undefined;
  const page = findPostInPath(segments, isEcency(url.hostname));
  return page && (findPostInHash(url.hash) ?? page);
}

function findPostInPath(segments: readonly string[], hasWaves: boolean): PostName | undefined {
  const [first = '', second = '', third] = segments;
  if (segments.length === 2) return profileTabs.has(second) ? undefined : readPost(first, second);
  if (segments.length !== 3 || third === undefined || first === '' || first.startsWith('@')) return undefined;
  return readPost(hasWaves && first === 'waves' && !second.startsWith('@') ? `@${second}` : second, third);
}

/** The comment that is meant, on the sites that show it within its root post. */
function findPostInHash(hash: string): PostName | undefined {
  const [author = '', permlink = '', ...rest] = (decode(hash.slice(1)) ?? '').split('/');
  return rest.length === 0 ? readPost(author, permlink) : undefined;
}

function readPost(author: string, permlink: string): PostName | undefined {
  const name = author.slice(1);
  // Narrower than the chain's rule for permlinks: no site routes to other letters, and `.json`, `.md` are no pages.
  return author.startsWith('@') && isAccountName(name) && /^[\w-]{1,255}$/.test(permlink)
    ? { author: name, permlink }
    : undefined;
}

function splitPath(url: URL): string[] | undefined {
  const path = decode(url.pathname.replace(/^\//, '').replace(/\/$/, ''));
  return path?.split('/');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function isEcency(host: string): boolean {
  return host === 'ecency.com' || host.endsWith('.ecency.com');
}
