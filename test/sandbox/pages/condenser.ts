/** steemit.com, and hive.blog's older code. Facts: reference steem.md 4.1. */
import type { PagePost } from './page-post.ts';
import { buildFrame } from './site-frame.ts';
import type { SiteMarkup } from './site-markup.ts';

export interface CondenserOptions {
  readonly title: string;
  readonly colour: string;
  readonly currency: string;
}

export function buildCondenser({ title, colour, currency }: CondenserOptions): SiteMarkup {
  const voting = (post: PagePost) => `<span class="Voting"><span class="Voting__inner">
<span class="Voting__button Voting__button-up"><a href="#" id="upvote_button" title="Upvote">▲</a></span>
<span class="Voting__button Voting__button-down"><a href="#" id="downvote_button" title="Downvote">▽</a></span>
<span class="Voting__pane">${post.payout} ${currency}</span></span></span>`;
  const author = (post: PagePost) =>
    `<span class="Author"><a href="/@${post.author}">${post.author}</a></span>`;
  const path = (post: Pick<PagePost, 'author' | 'permlink' | 'category'>) =>
    `/${post.category}/@${post.author}/${post.permlink}`;

  const comment = (
    post: PagePost,
  ): string => `<div class="hentry Comment root" id="#@${post.author}/${post.permlink}">
<div class="Comment__block">
<div class="Comment__header"><span class="Comment__header-user">${author(post)}</span>
<a class="PlainLink" href="/${post.category}/@${post.root.author}/${post.root.permlink}#@${post.author}/${post.permlink}">${post.when}</a></div>
<div class="Comment__body entry-content">${post.body}</div>
<div class="Comment__footer"><div>${voting(post)}<span class="Comment__footer__controls"><a href="#">Reply</a></span></div></div>
</div>
<div class="Comment__replies hfeed">${post.replies.map(comment).join('')}</div></div>`;

  const card = (post: PagePost) => {
    if (post.tags.includes('nsfw')) {
      return `<li><article class="PostSummary hentry"><div class="PostSummary__nsfw-warning">This post is <span class="nsfw-flag">nsfw</span>.
<a href="${path(post)}">Reveal it</a></div></article></li>`;
    }
    const reblog =
      post.author === 'carol'
        ? '<div class="articles__resteem"><a href="/@erin">erin</a> reblogged</div>'
        : '';
    const crossPost = post.original
      ? `<div class="articles__crosspost">cross-posted from <a href="/${post.category}/@${post.original}">@${post.original}</a></div>`
      : '';
    return `<li>${reblog}${crossPost}<div class="articles__summary"><div class="articles__summary-header"><div class="user">
<span class="user__name">${author(post)}</span> <span class="articles__tag-link">in <a href="/trending/${post.category}">${post.category}</a></span>
<a class="timestamp__link" href="${path(post)}"><span>${post.when}</span></a></div></div>
<div class="articles__content hentry"><div class="articles__content-block articles__content-block--text">
<h2 class="articles__h2 entry-title"><a href="${path(post)}">${post.title}</a></h2>
<div class="PostSummary__body entry-content"><a href="${path(post)}">${post.excerpt}</a></div>
<div class="articles__footer"><div class="articles__summary-footer">${voting(post)}
<span class="VotesAndComments"><a href="${path(post)}#comments">${post.votes} votes</a></span><span class="Reblog__button">⟳</span></div></div>
</div></div></div></li>`;
  };

  return {
    title,
    rootId: 'content',
    list: '#posts_list ul:not(.pinnedPosts), [class] > ul',
    css: `
.site-bar b{color:${colour}}
.PostsList__summaries>li,.PostFull,.Comment{background:#fff;border:1px solid #e2e5e8;border-radius:4px;padding:14px 18px;margin-bottom:12px}
.Comment{margin-top:12px}
.user,.Comment__header,.articles__resteem,.vcard{font-size:14px;color:#777}
.Author a{color:#222;font-weight:600}
.articles__summary-footer,.PostFull__footer .columns,.Comment__footer>div{display:flex;flex-wrap:wrap;gap:12px;align-items:center;margin-top:10px;font-size:14px;color:#777}
.PostFull__footer{border-top:1px solid #e2e5e8;margin-top:16px}
.Voting__button a{color:${colour};margin-right:6px}
.PostSummary__body{color:#555}
@media (prefers-color-scheme:dark){.PostsList__summaries>li,.PostFull,.Comment{background:#1d2126;border-color:#333}.Author a{color:#ddd}.PostSummary__body{color:#aaa}.PostFull__footer{border-color:#333}}`,
    postPath: path,
    redirects: 'without category',
    frame: buildFrame(title, ['trending', 'hot', 'created']),
    feed: (cards) =>
      `<div id="posts_list" class="PostsList"><ul class="PostsList__summaries hfeed">${cards}</ul></div>`,
    card,
    post: (post) => `<div class="Post"><div class="post-content"><div class="post-main">
<article class="PostFull hentry"><div class="PostFull__header"><h1 class="entry-title">${post.title || `Re: ${post.root.permlink}`}</h1>
<span class="PostFull__time_author_category_large vcard">${author(post)} in ${post.category} · ${post.when}</span></div>
<div class="PostFull__body entry-content">${post.body}</div>
<div class="PostFull__footer row"><div class="columns medium-12 large-8">${voting(post)} <span>${post.votes} votes</span></div>
<div class="RightShare__Menu columns"><span class="Reblog__button">⟳</span> <span class="PostFull__reply"><a href="#">Reply</a></span></div></div>
</article></div></div>
<div id="#comments" class="Post_comments row hfeed">${post.replies.map(comment).join('')}</div></div>`,
    notFound: '<div class="NotFound"><h4>Sorry! This page does not exist.</h4></div>',
  };
}
