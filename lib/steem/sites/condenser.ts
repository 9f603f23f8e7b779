/**
 * Condenser, the server-rendered React front end with stable class names: steemit.com, and hive.blog's older code.
 * Sources: steemit/condenser and openhive-network/condenser, src/app/components (pages/Post.jsx, cards/PostFull.jsx,
 * cards/PostSummary.jsx, cards/PostsList.jsx, cards/Comment.jsx).
 */
import type { SpotRule } from './site.ts';

export const condenserRules: readonly SpotRule[] = [
  {
    kind: 'post',
    item: '.PostFull',
    // A low-rated post is a bare .PostFull with a "Show" button until it is opened.
    place: ['.PostFull__footer > .columns', '.PostFull__header', '.PostFull'],
  },
  {
    kind: 'post',
    item: '.PostsList__summaries > li',
    link: ['h2.articles__h2 a', 'a.timestamp__link', 'a.articles__link', 'a'],
    // The second is a card hidden for its content (NSFW), which has no footer.
    place: ['.articles__summary-footer', 'article.PostSummary'],
  },
  {
    kind: 'comment',
    item: '.Comment',
    link: ['.Comment__header a'],
    place: ['.Comment__footer > div', '.Comment__footer'],
  },
];
