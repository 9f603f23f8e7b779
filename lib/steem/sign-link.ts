import type { ChainId } from './chain.ts';
import type { PostName } from './post-in-url.ts';

/** Who lets a person confirm an operation in a tab, without an app being registered. */
const signers: Readonly<Record<ChainId, string>> = {
  steem: 'https://steemlogin.com',
  hive: 'https://hivesigner.com',
};

/**
 * The page on which a person confirms a vote with whatever account they are signed in with there.
 * Source: steemconnect v2 and steemlogin SDK `sign`, hivesigner sign-links.md.
 *
 * @param vote.weight The chain's weight, an integer from -10000 to 10000.
 */
export function buildVoteSignLink(chain: ChainId, vote: PostName & { readonly weight: number }): string {
  const url = new URL('/sign/vote', signers[chain]);
  url.search = new URLSearchParams({
    author: vote.author,
    permlink: vote.permlink,
    weight: String(vote.weight),
  }).toString();
  return url.href;
}
