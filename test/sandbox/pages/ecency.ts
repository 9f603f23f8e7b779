/** ecency.com. Facts: reference steem.md 4.3. Action bars come late, ids glue author and permlink together. */
import type { PagePost } from './page-post.ts';
import { buildFrame } from './site-frame.ts';
import type { SiteMarkup } from './site-markup.ts';

const path = (post: Pick<PagePost, 'author' | 'permlink'>) => `/@${post.author}/${post.permlink}`;
const glue = (post: PagePost) => `${post.author}-${post.permlink}`;

const vote = (post: PagePost) =>
  `<span class="entry-vote-btn"><span class="btn-vote btn-up-vote">⌃</span></span><span class="entry-payout">$${post.payout}</span><span class="entry-votes">${post.votes} votes</span>`;

const comment = (post: PagePost, depth = 1): string => `<div class="discussion-item depth-${depth}">
<div class="item-anchor" id="anchor-@${post.author}/${post.permlink}"></div>
<div class="item-inner"><div class="item-content">
<div class="item-header"><a href="/@${post.author}">${post.author}</a> <a href="${path(post)}">${post.when}</a></div>
<div class="item-body markdown-view">${post.body}</div>
<div class="item-controls">${vote(post)}</div></div></div>
${post.replies.map((reply) => comment(reply, depth + 1)).join('')}</div>`;

export const ecency: SiteMarkup = {
  title: 'Ecency',
  rootId: 'root',
  list: '.entry-list-body, [class] > [class] > div:has(> div:nth-child(6))',
  css: `
.site-bar b{color:#357ce6}
.entry-list-item,.the-entry,.discussion-item{background:#fff;border:1px solid #e3eaf5;border-radius:14px;padding:14px 18px;margin-bottom:12px}
.item-header,.item-header-main,.item-controls,.entry-controls,.entry-list-item .item-bar{display:flex;flex-wrap:wrap;gap:12px;align-items:center;font-size:14px;color:#788}
.item-title{font-weight:600;font-size:1.1em;color:inherit}
.item-bar,.item-controls,.entry-footer{margin-top:10px}
.placeholder{display:block;height:22px;background:#e8edf5;border-radius:6px;margin-top:10px}
@media (prefers-color-scheme:dark){.entry-list-item,.the-entry,.discussion-item{background:#1b2230;border-color:#303b4d}.placeholder{background:#263043}}`,
  postPath: path,
  redirects: 'with category',
  frame: buildFrame('Ecency', ['hot', 'created', 'trending']),
  feed: (cards) => `<div class="entry-list-body">${cards}</div>`,
  card: (post, isHydrated) => `<div class="entry-list-item" id="${glue(post).replaceAll(/\d/g, '')}">
<div class="item-header"><div class="item-header-main"><div class="author-part" id="${glue(post)}"><div id="${glue(post)}"><a href="/@${post.author}">${post.author}</a></div></div>
<span class="date">${post.when}</span></div></div>
<div class="item-body"><div class="item-summary"><a href="${post.original ? `/@${post.original}` : path(post)}"><div class="item-title">${post.title}</div><div class="item-text">${post.excerpt}</div></a></div></div>
${isHydrated ? `<div class="item-bar">${vote(post)}</div>` : '<div class="placeholder" aria-hidden="true"></div>'}</div>`,
  post: (post, isHydrated) => `<div class="app-content entry-page"><div class="the-entry">
<div class="entry-header"><h1 class="entry-title">${post.title || `RE: ${post.root.permlink}`}</h1><div class="item-header"><a href="/@${post.author}">${post.author}</a> ${post.when}</div></div>
<div id="post-body" class="entry-body markdown-view">${post.body}</div>
<div class="entry-footer">${isHydrated ? `<div class="entry-controls">${vote(post)}</div>` : ''}</div></div>
<div class="discussion">${post.replies.map((reply) => comment(reply)).join('')}</div></div>`,
  notFound: '<div class="app-content"><p>Page not found</p></div>',
};
