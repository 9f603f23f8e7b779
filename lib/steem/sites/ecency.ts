/** Source: ecency/ecency (vision-next), apps/web/src: entry-list-item, entry-footer-controls, discussion-item. */
import type { Site } from './site.ts';

export const ecency: Site = {
  chain: 'hive',
  hosts: ['ecency.com'],
  rules: [
    {
      kind: 'post',
      item: '.the-entry',
      place: ['.entry-controls', '.entry-footer', '.entry-header'],
    },
    {
      kind: 'post',
      item: '.entry-list-item,.search-list-item,.waves-list-item',
      // The ids of cards and author parts glue author and permlink together and cannot be split: links only.
      link: ['.item-summary a', '.item-body a', 'a'],
      // The action bar comes only when the card is near the screen; the header is there from the server on.
      place: ['.item-header-main', '.author-part', '.waves-list-item'],
    },
    {
      kind: 'comment',
      item: '.discussion-item',
      link: ['.item-header a'],
      place: ['.item-controls'],
    },
  ],
};
