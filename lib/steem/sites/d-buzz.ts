import type { Site } from './site.ts';

/**
 * Class names are hashed anew in each build, and the cards of a feed hold no link to their post, so that only a post's
 * own page gets buttons. Source: d-buzz/d.buzz-client, src/components (pages/Content, sections/PostList).
 */
export const dBuzz: Site = {
  chain: 'hive',
  hosts: ['d.buzz'],
  rules: [],
  isUnlinked: true,
};
