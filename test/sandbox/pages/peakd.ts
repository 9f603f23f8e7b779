/** peakd.com: closed source, so only its addresses are like the real ones. Reference steem.md 4.4. */
import type { PagePost } from './page-post.ts';
import { buildFrame } from './site-frame.ts';
import type { SiteMarkup } from './site-markup.ts';

const path = (post: Pick<PagePost, 'author' | 'permlink' | 'category'>) =>
  `/${post.category}/@${post.author}/${post.permlink}`;

export const peakd: SiteMarkup = {
  title: 'PeakD',
  rootId: 'app',
  list: '.grid',
  css: `
.site-bar b{color:#0f7c8f}
.tile,.reader{background:#fff;border:1px solid #e1e7ea;border-radius:10px;padding:14px 18px;margin-bottom:12px}
.line{display:flex;gap:10px;align-items:center;font-size:14px;color:#788}
.headline{font-size:1.15em;font-weight:600;margin-right:6px}
@media (prefers-color-scheme:dark){.tile,.reader{background:#1c2327;border-color:#333}}`,
  postPath: path,
  frame: buildFrame('PeakD', ['trending', 'hot', 'created']),
  feed: (cards) => `<div class="grid">${cards}</div>`,
  card: (
    post,
  ) => `<div class="tile"><div class="line"><a href="/@${post.author}">${post.author}</a> <span class="reputation-label">61</span></div>
<div class="row"><a class="headline" href="${path(post)}">${post.title}</a></div>
<a href="${path(post)}"><span>${post.excerpt}</span></a>
<div class="line">♡ ${post.votes} · $${post.payout} · ${post.when}</div></div>`,
  post: (post) => `<div class="reader"><h1>${post.title || `RE: ${post.root.permlink}`}</h1>
<div class="line"><a href="/@${post.author}">${post.author}</a> <span class="reputation-label">61</span> · ${post.when}</div>
<div class="text">${post.body}</div><div class="line">♡ ${post.votes} · $${post.payout}</div></div>
<div>${post.replies.map((reply) => `<div class="tile"><a href="/@${reply.author}">${reply.author}</a><div class="text">${reply.body}</div></div>`).join('')}</div>`,
  notFound: '<div class="reader"><p>Nothing here.</p></div>',
};
