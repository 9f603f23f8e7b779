/**
 * Denser, hive.blog's newer code (Next.js): its classes are not stable, the test ids that its own tests use are.
 * Source: openhive-network/denser, apps/blog/features and apps/blog/app/[param]/[p2]/[permlink]/content.tsx.
 */
import type { SpotRule } from './site.ts';

export const denserRules: readonly SpotRule[] = [
  {
    kind: 'post',
    item: '[data-testid=author-data-post-footer]',
    place: ['[data-testid=author-data-post-footer]'],
  },
  {
    kind: 'post',
    item: '[data-testid=post-list-item]',
    link: ['[data-testid=post-title] a', 'a[data-testid=post-description]'],
    place: ['[data-testid=post-card-footer]'],
  },
  {
    kind: 'comment',
    item: '[data-testid=comment-list-item]',
    link: ['a[data-testid=comment-page-link]', 'a[data-testid=comment-timestamp-link]'],
    // Absent while a comment is folded or hidden.
    place: ['[data-testid=comment-card-footer]'],
  },
];
