/** hive.blog's newer code. Facts: reference steem.md 4.2. Votes are drawn in the browser only. */
import type { PagePost } from './page-post.ts';
import { buildFrame } from './site-frame.ts';
import type { SiteMarkup } from './site-markup.ts';

const path = (post: Pick<PagePost, 'author' | 'permlink' | 'category'>) =>
  `/${post.category}/@${post.author}/${post.permlink}`;

const votes = (isHydrated: boolean) =>
  isHydrated
    ? '<div class="flex"><button data-testid="upvote-button" aria-label="upvote">⬆</button><button data-testid="downvote-button" aria-label="downvote">⬇</button></div>'
    : '<div class="flex"></div>';

const comment = (post: PagePost): string => `<li data-testid="comment-list-item">
<div class="flex" id="@${post.author}/${post.permlink}"><div class="w-full">
<div data-testid="comment-card-header"><a href="/@${post.author}">${post.author}</a>
<a data-testid="comment-timestamp-link" href="#@${post.author}/${post.permlink}">${post.when}</a>
<a data-testid="comment-page-link" href="${path(post)}">🔗</a></div>
<div data-testid="comment-card-description" class="prose markdown-view">${post.body}</div>
<div data-testid="comment-card-footer" class="bar">${votes(true)}<span>$${post.payout}</span></div></div></div>
<ul data-testid="comment-list">${post.replies.map(comment).join('')}</ul></li>`;

export const denser: SiteMarkup = {
  title: 'Hive Blog',
  rootId: '__next',
  list: 'ul',
  css: `
.site-bar b{color:#e31337}
li{background:#fff;border:1px solid #e5e5e5;border-radius:8px;padding:14px 18px;margin-bottom:12px}
.head{font-size:14px;color:#777}
.bar{display:flex;flex-wrap:wrap;gap:12px;align-items:center;margin-top:10px;font-size:14px;color:#777}
.sheet{background:#fff;padding:20px 26px;border-radius:8px;margin-bottom:14px}
button{border:0;background:none;color:#e31337;cursor:pointer}
@media (prefers-color-scheme:dark){li,.sheet{background:#1d2126;border-color:#333}}`,
  postPath: path,
  redirects: 'without category',
  frame: buildFrame('Hive Blog', ['trending', 'hot', 'created']),
  feed: (cards) => `<ul data-testid="post-list-trending">${cards}</ul>`,
  card: (post, isHydrated) => `<li data-testid="post-list-item">
<div class="head"><span data-testid="post-author"><a href="/@${post.author}">${post.author}</a></span> in
<a data-testid="post-card-category" href="/trending/${post.category}">#${post.category}</a>
<a data-testid="post-card-timestamp" href="${path(post)}"><span>${post.when}</span></a></div>
<h2 data-testid="post-title"><a href="${path(post)}">${post.title}</a></h2>
<a data-testid="post-description" href="${path(post)}"><span>${post.excerpt}</span></a>
<div data-testid="post-card-footer" class="bar">${votes(isHydrated)}<span data-testid="post-payout">$${post.payout}</span>
<span data-testid="post-total-votes">${post.votes} votes</span></div></li>`,
  post: (post, isHydrated) => `<div class="sheet">
<h1 data-testid="article-title">${post.title || `RE: ${post.root.permlink}`}</h1>
<div data-testid="author-data" class="head"><a href="/@${post.author}">${post.author}</a> in ${post.category} · ${post.when}</div>
<div id="articleBody" class="prose">${post.body}</div>
<div class="bar"><div data-testid="author-data-post-footer" class="bar">${votes(isHydrated)}<span data-testid="comment-payout">$${post.payout}</span></div>
<div data-testid="comment-respons-header"><a href="#" data-testid="comment-reply">Reply</a></div></div></div>
<div id="comments"><ul data-testid="comment-list">${post.replies.map(comment).join('')}</ul></div>`,
  notFound: '<div class="sheet"><p>404 | This page could not be found.</p></div>',
};
