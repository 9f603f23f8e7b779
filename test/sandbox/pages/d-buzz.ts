/** d.buzz: classes are hashed, cards navigate by a click handler and hold no link. Reference steem.md 4.5. */
import type { PagePost } from './page-post.ts';
import { buildFrame } from './site-frame.ts';
import type { SiteMarkup } from './site-markup.ts';

const path = (post: Pick<PagePost, 'author' | 'permlink'>) => `/@${post.author}/${post.permlink}`;

const head = (post: PagePost) =>
  `<div class="row"><div class="col-auto avatar-0-2-11">●</div><div class="col"><a class="link-0-2-19" href="/@${post.author}"><p class="name-0-2-16">${post.author}</p></a><p class="username-0-2-17">@${post.author}</p></div></div>`;

export const dBuzz: SiteMarkup = {
  title: 'D.Buzz',
  rootId: 'root',
  list: '.list-0-2-30',
  css: `
.site-bar b{color:#e53935}
.wrapper-0-2-13{background:#fff;border-bottom:1px solid #e6ecf0;padding:12px 18px}
.row{display:flex;gap:10px;align-items:center}.row p{margin:0}.name-0-2-16{font-weight:700}
.username-0-2-17,.meta-0-2-18{color:#657786;font-size:15px}
@media (prefers-color-scheme:dark){.wrapper-0-2-13{background:#15202b;border-color:#38444d}}`,
  postPath: path,
  frame: buildFrame('D.Buzz', ['home', 'trending', 'latest']),
  feed: (cards) => `<div class="list-0-2-30">${cards}</div>`,
  card: (post) => `<div class="wrapper-0-2-13">${head(post)}<div class="right-content">${post.body}</div>
<label class="meta-0-2-18">${post.votes} Upvotes</label></div>`,
  post: (post, isHydrated) =>
    isHydrated
      ? `<div><div class="wrapper-0-2-13">${head(post)}<div class="markdown-0-2-40">${post.body}</div>
<label class="meta-0-2-18">${post.when} • Posted using <b>D.Buzz</b></label></div>
<div class="wrapper-0-2-13"><label class="meta-0-2-18"><b>${post.votes}</b> Upvotes</label> <label class="meta-0-2-18">$${post.payout}</label></div></div>`
      : '<div class="loader-0-2-50">Loading…</div>',
  notFound: '<div class="wrapper-0-2-13">Not found</div>',
};
