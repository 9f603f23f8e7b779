/** A post as the pages show it: every text is markup-safe already. */
import type { SandboxChain } from '../index.ts';
import type { Post } from '../chain/post.ts';
import { chainFigures } from '../chain/rules.ts';
import { escapeHtml } from '../html.ts';

export interface PagePost {
  readonly author: string;
  readonly permlink: string;
  readonly category: string;
  readonly title: string;
  /** Paragraphs, with the links of the text. */
  readonly body: string;
  readonly excerpt: string;
  readonly tags: readonly string[];
  readonly when: string;
  /** `1.23`, in chain dollars. */
  readonly payout: string;
  readonly votes: number;
  /** The post that a comment answers, first of its thread. */
  readonly root: { readonly author: string; readonly permlink: string };
  readonly isComment: boolean;
  /** `author/permlink` of the post that this one, tagged `cross-post`, points to with its first link. */
  readonly original: string | undefined;
  readonly replies: readonly PagePost[];
}

export function buildPagePost(chain: SandboxChain, post: Post): PagePost {
  const rshares = post.votes.reduce((sum, vote) => sum + Number(vote.rshares), Number(post.seededRshares));
  const value =
    (rshares / Number(chainFigures.recentClaims)) * chainFigures.rewardBalance * chainFigures.price;
  return {
    author: post.author,
    permlink: post.permlink,
    category: escapeHtml(post.category),
    title: escapeHtml(post.title),
    body: post.body.split('\n\n').map(renderParagraph).join(''),
    excerpt: escapeHtml(post.body.split('\n\n')[0] ?? ''),
    tags: post.tags.map(escapeHtml),
    when: readAge(chain.now() - post.created),
    payout: Math.max(0, value).toFixed(2),
    votes: post.votes.length,
    root: findRoot(chain, post),
    isComment: post.parent !== undefined,
    original: post.tags.includes('cross-post')
      ? /\(\/(?:[^@)]*\/)?@([\w.-]+\/[\w-]+)\)/.exec(post.body)?.[1]
      : undefined,
    replies: chain.listReplies(post.author, post.permlink).map((reply) => buildPagePost(chain, reply)),
  };
}

function findRoot(chain: SandboxChain, post: Post): { author: string; permlink: string } {
  return post.parent ? findRoot(chain, chain.getPost(post.parent.author, post.parent.permlink)) : post;
}

function renderParagraph(text: string): string {
  const linked = escapeHtml(text).replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, '<a href="$2">$1</a>');
  return `<p>${linked}</p>`;
}

function readAge(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  return hours < 48 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
}
